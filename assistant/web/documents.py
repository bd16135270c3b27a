"""The documents over HTTP: all of them, one of them with its clauses, its text, its page, and what looks wrong."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.encoders import jsonable_encoder
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from assistant.describing import describe_head
from assistant.page.document import document_html, sheet_html
from assistant.page.wording import DOCUMENT_SUMMARY
from assistant.service import today
from assistant.standing import standing_of
from assistant.web import words
from assistant.web.document_records import (
    DOCUMENT_EXAMPLE,
    LINT_EXAMPLE,
    LIST_EXAMPLE,
    DocumentReply,
    DocumentsReply,
    LintReply,
)
from assistant.web.intake import Refusal
from assistant.web.openapi import refusals, reply
from assistant.web.service import Service
from corpus.library import packaged_text
from corpus.records import PolicyDocument

MAX_ID_CHARACTERS = 200
MAX_PLACE_DIGITS = 9

DocumentId = Annotated[str, Path(description=words.DOCUMENT_ID_ABOUT, examples=["longgang-2023"])]
Day = Annotated[date | None, Query(description=words.AS_OF_ABOUT)]


def documents_router(service: Service) -> APIRouter:
    """`GET /api/documents`, `/api/documents/{id}`, its `text.txt`, its page, and `GET /api/lint`."""
    router = APIRouter(tags=["documents"])
    _add_lists(router, service)

    def find(document_id: str) -> Mapping[str, Any]:
        sane = document_id.isprintable() and len(document_id) <= MAX_ID_CHARACTERS
        document = service.document(document_id) if sane else None
        if document is None:
            raise Refusal("no_document")
        return document

    @router.get(
        "/api/documents/{document_id}",
        summary=DOCUMENT_SUMMARY,
        description=words.DOCUMENT_ABOUT,
        responses={**reply(DocumentReply, words.DOCUMENT_REPLY, DOCUMENT_EXAMPLE), **refusals("no_document")},
    )
    def document_record(document_id: DocumentId) -> Response:
        return JSONResponse(jsonable_encoder(find(document_id)))

    @router.get(
        "/api/documents/{document_id}/text.txt",
        summary=words.TEXT_SUMMARY,
        description=words.TEXT_SUMMARY,
        response_class=PlainTextResponse,
        responses={
            200: {"description": words.TEXT_REPLY, "content": {"text/plain": {"example": "第一条 …"}}},
            **refusals("no_document"),
        },
    )
    def document_text(document_id: DocumentId) -> Response:
        return PlainTextResponse(str(find(document_id)["text"]))

    @router.get("/documents/{document_id}", include_in_schema=False)
    def document_page(document_id: str, start: str = "", end: str = "") -> Response:
        try:
            document = find(document_id)
        except Refusal as refusal:
            message = refusal.body()["error"]["message"]
            return HTMLResponse(sheet_html(message, f"<h1>{message}</h1>"), refusal.status)
        return HTMLResponse(document_html(document, _place(start), _place(end)))

    return router


def _add_lists(router: APIRouter, service: Service) -> None:
    @router.get(
        "/api/documents",
        summary=words.DOCUMENTS_SUMMARY,
        description=words.DOCUMENTS_SUMMARY,
        responses={**reply(DocumentsReply, words.DOCUMENTS_REPLY, LIST_EXAMPLE), **refusals("bad_field")},
    )
    def documents(as_of: Day = None) -> Response:
        return JSONResponse({"documents": jsonable_encoder(list_documents(service, as_of or today()))})

    @router.get(
        "/api/lint",
        summary=words.LINT_SUMMARY,
        description=words.LINT_ABOUT,
        responses={**reply(LintReply, words.LINT_REPLY, LINT_EXAMPLE), **refusals("bad_field")},
    )
    def lint(
        document: Annotated[str, Query(max_length=MAX_ID_CHARACTERS, description=words.DOCUMENT_ID_ABOUT)] = "",
    ) -> Response:
        found = service.ledger().findings()
        return JSONResponse({"findings": [one for one in found if document in ("", one["document"])]})


def list_documents(service: Service, day: date) -> list[dict[str, Any]]:
    """All documents by id, each with where it stands on `day` and how much was read from it."""
    facts = Counter(fact.document_id for fact in service.ledger().ledger.facts)
    return [_listed(service, document, facts[document.id], day) for document in service.documents()]


def _listed(service: Service, document: PolicyDocument, facts: int, day: date) -> dict[str, Any]:
    record = service.document(document.id) or {}
    return describe_head(document) | {
        "standing": standing_of(document, day).model_dump(),
        "clauses": len(record.get("clauses", ())),
        "facts": facts,
        "added": packaged_text(document.id) != document.text,  # the user's own, or changed by the user,
    }


def _place(digits: str) -> int | None:
    short = digits.isascii() and digits.isdigit() and len(digits) <= MAX_PLACE_DIGITS
    return int(digits) if short else None
