"""The REST calls and the plain pages: questions, documents, the interface's description, the pulse."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.encoders import jsonable_encoder
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException

from assistant.page import wording
from assistant.page.docs import docs_html
from assistant.page.document import document_html, sheet_html
from assistant.page.wording import EXAMPLES, REFUSALS
from assistant.records import Answer, Question
from assistant.server_input import Refusal, read_question

Documents = Callable[[str], Mapping[str, Any] | None]
STYLE = Path(__file__).parent / "page" / "style.css"
MAX_ID_CHARACTERS = 200
MAX_PLACE_DIGITS = 9
REFUSED: dict[int | str, dict[str, Any]] = {
    code: {"description": REFUSALS[why][0]}
    for code, why in (
        (400, "not_json"),
        (403, "cross_origin"),
        (413, "too_large"),
        (415, "not_json_type"),
        (422, "bad_field"),
    )
}
ASK_EXAMPLE: dict[str, Any] = {"question": EXAMPLES[0], "history": [], "as_of": "2026-11-21"}
ASK_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": Question.model_json_schema(), "example": ASK_EXAMPLE}},
    }
}


def ask_router(answer: Callable[[Question], Answer]) -> APIRouter:
    """`POST /api/ask`."""
    router = APIRouter()

    @router.post(
        "/api/ask",
        summary=wording.ASK_SUMMARY,
        responses={200: {"model": Answer, "description": wording.ANSWER_BY_API}, **REFUSED},
        openapi_extra=ASK_BODY,
    )
    async def ask(request: Request) -> Response:
        question = read_question(await request.body())
        reply = await run_in_threadpool(answer, question)
        return Response(reply.model_dump_json(), media_type="application/json")

    return router


def documents_router(documents: Documents) -> APIRouter:
    """`GET /api/documents/{id}` and the page of a document."""
    router = APIRouter()

    def find(document_id: str) -> Mapping[str, Any]:
        sane = document_id.isprintable() and len(document_id) <= MAX_ID_CHARACTERS
        document = documents(document_id) if sane else None
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


def plain_router(app: FastAPI) -> APIRouter:
    """`GET /healthz`, `/docs`, the stylesheet, and words for any other address under /api."""
    router = APIRouter()

    @router.get("/healthz", summary=wording.HEALTH_SUMMARY)
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @router.get("/docs", include_in_schema=False)
    def docs() -> Response:
        return HTMLResponse(docs_html(app.openapi()))

    @router.get("/page/style.css", include_in_schema=False)
    def style() -> Response:
        return Response(STYLE.read_bytes(), media_type="text/css")

    @router.api_route("/api/{rest:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"], include_in_schema=False)
    def unknown(rest: str, request: Request) -> Response:
        raise Refusal("wrong_method" if f"/api/{rest}" in app.openapi()["paths"] else "not_found")

    return router


def speak_our_words(app: FastAPI) -> None:
    """Every error of ours leaves as `{"error": {"code", "message", "hint"}}`, without a trace of the code."""

    def refused(request: Request, error: Exception) -> Response:
        refusal = error if isinstance(error, Refusal) else Refusal("failed")
        if isinstance(error, HTTPException):
            codes = {404: "not_found", 405: "wrong_method"}
            refusal = Refusal(codes.get(error.status_code, "refused"), status=error.status_code)
        return JSONResponse(refusal.body(), refusal.status)

    for kind in (Refusal, HTTPException, Exception):
        app.add_exception_handler(kind, refused)
