"""An award question → the facts of the ledger that answer it: about everything the question names.

What a question names a fact has to be for; a neighbour in the list, another role or another region never stands
in. This module chooses facts; it does no sum and writes no sentence.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.ranking import Ranker, bigrams
from assistant.reading import Reading
from assistant.texts import Texts
from corpus.awards import AmountKind, AwardFact, AwardRule, RuleKind
from corpus.folding import fold
from corpus.ledger import Ledger
from corpus.records import PolicyDocument
from corpus.vocabulary import Concept, concepts

OWN_WORDS_MIN = 0.5  # share of a limit's own words that a question has to say to mean it
UNNAMED_MIN = 0.6  # share of the question's words that a fact must hold when the question names no concept
NEAR_BEST = 0.75  # facts that hold this share of what the best one holds of the question's other words
THINGS = frozenset({"standard", "organ", "item"})  # what an award is for
# What a rule may leave unsaid: one that names no role or act is for all of them.
_OPEN = frozenset({"role", "act", "level", "seat", "other"})
_LEVELS = {"省": "省级", "市": "市级", "区": "县级", "县": "县级"}
_GENERAL = re.compile(
    r"奖励|奖金|奖补|补助|资助|补贴|激励|扶持|支持|一次性|金额|标准化?|单位|企业|公司|项目|政策|办法|每?[一1两二三四五六七八九十\d]+(?:项|家|个|次|种|万|块)|"
    r"几万|几项|几成|百分之|比例|每[项个家种年]|多少|对|做|有|我|能|可|拿|领|给|得|承担|获评?|评[上为]?|通过|验收|发布|制修订|制[（(]修[)）]订|起草|首次|新(?=承担|获|评|通过)|市里|省里|额度|上限|封顶|顶格|最高|"
    r"不超过|依据|条款|请|列出|合计|分别|其中|参与|主导|一般|最多|奖(?=$|\s)|的"
)
# Words of every limit; what is left of its text says what it limits.
_LIMITING = re.compile(
    r"同一?个?|每[一]?[家个户]|单个|单位|企业|企事业|组织|机构|法人|当?年度?|每年|一年|全年|所?获得?|享受|的|资助|补助|奖励|奖补|激励|扶持|资金|总额度?|额度|累计|合计|总和|上限|封顶|不得?超过|不高于|最高|最多|原则上|"
    r"为|元|万|本条|项|第|（|）|[，。；、“”:：]|或|和|在|标准化?|创新|全部|各类|所有|多少|能|可以|拿|领|顶格|[一二三四五六七八九十]|%"
)
_OF_BUDGET = (
    (re.compile("市(?:里|级财政|财政|级奖|级补)"), "市级"),
    (re.compile("[县区](?:里|级财政|财政|级奖|级补)"), "县级"),
)
_NUMBERS = re.compile(r"[\d.]+(?:万|千|亿)?元?|（[^）]*）")
_PERSONAL = re.compile(r"个人|本人|我自己|委员|起草人|专家")
_PUBLIC = re.compile(r"县区|区县|乡镇|街道|县政府|区政府|城市荣誉|示范城市|示范县|示范市|创建")
_RANK = re.compile(
    r"(?:排名?|排序|名次|位列|列)(?:在)?第?([一二三四五六七八九十\d]{1,2})(?![\d至到-])|第([一二三四五六七八九十\d]{1,2})(?:起草|完成|承担|位|名|顺位|参与)"
)
# Counts of awards or applicants, sums already received, money spent: the figure asked for has to be reckoned.
_RECKONED = re.compile(
    r"(?<![第\d])(?:[2-9]|[1-9]\d|[两二三四五六七八九十])(?:家|项|个(?!地方|城市|地区|市|县|区|省|工作|月|A|人)|种|次|件|张|款)|合并第一|并列|共同第一|不分先后|平分|均分|分摊|升级|补差|差额"
    r"|已经?(?:拿|领|获得?|得)[^，。]{0,10}(?:万|元)|(?:拿|领)到?了[^，。]{0,10}(?:万|元)|还能再?(?:拿|领|得)|合计|一共|总共|加起来|贷款|利息|LPR|销售|营收|收入|花了|开支|支出|实际费用|能拿满|分给|发给|JOINT|FOUR|THREE|TWO"
)
_QUOTED = re.compile(r"[“\"‘'][^”\"’']*[”\"’']")


@dataclass(frozen=True, kw_only=True)
class Found:
    """The facts that answer; or, where the rank asked for lies beyond all that are listed, `beyond` those lists."""

    facts: tuple[AwardFact, ...] = ()
    beyond: tuple[AwardFact, ...] = ()
    rank: int = 0


class AwardSearch:
    """Finds facts of one index's ledger."""

    def __init__(self, texts: Texts, ranker: Ranker, ledger: Ledger) -> None:
        self._texts = texts
        self._ranker = ranker
        self._facts: dict[str, list[AwardFact]] = defaultdict(list)
        self._rules: dict[str, list[AwardRule]] = defaultdict(list)
        for fact in ledger.facts:
            self._facts[fact.document_id].append(fact)
        for rule in ledger.rules:
            self._rules[rule.document_id].append(rule)

    def find(self, reading: Reading, documents: Iterable[PolicyDocument]) -> Found:
        """The facts that answer, by document and place; each document is searched on its own."""
        named = required_concepts(reading)
        rank = rank_asked(reading.text)
        facts: list[AwardFact] = []
        beyond: list[AwardFact] = []
        for document in documents:
            own = self._fitting(reading, named, document, rank)
            if rank and own and all(fact.ranks and rank not in fact.ranks for fact in own):
                beyond += own
            else:
                facts += [fact for fact in own if not rank or not fact.ranks or rank in fact.ranks]
        return Found(facts=tuple(facts), beyond=tuple(beyond), rank=rank)

    def _as_named(self, facts: list[AwardFact], reading: Reading) -> list[AwardFact]:
        """Of facts for one concept, those that bear the very form by which the question names it: 示范, not 试点."""
        folded = fold(reading.text)
        said = {form for c in reading.concepts if c.kind == "item" for form in c.ask if form in folded}
        pairs = bigrams(said)
        shares = [self._ranker.share(pairs, fold(fact.subject)) for fact in facts]
        best = max(shares, default=0.0)
        return [fact for fact, share in zip(facts, shares, strict=True) if share >= NEAR_BEST * best]

    def nearest(self, documents: Sequence[PolicyDocument]) -> list[PolicyDocument]:
        """Of the documents of a place and those above it, the nearest that grant awards; all where none does."""
        return _answering_level(documents, self._facts) or list(documents)

    def find_limits(self, reading: Reading, documents: Iterable[PolicyDocument]) -> list[AwardRule]:
        """The rules with a sum that limit several awards: those for what is named, else those for everything."""
        named = {concept.name for concept in reading.concepts}
        asked = bigrams(_LIMITING.sub(" ", " ".join((*reading.essence, reading.carried))).split())
        limits = [
            rule
            for document in documents
            for rule in self._rules[document.id]
            if rule.kind in (RuleKind.YEARLY_LIMIT, RuleKind.TOTAL_LIMIT)
            and (rule.yuan is not None or rule.rate is not None)
        ]
        specific, general = [], []
        for rule in limits:
            text = re.sub(r"\s", "", fold(self._texts.documents[rule.document_id].text[rule.start : rule.end]))
            own = bigrams(_LIMITING.sub(" ", _NUMBERS.sub(" ", text)).split())
            things = {name for name in rule.labels if kinds_by_name()[name] in (*THINGS, "seat", "grade")}
            if things and not things & named:
                continue
            if not own and not things:
                general.append(rule)
            elif things & named or (own and len(own & asked) >= OWN_WORDS_MIN * len(own)):
                specific.append(rule)
        return specific or general

    def _fitting(
        self, reading: Reading, named: Sequence[Concept], document: PolicyDocument, rank: int
    ) -> list[AwardFact]:
        groups: dict[str, list[str]] = defaultdict(list)
        for concept in named:
            groups[concept.kind].append(concept.name)
        if rank and "role" not in groups:
            groups["role"].append("主导" if rank == 1 else "参与")
        facts = [
            fact for fact in self._facts[document.id] if _fits(fact, groups, rank) and _of_levels(fact, reading.levels)
        ]
        covered = {name for fact in facts for name in fact.labels}
        things = [c for c in named if c.kind in THINGS]
        if any(concept.name not in covered for concept in things):
            return []
        facts = self._narrowed(facts, reading, groups)
        wanted = {name for kind, names in groups.items() if kind not in _OPEN for name in names}
        return facts if wanted <= {name for fact in facts for name in fact.labels} else []

    def _narrowed(self, facts: list[AwardFact], reading: Reading, groups: dict[str, list[str]]) -> list[AwardFact]:
        """Of the facts that fit, those meant: by what else the question says, and by what goes without saying."""
        facts = [fact for fact in facts if fact.who != "person" or _PERSONAL.search(reading.text)] if groups else facts
        if not _PUBLIC.search(reading.text):
            facts = [fact for fact in facts if fact.who != "government"]
        if "role" not in groups and "item" in groups:  # who helps others to an honour is paid otherwise
            facts = [fact for fact in facts if "参与" not in fact.labels or "主导" in fact.labels] or facts
        budgets = {name for pattern, name in _OF_BUDGET if pattern.search(reading.text)}
        if len(budgets) == 1:
            facts = [fact for fact in facts if not fact.budget or fact.budget in budgets]
        if "act" not in groups and any("制定" in fact.labels for fact in facts):
            facts = [fact for fact in facts if "修订" not in fact.labels or "制定" in fact.labels]
        return self._closest(facts, reading, has_thing=bool((THINGS | {"seat"}) & groups.keys()))

    def _closest(self, facts: list[AwardFact], reading: Reading, *, has_thing: bool) -> list[AwardFact]:
        """The facts that hold most of what the question says beside its concepts."""
        words = other_words(reading)
        pairs = bigrams(words)
        if not pairs and has_thing:
            return self._as_named(facts, reading)
        if not pairs:
            return []
        if has_thing:
            shares = [self._ranker.share(pairs, fold(fact.subject)) for fact in facts]
        else:
            shares = [self._ranker.share(pairs, fold(f"{fact.subject} {fact.context}")) for fact in facts]
        best = max(shares, default=0.0)
        if not has_thing and best < UNNAMED_MIN:
            return []
        return [fact for fact, share in zip(facts, shares, strict=True) if share >= NEAR_BEST * best]


