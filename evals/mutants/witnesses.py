"""Which probes caught a mutant last time: enough to see quickly that it still is; `--sample` asks only these."""

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from corpus.library import write_whole
from evals.mutants.patching import MutantError
from evals.mutants.trying import Key, Trial

FILE = Path(__file__).with_name("witnesses.toml")
_HEAD = """\
# For each mutant up to three probes, [suite, probe], that it answers wrong and the sound assistant right.
# Written by `python -m evals.mutants --write-witnesses`; asked by `--sample`.

"""


def read_witnesses(file: Path = FILE) -> dict[str, tuple[Key, ...]]:
    """The witnesses of each mutant.

    Raises:
        MutantError: The file is not one of witnesses.
    """
    try:
        read = tomllib.loads(file.read_text("utf-8"))
        return {name: tuple((suite, probe) for suite, probe in pairs) for name, pairs in read.items()}
    except (OSError, ValueError, TypeError) as error:
        raise MutantError(f"Cannot read {file} ({error}). Next: write it anew with --write-witnesses.") from error


def write_witnesses(trials: Iterable[Trial], names: Sequence[str], file: Path = FILE) -> None:
    """Put the witnesses of these trials into the file, in one step; those of other mutants of the catalogue stay."""
    known = (read_witnesses(file) if file.is_file() else {}) | {one.mutant: one.witnesses for one in trials}
    lines = [f"{name} = {json.dumps(known[name], ensure_ascii=False)}\n" for name in names if name in known]
    write_whole(file, _HEAD + "".join(lines))


def standing_witnesses(
    names: Sequence[str], known: Mapping[str, tuple[Key, ...]], right: frozenset[Key]
) -> dict[str, tuple[Key, ...]]:
    """Of each mutant the witnesses that can still tell: those that there are, and that the sound assistant has right.

    Raises:
        MutantError: A mutant has none.
    """
    standing = {name: tuple(key for key in known.get(name, ()) if key in right) for name in names}
    if silent := [name for name, keys in standing.items() if not keys]:
        raise MutantError(
            f"No witness of {', '.join(silent)} is left among what the sound assistant answers right. "
            "Next: run without --sample, with --write-witnesses."
        )
    return standing
