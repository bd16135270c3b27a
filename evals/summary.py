"""A run → its figures: how much is right by suite, type, region and persona, what is broken, how long it took.

Every share carries the number it is a share of; where nothing was counted there is no share.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from evals.chance import wilson
from evals.metrics import RetrievalScore, percentile, score_ranks
from evals.probes import AnswerProbe, FigureProbe, RestProbe, SearchProbe
from evals.runs import Row, Run

STATUSES = ("answered", "needs_clarification", "not_found", "error")


@dataclass(frozen=True, kw_only=True)
class Share:
    """`part` of `n`; `low` and `high` are the 95 % Wilson interval in percent, None without any."""

    part: int
    n: int
    low: float | None
    high: float | None

    @property
    def percent(self) -> float | None:
        """The share in percent, None of nothing."""
        return 100 * self.part / self.n if self.n else None

    @classmethod
    def of(cls, part: int, n: int) -> "Share":
        """A share with its interval."""
        if not n:
            return cls(part=0, n=0, low=None, high=None)
        low, high = wilson(part, n)
        return cls(part=part, n=n, low=round(low, 1), high=round(high, 1))


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Some rows: how many are right, and how many states what must never be."""

    name: str
    right: Share
    wrong_amounts: int  # rows that state a sum which they should not
    withheld: int  # rows where the program failed, or found a fault in its answer, and said so instead
    unsteady: int  # rows whose rounds differ


@dataclass(frozen=True, kw_only=True)
class Latency:
    """Milliseconds from putting to having, of `n` answers, by nearest rank."""

    n: int
    p50: float
    p95: float
    p99: float
    slowest: float


@dataclass(frozen=True, kw_only=True)
class Refusals:
    """Of a status: how many given ones are right (precision), how many due ones were given (recall)."""

    status: str
    precision: Share
    recall: Share


@dataclass(frozen=True, kw_only=True)
class Summary:
    """All figures of a run."""

    total: Counts
    suites: tuple[Counts, ...]
    cases: tuple[Share, ...]  # by suite: cases of which every probe is right
    types: tuple[Counts, ...]
    regions: tuple[Counts, ...]
    personas: tuple[Counts, ...]
    rules: tuple[tuple[str, Share], ...]  # how often each rule is kept, of those it applies to
    measures: tuple[tuple[str, Share], ...]
    confusion: tuple[tuple[str, tuple[int, ...]], ...]  # expected status, then counts by actual one, as STATUSES
    refusals: tuple[Refusals, ...]
    latency: Latency | None
    retrieval: RetrievalScore | None
    extraction: tuple[tuple[str, Share], ...]  # precision and recall of the ledger
    stale: int


def summarise(run: Run) -> Summary:
    """The figures of a run."""
    rows = run.rows
    suites = [one.name for one in run.config.suites]
    of_suite = {name: [row for row in rows if row.suite == name] for name in suites}
    return Summary(
        total=count("", rows),
        suites=tuple(count(name, some) for name, some in of_suite.items()),
        cases=tuple(_whole_cases(some) for some in of_suite.values()),
        types=_by(rows, lambda row: row.probe.type),
        regions=_by(rows, lambda row: row.region),
        personas=_by(rows, lambda row: row.probe.case.persona if row.probe.case is not None else ""),
        rules=_rules(rows),
        measures=_measures(rows),
        confusion=_confusion(rows),
        refusals=tuple(_refusals(rows, status) for status in ("not_found", "needs_clarification")),
        latency=_latency(rows),
        retrieval=_retrieval(rows),
        extraction=_extraction(rows),
        stale=run.stale,
    )


def count(name: str, rows: Iterable[Row]) -> Counts:
    """The counts of some rows."""
    rows = list(rows)
    return Counts(
        name=name,
        right=Share.of(sum(row.is_right for row in rows), len(rows)),
        wrong_amounts=sum(row.states_wrong_amount for row in rows),
        withheld=sum(any(one.verdict.is_withheld for one in row.rounds) for row in rows),
        unsteady=sum(not row.is_steady for row in rows),
    )


def _by(rows: Sequence[Row], name_of: Callable[[Row], str]) -> tuple[Counts, ...]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(name_of(row), []).append(row)
    found = [count(name, some) for name, some in groups.items() if name]
    return tuple(sorted(found, key=lambda one: (-one.right.n, one.name)))


def _whole_cases(rows: Sequence[Row]) -> Share:
    cases: dict[str, bool] = {}
    for row in rows:
        cases[row.case_id] = cases.get(row.case_id, True) and row.is_right
    return Share.of(sum(cases.values()), len(cases))


def _rules(rows: Sequence[Row]) -> tuple[tuple[str, Share], ...]:
    applied: Counter[str] = Counter()
    broken: Counter[str] = Counter()
    for row in rows:
        applied.update(row.worst.verdict.kept.keys())
        broken.update(row.worst.verdict.broken)
    return tuple((name, Share.of(n - broken[name], n)) for name, n in applied.most_common())


def _measures(rows: Sequence[Row]) -> tuple[tuple[str, Share], ...]:
    found = []
    for name in ("complete", "needed"):
        values = [row.worst.verdict.measured[name] for row in rows if name in row.worst.verdict.measured]
        found.append((name, Share.of(int(sum(values)), len(values))))
    return tuple(one for one in found if one[1].n)


def _answers(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if isinstance(row.probe, AnswerProbe)]


def _confusion(rows: Sequence[Row]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    counts = Counter((row.worst.verdict.expected, row.worst.verdict.actual) for row in _answers(rows))
    expected = [status for status in STATUSES if any(key[0] == status for key in counts)]
    return tuple((status, tuple(counts[status, actual] for actual in STATUSES)) for status in expected)


def _refusals(rows: Sequence[Row], status: str) -> Refusals:
    """A status that the gold allows beside counts as due where it was given."""
    given = [row for row in _answers(rows) if row.worst.verdict.actual == status]
    due = [row for row in _answers(rows) if row.worst.verdict.expected == status]
    kept = [row for row in given if row.worst.verdict.kept["status"]]
    had = [row for row in due if row.worst.verdict.kept["status"]]
    return Refusals(status=status, precision=Share.of(len(kept), len(given)), recall=Share.of(len(had), len(due)))


def _latency(rows: Sequence[Row]) -> Latency | None:
    times = [one.outcome.ms for row in _answers(rows) for one in row.rounds]
    if not times:
        return None
    p50, p95, p99 = (percentile(times, share) for share in (0.5, 0.95, 0.99))
    return Latency(n=len(times), p50=p50, p95=p95, p99=p99, slowest=max(times))


def _retrieval(rows: Sequence[Row]) -> RetrievalScore | None:
    ranks = [
        int(row.worst.verdict.measured.get("rank", 0)) or None for row in rows if isinstance(row.probe, SearchProbe)
    ]
    return score_ranks(ranks) if ranks else None


def _extraction(rows: Sequence[Row]) -> tuple[tuple[str, Share], ...]:
    figures = [row.worst.verdict.measured for row in rows if isinstance(row.probe, FigureProbe | RestProbe)]
    if not figures:
        return ()
    total = {name: int(sum(one.get(name, 0) for one in figures)) for name in ("facts", "right", "gold", "missed")}
    return (
        ("precision", Share.of(total["right"], total["facts"])),
        ("recall", Share.of(total["gold"] - total["missed"], total["gold"])),
    )