def _answering_level(documents: Sequence[PolicyDocument], grants: Iterable[str]) -> list[PolicyDocument]:
    """Of the documents of a place and of those above it, the nearest that grant awards: each pays by its own rules."""
    granting = set(grants)
    own = [document for document in documents if document.id in granting]
    nearest = max((len(document.region.parts) for document in own), default=0)
    return [document for document in own if len(document.region.parts) == nearest]


def required_concepts(reading: Reading) -> list[Concept]:
    """The concepts that a rule has to be about to answer the question.

    领跑者 says 企业标准 already; an honour or a meeting is not awarded by kind of committee.
    """
    names = {concept.name for concept in reading.concepts}
    has_item = any(concept.kind == "item" for concept in reading.concepts)
    return [
        concept
        for concept in reading.concepts
        if concept.kind not in ("other", "topic")
        and not (concept.name == "企业标准" and "领跑者" in names)
        and not (concept.name == "国际标准" and "采用国际标准" in names)
        and not (concept.name == "国际级" and "会议" in names)
        and not (concept.kind == "organ" and has_item and "标准化人才" not in names)
    ]


@cache
def kinds_by_name() -> dict[str, str]:
    """The kind of each concept."""
    return {concept.name: concept.kind for concept in concepts()}


def _fits(fact: AwardFact, groups: dict[str, list[str]], rank: int) -> bool:
    """Of each kind that the question names, the fact is for one; and it is for no other thing.

    Where a fact lists the ranks that it is for, a rank that the question states goes before a role.
    """
    kinds = kinds_by_name()
    own: dict[str, set[str]] = defaultdict(set)
    for name in fact.labels:
        own[kinds[name]].add(name)
    for kind, names in groups.items():
        if kind == "role" and rank and fact.ranks:
            continue
        if own[kind]:
            if not own[kind] & set(names):
                return False
        elif kind == "grade" and fact.amount.kind is AmountKind.CAP and own["item"]:
            continue  # 标准创新贡献奖最高100万元 is for all its grades
        elif kind not in _OPEN:
            return False
    if own["item"] and "item" not in groups and groups.keys() & {"standard", "organ", "seat", "role", "act"}:
        return False
    return not (own["organ"] and not own["item"] and groups.keys() & {"item", "standard"} and "organ" not in groups)


