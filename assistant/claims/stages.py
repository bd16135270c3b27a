"""Instalments: which stage of payment a text speaks of, and the rule that says what is paid at it."""

import re
from collections.abc import Sequence

from assistant.claims.records import Achievement, Rule
from corpus.awards import AwardFact, RuleKind

_STAGES = ("启动", "立项", "中期", "验收", "首期", "首批", "尾款", "结题", "签订")
_FIRST, _LAST = ("启动", "立项", "首期", "首批", "签订", "首笔", "先拨"), ("尾款", "余款", "剩余", "最后")
_ORDINAL = re.compile("第([一二三四])[次笔期]")
_ASKS_STAGE = re.compile(
    "启动|首[期批笔]|尾款|余款|剩余[^，。；,;]{0,4}款|先拨|第[一二三四][次笔期][^，。；,;]{0,2}(?:拨|款|付|能|给|多少|有)|(?:通过|验收)后|"
    "(?:立项|签订[^，。；,;]{0,4})[后时][^，。；,;]{0,6}(?:拨|付|给|拿|到)"
)


def stage_rule(achievement: Achievement, fact: AwardFact, rules: Sequence[Rule]) -> Rule | None:
    """The rule of the instalment asked for."""
    if not achievement.stage:
        return None
    own = [r for r in rules if r.rule.kind is RuleKind.INSTALMENT and r.rule.clause_id == fact.clause_id]
    own.sort(key=lambda rule: rule.rule.start)
    if named := next((rule for rule in own if achievement.stage in rule.words), None):
        return named
    if ordinal := _ORDINAL.fullmatch(achievement.stage):
        number = "一二三四".index(ordinal[1])
        return own[number] if number < len(own) else None
    if achievement.stage in _FIRST:
        return next(iter(own), None)
    return own[-1] if own and achievement.stage in _LAST else None


def stage_asked(text: str) -> str:
    """The stage of payment that a text asks for, in its own word; empty where it asks for none.

    >>> stage_asked("第二次拨付多少"), stage_asked("立项后先拨多少"), stage_asked("立项的项目多少")
    ('第二次', '立项', '')
    """
    asked = _ASKS_STAGE.search(text)
    if asked is None:
        return ""
    if ordinal := _ORDINAL.search(asked.group()):
        return ordinal.group()
    known = (*_STAGES, *_FIRST, *_LAST)
    return next((stage for words in (asked.group(), text) for stage in known if stage in words), "")
