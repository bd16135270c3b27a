"""The pulse, the interface's description, the page's own files; our words for every error."""

from pathlib import Path

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException

from assistant.page import wording
from assistant.page.docs import docs_html
from assistant.web.intake import Refusal

STYLE = Path(__file__).parent.parent / "page" / "style.css"


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
