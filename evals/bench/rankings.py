"""A labelled question to the places that an index of ours ranks first: whole, and with parts left out.

Every ranking of the benchmark is a function from a question to at most ten places, best first; the
textbook ones stand in `evals.bench.textbook`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.answer import Assistant
from assistant.ranking import Ranked
from corpus.records import Passage
from evals.bench.questions import sources
from evals.cases import QuestionCase, RetrievalCase
from evals.metrics import DEPTH
from evals.places import Place
from index import Index, Query


@dataclass(frozen=True, kw_only=True)
class LabelledQuestion:
    """A question with the places where its answer stands; one of them is enough."""

    id: str
    question: str
    history: tuple[str, ...]
    gold: tuple[Place, ...]


Ranking = Callable[[LabelledQuestion], list[Place]]


def label_retrieval(cases: Iterable[RetrievalCase]) -> list[LabelledQuestion]:
    """The retrieval cases, each with the place of its anchor."""
    return [
        LabelledQuestion(
            id=case.id, question=case.question, history=(), gold=tuple(sources().find((case.document,), case.anchor))
        )
        for case in cases
    ]


def label_answers(cases: Iterable[QuestionCase]) -> list[LabelledQuestion]:
    """The answer cases that have an answer, each with the places of its quotes."""
    return [
        LabelledQuestion(id=case.id, question=case.question, history=case.history, gold=sources().places_of(case.gold))
        for case in cases
        if case.gold.status == "answered"
    ]


def rank_candidates(assistant: Assistant, asked: LabelledQuestion) -> list[Ranked]:
    """All that the assistant weighs for a question, best first, with what each score rests on."""
    return assistant.find_passages(asked.question, asked.history)


def our_ranking(index: Index) -> Ranking:
    """Reading, scope, search and weighing, as answers are made."""
    assistant = Assistant(index)
    return lambda asked: [place_of(one.passage) for one in rank_candidates(assistant, asked)[:DEPTH]]


def search_ranking(index: Index) -> Ranking:
    """The index's own search alone: words and vectors fused, nothing read out of the question."""
    return lambda asked: _search(index, Query(text=asked.question, limit=DEPTH))


def lexical_ranking(index: Index) -> Ranking:
    """BM25 alone, over our passages with their context and our tokens; an empty text has no vector."""
    return lambda asked: _search(index, Query(text="", words=(asked.question,), limit=DEPTH))


def dense_ranking(index: Index) -> Ranking:
    """Vectors alone, over our passages with their context; no words to look for."""
    return lambda asked: _search(index, Query(text=asked.question, words=(), limit=DEPTH))


def place_of(passage: Passage) -> Place:
    """Where a passage stands."""
    return Place(passage.document_id, passage.start, passage.end)


def _search(index: Index, query: Query) -> list[Place]:
    return [place_of(hit.passage) for hit in index.search(query)]
