"""A finished snapshot tried out in a process of its own, before it is published.

Counting proves nothing: a Chroma store whose graph is gone still counts right and answers wrongly, or kills
the process that asks. So a child asks for passages by their own vectors and words.
"""

import subprocess
import sys
from pathlib import Path

import numpy as np

from index.dense import DenseIndex
from index.errors import BuildFailed, IndexDamaged
from index.lexical import LexicalIndex
from index.pack import unpack
from index.snapshot import CHROMA, DICTIONARY, LEXICAL, RECORDS, VECTORS
from index.tokenize import load_small

SAMPLE = 64
TIMEOUT_S = 60.0
SAME = 1e-3  # passages of equal wording have equal vectors; either counts as found


def check_snapshot(directory: Path) -> None:
    """Have a child process try the snapshot.

    Raises:
        BuildFailed: It died, took too long, or did not find what is there.
    """
    command = [sys.executable, "-m", "index.canary", str(directory.absolute())]
    root = Path(__file__).resolve().parents[1]
    try:
        child = subprocess.run(
            command, cwd=root, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=TIMEOUT_S
        )
    except subprocess.TimeoutExpired as error:
        raise _failure(directory, f"the check took longer than {TIMEOUT_S:g} s") from error
    if child.returncode != 0:
        lines = child.stderr.strip().splitlines() or [f"exit status {child.returncode}"]
        raise _failure(directory, lines[-1])


def try_snapshot(directory: Path) -> None:
    """Ask a sample of the passages for themselves, in both channels.

    Raises:
        IndexDamaged: One of them does not find itself, or the counts differ.
    """
    records = unpack((directory / RECORDS).read_bytes())
    rows = {passage.id: row for row, passage in enumerate(records.passages)}
    vectors = np.load(directory / VECTORS, mmap_mode="r")
    dense = DenseIndex(directory / CHROMA)
    if not dense.count() == len(vectors) == len(rows):
        raise IndexDamaged(f"{dense.count()} in the store, {len(vectors)} vectors, {len(rows)} passages")
    lexical, tokenizer = LexicalIndex.load(directory / LEXICAL), load_small(directory / DICTIONARY)
    for row in np.unique(np.linspace(0, len(rows) - 1, SAMPLE).astype(int)):
        passage = records.passages[row]
        nearest = [rows[id_] for id_ in dense.search(vectors[row], 1)]
        if not nearest or float(vectors[nearest[0]] @ vectors[row]) < 1 - SAME:
            raise IndexDamaged(f"passage {passage.id} does not find itself by its vector")
        tokens = tokenizer.cut(passage.text)
        if tokens and not lexical.rank(tokens, 1, np.array([row])):
            raise IndexDamaged(f"passage {passage.id} does not find itself by its words")


def _failure(directory: Path, reason: str) -> BuildFailed:
    return BuildFailed(
        f"Cannot publish the new index {directory.name}: {reason} (canary queries in a child process). "
        "Next: run `jiangbu build --force`; the index published before still serves."
    )


if __name__ == "__main__":
    try_snapshot(Path(sys.argv[1]))
