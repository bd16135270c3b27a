"""What the answers to one question have in common, and how each is closed."""

import time
from datetime import date

from assistant.compose import Composer
from assistant.reading import visible
from assistant.records import MAX_QUESTION_CHARACTERS, Answer, Clarification, Question


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
        """Close the answer."""
        return Answer.model_validate(
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
