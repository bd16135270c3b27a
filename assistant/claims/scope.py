"""Which rule touches which award, told from the rule's own words, the place where it stands and its labels."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from assistant.claims.records import Achievement, Line, Rule
from corpus.awards import AwardFact, RuleKind
from corpus.awards.labelling import label, ranks_of
from corpus.vocabulary import concepts

THINGS = frozenset({"standard", "organ", "item", "seat"})
WORDS_MIN = 0.5  # share of a rule's own word pairs that an award's words must hold to be meant by it
SHARED_MIN = 3  # word pairs that an applicant's story and a rule must share beyond others of the clause
_ITEMS = re.compile(r"本(?P<unit>条|款|办法)第?(?P<items>[（(一二三四五六七八九十）)、,，和及至第款项目]+)")
ARTICLE = re.compile(r"(?:本办法|本细则|本政策)?第(?P<n>[一二三四五六七八九十百\d]+)条")
_ITEM = re.compile(r"[（(]([一二三四五六七八九十]+)[）)]")
_EXCEPTIONS = (
    re.compile(
        r"(?:但|其中)?(?P<what>[^，。；（）但]{2,20}?)(?:类|项目)?(?:不受[^，。；（）]{0,10}限制|除外|不计入|不在此限)"
    ),
    re.compile(r"(?:不含|不包括|不计)(?P<what>[^，。；（）]{2,20})"),
)
LIMITING = re.compile(
    r"同一?个?|[每一]一?[家个户]|单个|所得|年内|单位|企业|企事业|事业|组织|机构|法人|申报|当?年度?内?|每年|一年|全年|所?获得?|享受|的|资助|补助|奖励|奖补|激励|"
    r"扶持|补贴|资金|总额度?|额度|累计|合计|总和|上限|封顶|不得?超过|不高于|最高|最多|原则上|为|元|万|给予|或|和|在|标准化?|创新|"
    r"全部|各类|所有|各项|多少|额|对|其|[一二三四五六七八九十]年内|[\d.]+|[，。；（）“”、：%]"
)
_DRAFTING = re.compile(r"制修订|制定|修订|制（修）订")
_BOUNDS = re.compile(r"不得?超过|不得?高于|最高|最多|至多|上限|封顶|限额|为限")
_OF_ONE_UNIT = re.compile(
    r"(?:一个|同一|每个|单个|一家|每家|同一个)(?:企业|单位|组织|机构|主体)[^。；]{0,16}(?:多项|两项|多个|以上奖|上述奖|几项)"
)
_OF_CLAUSE = re.compile(r"同时(?:获得|符合|满足|享受)[^，。；]{0,4}(?:以上|上述)")
_SAME_YEAR = re.compile(r"同一(?:申报|自然)?年度|同年")
_YEARS = re.compile(r"20\d\d|今年|去年|前年|上年")
_OTHER_MONEY = re.compile(r"其他财政|上级|省级财政|自治区|各级(?:各类)?(?:财政|资助)|其他政策|政府部门")
_OF_A_PURSE = re.compile("[省市县区]级?(?:本级)?(?:财政|资金|政府)")
OF_PROJECT = re.compile(r"同一(?:个)?(?:项目|产品|标准|事项|工程|种)|同类|同种")
_OF_ALL_APPLICANTS = re.compile(r"全[区市县省]")


@cache
def _kinds() -> dict[str, str]:
    return {concept.name: concept.kind for concept in concepts()}


def of_kind(names: Sequence[str], kind: str) -> set[str]:
    """Those of some labels that are of one kind."""
    return {name for name in names if _kinds()[name] == kind}


def is_limit(rule: Rule) -> bool:
    """Whether it bounds what one applicant may get of several awards, by a sum."""
    kinds = (RuleKind.YEARLY_LIMIT, RuleKind.TOTAL_LIMIT)
    if _BOUNDS.search(rule.words) is None:
        return False  # 奖励资金共60万元 is what the shares of one project add up to
    return rule.rule.kind in kinds and rule.rule.yuan is not None and not is_for_all_applicants(rule)


def is_for_all_applicants(rule: Rule) -> bool:
    """全区每年资助总额: the whole region's budget, which no single claim can be held against."""
    return _OF_ALL_APPLICANTS.search(rule.words) is not None


