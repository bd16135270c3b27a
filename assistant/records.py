"""What goes into the assistant and what comes out: `Question` and `Answer`, as their JSON is promised.

The field names of `Answer` are stable (docs/architecture.md): add fields, never rename or drop one.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

MAX_QUESTION_CHARACTERS = 500
MAX_HISTORY_QUESTIONS = 20

Yuan = Annotated[Decimal, PlainSerializer(lambda yuan: f"{yuan:f}", return_type=str)]


class Record(BaseModel):
    """Frozen, and closed to fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Question(BaseModel):
    """One question, as `jiangbu ask --batch` and `POST /api/ask` take it."""

    model_config = ConfigDict(frozen=True, extra="ignore")  # question sets carry gold answers etc.

    id: str | None = Field(default=None, max_length=200)
    question: str
    history: tuple[str, ...] = ()
    as_of: date | None = None
    region: str | None = Field(default=None, max_length=60)


class Amount(Record):
    """A figure that answers the question."""

    yuan: Yuan
    kind: Literal["exact", "cap"]
    label: str


class Citation(Record):
    """A verbatim piece of a stored document: `text[start:end] == quote`."""

    marker: int
    document: str
    title: str
    region: str
    locator: str
    quote: str
    start: int
    end: int


class Warning_(Record):
    """What to beware of; codes: expired, draft, not_in_force_yet, source_anomaly, validity_unknown, uploaded."""

    code: str
    message: str


class Step(Record):
    """One step of a calculation; `citation` is the marker of the clause behind it, None for a plain sum."""

    step: str
    expression: str
    yuan: Yuan
    citation: int | None = None


class Clarification(Record):
    """What is missing, and the choices there are."""

    missing: tuple[str, ...]
    options: tuple[str, ...]


class Reviewed(Record):
    """An answer to the same question that a person stands for."""

    answer: str
    reviewer: str
    reviewed_on: date


class Answer(Record):
    """One answer; see the interface for the meaning of each field."""

    id: str | None
    question: str
    status: Literal["answered", "needs_clarification", "not_found", "error"]
    answer: str
    amounts: tuple[Amount, ...] = ()
    citations: tuple[Citation, ...] = ()
    warnings: tuple[Warning_, ...] = ()
    calculation: tuple[Step, ...] = ()
    clarification: Clarification | None = None
    suggestions: tuple[str, ...] = ()  # questions that may be the one meant, by a language model's guess
    reviewed: Reviewed | None = None
    as_of: date
    elapsed_ms: float
    engine: Literal["rules", "llm"] = "rules"
