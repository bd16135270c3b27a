"""Whether a fact of the ledger is for what a question asks: of each kind that it names, and for no other thing."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from assistant.award_question import Asked
from corpus.awards import AmountKind, AwardFact, AwardRule
from corpus.awards.labelling import label, ranks_of
from corpus.labels import read_number
from corpus.records import PolicyDocument
from corpus.vocabulary import concepts, find_concepts

THINGS = frozenset({"standard", "organ", "item"})  # what an award is for
# What a rule may leave unsaid: one that names no role or act is for all of them.
OPEN = frozenset({"role", "act", "level", "seat", "other"})
_CHAPTER = re.compile("第[一二三四五六七八九十百]+章")
_ARTICLE = re.compile("第[一二三四五六七八九十百]+条")
RUN_MIN = 6  # characters in a row that are as good as a name
_HAN = re.compile("[一-龥]+")
_SENTENCE = re.compile("[^。；;\n]+")
_GRANTS = re.compile(r"\d(?:万|千)?元")
_PLAIN_RUN = re.compile("奖|补助|资助|激励|单位|企业|标准化技术|委员会|年度|申请|标准$|管理办法|政策")
_LEADS = re.compile("对?(?:承担|负责|主办|组织)[^，。；]{0,30}标准(?:的)?(?:制定|制修订|起草)")
_SORT_OF_PROJECT = re.compile("(?:重大|一般|重点)项目")
_INTEREST = re.compile("利率|LPR|贴息|利息")
_NOMINEE = "提名奖"
_A_GRADE = re.compile(r"\dA")
OTHER_MIN = 4  # characters of a word that may name a thing of its own
_PASSED = "合格"
_LEVELS = {"省": "省级", "市": "市级", "区": "县级", "县": "县级"}


def answering_level(documents: Sequence[PolicyDocument], grants: Iterable[str]) -> list[PolicyDocument]:
    """Of the documents of a place and of those above it, the nearest that grant awards: each pays by its own rules."""
    granting = set(grants)
    own = [document for document in documents if document.id in granting]
    nearest = max((len(document.region.parts) for document in own), default=0)
    return [document for document in own if len(document.region.parts) == nearest]


@cache
def kinds_by_name() -> dict[str, str]:
    """The kind of each concept."""
    return {concept.name: concept.kind for concept in concepts()}


def fits(fact: AwardFact, asked: Asked) -> bool:
    """Of each kind that the question names, the fact is for one; and it is for no other thing.

    Where a fact lists the ranks that it is for, a rank that the question states goes before a role.
    """
    kinds = kinds_by_name()
    own: dict[str, set[str]] = defaultdict(set)
    for name in fact.labels:
        own[kinds[name]].add(name)
    if not all(_agrees(fact, own, kind, names, asked) for kind, names in asked.groups.items()):
        return False
    groups = asked.groups
    same_organ = own["organ"] & set(groups.get("organ", ()))  # 技术委员会（创新基地）: a place for both
    if own["item"] and "item" not in groups and not same_organ:
        if groups.keys() & {"standard", "organ", "seat", "role", "act"}:
            return False
    if not groups.keys() & (THINGS | {"seat"}) and asked.any_standard and not asked.words and not own["standard"]:
        return False
    return not (own["organ"] and not own["item"] and groups.keys() & {"item", "standard"} and "organ" not in groups)


def _agrees(fact: AwardFact, own: dict[str, set[str]], kind: str, names: Sequence[str], asked: Asked) -> bool:
    """Whether a fact is for one of the names of a kind, or may leave the kind unsaid."""
    if kind == "role" and asked.rank and fact.ranks:
        return True
    if own[kind]:
        return bool(own[kind] & set(names))
    if kind == "role" and names == ("参与",) and _LEADS.match(fact.subject) and not own["item"] - {"试点示范"}:
        return False  # 承担团体标准制定 is no part in one
    if kind == "grade" and fact.amount.kind is AmountKind.CAP and own["item"]:
        return True  # 标准创新贡献奖最高100万元 is for all its grades
    return kind in OPEN and (kind != "seat" or bool(THINGS & asked.groups.keys()))


def is_of(words: str, fact: AwardFact) -> bool:
    """Whether a rule's words name the role and the standard that a fact is for."""
    named = {name for kind, names in label(words).items() if kind in ("role", "standard") for name in names}
    return len(named) > 1 and named <= set(fact.labels)


def beside_in_article(rule: AwardRule, fact: AwardFact) -> bool:
    """Whether a rule stands in the same article as a fact, behind it."""
    own, other = (_ARTICLE.match(one.locator) or _CHAPTER.match(one.locator) for one in (rule, fact))
    return own is not None and other is not None and own.group() == other.group() and fact.start < rule.start


def budget_named(facts: Sequence[AwardFact], asked: Asked) -> str:
    """The budget that a level names, where the awards are of no level and are printed apart for several budgets.

    嵊泗 县级 牵头制定国标: what the county pays.
    """
    levels = asked.groups.get("level", ())
    budgets = {fact.budget for fact in facts}
    of_level = any(kinds_by_name()[name] == "level" for fact in facts for name in fact.labels)
    return levels[0] if len(levels) == 1 and levels[0] in budgets and len(budgets) > 1 and not of_level else ""


def of_item(fact: AwardFact) -> set[str]:
    """The items that a fact is for."""
    return {name for name in fact.labels if kinds_by_name()[name] == "item"}


