"""The assistant as it is put to the test, over one index; and how one comes about."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from assistant.answer import Assistant
from assistant.batch import answer_safely
from assistant.claim_file import ClaimEntry
from assistant.config import Settings
from assistant.dated import DatedAssistants
from assistant.estimating import EstimateReport
from assistant.llm import Assisted, LanguageModel
from assistant.records import Answer, Question
from assistant.service import open_or_build
from corpus.ledger import Ledger
from evals.cases import AS_OF
from evals.metrics import DEPTH
from index import Index

HOME = Path(sys.prefix) / "share" / "jiangbu" / "evals"  # of the project's own runs: vectors are made once


class UnderTest:
    """One assistant and its index. Safe to use from several threads."""

    def __init__(
        self,
        index: Index,
        assistant: Assistant | None = None,
        model: LanguageModel | None = None,
        *,
        rewords: bool = True,
    ) -> None:
        """Put an assistant to the test.

        Args:
            index: What is answered from; whoever opened it closes it.
            assistant: What answers; None for the one that users meet, which picks the versions that count on the day.
            model: Stands beside the rules engine; None for the rules engine alone.
            rewords: Whether the model words answers.
        """
        self.index = index
        self._pick = DatedAssistants(index).on if assistant is None else lambda day, asked=(): assistant
        self._model = model
        self._rewords = rewords

    @property
    def answered_by(self) -> str:
        """What answers: `rules`, or the rules engine and the name of the language model beside it."""
        return f"rules + {self._model.endpoint.model}" if self._model else "rules"

    @property
    def ledger(self) -> Ledger:
        """The award ledger that the answers rest on."""
        return self.index.ledger

    @property
    def assistant(self) -> Assistant:
        """The rules engine as of the day on which the cases were written."""
        return self._pick(AS_OF)

    def answer(self, question: Question) -> Answer:
        """Answer a question; a fault in the program is an answer with status error."""
        return answer_safely(question, self._answer, AS_OF)

    def _answer(self, question: Question) -> Answer:
        assistant = self._on(question.as_of, (*question.history, question.question))
        answering = Assisted(assistant, self._model, rewords=self._rewords) if self._model else assistant
        return answering.answer(question, AS_OF)

    def _on(self, day: date | None, asked: Sequence[str] = ()) -> Assistant:
        return self._pick(day or AS_OF, asked)

    def estimate(self, claim: ClaimEntry) -> EstimateReport:
        """Work out a claim."""
        return self._on(claim.as_of).estimate(claim, AS_OF)

    def find(self, question: str, history: tuple[str, ...] = (), limit: int = DEPTH) -> list[list[Any]]:
        """The places that a question is answered from, best first: document, start, end, locator."""
        assistant = self._on(None, (*history, question))
        found = (one.passage for one in assistant.find_passages(question, history)[:limit])
        return [[one.document_id, one.start, one.end, self.index.clause(one.clause_id).locator] for one in found]


@contextmanager
def open_under_test(settings: Settings, model: LanguageModel | None = None) -> Iterator[UnderTest]:
    """The assistant of a home, as users meet it; its index is built first where there is none.

    Args:
        settings: Name the home.
        model: Stands beside the rules engine; None for the rules engine alone.
    """
    index = open_or_build(settings, progress=sys.stderr.isatty())
    try:
        yield UnderTest(index, model=model, rewords=settings.llm_rewords)
    finally:
        index.close()
