"""A run as it is kept: what was put, what came back, how it was judged, and under which settings.

One folder a run, written beside and moved into its place when it is whole:
`config.json`, `outcomes.jsonl` (what came back; nothing judged), `retrieved.jsonl` (for the wrong ones),
`report.html`, `summary.json`. Judging is done anew from `outcomes.jsonl` whenever a run is read.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from evals import words
from evals.probes import Described, Probe
from evals.scoring import Verdict

CONFIG, OUTCOMES, RETRIEVED, SUMMARY, REPORT = (
    "config.json",
    "outcomes.jsonl",
    "retrieved.jsonl",
    "summary.json",
    "report.html",
)
LATEST = "latest"
PARTIAL = ".partial-"  # a run that is being written; what is left of a killed one goes with the next


class RunError(RuntimeError):
    """A run that cannot be made or read; the message says what to do next."""


class SuiteUsed(BaseModel):
    """A suite as it was when it was put."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    given: str  # by which it is found again: a name, or the file's full path
    sha256: str
    probes: int


class RunConfig(BaseModel):
    """Everything that a run depends on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    started: datetime
    seconds: float
    suites: tuple[SuiteUsed, ...]
    engine: str
    repeat: int
    workers: int
    filters: tuple[str, ...]
    as_of: date | None  # for cases that name no day; None: each suite's own
    program: str  # its version
    git_revision: str  # "" outside a checkout; ends in + where files were changed since
    index: Mapping[str, Any]  # format, corpus hash, counts, created
    models: Mapping[str, str]  # by use: embedding, and what words the answers
    machine: str


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came back for one probe in one round."""

    probe: str
    suite: str
    round: int  # from 1
    digest: str  # of what was put
    ms: float
    back: dict[str, Any]

    def as_line(self) -> str:
        """One line of JSON."""
        return json.dumps(self.__dict__, ensure_ascii=False, separators=(",", ":")) + "\n"


@dataclass(frozen=True, kw_only=True)
class Round:
    """One round of one probe, judged."""

    verdict: Verdict
    outcome: Outcome


@dataclass(frozen=True, kw_only=True)
class Row:
    """One probe in a run: all its rounds, and what it was."""

    suite: str
    probe: Probe
    described: Described
    region: str  # of the documents that the gold rests on; "" for none, 多地 for several
    rounds: tuple[Round, ...]
    retrieved: tuple[tuple[Any, ...], ...] = ()  # document, start, end, locator of what was found, for a wrong one

    @property
    def id(self) -> str:
        """The probe's id."""
        return self.probe.id

    @property
    def key(self) -> tuple[str, str]:
        """Suite and id, by which it is found in another run."""
        return self.suite, self.probe.id

    @property
    def case_id(self) -> str:
        """The id of the case that it belongs to."""
        return self.probe.case.id if self.probe.case is not None else self.probe.id

    @property
    def is_right(self) -> bool:
        """Whether it was right in every round."""
        return all(one.verdict.is_right for one in self.rounds)

    @property
    def is_steady(self) -> bool:
        """Whether every round said the same, times aside."""
        return len({told(one.outcome.back) for one in self.rounds}) == 1

    @property
    def states_wrong_amount(self) -> bool:
        """Whether a round stated a sum that it should not."""
        return any(one.verdict.wrong_amounts for one in self.rounds)

    @property
    def worst(self) -> Round:
        """The round that breaks most rules, the first of them."""
        return max(self.rounds, key=lambda one: (bool(one.verdict.wrong_amounts), len(one.verdict.broken)))


@dataclass(frozen=True, kw_only=True)
class Run:
    """A run, judged."""

    config: RunConfig
    rows: tuple[Row, ...]
    stale: int = 0  # probes whose question was changed since they were put: not judged

    @property
    def is_part(self) -> bool:
        """Whether it has not all of its suites: what it lacks is then no loss."""
        return bool(self.config.filters or self.stale)


def told(back: Mapping[str, Any]) -> str:
    """What came back as text, without what differs from run to run."""
    return json.dumps({key: value for key, value in back.items() if key != "elapsed_ms"}, ensure_ascii=False)


def runs_folder(home: Path) -> Path:
    """Where the runs of a home are kept."""
    return home / "evals" / "runs"


def list_runs(home: Path) -> list[Path]:
    """The folders of all whole runs, latest first."""
    folders = sorted((file.parent for file in runs_folder(home).glob(f"*/{CONFIG}")), reverse=True)
    return [folder for folder in folders if not folder.name.startswith(PARTIAL)]


def find_run(home: Path, given: str) -> Path:
    """The folder of a run: by its id, the beginning of it, a path, or `latest`.

    Raises:
        RunError: There is none, or the beginning fits several.
    """
    folder = runs_folder(home)
    if (Path(given) / CONFIG).is_file():
        return Path(given)
    names = sorted(file.parent.name for file in folder.glob(f"*/{CONFIG}"))
    names = [name for name in names if not name.startswith(PARTIAL)]
    fitting = names[-1:] if given == LATEST else [name for name in names if name.startswith(given) and given]
    if len(fitting) != 1:
        raise RunError(words.NO_RUN.format(given=given, folder=folder))
    return folder / fitting[0]


def read_config(folder: Path) -> RunConfig:
    """The settings of a run.

    Raises:
        RunError: The file is not whole.
    """
    try:
        return RunConfig.model_validate_json((folder / CONFIG).read_text("utf-8"))
    except (OSError, ValueError) as error:  # a ValidationError is a ValueError
        raise RunError(words.DAMAGED_RUN.format(folder=folder, reason=CONFIG)) from error


def read_outcomes(folder: Path) -> Iterator[Outcome]:
    """What came back, in the order that it was put."""
    try:
        with (folder / OUTCOMES).open(encoding="utf-8") as lines:
            yield from (Outcome(**json.loads(line)) for line in lines)
    except (OSError, ValueError, TypeError) as error:
        raise RunError(words.DAMAGED_RUN.format(folder=folder, reason=OUTCOMES)) from error


def read_retrieved(folder: Path) -> dict[tuple[str, str], tuple[tuple[Any, ...], ...]]:
    """What a search finds for the wrong ones, by suite and probe."""
    if not (folder / RETRIEVED).is_file():
        return {}
    try:
        with (folder / RETRIEVED).open(encoding="utf-8") as lines:
            found = [json.loads(line) for line in lines]
        return {(one["suite"], one["probe"]): tuple(map(tuple, one["places"])) for one in found}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunError(words.DAMAGED_RUN.format(folder=folder, reason=RETRIEVED)) from error


@contextmanager
def writing(home: Path, run_id: str) -> Iterator[Path]:
    """A folder to write a run into; it takes its place when all is written, and is gone when anything fails."""
    folder = runs_folder(home)
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{PARTIAL}*"):
        _sweep(left)
    partial = folder / f"{PARTIAL}{run_id}"
    partial.mkdir()
    lock = os.open(partial, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        yield partial
        os.replace(partial, folder / run_id)
    finally:
        os.close(lock)
        shutil.rmtree(partial, ignore_errors=True)


def _sweep(partial: Path) -> None:
    """Remove what a killed run left; another that is being written holds its folder."""
    try:
        lock = os.open(partial, os.O_RDONLY)
    except OSError:  # it is gone by now
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(partial, ignore_errors=True)
    except OSError:
        return
    finally:
        os.close(lock)


def write_lines(file: Path, lines: Iterable[str]) -> None:
    """Write lines to a new file."""
    with file.open("w", encoding="utf-8") as out:
        out.writelines(lines)