def touches(rule: Rule, fact: AwardFact) -> bool:
    """Whether a limit counts an award: by the items it names, the things, its other words, or all of its place."""
    if rule.rule.document_id != fact.document_id or _is_excepted(rule, fact):
        return False
    if (items := items_named(rule)) is not None:
        return any(item in fact.locator for item in items) and _article(rule.rule.locator) == _article(fact.locator)
    if articles := [match["n"] for match in ARTICLE.finditer(rule.words)]:
        return any(fact.locator.startswith(f"第{n}条") for n in articles)
    things = {name for name in rule.rule.labels if _kinds()[name] in THINGS} - {"企业标准"}
    if things:
        return bool(things & set(fact.labels)) and _agree(rule, fact)
    if _DRAFTING.search(rule.words):
        return bool(of_kind(fact.labels, "standard")) and _chapter(rule.rule.locator) == _chapter(fact.locator)
    own = pairs_of(LIMITING.sub(" ", rule.words))
    if own:
        if rule.rule.clause_id == fact.clause_id:
            held = pairs_of(f"{fact.subject} {fact.amount.base} {fact.context}")
            return len(own & held) >= WORDS_MIN * len(own) or "该项" in rule.words or fact.start < rule.rule.start
        return not rule.paragraph_has_awards and _chapter(rule.rule.locator) == _chapter(fact.locator)
    if rule.rule.kind is RuleKind.YEARLY_LIMIT or not rule.paragraph_has_awards:
        return _chapter(rule.rule.locator) in ("", _chapter(fact.locator))
    return rule.rule.clause_id == fact.clause_id and rule.awards_before == fact.id


def _agree(rule: Rule, fact: AwardFact) -> bool:
    """制定国际标准的 is not about revising one, 市地方标准 not about a province's; 市级财政 is no level of a thing."""
    for kind in ("act",) if _OF_A_PURSE.search(rule.words) else ("act", "level"):
        named, own = of_kind(rule.rule.labels, kind), of_kind(fact.labels, kind)
        if named and own and not named & own:
            return False
    return True


def _is_excepted(rule: Rule, fact: AwardFact) -> bool:
    """国际标准除外, 但国际标准类不受总额限制."""
    after = rule.sentence[max(rule.sentence.find(rule.words), 0) :]
    for pattern in _EXCEPTIONS:
        for found in pattern.finditer(after):
            named = {name for names in label(found["what"]).values() for name in names if _kinds()[name] in THINGS}
            if named & set(fact.labels):
                return True
    return False


def items_named(rule: Rule) -> tuple[str, ...] | None:
    """The items of its own article that a rule names, as they stand in locators; None where it names none."""
    found = _ITEMS.search(rule.words)
    items = _ITEM.findall(found["items"]) if found and found["unit"] == "条" else []
    return tuple(f"（{item}）" for item in items) or None


def _article(locator: str) -> str:
    found = re.match(r"第[一二三四五六七八九十百\d]+条", locator)
    return found.group() if found else ""


def _chapter(locator: str) -> str:
    """The first part of a locator where it is a heading: 第三章, 二、标准化; empty for articles."""
    first, _, rest = locator.partition(" · ")
    return first if rest and not _article(locator) else ""


def pairs_of(text: str) -> set[str]:
    """The pairs of neighbouring characters in a text's words.

    >>> pairs_of("试验项目 验证") == {"试验", "验项", "项目", "验证"}
    True
    """
    return {word[i : i + 2] for word in text.split() for i in range(len(word) - 1)}


def rank_shares(fact: AwardFact, rules: Sequence[Rule]) -> list[tuple[Rule, Decimal]]:
    """The shares by rank that stand behind an award in its clause, with their rates."""
    return [
        (rule, rule.rule.rate)
        for rule in rules
        if rule.rule.kind is RuleKind.SHARE
        and rule.rule.rate is not None
        and rule.rule.clause_id == fact.clause_id
        and fact.start < rule.rule.start
        and len(rule.rule.figures) == 1
        and ranks_of(rule.words)
    ]


def split_rule(fact: AwardFact, rules: Sequence[Rule]) -> Rule | None:
    """The rule by which joint leaders share an award for drafting; an even split goes before an agreement."""
    if "standard" not in {_kinds()[name] for name in fact.labels}:
        return None
    shares = [rule for rule in rules if rule.rule.kind is RuleKind.SHARE and rule.rule.rate is None]
    return next((rule for rule in rules if rule.rule.kind is RuleKind.CO_LEAD), shares[0] if shares else None)


