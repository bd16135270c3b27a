"""The assistant as it is put to the test, over one index; and how one comes about."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant.answer import Assistant
from assistant.batch import answer_safely
from assistant.claim_file import ClaimEntry
from assistant.config import Settings
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
        self.index = index
        self.assistant = assistant or Assistant(index)
        self._model = model
        self._answering = Assisted(self.assistant, model, rewords=rewords) if model else self.assistant

    @property
    def answered_by(self) -> str:
        """What answers: `rules`, or the rules engine and the name of the language model beside it."""
        return f"rules + {self._model.endpoint.model}" if self._model else "rules"

    @property
    def ledger(self) -> Ledger:
        """The award ledger that the answers rest on."""
        return self.index.ledger

    def answer(self, question: Question) -> Answer:
        """Answer a question; a fault in the program is an answer with status error."""
        return answer_safely(question, lambda asked: self._answering.answer(asked, AS_OF), AS_OF)

    def estimate(self, claim: ClaimEntry) -> EstimateReport:
        """Work out a claim."""
        return self.assistant.estimate(claim, AS_OF)

    def find(self, question: str, history: tuple[str, ...] = (), limit: int = DEPTH) -> list[list[Any]]:
        """The places that a question is answered from, best first: document, start, end, locator."""
        found = (one.passage for one in self.assistant.find_passages(question, history)[:limit])
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
