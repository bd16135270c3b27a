"""What an evaluator writes down: a case and its gold, in the five forms of version 1 of the format.

A line of a suite is one case; which form it has is told by its keys. Every form is closed: a key that does not exist is
refused, because a misspelt one would silently check nothing. docs/evaluating.md explains each key.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from assistant.claim_file import ClaimEntry
from assistant.claims import YUAN_MAX

VERSION = 1  # of the format; a suite that names a later one is refused
AS_OF = date(2026, 11, 21)  # the day of version 1, where neither suite nor case names one

Persona = Literal["enterprise", "hotline", "evaluator"]
QuestionType = Literal[
    "procedure",
    "definition",
    "validity",
    "not_found",
    "clarify",
    "follow_up",
    "award_lookup",
    "award_compare",
    "award_calc",
    "aggregate",
    "anomaly",
]
AnswerStatus = Literal["answered", "needs_clarification", "not_found"]
FigureType = Literal["award", "rule", "reject"]
ClaimStatus = Literal["answered", "undetermined"]


def _listed(value: Any) -> Any:  # noqa: ANN401 - whatever the line holds
    """One string stands for a list of one; nothing for an empty list."""
    return [value] if isinstance(value, str) else [] if value is None else value


_Words = Annotated[tuple[Annotated[str, Field(min_length=1)], ...], BeforeValidator(_listed)]
_Text = Annotated[str, Field(min_length=1)]
_Yuan = Annotated[Decimal, Field(ge=0, le=YUAN_MAX)]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Expected(_Record):
    """What every gold may hold; sums are yuan."""

    yuan: Annotated[tuple[_Yuan, ...], BeforeValidator(_listed)] = ()
    kind: Literal["exact", "cap"] | None = None
    how: _Words = ()  # for each sum the expression that gives it, of figures that the document or the question has
    doc: str | None = None  # a part of the right document's title or region
    document: str | None = None  # its id
    documents: tuple[str, ...] = ()  # all of them, `document` too, where the answer rests on several
    quote: _Words = ()
    warn: tuple[str, ...] = ()
    must: tuple[str | tuple[str, ...], ...] = ()  # what has to appear: each entry, or one of its alternatives
    must_not: tuple[str, ...] = ()
    why: str = ""

    @property
    def ids(self) -> tuple[str, ...]:
        """The documents that the answer rests on, as far as they are named by id."""
        return self.documents or ((self.document,) if self.document is not None else ())

    @model_validator(mode="after")
    def _agrees(self) -> "_Expected":
        if self.how and len(self.how) != len(self.yuan):
            raise ValueError("`how` has one expression for each sum of `yuan`")
        if self.documents and (self.document not in self.documents or len(set(self.documents)) < 2):
            raise ValueError("`documents` are two or more, `document` among them")
        return self


class Gold(_Expected):
    """What a right answer holds."""

    status: AnswerStatus
    also_status: AnswerStatus | None = None  # one that is as right

    @model_validator(mode="after")
    def _whole(self) -> "Gold":
        if self.status != "answered" and (self.yuan or self.quote):
            raise ValueError("only an answered case has sums and quotes")
        if self.also_status is not None and "answered" in (self.status, self.also_status):
            raise ValueError("`also_status` is for questions that have no answer: it would be held to sums and quotes")
        return self


class ClaimGold(_Expected):
    """What a claim comes to: one total, or none that can be told."""

    status: ClaimStatus

    @model_validator(mode="after")
    def _whole(self) -> "ClaimGold":
        if (self.status == "answered") != (len(self.yuan) == 1):
            raise ValueError("a claim that is answered has one total, an undetermined one has none")
        return self


class _Case(_Record):
    id: str = Field(min_length=1, max_length=190, pattern=r"^[^\s/]+$")
    persona: Persona = "evaluator"


class QuestionCase(_Case):
    """A question, asked alone or after others, and what a right answer holds."""

    type: QuestionType
    question: _Text
    history: tuple[str, ...] = ()
    as_of: date | None = None
    region: str | None = None
    gold: Gold


class Turn(_Record):
    """One question of a conversation and what a right answer to it holds."""

    question: _Text
    gold: Gold


class TalkCase(_Case):
    """A conversation: every turn is judged, as asked after the turns before it."""

    type: QuestionType = "follow_up"
    turns: Annotated[tuple[Turn, ...], Field(min_length=2, max_length=20)]
    as_of: date | None = None
    region: str | None = None
    why: str = ""


class WordingCase(_Case):
    """One question put in several ways; each of them has to be answered right."""

    type: QuestionType
    wordings: Annotated[tuple[_Text, ...], Field(min_length=2, max_length=20)]
    as_of: date | None = None
    region: str | None = None
    gold: Gold

    @model_validator(mode="after")
    def _differ(self) -> "WordingCase":
        if len(set(self.wordings)) < len(self.wordings):
            raise ValueError("a wording stands there twice")
        return self


class ClaimCase(_Case):
    """A claim, as `jiangbu estimate` takes it, and its total."""

    type: QuestionType = "award_calc"
    claim: ClaimEntry
    gold: ClaimGold


class RetrievalCase(_Case):
    """A question and the one place where its answer stands."""

    type: Literal["retrieval"] = "retrieval"
    question: _Text
    document: str
    anchor: _Text


class FigureCase(_Case):
    """A figure of a document as people read it: the awards it is the sum of, or the rule it belongs to.

    Comes from a YAML file of a document, not from a line; `evals/cases/extraction/README.md` tells the keys.
    """

    type: FigureType
    document: str
    at: tuple[int, int]
    facts: tuple[dict[str, Any], ...] = ()
    rule: str = ""


Case = QuestionCase | TalkCase | WordingCase | ClaimCase | RetrievalCase | FigureCase

_TOLD_BY: Mapping[str, type[Case]] = MappingProxyType(
    {"turns": TalkCase, "wordings": WordingCase, "claim": ClaimCase, "anchor": RetrievalCase}
)


def form_of(fields: dict[str, Any]) -> type[Case]:
    """Which form a line has, told by its keys.

    >>> form_of({"id": "a", "turns": []}).__name__, form_of({"id": "a", "question": "?"}).__name__
    ('TalkCase', 'QuestionCase')
    """
    return next((form for key, form in _TOLD_BY.items() if key in fields), QuestionCase)


def golds_of(case: Case) -> tuple[Gold | ClaimGold, ...]:
    """What a case expects of its answers; none where it asks for no answer."""
    match case:
        case TalkCase():
            return tuple(turn.gold for turn in case.turns)
        case QuestionCase() | WordingCase() | ClaimCase():
            return (case.gold,)
        case _:
            return ()
