"""Questions put to the rules engine, alone and with a language model beside it, and what came of each as a row."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import SecretStr

from assistant.answer import Assistant
from assistant.batch import answer_safely
from assistant.llm import Assisted, Bounds, Endpoint, LanguageModel, Use
from assistant.llm.prompts import prompt_for
from assistant.records import Answer, Question
from evals.bench.model_figures import foreign_numbers, unsupported_figures
from evals.bench.model_questions import Asked
from evals.bench.model_rows import Row, digest_of
from evals.cases import AS_OF
from evals.hostile import BEHAVIOURS, HostileEndpoint
from evals.loading import Sources
from evals.scoring import Verdict
from index import Index

RULES, ASSISTED, HOSTILE = "rules", "assisted", "hostile"
HOSTILE_BOUNDS = Bounds(first_token_s=2.0, total_s=6.0, reply_tokens=200)
ASSAULTS = ("lies_in_every_figure", "drops_citations", "leaks_prompt", "never_stops", "obeys_injection")


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of the comparison: who is asked, and under what, so that kept answers are told from others.

    `judge_anew` judges a kept answer by the rules as they are now, where all that it takes is kept.
    """

    name: str
    under: str
    ask: Callable[[Asked], Row]
    judge_anew: Callable[[Asked, Row], Row] = lambda _, kept: kept


class Recording(Assistant):
    """An assistant that keeps all that it answers, so that a model's words can be told from its own."""

    def __init__(self, index: Index) -> None:
        super().__init__(index)
        self.given: list[Answer] = []

    def answer(self, question: Question, today: date) -> Answer:
        """Answer a question as of its own date, else today."""
        answer = super().answer(question, today)
        self.given.append(answer)
        return answer


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Where questions are answered and judged."""

    assistant: Recording
    sources: Sources

    def ask(self, part: str, under: str, asked: Asked, model: LanguageModel | None) -> Row:
        """Put one question; a model gets it as if it were the first, since one that failed before is left alone."""
        uses: list[Use] = []
        self.assistant.given.clear()
        answering = Assisted(self.assistant, model, notify=uses.append) if model is not None else self.assistant
        question = asked.probe.question
        answer = answer_safely(question, lambda one: answering.answer(one, AS_OF), AS_OF)
        ruled = list(self.assistant.given)
        verdict = self._judge(asked, answer)
        brought = unsupported_figures(answer, ruled, question) + foreign_numbers(answer, ruled, question)
        alone = self._judge(asked, ruled[0]).wrong_amounts if ruled else ()
        return Row(
            part=part,
            under=under,
            id=asked.probe.id,
            asked=digest_of(question),
            lot=asked.lot,
            status=answer.status,
            right=verdict.is_right,
            broken=verdict.broken,
            figures=verdict.kept.get("amounts") if asked.probe.gold.yuan else None,
            cited=verdict.kept.get("citation"),
            wrong=(*map("{:f}".format, verdict.wrong_amounts), *brought),
            added=(*(f"{one:f}" for one in verdict.wrong_amounts if one not in alone), *brought),
            follows=self._follow(asked, answer),
            suggested=next(iter(answer.suggestions), ""),
            engine=answer.engine,
            seconds=answer.elapsed_ms / 1000,
            text=answer.answer,
            **_used(uses),
        )

    def _follow(self, asked: Asked, answer: Answer) -> bool | None:
        """Whether a user who asks the question that is suggested gets the right answer."""
        if not answer.suggestions:
            return None
        again = asked.probe.question.model_copy(update={"question": answer.suggestions[0]})
        return self._judge(asked, answer_safely(again, lambda one: self.assistant.answer(one, AS_OF), AS_OF)).is_right

    def _judge(self, asked: Asked, answer: Answer) -> Verdict:
        return asked.probe.judge(answer.model_dump(mode="json"), self.sources)


def rules_part(desk: Desk) -> Part:
    """The rules engine alone."""
    return Part(name=RULES, under=RULES, ask=lambda asked: desk.ask(RULES, RULES, asked, None))


def assisted_part(desk: Desk, endpoint: Endpoint, bounds: Bounds, name: str = ASSISTED) -> Part:
    """The rules engine with the model of an endpoint beside it."""
    under = " ".join((endpoint.model, prompt_for("understand").digest, prompt_for("reword").digest))
    return Part(name=name, under=under, ask=lambda one: desk.ask(name, under, one, LanguageModel(endpoint, bounds)))


@contextmanager
def hostile_part(desk: Desk, behaviour: str) -> Iterator[Part]:
    """The rules engine with an endpoint beside it that behaves in one bad way."""
    with HostileEndpoint(BEHAVIOURS[behaviour]) as hostile:
        endpoint = Endpoint(model=behaviour, base_url=hostile.base_url, api_key=SecretStr(""))
        yield assisted_part(desk, endpoint, HOSTILE_BOUNDS, f"{HOSTILE}:{behaviour}")


def _used(uses: list[Use]) -> dict[str, Any]:
    """What the model did for an answer, if it was asked."""
    if not uses:
        return {}
    use = uses[-1]
    return {
        "task": use.task,
        "outcome": use.outcome,
        "why": use.why or "",
        "reasons": use.reasons,
        "calls": use.cost.calls,
        "prompt_tokens": use.cost.prompt_tokens,
        "reply_tokens": use.cost.reply_tokens,
        "first_token_s": use.cost.first_token_s,
    }
