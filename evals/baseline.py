"""The baseline: what was held to be good enough, and is not to get worse. Moved by `bless`, never by itself.

A file a suite, a line a probe, so that a move can be read in a diff. It keeps verdicts and digests, no texts: answers
quote policies, whose wording lives in the documents alone.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from corpus.library import write_whole
from evals import words
from evals.comparing import Standing
from evals.runs import Run, RunError

VERSION = 1
PACKAGED = Path(__file__).with_name("baselines")  # the project's own, of its suites


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """The standings of a suite, and where they come from."""

    suite: str
    blessed: date
    run: str
    git_revision: str
    standings: tuple[Standing, ...]


def baseline_folder(home: Path) -> Path:
    """Where the baselines of a home are kept."""
    return home / "evals" / "baselines"


def find_baselines(folders: Sequence[Path], suites: Iterable[str]) -> list[Baseline]:
    """The baselines of these suites that there are: of each the one in the first folder that has it."""
    found = []
    for suite in suites:
        file = next((one for folder in folders if (one := folder / f"{_safe(suite)}.jsonl").is_file()), None)
        if file is not None:
            found.append(read_baseline(file))
    return found


def read_baseline(file: Path) -> Baseline:
    """Read a baseline.

    Raises:
        RunError: The file is not one.
    """
    try:
        head, *lines = map(json.loads, file.read_text("utf-8").removesuffix("\n").split("\n"))
        if head["version"] != VERSION:
            raise ValueError(f"version {head['version']}")
        return Baseline(
            suite=head["suite"],
            blessed=date.fromisoformat(head["blessed"]),
            run=head["run"],
            git_revision=head["git_revision"],
            standings=tuple(_standing(head["suite"], line) for line in lines),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunError(words.BAD_BASELINE.format(file=file, reason=error)) from error


def bless(run: Run, standings: Sequence[Standing], folder: Path, today: date) -> list[Path]:
    """Make a run the baseline of its suites; each file is replaced in one step.

    Raises:
        RunError: The run was filtered, or stale: a part of a suite is no baseline of it.
    """
    if run.is_part:
        raise RunError(words.BLESS_PART)
    files = []
    for used in run.config.suites:
        own = [one for one in standings if one.suite == used.name]
        head = {
            "suite": used.name,
            "version": VERSION,
            "blessed": today.isoformat(),
            "run": run.config.id,
            "git_revision": run.config.git_revision,
            "right": sum(one.is_right for one in own),
            "n": len(own),
        }
        lines = [json.dumps(one, ensure_ascii=False) for one in (head, *map(_fields, own))]
        file = folder / f"{_safe(used.name)}.jsonl"
        write_whole(file, "\n".join(lines) + "\n")
        files.append(file)
    return files


def _fields(one: Standing) -> dict[str, object]:
    fields: dict[str, object] = {"probe": one.probe, "put": one.put, "said": one.said, "right": one.is_right}
    if one.status:
        fields["status"] = one.status
    if one.broken:
        fields["broken"] = one.broken
    if one.wrong_amounts:
        fields["wrong_amounts"] = one.wrong_amounts
    return fields


def _standing(suite: str, fields: dict[str, object]) -> Standing:
    def texts(name: str) -> tuple[str, ...]:
        found = fields.get(name, [])
        if not isinstance(found, list):
            raise TypeError(f"{name} is no list")
        return tuple(map(str, found))

    return Standing(
        suite=suite,
        probe=str(fields["probe"]),
        put=str(fields["put"]),
        said=str(fields["said"]),
        is_right=fields["right"] is True,
        broken=texts("broken"),
        wrong_amounts=texts("wrong_amounts"),
        status=str(fields.get("status", "")),
    )


def _safe(suite: str) -> str:
    """A suite's name as the name of a file; one with other characters gets a digest, so that no two share a file."""
    plain = "".join(character if character.isalnum() or character in "-_" else "_" for character in suite)
    return plain if plain == suite else f"{plain}-{sha256(suite.encode()).hexdigest()[:8]}"
