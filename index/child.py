"""The two steps of a build that run in a process of their own, with a time limit.

`write` makes the vector store and may hang; `check` asks the finished snapshot for passages by their own
vectors and words, since a damaged store counts right, answers wrongly, or kills the process that asks.
"""

import subprocess
import sys
from pathlib import Path

import numpy as np

from index.dense import DenseIndex, write_dense
from index.errors import BuildFailed, IndexDamaged
from index.lexical import LexicalIndex
from index.pack import unpack
from index.snapshot import CHROMA, DICTIONARY, LEXICAL, RECORDS, VECTORS
from index.tokenize import load_small

SAMPLE = 64
BASE_TIMEOUT_S = 180.0  # a starved machine takes a minute for what takes two seconds; a hung child ends all the same
TIMEOUT_S_PER_PASSAGE = 0.01  # ten times what 200,000 passages were seen to need
SAME = 1e-3  # passages of equal wording have equal vectors; either counts as found


def run_step(step: str, snapshot: Path, passages: int) -> None:
    """Run `write` or `check` on a snapshot in a child process.

    Raises:
        BuildFailed: It died, took too long, or did not find what is there.
    """
    command = [sys.executable, "-m", "index.child", step, str(snapshot.absolute())]
    root = Path(__file__).resolve().parents[1]
    timeout = BASE_TIMEOUT_S + TIMEOUT_S_PER_PASSAGE * passages
    try:
        child = subprocess.run(
            command, cwd=root, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=timeout
        )
    except subprocess.TimeoutExpired as error:
        raise _failure(step, snapshot, f"it took longer than {timeout:g} s") from error
    if child.returncode != 0:
        lines = child.stderr.strip().splitlines() or [f"exit status {child.returncode}"]
        raise _failure(step, snapshot, lines[-1])


def write_store(directory: Path) -> None:
    """Make the vector store from the snapshot's records and vectors."""
    records = unpack((directory / RECORDS).read_bytes())
    vectors = np.load(directory / VECTORS)
    write_dense(directory / CHROMA, records.documents, records.passages, vectors)


def check_snapshot(directory: Path) -> None:
    """Ask a sample of the passages for themselves, in both channels.

    Raises:
        IndexDamaged: One of them does not find itself, or the counts differ.
    """
    records = unpack((directory / RECORDS).read_bytes())
    rows = {passage.id: row for row, passage in enumerate(records.passages)}
    vectors = np.load(directory / VECTORS)
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
    dense.close()


def _failure(step: str, snapshot: Path, reason: str) -> BuildFailed:
    return BuildFailed(
        f"Cannot finish the new index {snapshot.name}: {reason} (step `{step}`, in a child process). "
        "Next: see that the disk has room, then run `jiangbu build --force`; the index published before still serves."
    )


if __name__ == "__main__":
    {"write": write_store, "check": check_snapshot}[sys.argv[1]](Path(sys.argv[2]))
