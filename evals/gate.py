"""Whether a run is good enough: nothing worse than the baseline, no suite below its threshold."""

from dataclasses import dataclass
from decimal import Decimal

from evals.comparing import Comparison
from evals.summary import Counts, Summary

HOLDS, REGRESSION = 0, 100  # exit statuses; 1 is a fault of the tool, 2 of its use


@dataclass(frozen=True, kw_only=True)
class Gate:
    """What was found; `below` names the suites under their threshold, in percent."""

    is_regression: bool
    below: tuple[tuple[str, Decimal], ...]

    @property
    def exit_status(self) -> int:
        """0 holds, 100 does not."""
        return REGRESSION if self.is_regression or self.below else HOLDS


def judge_gate(summary: Summary, comparison: Comparison | None, least: dict[str, Decimal]) -> Gate:
    """Hold a run to its baseline, if there is one, and to the thresholds of its suites, in percent of the probes."""
    below = tuple((one.name, least[one.name]) for one in summary.suites if one.name in least and _is_below(one, least))
    return Gate(is_regression=comparison is not None and comparison.is_regression, below=below)


def _is_below(one: Counts, least: dict[str, Decimal]) -> bool:
    """Exact: 95 of 100 is not below 95 %."""
    return one.right.n > 0 and Decimal(100 * one.right.part) < least[one.name] * one.right.n
