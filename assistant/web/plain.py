"""The interface's description for people; our words for every error."""

from collections.abc import Callable

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException

from assistant.page.docs import docs_html
from assistant.web.errors import BadParameter, error_body
from assistant.web.intake import Refusal


def plain_router(app: FastAPI) -> APIRouter:
    """`GET /docs`, and words for any other address under /api."""
    router = APIRouter(tags=["service"])

    @router.get("/docs", include_in_schema=False)
    def docs() -> Response:
        return HTMLResponse(docs_html(app.openapi()))

    @router.api_route("/api/{rest:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"], include_in_schema=False)
    def unknown(rest: str, request: Request) -> Response:
        raise Refusal("wrong_method" if f"/api/{rest}" in app.openapi()["paths"] else "not_found")

    return router


def speak_our_words(app: FastAPI, told: Callable[[str], object] = lambda code: None) -> None:
    """Every error of ours leaves as `{"error": {"code", "message", "hint"}}`, with no trace of the program.

    Args:
        app: Whose errors.
        told: Told the code of each, for the metrics.
    """

    def refused(request: Request, error: Exception) -> Response:
        refusal = error if isinstance(error, Refusal) else Refusal("failed")
        if isinstance(error, HTTPException):
            codes = {403: "closed", 404: "not_found", 405: "wrong_method"}
            refusal = Refusal(codes.get(error.status_code, "refused"), status=error.status_code)
        if isinstance(error, RequestValidationError):
            names = sorted({str(problem["loc"][-1]) for problem in error.errors()})
            refusal = BadParameter("bad_field", names[0], "、".join(names)[:200])
        told(refusal.code)
        return JSONResponse(error_body(refusal, request.url.path), refusal.status)

    for kind in (Refusal, HTTPException, RequestValidationError, Exception):
        app.add_exception_handler(kind, refused)