def _of_levels(fact: AwardFact, levels: Iterable[str]) -> bool:
    """浙江省 beside 龙港 says whose committee or honour is meant."""
    for level in levels:
        bare = level.rstrip("省市区县") or level
        kinds = [name for name in fact.labels if kinds_by_name()[name] == "level"]
        if bare not in fact.subject and kinds and _LEVELS.get(level[-1]) not in kinds:
            return False
    return True


def rank_asked(text: str) -> int:
    """The place among the drafters that a question states; 0 when it states none.

    >>> rank_asked("我们排第四，按“第3-5位”能拿多少"), rank_asked("第二起草单位"), rank_asked("主导制定国家标准")
    (4, 2, 0)
    """
    from corpus.labels import read_number

    found = _RANK.search(_QUOTED.sub("", fold(text)))
    return read_number(found.group(1) or found.group(2)) if found else 0


def needs_reckoning(reading: Reading) -> bool:
    """Whether the figure asked for stands in no clause but follows from several, or from what the asker states.

    >>> from assistant.reading import read_question
    >>> needs_reckoning(read_question("三家并列第一起草国家标准，每家多少", ()))
    True
    >>> needs_reckoning(read_question("甲、乙、丙三个地方主导国家标准各奖多少", ()))
    False
    """
    return _RECKONED.search(_QUOTED.sub("", fold(reading.text))) is not None


def other_words(reading: Reading) -> list[str]:
    """What a question says beside its concepts and the words of asking for money.

    >>> from assistant.reading import read_question
    >>> other_words(read_question("区域型国家技术标准创新基地奖励多少", ()))
    ['区域型', '技术']
    """
    forms = sorted((form for concept in reading.concepts for form in concept.ask), key=len, reverse=True)
    left = " ".join((*reading.essence, reading.carried))
    for form in forms:
        left = left.replace(form, " ")
    return [word for word in _GENERAL.sub(" ", left).split() if len(word) >= 2]
