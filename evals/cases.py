"""The labelled questions under `evals/cases/`, read and checked against the packaged documents.

A case says where the answer stands, by document id and a snippet of at most 19 characters; the wording
itself stays in the documents. A file that has gone wrong is refused with the line that is wrong.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus import packaged_documents
from evals.places import SNIPPET_MAX, Place, find_snippet, squeeze

FOLDER = Path(__file__).with_name("cases")
AS_OF = date(2026, 11, 21)  # the day that questions are asked on, so that every run answers alike
WORDINGS = 5  # ways in which a question of `wordings.jsonl` is put

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
    documents: tuple[str, ...] = ()  # all of them, `document` too, where the answer rests on several
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


_Wording = Annotated[str, Field(min_length=1)]


class WordingCase(_Record):
    """One question put in five ways, and what a right answer to each of them holds."""

    id: str = Field(min_length=1)
    type: QuestionType
    wordings: Annotated[
        tuple[Annotated[str, Field(min_length=1)], ...], Field(min_length=WORDINGS, max_length=WORDINGS)
    ]
    as_of: date | None = None
    gold: Gold


CaseT = TypeVar("CaseT", RetrievalCase, AnswerCase, WordingCase)


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
    return _load(file, AnswerCase, lambda case: _fault_of_gold(case.gold))


def load_further_cases(file: Path = FOLDER / "further.jsonl") -> tuple[AnswerCase, ...]:
    """Read the questions written later, by people who had not seen the program: alone or after others.

    Raises:
        CaseError: As for answer cases.
    """
    return load_answer_cases(file)


def load_conversation_cases(file: Path = FOLDER / "conversations.jsonl") -> tuple[AnswerCase, ...]:
    """Read the questions that are asked after others.

    Raises:
        CaseError: As for answer cases, or nothing was asked before.
    """
    return _load(file, AnswerCase, _fault_of_conversation)


def load_wording_cases(file: Path = FOLDER / "wordings.jsonl") -> tuple[WordingCase, ...]:
    """Read the questions that are put in five ways.

    Raises:
        CaseError: As for answer cases, or the wordings are not five different ones.
    """
    return _load(file, WordingCase, _fault_of_wordings)


def places_of_retrieval(case: RetrievalCase) -> tuple[Place, ...]:
    """Where the anchor stands."""
    return tuple(find_snippet(case.document, packaged_texts()[case.document], case.anchor))


def places_of_gold(gold: Gold) -> tuple[Place, ...]:
    """Where the gold quotes stand; none for a question that has no answer."""
    return tuple(
        place
        for document in _documents_of(gold)
        for quote in gold.quote
        for place in find_snippet(document, packaged_texts()[document], quote)
    )


def _documents_of(gold: Gold) -> tuple[str, ...]:
    return gold.documents or ((gold.document,) if gold.document is not None else ())


def _load(file: Path, record: type[CaseT], fault_of: Callable[[CaseT], str | None]) -> tuple[CaseT, ...]:
    cases: dict[str, CaseT] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        where = f"Cannot read the case at {file}:{number}"
        try:
            case = record.model_validate(json.loads(line, parse_float=Decimal))
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
    return _fault_of_snippet((case.document,), case.anchor) or (
        f"the anchor {case.anchor!r} stands {count} times in {case.document}. Next: choose one that stands once."
        if (count := len(places_of_retrieval(case))) != 1
        else None
    )


def _fault_of_conversation(case: AnswerCase) -> str | None:
    if not case.history:
        return "a conversation has a history. Next: add what was asked before, or move the case to answers.jsonl."
    return _fault_of_gold(case.gold)


def _fault_of_wordings(case: WordingCase) -> str | None:
    if len(set(case.wordings)) < WORDINGS:
        return "a wording stands there twice. Next: put the question in another way."
    return _fault_of_gold(case.gold)


def _fault_of_gold(gold: Gold) -> str | None:
    if (gold.status == "answered") != bool(gold.quote) or bool(gold.quote) != (gold.document is not None):
        return "a case has a document and quotes if it is answered, and neither if not. Next: add or drop them."
    if gold.documents and (gold.document not in gold.documents or len(set(gold.documents)) < 2):
        return "`documents` are two or more, `document` among them. Next: add it, or drop `documents`."
    return next((fault for quote in gold.quote if (fault := _fault_of_snippet(_documents_of(gold), quote))), None)


def _fault_of_snippet(documents: tuple[str, ...], snippet: str) -> str | None:
    for document in documents:
        if document not in packaged_texts():
            return f"there is no packaged document {document!r}. Next: see `jiangbu documents`."
    if len(squeeze(snippet)) > SNIPPET_MAX:
        return f"the snippet {snippet!r} is longer than {SNIPPET_MAX} characters. Next: cut it."
    if not any(find_snippet(document, packaged_texts()[document], snippet) for document in documents):
        return f"the snippet {snippet!r} does not stand in {' or '.join(documents)}. Next: copy it from there."
    return None
