"""A case → what is put to the assistant, one thing at a time: a question, a claim, a search, a look into the ledger.

Each kind of probe knows how it is put and how what came back is judged; what came back is plain JSON, so that it can be
stored, and judged again without asking again.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from assistant.claim_file import ClaimEntry, ClaimFileError
from assistant.estimating import EstimateReport
from assistant.records import Answer, Question
from evals import extraction, words
from evals.cases import (
    Case,
    ClaimCase,
    ClaimGold,
    FigureCase,
    Gold,
    QuestionCase,
    RetrievalCase,
    TalkCase,
    WordingCase,
)
from evals.loading import Sources, Suite
from evals.metrics import judge_rank
from evals.places import Place
from evals.scoring import Attempt, Said, Verdict, judge
from evals.under_test import UnderTest

JSON = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Described:
    """A probe for people: what is put, what was asked before, what is right, and where that stands."""

    question: str
    history: tuple[str, ...] = ()
    gold: JSON
    documents: tuple[str, ...] = ()


class Probe(Protocol):
    """One thing put to the assistant; `id` is the case's, with `/2` for its second."""

    @property
    def id(self) -> str:
        """The case's id, with a number for its second question and on."""

    @property
    def case(self) -> Case | None:
        """The case; None: what a document has beyond all its cases."""

    @property
    def type(self) -> str:
        """The sort of question."""

    def describe(self, sources: Sources) -> Described:
        """It for people."""

    def put(self, to: UnderTest) -> JSON:
        """Put it, and return what came back."""

    def judge(self, back: JSON, sources: Sources) -> Verdict:
        """Judge what came back."""


@dataclass(frozen=True, kw_only=True)
class AnswerProbe:
    """A question, perhaps after others."""

    id: str
    case: Case
    type: str
    question: Question
    gold: Gold

    def describe(self, sources: Sources) -> Described:
        """The question with its gold."""
        return _described(self.question.question, self.gold, sources, self.question.history)

    def put(self, to: UnderTest) -> JSON:
        """Ask it, as `jiangbu ask --batch` would: a failure is an answer, too."""
        return to.answer(self.question).model_dump(mode="json")

    def judge(self, back: JSON, sources: Sources) -> Verdict:
        """Put the answer to the rules."""
        said = Said.of_answer(Answer.model_validate(back))
        return judge(Attempt(type=self.type, gold=self.gold, said=said, sources=sources))


@dataclass(frozen=True, kw_only=True)
class ClaimProbe:
    """A claim."""

    id: str
    case: Case
    type: str
    claim: ClaimEntry
    gold: ClaimGold

    def describe(self, sources: Sources) -> Described:
        """The claim in a line."""
        things = "；".join(f"{one.what}×{one.count}" for one in self.claim.achievements)
        return _described(f"{self.claim.region}：{things}", self.gold, sources)

    def put(self, to: UnderTest) -> JSON:
        """Have it worked out; a claim that is refused gives the reason."""
        try:
            return to.estimate(self.claim).model_dump(mode="json")
        except ClaimFileError as error:
            return {"refused": str(error)}

    def judge(self, back: JSON, sources: Sources) -> Verdict:
        """Put the estimate to the rules; a refusal tells no total."""
        if "refused" in back:
            said = Said(
                status="undetermined",
                text=back["refused"],
                amounts=(),
                citations=(),
                warnings=(),
                markers_used=frozenset(),
            )
        else:
            said = Said.of_estimate(EstimateReport.model_validate(back))
        return judge(Attempt(type=self.type, gold=self.gold, said=said, sources=sources))


@dataclass(frozen=True, kw_only=True)
class SearchProbe:
    """A question whose clause has to be among the first found."""

    id: str
    case: RetrievalCase
    type: str = "retrieval"

    def describe(self, sources: Sources) -> Described:
        """The question, and the place that has to be found."""
        gold = {"document": self.case.document, "quote": [self.case.anchor]}
        return Described(question=self.case.question, gold=gold, documents=(self.case.document,))

    def put(self, to: UnderTest) -> JSON:
        """Search for it; places as document, start, end, and the locator of the clause for reading."""
        return {"places": to.find(self.case.question)}

    def judge(self, back: JSON, sources: Sources) -> Verdict:
        """Look how far down the gold place stands."""
        gold = sources.find((self.case.document,), self.case.anchor)
        return judge_rank([Place(*found[:3]) for found in back["places"]], gold)