def of_one_grade(facts: list[AwardFact], asked: Asked) -> list[AwardFact]:
    """今年升4A: the awards of a grade that only one thing has, where no other thing is named; none otherwise."""
    grades = asked.groups.get("grade", ())
    if not grades or not all(_A_GRADE.fullmatch(name) for name in grades):
        return []
    names_other = any(len(word) >= OTHER_MIN for word in asked.words)
    items = {name for fact in facts for name in of_item(fact)}
    return facts if len(items) == 1 and all(map(of_item, facts)) and not names_other else []


def unread_sentences(document: PolicyDocument, known: Sequence[AwardFact]) -> tuple[str, ...]:
    """The sentences of a document that print a sum and of which the ledger has no fact, without white space.

    Args:
        document: Whose text is looked through.
        known: All its facts.
    """
    read = {fact.figure_start for fact in known}
    return tuple(
        re.sub(r"\s", "", found.group())
        for found in _SENTENCE.finditer(document.text)
        if _GRANTS.search(found.group()) and not any(found.start() <= place < found.end() for place in read)
    )


def named_elsewhere(unread: Sequence[str], facts: Sequence[AwardFact], asked: Asked) -> bool:
    """Whether a question names, in a long run of a document's words, an award that the ledger could not read.

    举报假冒专利, for which a document pays by case, is none of its patent awards.

    Args:
        unread: The document's sentences with sums that the ledger has no fact of.
        facts: That fit what the question names.
        asked: What the question asks for.
    """
    runs = {word[at : at + RUN_MIN] for word in asked.stretches for at in range(len(word) - RUN_MIN + 1)}
    own = [run for run in runs if _HAN.fullmatch(run) and any(run in sentence for sentence in unread)]
    if not own or any(_PLAIN_RUN.search(run) for run in own):
        return False
    held = "".join(re.sub(r"\s", "", f"{fact.subject}{fact.context}{fact.amount.base}") for fact in facts)
    return not any(run in held for run in runs)


def is_for_helpers(fact: AwardFact) -> bool:
    """Whether it pays those who help others to an honour."""
    return "服务机构" in fact.subject or ("参与" in fact.labels and "协助" in fact.subject)


def may_have(fact: AwardFact, asked: Asked) -> bool:
    """Whether the asker is of those whom a fact pays: a person has no award of a unit, nobody one of a government."""
    of_unit = fact.who == "unit" and re.search("单位|组织|企业|机构", f"{fact.subject}{fact.context}") is not None
    return not (asked.for_a_person and of_unit) and (asked.public or fact.who != "government")


def ranks_defined(text: str) -> tuple[int, ...]:
    """The ranks in a definition's words: 载明的第二和第三起草单位; none where it is open (排名其后的)."""
    ranks = {read_number(found) for found in re.findall(r"第([一二三四五六七八九十\d]{1,2})(?![条款章项])", text)}
    return tuple(sorted(ranks | set(ranks_of(text)) | ({1} if "首位" in text else set())))


def of_levels(fact: AwardFact, levels: Iterable[str]) -> bool:
    """浙江省 beside 龙港 says whose committee or honour is meant."""
    for level in levels:
        bare = level.rstrip("省市区县") or level
        kinds = [name for name in fact.labels if kinds_by_name()[name] == "level"]
        if bare not in fact.subject and kinds and _LEVELS.get(level[-1]) not in kinds:
            return False
    return True


def own_words(fact: AwardFact, asked: Asked) -> str:
    """What an award is for; a later entry of a list, which has its thing from the first, as if it said it, too."""
    items = {name for name in fact.labels if kinds_by_name()[name] == "item"}
    takes = items and not items & {found.concept.name for found in find_concepts(fact.subject)}
    return f"{fact.subject} {' '.join(asked.forms)}" if takes else fact.subject


def of_features(facts: list[AwardFact], asked: Asked) -> list[AwardFact]:
    """Of awards for a thing, those that small words tell: of a loan's interest, of the prize itself, of the rest."""
    if any(_INTEREST.search(word) for word in asked.words):  # the subsidy of the interest, not of the loan's fees
        facts = [fact for fact in facts if _INTEREST.search(fact.amount.base)] or facts
    if _NOMINEE not in asked.groups.get("grade", ()):  # 质量奖 is none of its 提名奖
        facts = [fact for fact in facts if _NOMINEE not in fact.labels] or facts
    if any("个人奖" in stretch for stretch in asked.stretches):  # of a prize that only units are paid for, none
        facts = [fact for fact in facts if fact.who == "person" or "个人" in fact.subject]
    if "seat" in asked.groups and "item" not in asked.groups:  # a committee's secretariat is none of its experts
        facts = [fact for fact in facts if not of_item(fact)] or facts
    if sort := next((found.group() for one in asked.stretches if (found := _SORT_OF_PROJECT.search(one))), ""):
        facts = [fact for fact in facts if sort in fact.subject] or facts
    if asked.rest:
        facts = [fact for fact in facts if fact.subject.startswith(("其他", "对其他"))] or facts
    return facts


def of_result(facts: list[AwardFact], asked: Asked) -> list[AwardFact]:
    """Of awards some of which are graded 合格, where the asker says that the thing passed: those and ungraded ones."""
    if not asked.passed or not any(_PASSED in fact.labels for fact in facts):
        return facts
    return [fact for fact in facts if _PASSED in fact.labels or not _graded(fact)]


def _graded(fact: AwardFact) -> bool:
    return any(kinds_by_name()[name] == "grade" for name in fact.labels)


def tells_act(fact: AwardFact) -> bool:
    """Whether a fact for a standard says what is done to it, of which other things need not tell.

    Beside 修订行业标准 an award for 主持起草行业标准 is for making it.
    """
    kinds = {kinds_by_name()[name] for name in fact.labels}
    return "act" in kinds or "standard" not in kinds
