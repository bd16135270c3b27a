"""What is told of a run: its figures, what it was compared with, whether it holds."""

from dataclasses import dataclass
from typing import Literal

from evals.comparing import Comparison
from evals.gate import Gate
from evals.judging_records import JudgedReport
from evals.runs import Run
from evals.summary import Summary

VerdictName = Literal["holds", "regression", "below", "no_baseline"]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A judged run with all that is told about it."""

    run: Run
    summary: Summary
    comparison: Comparison | None
    against: str  # what it was compared with, for people; "" for nothing
    gate: Gate
    judged: JudgedReport | None = None


def verdict_of(finding: Finding) -> VerdictName:
    """The outcome in a word; a run below a threshold that got worse besides is a regression."""
    if finding.gate.is_regression:
        return "regression"
    if finding.gate.below:
        return "below"
    return "no_baseline" if finding.comparison is None else "holds"
