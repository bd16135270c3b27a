"""The figures of earlier runs of the same suites, from what each left in its folder."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from evals.runs import CONFIG, PARTIAL, SUMMARY, RunConfig, RunError, read_config, runs_folder

POINTS_MAX = 30  # of one line
FOLDERS_MAX = 500  # looked at, the latest first


@dataclass(frozen=True, kw_only=True)
class TrendPoint:
    """One run on the line; counts are of probes."""

    run: str
    started: datetime
    right: int
    n: int
    wrong_amounts: int


def read_trend(home: Path, config: RunConfig) -> list[TrendPoint]:
    """The runs before `config` that can stand on one line with it, oldest first; it itself is not among them.

    These are whole runs of the same suites with the same engine and day; a run of a part of the cases is on no line.
    A run without figures, or with damaged ones, is passed over.
    """
    if config.filters:
        return []
    points = [point for folder, one in _earlier(home, config) if (point := _point(folder, one)) is not None]
    return points[:POINTS_MAX][::-1]


def _earlier(home: Path, config: RunConfig) -> Iterator[tuple[Path, RunConfig]]:
    files = sorted(runs_folder(home).glob(f"*/{CONFIG}"), reverse=True)
    for file in files[:FOLDERS_MAX]:
        if file.parent.name.startswith(PARTIAL):
            continue
        try:
            other = read_config(file.parent)
        except RunError:
            continue
        if other.started < config.started and _line_of(other) == _line_of(config):
            yield file.parent, other


def _line_of(config: RunConfig) -> tuple[Any, ...]:
    return sorted(one.name for one in config.suites), config.filters, config.engine, config.as_of


def _point(folder: Path, config: RunConfig) -> TrendPoint | None:
    try:
        kept = json.loads((folder / SUMMARY).read_text("utf-8"))
        counts = {name: int(kept[name]) for name in ("right", "n", "wrong_amounts")}
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return TrendPoint(run=config.id, started=config.started, **counts) if counts["n"] > 0 else None
