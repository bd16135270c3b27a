"""What the commands about cases do: check, import, template, feedback. Prints; returns the exit status."""

from datetime import date
from pathlib import Path

import click

from assistant.config import Settings
from assistant.service import today
from assistant.store import StoreError, open_store
from assistant.web.feedback_cases import case_line
from corpus import Library
from corpus.library import write_whole
from evals import words
from evals.cases import VERSION
from evals.checking import check_suite
from evals.loading import SUITES, CaseError, Header, Sources, load_file, load_suite
from evals.runs import RunError
from evals.tabular import read_table, write_suite, write_template

FAULTY = 1


def check_suites(settings: Settings, given: tuple[str, ...]) -> int:
    """Read suites a second time, by program; 1 when a gold cannot be right."""
    sources = Sources(Library(settings.home).documents())
    faults = 0
    for name in given or SUITES:
        suite = load_suite(name)
        doubts = check_suite(suite, sources)
        for doubt in doubts:
            click.echo(f"{suite.name} {doubt.case} {doubt.code}: {doubt.message}")
        faults += sum(doubt.is_fault for doubt in doubts)
        click.echo(words.CHECKED.format(name=suite.name, cases=len(suite.cases), doubts=len(doubts)), err=True)
    return FAULTY if faults else 0


def import_table(
    settings: Settings, table: Path, output: Path, *, suite: str | None, day: date | None, skip_faulty: bool
) -> int:
    """Write the cases of a table as a suite; 1, and no file, when rows are faulty and may not be skipped."""
    sources = Sources(Library(settings.home).documents())
    imported = read_table(table, sources)
    for line in (*imported.faults, *imported.notes):
        click.echo(str(line), err=True)
    if imported.faults and not skip_faulty:
        click.echo(words.NOT_IMPORTED.format(count=len(imported.faults)), err=True)
        return FAULTY
    if not imported.cases:
        raise CaseError(words.NO_CASES.format(file=table))
    header = Header(suite=suite or output.stem[:60], version=VERSION, as_of=day or today())
    write_suite(output, header, imported.cases)
    click.echo(words.IMPORTED.format(count=len(imported.cases), file=output), err=True)
    return 0


def write_table(output: Path) -> None:
    """Write the table to fill in."""
    if output.suffix.lower() not in (".xlsx", ".csv"):
        raise click.UsageError(words.BAD_TABLE.format(file=output))
    write_template(output)
    click.echo(words.WRITTEN.format(file=output), err=True)


def export_feedback(settings: Settings, output: Path) -> int:
    """Write the tickets that were settled as cases as a suite, checked as any other."""
    url = settings.database_url.get_secret_value() if settings.database_url else None
    try:
        store = open_store(settings.home, url, audit_days=settings.audit_days)
    except StoreError as error:
        raise RunError(str(error)) from error
    try:
        lines = [case_line(ticket) for ticket in store.feedback.cases()]
    finally:
        store.close()
    if not lines:
        click.echo(words.NO_FEEDBACK, err=True)
        return 0
    header = Header(suite=output.stem[:60], version=VERSION, as_of=today()).model_dump_json(exclude_none=True)
    write_whole(output, "\n".join([header, *lines]) + "\n")
    suite = load_file(output)
    click.echo(words.IMPORTED.format(count=len(suite.cases), file=output), err=True)
    return 0
