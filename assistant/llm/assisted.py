"""The rules engine with a language model beside it: the rules answer first, and what is not checked never leaves.

Where the rules engine is at a loss, or a question is long and entangled, the model says what may be meant; the rules
engine answers that. Where the rules engine answers, the model may word around the answer. In both it is the rules
engine's figures, clauses, warnings and steps that the user gets, and where the model fails, the rules answer as it was.
"""

import logging
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import Assistant
from assistant.llm import wording
from assistant.llm.frames import AskBack, Frame, Restated
from assistant.llm.framing import Said, faults_of, faults_of_asking, left_out, standing_of
from assistant.llm.model import NO_FAILURE, LanguageModel
from assistant.llm.prompts import prompt_for
from assistant.llm.records import Made, Notify, Outcome, Task, Use
from assistant.llm.rewording import UNITS_MAX, Units
from assistant.masking import mask
from assistant.reading import visible
from assistant.records import MAX_HISTORY_QUESTIONS, Answer, Question

ENTANGLED_CHARACTERS, ENTANGLED_CLAUSES = 60, 5
TERSE_CHARACTERS = 14  # a question of few words is asked by somebody in a hurry: its answer stays as it is
_LOG = logging.getLogger(__name__)


def _no_one(use: Use) -> None:
    """Nobody wants to know."""


class Assisted:
    """Answers with one assistant and one model. Safe to use from several threads."""

    def __init__(
        self, assistant: Assistant, model: LanguageModel, *, rewords: bool = True, notify: Notify = _no_one
    ) -> None:
        self._assistant = assistant
        self._model = model
        self._rewords = rewords
        self._notify = notify

    def answer(self, question: Question, today: date) -> Answer:
        """Answer a question as of its own date, else today."""
        *_, (last, _) = self.answer_in_steps(question, today)
        return last

    def answer_in_steps(self, question: Question, today: date) -> Iterator[tuple[Answer, bool]]:
        """The answer that counts, marked True; before it, where the model is asked, the rules answer, marked False."""
        began = time.perf_counter()
        ruled = self._assistant.answer(question, today)
        task = self._task(ruled)
        if task is None:
            yield ruled, True
            return
        yield ruled, False
        try:
            adopted = self._understand(question, ruled, today) if task == "understand" else self._reword(ruled)
        except Exception:  # noqa: BLE001 - what stands beside the rules must never cost a rules answer
            _LOG.exception("The language model's part failed; the rules answer stands")
            adopted = None
        answer = ruled if adopted is None else adopted.model_copy(update={"engine": "llm"})
        yield answer.model_copy(update={"elapsed_ms": round((time.perf_counter() - began) * 1000, 1)}), True

    def _task(self, ruled: Answer) -> Task | None:
        """What the model is asked to do, if anything."""
        if ruled.status == "error" or not re.search(r"\w{2}", ruled.question):
            return None
        if ruled.status != "answered":
            return "understand"
        asked = ruled.question
        if len(asked) >= ENTANGLED_CHARACTERS and len(re.findall("[，。；？！,;?!]", asked)) >= ENTANGLED_CLAUSES:
            return "understand"
        return "reword" if self._rewords and len(asked) > TERSE_CHARACTERS else None

    def _understand(self, question: Question, ruled: Answer, today: date) -> Answer | None:
        from assistant.llm.agent import trimmed
        from assistant.llm.tools import make_tools

        history = [visible(one) for one in question.history[-MAX_HISTORY_QUESTIONS:]]
        said = Said(ruled.question, history, visible(question.region or ""))

        def check(frame: Frame) -> Sequence[str]:
            if isinstance(frame, AskBack):
                return faults_of_asking(frame.question, said)
            return faults_of(frame.question, said) if isinstance(frame, Restated) else ()

        earlier = trimmed(history, self._model.bounds.history_tokens)
        asked = wording.FRAME_ASKED.format(
            history=wording.inert("\n".join(earlier)) or wording.NOTHING_HERE,
            region=wording.inert(said.region) or wording.NOTHING_HERE,
            question=wording.inert(said.question),
        )
        made = self._model.fill_frame(make_tools(self._assistant, today), mask(asked), check)
        adopted = self._adopt(made.made, question, said, ruled, today) if made.fault is None else None
        self._tell("understand", made, "unneeded" if adopted is None else "used")
        return adopted

    def _adopt(self, frame: Frame | None, question: Question, said: Said, ruled: Answer, today: date) -> Answer | None:
        """What becomes of a faultless frame; None where it adds nothing to the rules answer."""
        if isinstance(frame, AskBack):
            asks = wording.MODEL_ASKS.format(question=frame.question.rstrip("？?"))
            return _with_line(ruled, asks) if ruled.status != "answered" else None
        if not isinstance(frame, Restated) or frame.question == said.question:
            return None
        plain = self._assistant.answer(question.model_copy(update={"question": frame.question}), today)
        if plain.status != "answered" or plain.amounts == ruled.amounts and ruled.status == "answered":
            return None
        if ruled.status == "answered" or standing_of(frame.question, said) == "guess":
            return _with_suggestion(ruled, frame.question.rstrip("？?"))
        skipped = "；".join(left_out(frame.question, said))
        understood = wording.UNDERSTOOD.format(question=frame.question)
        head = understood + (wording.LEFT_OUT.format(clauses=skipped) if skipped else "")
        text = f"{head}\n\n{plain.answer}\n\n{wording.AI_LABEL}"
        return plain.model_copy(update={"question": ruled.question, "answer": text})

    def _reword(self, ruled: Answer) -> Answer | None:
        units = Units.of(ruled.answer, ruled.question)
        if len(units.texts) > UNITS_MAX:
            return None
        made = self._model.write_words(mask(units.asked()), units.faults_of)
        self._tell("reword", made, "used")
        if made.fault is not None:
            return None
        return ruled.model_copy(update={"answer": f"{units.put_together(made.made)}\n\n{wording.AI_LABEL}"})

    def _tell(self, task: Task, made: Made, outcome: Outcome) -> None:
        if made.fault is not None:
            outcome = "fallen_back"
        elif outcome == "used" and made.repaired:
            outcome = "repaired"
        use = Use(
            task=task,
            outcome=outcome,
            why=made.fault,
            reasons=made.reasons,
            cost=made.cost,
            model=self._model.endpoint.model,
            prompt=prompt_for(task).digest,
        )
        level = logging.INFO if made.fault in NO_FAILURE else logging.WARNING
        _LOG.log(level, "Language model: %s", replace(use, reasons=()))
        self._notify(use)


def _with_line(ruled: Answer, line: str) -> Answer:
    return ruled.model_copy(update={"answer": f"{ruled.answer}\n\n{line}\n\n{wording.AI_LABEL}"})


def _with_suggestion(ruled: Answer, question: str) -> Answer:
    """The rules answer with a question that may be the one meant."""
    answer = _with_line(ruled, wording.MEANT.format(question=question))
    return answer.model_copy(update={"suggestions": (question,)})
