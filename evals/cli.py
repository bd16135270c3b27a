"""`jiangbu eval`: what an evaluator runs before a release.

Exit status: 0 holds, 100 something got worse or is below its threshold, 1 the tool failed, 2 wrong use. Figures go to
stdout, progress and faults to stderr.
"""

import sys
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from assistant.config import Settings, load_settings
from evals import words

DAY = click.DateTime(["%Y-%m-%d"])
FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
FOLDER_THERE = click.Path(exists=True, file_okay=False, path_type=Path)
REPEAT_MAX = 20


class _Group(click.Group):
    """Turns the tool's own errors into one line and an exit status."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click's
        from evals.filtering import FilterError
        from evals.judging_model import JudgingUnavailable
        from evals.loading import CaseError
        from evals.runs import RunError

        try:
            return super().invoke(ctx)
        except FilterError as error:
            raise click.UsageError(str(error)) from error
        except (CaseError, JudgingUnavailable, RunError) as error:
            raise click.ClickException(str(error)) from error


@click.group("eval", cls=_Group, help=words.HELP_GROUP, context_settings={"help_option_names": ["-h", "--help"]})
def group() -> None:
    """The commands of this module."""


def _gating(command: Callable[..., None]) -> Callable[..., None]:
    """The options of the commands that judge a run."""
    for option in (
        click.option("--baseline", "baselines", type=FOLDER_THERE, help=words.HELP_BASELINE),
        click.option("--no-baseline", is_flag=True, help=words.HELP_NO_BASELINE),
        click.option("--least", type=click.FloatRange(0, 100), help=words.HELP_LEAST),
        click.option("-o", "--output", "outputs", multiple=True, type=FILE, help=words.HELP_OUTPUT),
        click.option("-v", "--verbose", is_flag=True, help=words.HELP_VERBOSE),
    ):
        command = option(command)
    return command


@group.command(help=words.HELP_RUN)
@click.argument("suites", nargs=-1, metavar="SUITE…")
@click.option("--repeat", default=1, type=click.IntRange(1, REPEAT_MAX), help=words.HELP_REPEAT)
@click.option("--engine", default="rules", type=click.Choice(["rules", "llm"]), help=words.HELP_ENGINE)
@click.option("--filter", "filters", multiple=True, help=words.HELP_FILTER)
@click.option("--as-of", type=DAY, help=words.HELP_AS_OF)
@click.option("--workers", type=click.IntRange(1, 64), help=words.HELP_WORKERS)
@click.option("--judge", is_flag=True, help=words.HELP_JUDGE)
@click.option("--judge-limit", default=50, type=click.IntRange(1, 1000), help=words.HELP_JUDGE_LIMIT)
@_gating
def run(suites: tuple[str, ...], as_of: datetime | None, **options: Any) -> None:  # noqa: ANN401
    """Ask, judge, keep, compare."""
    from evals.commands import Asked, run_suites

    asked = Asked(
        suites=suites,
        repeat=options.pop("repeat"),
        engine=options.pop("engine"),
        filters=options.pop("filters"),
        as_of=as_of.date() if as_of else None,
        workers=options.pop("workers"),
        judge=options.pop("judge_limit") if options.pop("judge") else 0,
    )
    _leave(run_suites(load_settings(), asked, _held(options)))


@group.command(help=words.HELP_SCORE)
@click.argument("given", metavar="RUN", default="latest")
@_gating
def score(given: str, **options: Any) -> None:  # noqa: ANN401
    """Judge a kept run anew, by the cases and rules as they are now."""
    from evals.commands import score_run

    _leave(score_run(load_settings(), given, _held(options)))


@group.command(help=words.HELP_COMPARE)
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("-o", "--output", "outputs", multiple=True, type=FILE, help=words.HELP_OUTPUT)
def compare(before: str, after: str, outputs: tuple[Path, ...]) -> None:
    """Two runs, or a baseline and a run."""
    from evals.commands import compare_sides

    _leave(compare_sides(load_settings(), before, after, outputs))


@group.command(help=words.HELP_BLESS)
@click.argument("given", metavar="RUN", default="latest")
@click.option("--to", "folder", type=FOLDER, help=words.HELP_TO)
def bless(given: str, folder: Path | None) -> None:
    """Move the baseline."""
    from evals.commands import bless_run

    bless_run(load_settings(), given, folder)


@group.command(help=words.HELP_REPORT)
@click.argument("given", metavar="RUN", default="latest")
@click.option("-o", "--output", "outputs", multiple=True, type=FILE, help=words.HELP_OUTPUT)
@click.option("--against", help=words.HELP_AGAINST)
def report(given: str, outputs: tuple[Path, ...], against: str | None) -> None:
    """One self-contained page."""
    from evals.commands import report_run

    report_run(load_settings(), given, outputs, against)


@group.command("list", help=words.HELP_LIST)
def list_() -> None:
    """Suites and runs."""
    from evals.commands import list_all

    list_all(load_settings())


@group.command(help=words.HELP_CHECK)
@click.argument("suites", nargs=-1, metavar="SUITE…")
def check(suites: tuple[str, ...]) -> None:
    """The second reading by program."""
    from evals.case_commands import check_suites

    _leave(check_suites(load_settings(), suites))


@group.command("import", help=words.HELP_IMPORT)
@click.argument("table", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", required=True, type=FILE, help=words.HELP_IMPORT_TO)
@click.option("--suite", help=words.HELP_SUITE_NAME)
@click.option("--as-of", type=DAY, help=words.HELP_IMPORT_DAY)
@click.option("--skip-faulty", is_flag=True, help=words.HELP_SKIP)
def import_(table: Path, output: Path, suite: str | None, as_of: datetime | None, skip_faulty: bool) -> None:
    """Cases from a table."""
    from evals.case_commands import import_table

    day = as_of.date() if as_of else None
    _leave(import_table(load_settings(), table, output, suite=suite, day=day, skip_faulty=skip_faulty))


@group.command(help=words.HELP_TEMPLATE)
@click.option("-o", "--output", required=True, type=FILE, help=words.HELP_TEMPLATE_TO)
def template(output: Path) -> None:
    """A table to fill in."""
    from evals.case_commands import write_table

    write_table(output)


@group.command(help=words.HELP_FEEDBACK)
@click.option("-o", "--output", required=True, type=FILE, help=words.HELP_IMPORT_TO)
def feedback(output: Path) -> None:
    """Cases from what users reported."""
    from evals.case_commands import export_feedback

    _leave(export_feedback(load_settings(), output))


def _held(options: dict[str, Any]) -> Any:  # noqa: ANN401 - Held, imported late
    from evals.commands import Held

    least = options["least"]
    return Held(
        baselines=options["baselines"],
        no_baseline=options["no_baseline"],
        least=None if least is None else Decimal(str(least)),
        outputs=options["outputs"],
        verbose=options["verbose"],
    )


def _leave(status: int) -> None:
    if status:
        sys.exit(status)


__all__ = ["Settings", "group"]
