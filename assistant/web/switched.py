"""Doors that whoever runs the service has closed (`jiangbu off`), or that close while the log cannot be written.

The page's door is the page itself with the queue of its questions and what its tabs call from the browser; the
interface's door is everything that programs call. Staff who have signed in come through both, as they have to mend
what the doors were closed for; signing in and the pulse are always open.
"""

from collections.abc import Callable
from html import escape

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.page.wording import TITLE
from assistant.switch import Closed, SwitchedDoor
from assistant.web import store_wording as wording
from assistant.web.access import caller_of
from assistant.web.door import GRADIO
from assistant.web.errors import error_body
from assistant.web.intake import Refusal

CLOSED = "jiangbu.closed"  # in the scope of a request that was refused here: `Finish` leaves the reply as it is
ALWAYS_OPEN = ("/healthz", "/metrics", "/api/login", "/api/logout", "/api/me", "/page/", "/assets/", "/static/")
PROGRAMS = ("/v1/", "/gradio_api/mcp", "/docs", "/openapi.json")
PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><link rel="stylesheet" href="/page/base.css"><link rel="stylesheet" href="/page/desk.css"></head>
<body class="jb-root jb-sheet"><main class="jb-card jb-closed"><h1>{title}</h1>
<p role="status">{message}</p><p>{hint}</p>
<details><summary>{staff}</summary><div id="jb-closed-sign-in"></div></details></main>
<script type="module" src="/page/closed.js"></script></body></html>"""


class Switched:
    """ASGI: refuses the public at a closed door; everybody while the log fails, where that was set."""

    def __init__(
        self,
        app: ASGIApp,
        closed: Callable[[], Closed],
        log_fails: Callable[[], bool] = lambda: False,
        refused: Callable[[str], object] = lambda code: None,
    ) -> None:
        """Stand before an app.

        Args:
            app: What answers.
            closed: What is closed now; asked with each request.
            log_fails: Whether nothing is to be answered, as it would not be logged.
            refused: Told the code of each refusal, for the metrics.
        """
        self.app = app
        self._closed = closed
        self._log_fails = log_fails
        self._refused = refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._refusal(scope) if scope["type"] == "http" else None
        if refusal is None:
            await self.app(scope, receive, send)
            return
        self._refused(refusal.code)
        scope[CLOSED] = True
        await reply_of(refusal, scope["path"])(scope, receive, send)

    def _refusal(self, scope: Scope) -> Refusal | None:
        if scope["path"].startswith(ALWAYS_OPEN):
            return None
        off = self._closed().get(door_of(scope))
        if off is not None and caller_of(HTTPConnection(scope)).role == "public":
            return Refusal("switched_off", off.why)
        return Refusal("log_fails") if self._log_fails() else None


def door_of(scope: Scope) -> SwitchedDoor:
    """Which door a request comes through; what our own page calls in a browser comes through the page's."""
    path: str = scope["path"]
    if path.startswith(PROGRAMS):
        return "api"
    from_page = Headers(scope=scope).get("sec-fetch-site") == "same-origin"  # no other site's script can say so
    return "api" if path.startswith("/api/") and not from_page else "page"


def reply_of(refusal: Refusal, path: str) -> Response:
    """503 with the words for people or programs. Gradio's queue says 429, as its page hides the words of a 503."""
    body = error_body(refusal, path)
    headers = {"Retry-After": "600"}
    if path == "/":
        message, hint = str(body["error"]["message"]), str(body["error"]["hint"])
        words = {"title": TITLE, "message": message, "hint": hint, "staff": wording.STAFF_SIGN_IN}
        return HTMLResponse(PAGE.format(**{name: escape(text) for name, text in words.items()}), 503, headers)
    if path.startswith(GRADIO) and not path.startswith(PROGRAMS):
        return JSONResponse({**body, "detail": body["error"]["message"]}, 429, headers)
    return JSONResponse(body, refusal.status, headers)
