"""Labelled questions put to an assistant over the packaged documents, and its answers judged."""

import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.answer import Assistant
from assistant.batch import answer_safely
from assistant.config import Settings
from assistant.records import Answer, Question
from evals.cases import AS_OF, AnswerCase, Gold, QuestionType, WordingCase, packaged_texts
from evals.indexing import open_packaged_index
from evals.places import squeeze
from evals.scoring import Attempt, Verdict, judge
from index import open_embedder

logger = logging.getLogger("evals.asking")


@dataclass(frozen=True, kw_only=True)
class GoldQuestion:
    """A question as it is asked, and what a right answer holds; its id is in the question."""

    question: Question
    type: QuestionType
    gold: Gold


@dataclass(frozen=True, kw_only=True)
class JudgedAnswer:
    """A question, its answer, and what is right and wrong with that."""

    asked: GoldQuestion
    answer: Answer
    verdict: Verdict


def as_asked(case: AnswerCase) -> GoldQuestion:
    """A case as a question of the day it names, else of the day that all are asked on."""
    question = Question(id=case.id, question=case.question, history=case.history, as_of=case.as_of or AS_OF)
    return GoldQuestion(question=question, type=case.type, gold=case.gold)


def each_wording(case: WordingCase) -> list[GoldQuestion]:
    """The wordings of a case as questions, in their order; ids end in `/1` to `/5`."""
    return [
        GoldQuestion(
            question=Question(id=f"{case.id}/{number}", question=wording, as_of=case.as_of or AS_OF),
            type=case.type,
            gold=case.gold,
        )
        for number, wording in enumerate(case.wordings, start=1)
    ]


@contextmanager
def open_assistant(home: Path) -> Iterator[Assistant]:
    """The assistant over the packaged documents and the default model; its index is built below `home` if need be."""
    index = open_packaged_index(home, open_embedder(Settings(home=home).embedding_model, home=home))
    try:
        yield Assistant(index)
    finally:
        index.close()


def ask_all(assistant: Assistant, questions: Sequence[GoldQuestion], name: str) -> list[JudgedAnswer]:
    """Ask every question as `jiangbu ask --batch` would, where a failure is an answer too; `name` is for the bar."""
    from tqdm import tqdm

    logger.info("asking %d questions of %s …", len(questions), name)
    is_watched = sys.stderr.isatty()
    return [ask(assistant, asked) for asked in tqdm(questions, desc=name, unit="question", disable=not is_watched)]


def ask(assistant: Assistant, asked: GoldQuestion) -> JudgedAnswer:
    """Ask one question and judge the answer."""
    answer = answer_safely(asked.question, lambda question: assistant.answer(question, AS_OF), AS_OF)
    attempt = Attempt(type=asked.type, gold=asked.gold, answer=answer, sources=_quotable())
    return JudgedAnswer(asked=asked, answer=answer, verdict=judge(attempt))


@cache
def _quotable() -> tuple[str, ...]:
    return tuple(squeeze(text) for text in packaged_texts().values())
