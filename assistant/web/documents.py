"""`GET /api/documents/{id}` and the page of a whole document."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from fastapi.encoders import jsonable_encoder
from fastapi.responses import HTMLResponse, JSONResponse, Response

from assistant.page import wording
from assistant.page.document import document_html, sheet_html
from assistant.page.wording import REFUSALS
from assistant.web.intake import Refusal
from assistant.web.service import Service

MAX_ID_CHARACTERS = 200
MAX_PLACE_DIGITS = 9


def documents_router(service: Service) -> APIRouter:
    """`GET /api/documents/{id}` and the page of a document."""
    router = APIRouter()

    def find(document_id: str) -> Mapping[str, Any]:
        sane = document_id.isprintable() and len(document_id) <= MAX_ID_CHARACTERS
        document = service.document(document_id) if sane else None
        if document is None:
            raise Refusal("no_document")
        return document

    @router.get(
        "/api/documents/{document_id}",
        summary=wording.DOCUMENT_SUMMARY,
        responses={404: {"description": REFUSALS["no_document"][0]}},
    )
    def document_record(document_id: str) -> Response:
        return JSONResponse(jsonable_encoder(find(document_id)))

    @router.get("/documents/{document_id}", include_in_schema=False)
    def document_page(document_id: str, start: str = "", end: str = "") -> Response:
        try:
            document = find(document_id)
        except Refusal as refusal:
            message = refusal.body()["error"]["message"]
            return HTMLResponse(sheet_html(message, f"<h1>{message}</h1>"), refusal.status)
        return HTMLResponse(document_html(document, _place(start), _place(end)))

    return router


def _place(digits: str) -> int | None:
    short = digits.isascii() and digits.isdigit() and len(digits) <= MAX_PLACE_DIGITS
    return int(digits) if short else None
