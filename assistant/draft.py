"""What the answers to one question have in common, and how each is closed."""

import logging
import time
from datetime import date

from assistant import messages
from assistant.compose import Composer
from assistant.lock import unsupported
from assistant.messages import say_date
from assistant.reading import visible
from assistant.records import MAX_HISTORY_QUESTIONS, MAX_QUESTION_CHARACTERS, Answer, Clarification, Question

_LOG = logging.getLogger(__name__)


class Draft:
    """What every answer to one question has in common; the clock runs from when it is begun."""

    def __init__(self, question: Question, day: date) -> None:
        self.day = day
        self._question = question
        self._started = time.perf_counter()

    def finish(
        self,
        status: str,
        text: str,
        composer: Composer | None = None,
        *,
        clarification: Clarification | None = None,
    ) -> Answer:
        """Close the answer; one with a figure that nothing supports is withheld and the incident logged."""
        answer = Answer.model_validate(
            {
                "id": self._question.id,
                "question": visible(self._question.question)[:MAX_QUESTION_CHARACTERS],
                "status": status,
                "answer": text,
                "citations": composer.citations() if composer else (),
                "amounts": composer.amounts() if composer else (),
                "calculation": composer.steps() if composer else (),
                "warnings": composer.warnings() if composer else (),
                "clarification": clarification,
                "as_of": self.day,
                "elapsed_ms": round((time.perf_counter() - self._started) * 1000, 1),
            }
        )
        if status == "error":
            return answer
        sources = [*(composer.sources() if composer else ()), say_date(self.day)]
        wrong = unsupported(answer, self._question.history[-MAX_HISTORY_QUESTIONS:], sources)
        if not wrong:
            return answer
        _LOG.error(
            "Answer withheld: figures %s are in no quote, step or question. Question: %r", wrong, answer.question
        )
        return self.finish("error", messages.WITHHELD)