@dataclass(frozen=True, kw_only=True)
class FigureProbe:
    """A figure of a document, and what the ledger says about it."""

    id: str
    case: FigureCase
    type: str

    def describe(self, sources: Sources) -> Described:
        """The figure as printed, and what was read."""
        start, end = self.case.at
        document = sources.documents.get(self.case.document)
        printed = "" if document is None else document.text[start:end]
        gold = {"facts": list(self.case.facts), "rule": self.case.rule}
        return Described(question=f"“{printed}”@{start}", gold=gold, documents=(self.case.document,))

    def put(self, to: UnderTest) -> JSON:
        """Look it up."""
        return extraction.look_up(to.ledger, self.case)

    def judge(self, back: JSON, sources: Sources) -> Verdict:
        """Compare it with what was read by hand."""
        return extraction.judge_figure(self.case, back)


@dataclass(frozen=True, kw_only=True)
class RestProbe:
    """The awards that the ledger has at figures where people read none."""

    id: str
    document: str
    known: tuple[tuple[int, int], ...]
    case: None = None
    type: str = "beyond"

    def describe(self, sources: Sources) -> Described:
        """The document."""
        return Described(question=words.BEYOND.format(document=self.document), gold={}, documents=(self.document,))

    def put(self, to: UnderTest) -> JSON:
        """Look for any."""
        return extraction.look_beyond(to.ledger, self.document, self.known)

    def judge(self, back: JSON, sources: Sources) -> Verdict:
        """There may be none."""
        return extraction.judge_beyond(back)


def probes_of(suite: Suite, as_of: date | None = None) -> list[Probe]:
    """All probes of a suite, in its order.

    Args:
        suite: The cases.
        as_of: The day for cases that name none; the suite's own when not given.
    """
    day = as_of or suite.header.as_of
    found: list[Probe] = [probe for case in suite.cases for probe in _probes(case, day)]
    return [*found, *_beyond(suite.cases)]


def _probes(case: Case, day: date) -> Iterator[Probe]:
    match case:
        case QuestionCase():
            question = _question(case, case.id, case.question, case.history, day)
            yield AnswerProbe(id=case.id, case=case, type=case.type, question=question, gold=case.gold)
        case TalkCase():
            for number, turn in enumerate(case.turns, start=1):
                id_, before = f"{case.id}/{number}", [one.question for one in case.turns[: number - 1]]
                question = _question(case, id_, turn.question, before, day)
                yield AnswerProbe(id=id_, case=case, type=case.type, question=question, gold=turn.gold)
        case WordingCase():
            for number, wording in enumerate(case.wordings, start=1):
                id_ = f"{case.id}/{number}"
                question = _question(case, id_, wording, (), day)
                yield AnswerProbe(id=id_, case=case, type=case.type, question=question, gold=case.gold)
        case ClaimCase():
            claim = case.claim if case.claim.as_of else case.claim.model_copy(update={"as_of": day})
            yield ClaimProbe(id=case.id, case=case, type=case.type, claim=claim, gold=case.gold)
        case RetrievalCase():
            yield SearchProbe(id=case.id, case=case)
        case FigureCase():
            yield FigureProbe(id=case.id, case=case, type=case.type)


def _question(
    case: QuestionCase | TalkCase | WordingCase, id_: str, text: str, before: Sequence[str], day: date
) -> Question:
    return Question(id=id_, question=text, history=tuple(before), as_of=case.as_of or day, region=case.region)


def _described(question: str, gold: Gold | ClaimGold, sources: Sources, history: tuple[str, ...] = ()) -> Described:
    documents = gold.ids or (sources.candidates(gold) if gold.doc else ())
    return Described(
        question=question,
        history=history,
        gold=gold.model_dump(mode="json", exclude_defaults=True),
        documents=documents,
    )


def _beyond(cases: Iterable[Case]) -> Iterator[Probe]:
    known: dict[str, list[tuple[int, int]]] = {}
    for case in cases:
        if isinstance(case, FigureCase):
            known.setdefault(case.document, []).append(case.at)
    for document, places in known.items():
        yield RestProbe(id=f"{document}@beyond", document=document, known=tuple(places))
