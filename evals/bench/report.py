"""What a benchmark run found, as records, as JSON and as plain tables."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from evals.metrics import RetrievalScore


@dataclass(frozen=True, kw_only=True)
class RetrievalFigures:
    """How one ranking did."""

    name: str
    score: RetrievalScore
    ms_per_question: float


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One measured value; `None` where it could not be measured, and `note` says why."""

    name: str
    value: float | None
    unit: str
    goal: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class BenchReport:
    """One run on one machine."""

    machine: str
    retrieval: tuple[RetrievalFigures, ...]
    figures: tuple[Figure, ...]

    @property
    def is_complete(self) -> bool:
        """Whether everything could be measured."""
        return all(figure.value is not None for figure in self.figures)


def describe_machine() -> str:
    """Processor count, system and Python, which the times depend on."""
    return f"{os.cpu_count()} CPUs, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


def write_json(report: BenchReport) -> str:
    """The report for programs; shares between 0 and 1."""
    return json.dumps(asdict(report), ensure_ascii=False, indent=1)


def write_tables(report: BenchReport) -> str:
    """The report for people."""
    retrieval = [["ranking", "n", "hit@1", "hit@5", "hit@10", "MRR@10", "ms/question"]]
    for row in report.retrieval:
        score = row.score
        shares = [f"{100 * share:.1f} %" for share in (score.hit_at_1, score.hit_at_5, score.hit_at_10)]
        retrieval.append([row.name, str(score.n), *shares, f"{score.mrr:.3f}", f"{row.ms_per_question:.1f}"])
    figures = [["figure", "value", "goal", "note"]]
    for figure in report.figures:
        value = "not measured" if figure.value is None else f"{figure.value:,.1f} {figure.unit}"
        figures.append([figure.name, value, figure.goal, figure.note])
    return f"{report.machine}\n\n{align_columns(retrieval)}\n\n{align_columns(figures)}\n"


def align_columns(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells as lines, columns two blanks apart.

    >>> align_columns([["a", "bb"], ["ccc", "d"]]).splitlines()
    ['a    bb', 'ccc  d']
    """
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)
