"""The labelled questions under `evals/cases/`, read and checked against the packaged documents.

A case says where the answer stands, by document id and a snippet of at most 16 characters; the wording
itself stays in the documents. A file that has gone wrong is refused with the line that is wrong.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus import packaged_documents
from evals.places import SNIPPET_MAX, Place, find_snippet, squeeze

FOLDER = Path(__file__).with_name("cases")

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
    "aggregate",
    "anomaly",
]
AnswerStatus = Literal["answered", "needs_clarification", "not_found"]


class CaseError(ValueError):
    """A file of cases that cannot be used; the message names file, line and fault."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RetrievalCase(_Record):
    """A question and the one place where its answer stands."""

    id: str = Field(min_length=1)
    persona: Persona
    question: str = Field(min_length=1)
    document: str
    anchor: str


class Gold(_Record):
    """What a right answer holds; see `evals/README.md` for each field."""

    status: AnswerStatus
    yuan: tuple[Decimal, ...] = ()
    kind: Literal["exact", "cap"] | None = None
    must: tuple[str | tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    doc: str | None = None
    document: str | None = None  # the id, where `doc` is a part of the title
    quote: tuple[str, ...] = ()
    warn: tuple[str, ...] = ()
    why: str = ""


class AnswerCase(_Record):
    """A question, asked alone or after others, and what a right answer holds."""

    id: str = Field(min_length=1)
    persona: Persona
    type: QuestionType
    question: str = Field(min_length=1)
    history: tuple[str, ...] = ()
    as_of: date | None = None
    gold: Gold


CaseT = TypeVar("CaseT", RetrievalCase, AnswerCase)


@cache
def packaged_texts() -> Mapping[str, str]:
    """The stored text of each packaged document, by id."""
    return {document.id: document.text for document in packaged_documents()}


def load_retrieval_cases(file: Path = FOLDER / "retrieval.jsonl") -> tuple[RetrievalCase, ...]:
    """Read the retrieval cases.

    Raises:
        CaseError: A key that does not exist, an id twice, an anchor that does not stand exactly once in
            its document.
    """
    return _load(file, RetrievalCase, _fault_of_retrieval)


def load_answer_cases(file: Path = FOLDER / "answers.jsonl") -> tuple[AnswerCase, ...]:
    """Read the answer cases.

    Raises:
        CaseError: A key that does not exist, an id twice, a quote that is too long or not in its document.
    """
    return _load(file, AnswerCase, _fault_of_answer)


def places_of_retrieval(case: RetrievalCase) -> tuple[Place, ...]:
    """Where the anchor stands."""
    return tuple(find_snippet(case.document, packaged_texts()[case.document], case.anchor))


def places_of_answer(case: AnswerCase) -> tuple[Place, ...]:
    """Where the gold quotes stand; none for a question that has no answer."""
    document = case.gold.document
    if document is None:
        return ()
    text = packaged_texts()[document]
    return tuple(place for quote in case.gold.quote for place in find_snippet(document, text, quote))


def _load(file: Path, record: type[CaseT], fault_of: Callable[[CaseT], str | None]) -> tuple[CaseT, ...]:
    cases: dict[str, CaseT] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        where = f"Cannot read the case at {file}:{number}"
        try:
            case = record.model_validate(json.loads(line))
        except ValidationError as error:
            faults = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
            raise CaseError(f"{where}: {faults}. Next: mend that line (evals/README.md has the format).") from error
        except ValueError as error:
            raise CaseError(f"{where}: no JSON ({error}). Next: mend that line.") from error
        if case.id in cases:
            raise CaseError(f"{where}: the id {case.id!r} is there already. Next: give the case one of its own.")
        fault = fault_of(case)
        if fault is not None:
            raise CaseError(f"{where}, {case.id}: {fault}")
        cases[case.id] = case
    return tuple(cases.values())


def _fault_of_retrieval(case: RetrievalCase) -> str | None:
    return _fault_of_snippet(case.document, case.anchor) or (
        f"the anchor {case.anchor!r} stands {count} times in {case.document}. Next: choose one that stands once."
        if (count := len(places_of_retrieval(case))) != 1
        else None
    )


def _fault_of_answer(case: AnswerCase) -> str | None:
    gold = case.gold
    if (gold.status == "answered") != bool(gold.quote) or bool(gold.quote) != (gold.document is not None):
        return "a case has a document and quotes if it is answered, and neither if not. Next: add or drop them."
    return next((fault for quote in gold.quote if (fault := _fault_of_snippet(gold.document or "", quote))), None)


def _fault_of_snippet(document: str, snippet: str) -> str | None:
    if document not in packaged_texts():
        return f"there is no packaged document {document!r}. Next: see `jiangbu documents`."
    if len(squeeze(snippet)) > SNIPPET_MAX:
        return f"the snippet {snippet!r} is longer than {SNIPPET_MAX} characters. Next: cut it."
    if not find_snippet(document, packaged_texts()[document], snippet):
        return f"the snippet {snippet!r} does not stand in {document}. Next: copy it from there."
    return None
