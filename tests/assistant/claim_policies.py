"""What tests of claims start from: the invented policies and cases of tests/cases/claims.yaml, checked for slips of the
pen, and facts, rules and achievements put together in code.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.claims import Achievement, Rule
from corpus.awards import Amount, AmountKind, AwardFact, AwardRule, RuleKind
from corpus.ledger import derive
from tests.assistant.conftest import read_policy

DAY = date(2026, 3, 1)  # all the policies are in force
_PATH = Path(__file__).resolve().parents[1] / "cases" / "claims.yaml"
_READ = yaml.safe_load(_PATH.read_text(encoding="utf-8"))


class Case(BaseModel):
    """One claim with what the policy makes of it; tests/cases/claims.yaml says what each field means."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    name: str
    because: str
    policy: str
    claim: dict[str, Any]
    total: Decimal | Literal["undetermined"]
    kind: Literal["exact", "cap", "range"] | None = None
    low: Decimal | None = None
    line: int | None = None
    why: str | None = None
    steps: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    counted: tuple[int, ...] = ()
    warns: tuple[str, ...] | None = None
    says: str = ""


POLICIES: dict[str, str] = _READ["policies"]
REFUSED_VALUES: list[dict[str, Any]] = _READ["refused_values"]
REFUSED_CLAIMS: list[dict[str, Any]] = _READ["refused_claims"]
CASES: tuple[Case, ...] = tuple(Case.model_validate(case) for case in _READ["cases"])

STANDARDS = ("国际标准", "国家标准", "行业标准", "地方标准")


def fact_of(yuan: Decimal, number: int = 0, *labels: str, article: int = 1, **amount: Any) -> AwardFact:
    """An award of a sum, the `number`-th of its article."""
    money = Amount(**{"kind": AmountKind.EXACT, "yuan": yuan, **amount})
    place = article * 1000 + number * 10
    return AwardFact(
        **{"id": f"made-up@{place}", "document_id": "made-up", "clause_id": f"made-up#a{article}"},
        **{"locator": f"第{article}条", "subject": "".join(labels), "context": "", "labels": labels, "inherited": ()},
        **{"amount": money, "noun": "奖励", "who": "unit", "per": "项", "once": False, "yearly": False},
        **{"budget": "", "ranks": (), "conditions": (), "construct": "list"},
        **{"start": place, "end": place + 9, "figure_start": place + 5, "figure_end": place + 8},
    )


def rule_of(kind: RuleKind, words: str, *labels: str, article: int = 9, place: int = 900, **figures: Any) -> Rule:
    """A rule of an article, by its words."""
    start = article * 1000 + place
    own = AwardRule(
        **{"id": f"made-up@{start}", "document_id": "made-up", "clause_id": f"made-up#a{article}"},
        **{"locator": f"第{article}条", "kind": kind, "labels": labels, "start": start, "end": start + len(words)},
        **{"yuan": None, "rate": None, "figures": ((start, start + 2),), **figures},
    )
    return Rule(rule=own, words=words, sentence=f"{words}。", paragraph_has_awards=article != 9)


def limit_of(yuan: Decimal, *labels: str) -> Rule:
    """A yearly limit: of all awards, or of those for a kind of standard."""
    words = f"同一单位每年获得的{''.join(labels)}奖励总额不超过{yuan}元"
    place = 900 + len(labels)
    return rule_of(RuleKind.YEARLY_LIMIT, words, *labels, yuan=yuan, place=place)


def claimed(*yuan: Decimal, kinds: Sequence[AmountKind] = (), **stated: Any) -> tuple[Achievement, ...]:
    """Achievements of these sums, each for the next kind of standard and of an article of its own."""
    made = []
    for number, (each, kind) in enumerate(zip(yuan, [*kinds, *[AmountKind.EXACT] * len(yuan)], strict=False)):
        low = (each / 2).to_integral_value() if kind is AmountKind.RANGE else None
        labels = (STANDARDS[number % len(STANDARDS)], "主导", "制定")
        fact = fact_of(each, 0, *labels, article=number + 1, kind=kind, low=low)
        made.append(Achievement(name=f"第{number}件", facts=(fact,), **stated))
    return tuple(made)


@cache
def read_ledger(policy: str) -> tuple[tuple[AwardFact, ...], tuple[Rule, ...]]:
    """The facts of a policy, and its rules with the line that each stands in for its sentence."""
    document = read_policy(POLICIES[policy], policy)
    ledger = derive([document]).ledger
    text, facts = document.text, ledger.facts
    return facts, tuple(
        Rule(
            rule=rule,
            words=text[rule.start : rule.end],
            sentence=_line_of(text, rule.start),
            paragraph_has_awards=any(fact.clause_id == rule.clause_id for fact in facts),
        )
        for rule in ledger.rules
    )


def _line_of(text: str, place: int) -> str:
    """The line of a text that a place is in."""
    return text[text.rfind("\n", 0, place) + 1 :].partition("\n")[0]
