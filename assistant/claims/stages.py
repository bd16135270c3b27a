"""Instalments: which stage of payment a text speaks of, and the rule that says what is paid at it."""

from collections.abc import Sequence

from assistant.claims.records import Achievement, Rule
from corpus.awards import AwardFact, RuleKind

_STAGES = ("启动", "立项", "中期", "验收", "首期", "首批", "尾款", "结题", "签订")


def stage_rule(achievement: Achievement, fact: AwardFact, rules: Sequence[Rule]) -> Rule | None:
    """The rule of the instalment asked for."""
    if not achievement.stage:
        return None
    own = [r for r in rules if r.rule.kind is RuleKind.INSTALMENT and r.rule.clause_id == fact.clause_id]
    return next((rule for rule in own if achievement.stage in rule.words), None)


def stage_named(text: str) -> str:
    """The stage of payment that a text asks for; empty where it names none."""
    return next((stage for stage in _STAGES if stage in text), "")
