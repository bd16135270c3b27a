"""What the doors ask of the assistant: one protocol, so that every door calls the same functions."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from assistant.claim_file import ClaimEntry
from assistant.estimating import EstimateReport
from assistant.ledger_view import LedgerView
from assistant.records import Answer, Citation, Question
from corpus.records import PolicyDocument


class Service(Protocol):
    """The assistant as the doors see it; each method may be called from several threads at once."""

    def answer(self, question: Question) -> Answer:
        """Answer one question as of its own date, else today."""

    def answer_in_steps(self, question: Question) -> Iterator[tuple[Answer, bool]]:
        """The answer that counts, marked True, and before it one to show while a language model is at work."""

    def estimate(self, claim: ClaimEntry) -> EstimateReport:
        """What a claim comes to; raises `ClaimFileError` where it cannot be read."""

    def search(self, text: str, limit: int) -> Sequence[Citation]:
        """The clauses that a question would be answered from, best first, numbered from 1."""

    def document(self, document_id: str) -> Mapping[str, Any] | None:
        """A document with its text and clauses as JSON takes it; None when there is none."""

    def documents(self) -> Sequence[PolicyDocument]:
        """All documents, ordered by id."""

    def ledger(self) -> LedgerView:
        """The award ledger of the index in use."""

    def regions(self) -> tuple[str, ...]:
        """The regions that have documents, by name."""

    def version(self) -> str:
        """The name of the index snapshot in use; another one means other documents or another reading of them."""
