"""How many of an award count: at most so many a year, a series as one, one for a unit; told from the rules' words."""

import re
from collections.abc import Sequence

from assistant.claims.records import Achievement, Rule
from assistant.claims.scope import (
    ARTICLE,
    LIMITING,
    OF_PROJECT,
    THINGS,
    WORDS_MIN,
    items_named,
    of_kind,
    pairs_of,
    touches,
)
from corpus.awards import AwardFact, RuleKind
from corpus.awards.labelling import ranks_of
from corpus.labels import read_number

_COUNT = re.compile(
    r"(?:不得?超过|(?:最多|至多)[^，。；\d一二两三四五六七八九十]{0,6}|不多于|限于?|只能|仅)[^，。；、%元万]{0,8}?"
    r"(?P<n>[\d一二两三四五六七八九十]+)(?P<unit>个|项|次|类|件|家|种)"
)
_OWN_NUMBER = re.compile(r"^\s*第[一二三四五六七八九十百\d]+条")
_SERIES = re.compile("系列|若干部")
_OF_SERIES = re.compile(
    r"系列|若干部|第[一二三四五\d][^，。；]{0,12}部分|(?:分(?:成|为)?|共)[几多\d一二三四五六七八九十]+个?部分"
)
_ONCE_A_UNIT = re.compile(r"同一(?:家)?(?:企业|单位|组织|机构)[^。；]{0,16}(?:只|仅|限)[^，。；]{0,8}一次")


def counts_at_most(achievement: Achievement, rules: Sequence[Rule]) -> tuple[int, Rule | None]:
    """How many of an achievement count, with the rule that says so where it bites."""
    for rule in rules:
        if _counts_once(rule, achievement) and any(touches(rule, fact) for fact in achievement.facts):
            return 1, rule
    found = number_limit(achievement, rules)
    if found is None or found[0] >= achievement.count:
        return achievement.count, None
    return found


def _counts_once(rule: Rule, achievement: Achievement) -> bool:
    """系列标准按一个标准, 同一企业只奖励一次: whatever the number, one is paid."""
    if rule.rule.kind is not RuleKind.ONCE_PER_PROJECT:
        return False
    if _SERIES.search(rule.words) and _OF_SERIES.search(achievement.words):
        return True
    return achievement.count > 1 and _ONCE_A_UNIT.search(rule.words) is not None and not OF_PROJECT.search(rule.words)


def number_limit(achievement: Achievement, rules: Sequence[Rule]) -> tuple[int, Rule] | None:
    """The smallest number of an achievement that any rule lets count; None where none does."""
    found: list[tuple[int, str, Rule]] = []
    for rule in rules:
        if rule.rule.kind is not RuleKind.COUNT_LIMIT or "类别" in rule.words or ranks_of(rule.words):
            continue
        for match in _COUNT.finditer(rule.words):
            most = read_number(match["n"].replace("两", "二"))
            if most < 1 or not _counts_the_same(rule.words[match.end() :], achievement.words):
                continue
            if all(_count_touches(rule, fact) for fact in achievement.facts):
                found.append((most, rule.rule.id, rule))
    smallest = min(found, default=None)
    return (smallest[0], smallest[2]) if smallest else None


def _counts_the_same(behind: str, told: str) -> bool:
    """最多资助5个国家 counts countries: what a number is of has to be what the applicant counts."""
    noun = re.match(r"[一-龥]{2}", behind)
    return noun is None or noun.group() in told or noun.group() in ("标准", "项目")


def _count_touches(rule: Rule, fact: AwardFact) -> bool:
    if rule.rule.clause_id == fact.clause_id:
        own = pairs_of(LIMITING.sub(" ", rule.words))
        within = rule.rule.start <= fact.figure_start < rule.rule.end  # 试验验证…补助40%，每年不超过2个项目
        return within or len(own & pairs_of(fact.subject)) >= WORDS_MIN * len(own)
    things = {name for kind in THINGS for name in of_kind(rule.rule.labels, kind)}
    if rule.paragraph_has_awards and not _refers(_OWN_NUMBER.sub("", rule.sentence), rule):
        return False  # a limit of the awards that it stands with
    return (bool(things) or _refers(rule.sentence, rule)) and touches(rule, fact)


def _refers(sentence: str, rule: Rule) -> bool:
    """Whether a sentence names an article, be it its own, which then is about the others, or items of one."""
    return ARTICLE.search(sentence) is not None or items_named(rule) is not None


def categories_at_most(rules: Sequence[Rule]) -> tuple[int, Rule] | None:
    """每年申请的类别数量不超过2个: how many kinds of awards one applicant may claim."""
    for rule in rules:
        found = _COUNT.search(rule.words)
        if rule.rule.kind is RuleKind.COUNT_LIMIT and found and "类别" in rule.words:
            return read_number(found["n"].replace("两", "二")), rule
    return None
