"""What a mutant is, and how the assistant comes to life with its fault."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from evals.mutants.editing import Edit
from evals.mutants.patching import Patch, patched
from evals.under_test import UnderTest
from index import Embedder, open_index

LOCK_OFF = Patch(target="assistant.lock:unsupported", broken=lambda _: lambda *_, **__: [])


class Stage(StrEnum):
    """Where on the way from a document to an answer the fault lies."""

    DOCUMENTS = "documents"
    LEDGER = "ledger"
    READING = "reading"
    CONVERSATION = "conversation"
    RETRIEVAL = "retrieval"
    CALCULATOR = "calculator"
    ANSWERING = "answering"
    CITATIONS = "citations"
    VALIDITY = "validity"


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """One fault. Where `unlocked`, the number lock is off, too: it would withhold the wrong answers, and the suites are
    to see them."""

    name: str
    stage: Stage
    breaks: str  # what it does wrong, in one English sentence
    patches: tuple[Patch, ...] = ()
    edit: Edit | None = None
    unlocked: bool = False

    def __post_init__(self) -> None:
        if not self.patches and self.edit is None:
            raise ValueError(f"The mutant {self.name} breaks nothing.")


@contextmanager
def alive(mutant: Mutant | None, home: Path, embedder: Embedder) -> Iterator[UnderTest]:
    """The assistant of a home with a fault, or sound; its index is opened anew, so that nothing outlives the block.

    Raises:
        MutantError: What the mutant breaks is not there, or was never come by.
    """
    patches = () if mutant is None else (*mutant.patches, *((LOCK_OFF,) if mutant.unlocked else ()))
    with patched(patches):
        index = open_index(home, embedder)
        try:
            yield UnderTest(index if mutant is None or mutant.edit is None else mutant.edit(index))
        finally:
            index.close()
