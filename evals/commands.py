"""What the commands about runs do: run, score, compare, bless, report, list. Prints; returns the exit status."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import click
from pydantic import SecretStr

from assistant.config import Settings
from assistant.service import language_model_of, today
from corpus import Library
from evals import words
from evals.baseline import PACKAGED, baseline_folder, bless, find_baselines
from evals.comparing import Standing, compare, standings_of
from evals.filtering import FilterError, read_filter
from evals.gate import judge_gate
from evals.judging import Endpoint, JudgedReport, judge_rows
from evals.loading import SUITES, Sources, Suite, load_suite, misplaced
from evals.reporting import Finding, junit_xml, read_trend, render_html, summary_json
from evals.running import Plan, judge_run, new_id, run_plan
from evals.runs import REPORT, SUMMARY, Run, RunError, find_run, list_runs, read_config, writing
from evals.summary import summarise
from evals.terminal import write_changes, write_gate, write_run_line, write_summary, write_wrong
from evals.under_test import open_under_test

JUDGE_TIMEOUT_S = 600.0  # for all of it


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What `run` is asked to run; `judge` is the number of answers to have judged, 0 for none."""

    suites: tuple[str, ...]
    repeat: int
    engine: str
    filters: tuple[str, ...]
    as_of: date | None
    workers: int | None
    judge: int


@dataclass(frozen=True, kw_only=True)
class Held:
    """What a run is held to, and where the result is written; `least` in percent."""

    baselines: Path | None
    no_baseline: bool
    least: Decimal | None
    outputs: tuple[Path, ...]
    verbose: bool


def run_suites(settings: Settings, asked: Asked, held: Held) -> int:
    """Put the suites, keep what comes back, hold it to the baseline."""
    _check_outputs(held.outputs)
    workers = asked.workers or settings.batch_workers
    wide = settings.model_copy(update={"batch_workers": workers})  # each worker has a place at the model
    model = language_model_of(wide) if asked.engine == "llm" else None
    if asked.engine == "llm" and model is None:
        raise RunError(words.NO_ENGINE)
    sources = Sources(Library(settings.home).documents())
    suites = _load(asked.suites or SUITES)
    plan = Plan(
        suites=suites,
        filters=tuple(map(read_filter, asked.filters)),
        repeat=asked.repeat,
        workers=workers,
        engine=asked.engine,
        as_of=asked.as_of,
    )
    if not plan.probes(sources):
        raise FilterError(words.NOTHING_LEFT)
    if count := sum(any(misplaced(case, sources)) for _, suite in suites for case in suite.cases):
        click.echo(words.MISPLACED.format(count=count), err=True)
    endpoint = _endpoint(settings) if asked.judge else None
    run_id = new_id(suite for _, suite in suites)
    with open_under_test(settings, model) as to:
        sources = Sources(to.index.documents)
        with writing(settings.home, run_id) as folder:
            run = run_plan(plan, to, sources, folder, run_id)
    judged = None
    if endpoint is not None:
        judged = judge_rows(run.rows, endpoint, limit=asked.judge, workers=plan.workers, timeout_s=JUDGE_TIMEOUT_S)
    finding = _find(settings, run, held, _least(suites, held), judged)
    folder = find_run(settings.home, run_id)
    _write(settings, finding, sources, (folder / SUMMARY, folder / REPORT, *held.outputs))
    return _tell(finding, held)


def score_run(settings: Settings, given: str, held: Held) -> int:
    """Judge a kept run anew, without asking."""
    _check_outputs(held.outputs)
    sources = Sources(Library(settings.home).documents())
    run, suites = _read(settings, given, sources)
    finding = _find(settings, run, held, _least(suites, held), None)
    folder = find_run(settings.home, given)
    _write(settings, finding, sources, (folder / SUMMARY, folder / REPORT, *held.outputs))
    return _tell(finding, held)


def compare_sides(settings: Settings, before: str, after: str, outputs: tuple[Path, ...]) -> int:
    """Compare two runs, or a baseline and a run; the second side is a run."""
    _check_outputs(outputs)
    sources = Sources(Library(settings.home).documents())
    run, _ = _read(settings, after, sources)
    old = _side(settings, before, [one.name for one in run.config.suites], sources)
    comparison = compare(old, standings_of(run), is_part=run.is_part)
    summary = summarise(run)
    gate = judge_gate(summary, comparison, {})
    finding = Finding(run=run, summary=summary, comparison=comparison, against=before, gate=gate)
    _write(settings, finding, sources, outputs)
    click.echo(write_changes(comparison))
    click.echo(write_gate(gate, words.BASELINE if before == "baseline" else before))
    return gate.exit_status


def bless_run(settings: Settings, given: str, folder: Path | None) -> None:
    """Make a run the baseline of its suites, as judged now."""
    sources = Sources(Library(settings.home).documents())
    run, _ = _read(settings, given, sources)
    target = folder or baseline_folder(settings.home)
    for file in bless(run, standings_of(run), target, today()):
        click.echo(words.BLESSED.format(run=run.config.id, file=file), err=True)


def report_run(settings: Settings, given: str, outputs: tuple[Path, ...], against: str | None) -> None:
    """Write the report of a run: into its folder, or where it is asked for."""
    _check_outputs(outputs)
    sources = Sources(Library(settings.home).documents())
    run, suites = _read(settings, given, sources)
    held = Held(baselines=None, no_baseline=False, least=None, outputs=outputs, verbose=False)
    finding = _find(settings, run, held, _least(suites, held), None, against)
    for file in _write(settings, finding, sources, outputs or (find_run(settings.home, given) / REPORT,)):
        click.echo(words.WRITTEN.format(file=file), err=True)


