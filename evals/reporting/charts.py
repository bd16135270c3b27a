"""Where the marks of the charts stand: pure geometry, drawn by the templates as SVG."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evals.probes import AnswerProbe
from evals.reporting.trend import TrendPoint
from evals.runs import Row

WIDTH, HEIGHT = 720, 180  # of the line, in units of the drawing
LEFT, RIGHT, TOP, BOTTOM = 46, 14, 14, 26
EDGES = (0, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)  # milliseconds at which the columns begin
COLUMN, GAP, COLUMN_HEIGHT = 40, 6, 90


@dataclass(frozen=True, kw_only=True)
class Dot:
    """A run on the line."""

    x: float
    y: float
    point: TrendPoint
    percent: float


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A level that is marked on the axis."""

    y: float
    label: str


@dataclass(frozen=True, kw_only=True)
class TrendChart:
    """The share of right answers from run to run."""

    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]

    @property
    def path(self) -> str:
        """The line through the dots."""
        return "M" + " L".join(f"{dot.x:.1f} {dot.y:.1f}" for dot in self.dots)


@dataclass(frozen=True, kw_only=True)
class Column:
    """How many answers took so long."""

    x: int
    height: float
    label: str
    count: int


def trend_chart(points: Sequence[TrendPoint]) -> TrendChart | None:
    """The line, oldest left; None where fewer than two runs make none.

    The axis ends at 100 and begins a little below the lowest run, so that a change of one in a hundred is seen.
    """
    if len(points) < 2:
        return None
    shares = [100 * point.right / point.n for point in points]
    step = _step(100 - min(shares))
    low = max(0.0, math.floor((min(shares) - step / 2) / step) * step)
    plain_height = HEIGHT - TOP - BOTTOM

    def y_of(share: float) -> float:
        return round(TOP + plain_height * (100 - share) / (100 - low), 1)

    between = (WIDTH - LEFT - RIGHT) / (len(points) - 1)
    dots = tuple(
        Dot(x=round(LEFT + at * between, 1), y=y_of(share), point=point, percent=share)
        for at, (point, share) in enumerate(zip(points, shares, strict=True))
    )
    levels = [low + step * at for at in range(round((100 - low) / step) + 1)]
    return TrendChart(dots=dots, ticks=tuple(Tick(y=y_of(level), label=f"{level:g}%") for level in levels))


def _step(spread: float) -> float:
    """Percent between two marks, so that there are about four.

    >>> _step(4.0), _step(0.0), _step(90.0)
    (1, 1, 25)
    """
    return next((step for step in (1, 2, 5, 10, 25) if spread / step <= 4), 50)


def latency_columns(rows: Iterable[Row]) -> tuple[Column, ...]:
    """How many answers took how long, one column from each edge to the next, empty ones at both ends left out."""
    times = [one.outcome.ms for row in rows if isinstance(row.probe, AnswerProbe) for one in row.rounds]
    bounds = [*EDGES, math.inf]
    counts = [sum(low <= ms < high for ms in times) for low, high in zip(bounds, bounds[1:], strict=False)]
    used = [at for at, count in enumerate(counts) if count]
    if not used:
        return ()
    shown = range(used[0], used[-1] + 1)
    return tuple(
        Column(
            x=place * (COLUMN + GAP),
            height=round(COLUMN_HEIGHT * counts[at] / max(counts), 1),
            label=f"<{bounds[at + 1]:g}" if bounds[at + 1] < math.inf else f"≥{bounds[at]}",
            count=counts[at],
        )
        for place, at in enumerate(shown)
    )