def top_up_rule(fact: AwardFact, rules: Sequence[Rule]) -> Rule | None:
    """What becomes of a lower award received before: the difference is paid, or each award in full."""
    kinds = (RuleKind.TOP_UP, RuleKind.EACH_IN_FULL)
    own = [rule for rule in rules if rule.rule.kind in kinds]
    beside = [rule for rule in own if rule.rule.clause_id == fact.clause_id]
    return next(iter([*beside, *(rule for rule in own if not rule.paragraph_has_awards)]), None)


def cumulative_limit(achievement: Achievement, rules: Sequence[Rule]) -> Rule | None:
    """三年累计不超过500万元: the limit that earlier awards of the kind count against, where nothing tops them up."""
    fact = achievement.facts[0]
    beside = (rule for rule in rules if rule.rule.clause_id == fact.clause_id and "累计" in rule.words)
    own = (rule for rule in beside if is_limit(rule) and touches(rule, fact))
    return next(own, None) if top_up_rule(fact, rules) is None and not of_kind(fact.labels, "grade") else None


def for_one_project(rule: Rule, line: Line) -> bool:
    """Whether of awards for one project, this line's among them, only the highest is paid.

    A rule that speaks of the project is for all of them; one beside an award is for that award's clause.
    """
    once = (RuleKind.HIGHEST_ONLY, RuleKind.NON_CUMULATION, RuleKind.ONCE_PER_PROJECT)
    if rule.rule.kind not in once or line.total is None:
        return False
    facts = line.achievement.facts
    if _SAME_YEAR.search(rule.sentence) and len(set(_YEARS.findall(line.achievement.words))) > 1:
        return False
    if rule.paragraph_has_awards:
        return any(fact.clause_id == rule.rule.clause_id for fact in facts)
    own = any(fact.document_id == rule.rule.document_id for fact in facts)
    if rule.rule.kind is RuleKind.HIGHEST_ONLY and (things := set(rule.rule.labels)):
        return own and any(things & set(fact.labels) for fact in facts)
    return own and OF_PROJECT.search(rule.sentence) is not None and _OTHER_MONEY.search(rule.words) is None


def exclusive(rule: Rule, facts: Sequence[AwardFact]) -> bool:
    """Whether of awards for these facts, for different things, one unit gets the highest only."""
    if rule.rule.kind is not RuleKind.HIGHEST_ONLY or OF_PROJECT.search(rule.sentence):
        return False
    if _OF_CLAUSE.search(rule.words):
        return all(fact.clause_id == rule.rule.clause_id for fact in facts)
    return _OF_ONE_UNIT.search(rule.words) is not None


def under_cost(fact: AwardFact, rules: Sequence[Rule]) -> Rule | None:
    """不超过实际发生的费用: the rule that holds an award under what was spent."""
    for rule in rules:
        if rule.rule.kind is RuleKind.COST_CEILING and rule.rule.yuan is None and "实际发生" in rule.words:
            same = rule.rule.clause_id == fact.clause_id
            if same or (_chapter(rule.rule.locator) and _chapter(rule.rule.locator) == _chapter(fact.locator)):
                return rule
    return None


def words_share(achievement: Achievement, fact: AwardFact, rules: Sequence[Rule]) -> Rule | None:
    """The share that the applicant's own words call for: 建设单位和施工总承包单位各50%, 区外工程50%."""
    shares = [
        rule
        for rule in rules
        if rule.rule.kind is RuleKind.SHARE
        and rule.rule.rate is not None
        and rule.rule.clause_id == fact.clause_id
        and not ranks_of(rule.words)
    ]
    told = pairs_of(" ".join(re.split(r"[^\w]+", achievement.words)))
    scored = [(len(pairs_of(LIMITING.sub(" ", rule.words)) & told), rule) for rule in shares]
    best = max((score for score, _ in scored), default=0)
    chosen = [rule for score, rule in scored if score == best]
    if len(chosen) > 1:  # of two that share as much with what is told, the one of which more is told alone
        alone = {
            one: len(
                (pairs_of(one.words) & told)
                - set().union(*(pairs_of(other.words) for other in shares if other is not one))
            )
            for one in chosen
        }
        chosen = [one for one in chosen if alone[one] == max(alone.values())]
    return chosen[0] if best >= SHARED_MIN and len(chosen) == 1 else None