def list_all(settings: Settings) -> None:
    """The project's suites, and the runs that are kept."""
    click.echo(words.SUITES_HEAD)
    for name, suite in _load(SUITES):
        click.echo(words.SUITE_LINE.format(name=name, cases=len(suite.cases), about=words.ABOUT[name]))
    runs = list_runs(settings.home)
    click.echo(words.RUNS_HEAD if runs else words.NO_RUNS)
    for folder in runs:
        try:
            click.echo(write_run_line(read_config(folder)))
        except RunError as error:  # one that is damaged hides none of the others
            click.echo(str(error), err=True)


def _load(given: Iterable[str]) -> tuple[tuple[str, Suite], ...]:
    """The suites with what they are found by again: their names, or full paths.

    Raises:
        CaseError: A suite cannot be read.
        RunError: Two have the same name, so that their cases could not be told apart.
    """
    suites = []
    for one in dict.fromkeys(given):
        suite = load_suite(one)
        suites.append((one if one in SUITES else str(Path(one).absolute()), suite))
    names = [suite.name for _, suite in suites]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise RunError(words.SAME_NAME.format(name=twice))
    return tuple(suites)


def _read(settings: Settings, given: str, sources: Sources) -> tuple[Run, tuple[tuple[str, Suite], ...]]:
    folder = find_run(settings.home, given)
    config = read_config(folder)
    suites = _load([one.given for one in config.suites])
    run = judge_run(folder, suites, sources)
    if run.stale:
        click.echo(words.STALE.format(count=run.stale), err=True)
    return run, suites


def _side(settings: Settings, given: str, suites: Sequence[str], sources: Sources) -> list[Standing]:
    """One side of a comparison: the baseline, a folder of baselines, or a run."""
    folders = [Path(given)] if Path(given).is_dir() and list(Path(given).glob("*.jsonl")) else []
    if given == "baseline":
        folders = [baseline_folder(settings.home), PACKAGED]
    if folders and not (Path(given) / "config.json").is_file():
        found = find_baselines(folders, suites)
        if not found:
            raise RunError(words.NO_BASELINE.format(suites="、".join(suites)))
        return [one for baseline in found for one in baseline.standings]
    return standings_of(_read(settings, given, sources)[0])


def _find(
    settings: Settings,
    run: Run,
    held: Held,
    least: dict[str, Decimal],
    judged: JudgedReport | None,
    against: str | None = None,
) -> Finding:
    names = [one.name for one in run.config.suites]
    folders = [held.baselines] if held.baselines else [baseline_folder(settings.home), PACKAGED]
    standings: list[Standing] | None = None
    told = ""
    if against is not None:
        sources = Sources(Library(settings.home).documents())
        standings, told = _side(settings, against, names, sources), against
    elif not held.no_baseline and (found := find_baselines(folders, names)):
        standings = [one for baseline in found for one in baseline.standings]
        told = words.BASELINE_OF.format(day=max(one.blessed for one in found), suites=len(found))
    comparison = None if standings is None else compare(standings, standings_of(run), is_part=run.is_part)
    summary = summarise(run)
    gate = judge_gate(summary, comparison, least)
    return Finding(run=run, summary=summary, comparison=comparison, against=told, gate=gate, judged=judged)


def _least(suites: Iterable[tuple[str, Suite]], held: Held) -> dict[str, Decimal]:
    pairs = ((suite.name, held.least if held.least is not None else suite.header.least) for _, suite in suites)
    return {name: least for name, least in pairs if least is not None}


def _check_outputs(outputs: Iterable[Path]) -> None:
    for file in outputs:
        if not file.name.endswith((".json", ".html", ".xml")):
            raise click.UsageError(words.BAD_OUTPUT.format(file=file))
        if not file.absolute().parent.is_dir():
            raise click.UsageError(words.NO_FOLDER.format(folder=file.absolute().parent))


def _write(settings: Settings, finding: Finding, sources: Sources, files: Iterable[Path]) -> list[Path]:
    """Write the finding in the form that each file's name tells."""
    written = []
    for file in dict.fromkeys(files):
        if file.name.endswith(".html"):
            text = render_html(finding, trend=read_trend(settings.home, finding.run.config), sources=sources)
        elif file.name.endswith(".xml"):
            text = junit_xml(finding.run, finding.comparison)
        else:
            text = summary_json(finding, with_rows=file.name != SUMMARY)
        file.write_text(text, encoding="utf-8")
        written.append(file)
    return written


def _tell(finding: Finding, held: Held) -> int:
    """Print what was found; the exit status."""
    if held.verbose:
        for line in write_wrong(finding.run.rows):
            click.echo(line)
    click.echo(write_summary(finding.run, finding.summary))
    if finding.comparison is not None:
        click.echo("")
        click.echo(write_changes(finding.comparison, reworded=False))
    click.echo(write_gate(finding.gate, finding.against))
    click.echo(words.SAVED.format(id=finding.run.config.id), err=True)
    return finding.gate.exit_status


def _endpoint(settings: Settings) -> Endpoint:
    if settings.llm_model is None or settings.llm_base_url is None:
        raise RunError(words.NO_LLM)
    key = settings.llm_api_key or SecretStr("")
    return Endpoint(model=settings.llm_model, base_url=settings.llm_base_url, api_key=key)
