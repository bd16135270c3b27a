"""A judged run as one page of HTML that needs nothing else: no script, no network, styles and charts inside.

Whatever comes from cases, documents and answers is data: the templates escape every value, and nothing is marked as
safe but the style sheet, which is ours.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from shlex import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from evals import words
from evals.loading import Sources
from evals.reporting import wording, written
from evals.reporting.changes import show_comparison
from evals.reporting.charts import COLUMN, COLUMN_HEIGHT, GAP, HEIGHT, LEFT, RIGHT, WIDTH, latency_columns, trend_chart
from evals.reporting.finding import Finding
from evals.reporting.head import command_of, show_head
from evals.reporting.rows import Bounded, show_row, worst_rows
from evals.reporting.trend import TrendPoint
from evals.runs import Run
from evals.summary import STATUSES

TEMPLATES = Path(__file__).with_name("templates")
ROWS_MAX = 60  # worst answers in full
SUITES_MAX, REGIONS_MAX, RUNS_MAX = 40, 15, 8


def render_html(finding: Finding, *, trend: Sequence[TrendPoint], sources: Sources) -> str:
    """The report.

    Args:
        finding: What is told.
        trend: Earlier runs of the same suites, oldest first; none for a run of a part of them.
        sources: The documents, for the text of the clauses that a search found.

    Returns:
        The page; under 5 MB, however many rows the run has.
    """
    run, summary = finding.run, finding.summary
    points = [*trend, _own_point(run, finding)] if not run.is_part else []
    worst = worst_rows(run.rows)
    shown = tuple(show_row(row, sources) for row in worst[:ROWS_MAX])
    page = _environment().get_template("report.html.j2")
    return page.render(
        finding=finding,
        config=run.config,
        head=show_head(finding),
        total=summary.total,
        suites=Bounded.of(list(zip(summary.suites, summary.cases, strict=True)), SUITES_MAX),
        summary=summary,
        regions=Bounded.of(summary.regions, REGIONS_MAX),
        other_regions=Bounded.of(summary.regions[REGIONS_MAX:], 10 * REGIONS_MAX),
        confusion=_confusion(finding),
        trend=trend_chart(points),
        runs=Bounded.of(points[::-1], RUNS_MAX),
        columns=latency_columns(run.rows),
        comparison=None if finding.comparison is None else show_comparison(finding.comparison),
        suites_used=Bounded.of(run.config.suites, SUITES_MAX),
        worst=Bounded(shown=shown, more=len(worst) - len(shown)),
        command=command_of(run.config),
        given={one.name: quote(one.given) for one in run.config.suites},
    )


def _own_point(run: Run, finding: Finding) -> TrendPoint:
    total = finding.summary.total
    return TrendPoint(
        run=run.config.id,
        started=run.config.started,
        right=total.right.part,
        n=max(total.right.n, 1),
        wrong_amounts=total.wrong_amounts,
    )


def _confusion(finding: Finding) -> list[tuple[str, list[tuple[str, int, bool]]]]:
    """Expected status, then for each actual one its count and whether it is the right one."""
    return [
        (expected, [(actual, count, actual == expected) for actual, count in zip(STATUSES, counts, strict=True)])
        for expected, counts in finding.summary.confusion
    ]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name in ("percent", "whole", "milliseconds", "clock", "clip", "fit"):
        environment.filters[name] = getattr(written, name)
    chart = {"WIDTH": WIDTH, "HEIGHT": HEIGHT, "LEFT": LEFT, "RIGHT": RIGHT}
    chart |= {"COLUMN": COLUMN, "GAP": GAP, "COLUMN_HEIGHT": COLUMN_HEIGHT}
    css = (TEMPLATES / "report.css").read_text("utf-8")
    environment.globals |= {"words": words, "wording": wording, "chart": chart, "statuses": STATUSES}
    environment.globals["percent_of"] = written.percent_of
    environment.globals["css"] = Markup(css)
    return environment
