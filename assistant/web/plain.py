"""The pulse, the interface's description, the page's own files; our words for every error."""

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException

from assistant.page import wording
from assistant.page.docs import docs_html
from assistant.web import words
from assistant.web.errors import BadParameter, error_body
from assistant.web.intake import Refusal
from assistant.web.openapi import refusals, reply


def plain_router(app: FastAPI) -> APIRouter:
    """`GET /healthz`, `/docs`, and words for any other address under /api."""
    router = APIRouter(tags=["service"])

    @router.get(
        "/healthz",
        summary=wording.HEALTH_SUMMARY,
        description=words.HEALTH_ABOUT,
        responses={**reply(None, words.HEALTH_REPLY, {"status": "ok"}), **refusals("bad_host")},
    )
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @router.get("/docs", include_in_schema=False)
    def docs() -> Response:
        return HTMLResponse(docs_html(app.openapi()))

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
        if isinstance(error, RequestValidationError):
            names = sorted({str(problem["loc"][-1]) for problem in error.errors()})
            refusal = BadParameter("bad_field", names[0], "、".join(names)[:200])
        return JSONResponse(error_body(refusal, request.url.path), refusal.status)

    for kind in (Refusal, HTTPException, RequestValidationError, Exception):
        app.add_exception_handler(kind, refused)
