"""Cases from a table that people filled in, and suites written to a file.

A row becomes one case. A row that cannot is refused with its place and what to do; nothing is dropped silently, and
what is not clear is asked for and never guessed.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from corpus.library import write_whole
from evals.cases import Case, FigureCase, QuestionCase
from evals.loading import Header, Sources
from evals.tabular_case import Remark, RowReader
from evals.tabular_cells import Head
from evals.tabular_clauses import ClauseFinder
from evals.tabular_rows import read_rows
from evals.tabular_template import write_template

__all__ = ["Imported", "Remark", "read_table", "write_suite", "write_template"]

# Ends of a line to Python that JSON leaves as they are.
_ESCAPED = {ord(character): f"\\u{ord(character):04x}" for character in "\x85\u2028\u2029"}


@dataclass(frozen=True, kw_only=True)
class Imported:
    """The cases of a table, the faults of the rows that became none, and what to know of those that did."""

    cases: tuple[QuestionCase, ...]
    faults: tuple[Remark, ...]
    notes: tuple[Remark, ...]


def read_table(file: Path, sources: Sources) -> Imported:
    """Read a CSV or XLSX table of questions.

    Args:
        file: The first row that is not blank holds the heads of `evals.tabular_cells.Head`, in any order.
        sources: The documents in which the clauses are looked up.

    Raises:
        CaseError: The file as a whole cannot be used: its form, size or heads.
    """
    rows = read_rows(file, list(Head), Head.QUESTION)
    finder = ClauseFinder(sources)
    cases: dict[str, tuple[int, QuestionCase]] = {}
    faults: list[Remark] = []
    notes: list[Remark] = []
    for row in rows:
        reader = RowReader(row, file.name, finder)
        case = reader.read()
        if case is not None and case.id in cases:
            reader.refuse_twice(case, cases[case.id][0])
        elif case is not None:
            cases[case.id] = (row.number, case)
            notes += reader.notes
        faults += reader.faults
    return Imported(cases=tuple(case for _, case in cases.values()), faults=tuple(faults), notes=tuple(notes))


def write_suite(file: Path, header: Header, cases: Sequence[Case]) -> None:
    """Write a suite as `evals.loading.load_file` reads it back: the header, then a case a line.

    Raises:
        ValueError: A figure of a hand-read ledger, which has no line form.
    """
    if any(isinstance(case, FigureCase) for case in cases):
        raise ValueError("Figures of hand-read ledgers are kept in YAML. Next: leave the suite `extraction` out.")
    lines = [header.model_dump(exclude_none=True), *(case.model_dump(exclude_defaults=True) for case in cases)]
    write_whole(file, "".join(_line(line) for line in lines))


def _line(record: dict[str, Any]) -> str:
    return json.dumps(_plain(record), ensure_ascii=False).translate(_ESCAPED) + "\n"


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a record holds
    """A value as JSON has it; sums stay exact: whole ones as numbers, others as text."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else f"{value:f}"
    return value if isinstance(value, str | int | None) else str(value)
