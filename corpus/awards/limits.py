"""Sentences that limit or change sums, told by `rules.toml`: yearly ceilings, 就高, 不重复, co-leads, definitions."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from corpus.awards.facts import RuleKind


@cache
def _rules(section: str) -> tuple[tuple[RuleKind, re.Pattern[str]], ...]:
    with (files("corpus") / "awards" / "rules.toml").open("rb") as file:
        entries = tomllib.load(file)[section]
    return tuple(
        (RuleKind(entry["kind"]), re.compile("|".join(f"(?:{p})" for p in entry["patterns"]))) for entry in entries
    )


def rule_of_figure(statement: str) -> RuleKind | None:
    """What rule the figures of a statement belong to; None where they are an award.

    Args:
        statement: Normalised: the words before the figures, the phrase, and the words behind it.

    >>> rule_of_figure("同一单位每年所获资金总额不超过80万元")
    <RuleKind.YEARLY_LIMIT: 'yearly_limit'>
    >>> rule_of_figure("对主持修订的给予不超过5万元资助") is None
    True
    """
    return next((kind for kind, pattern in _rules("figure") if pattern.search(statement)), None)


def rules_of_sentence(sentence: str) -> list[tuple[RuleKind, int, int]]:
    """The rules that a normalised sentence states without a sum of money, each with its telling words.

    >>> rules_of_sentence("同类奖项从高享受，不重复奖励")
    [(<RuleKind.HIGHEST_ONLY: 'highest_only'>, 4, 6), (<RuleKind.NON_CUMULATION: 'non_cumulation'>, 9, 12)]
    """
    found = ((kind, pattern.search(sentence)) for kind, pattern in _rules("sentence"))
    return [(kind, match.start(), match.end()) for kind, match in found if match]
