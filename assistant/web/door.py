"""The doors of the HTTP service, as plain ASGI: who comes in, with how much, and what a reply carries."""

import asyncio
import logging
import re
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.access import caller_of
from assistant.web.errors import error_body
from assistant.web.intake import Refusal, strict_json

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "[::1]")
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
GRADIO = "/gradio_api/"
# Gradio's entrances that this page has no use for: files, proxies, recordings, saved runs, code editing,
# and the direct calls for which POST /api/ask is the proper way.
CLOSED = (
    *(f"{GRADIO}{name}" for name in ("upload", "file", "proxy=", "stream", "process_recording", "vibe-")),
    *(f"{GRADIO}{name}" for name in ("undo-vibe-", "custom_component", "component_server", "run", "api/")),
    *(f"{GRADIO}{name}" for name in ("call", "deep_link", "dev/", "profiling")),
    "/monitoring",
    "/svelte/",
    "/login",
    "/logout",
    "/pwa_icon",
)
PAGE_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; media-src 'none'; frame-src 'self'; "
    "worker-src 'none'; object-src 'none'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'"
)  # Gradio builds functions from templates in the browser, hence the two unsafe words
SHEET_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# The report of an evaluation: a page with its styles inside, shown in a frame of our page; it runs nothing.
REPORT = re.compile(r"/api/evaluations/[^/]+/report\.html")
REPORT_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
SHEETS = ("/documents/", "/docs", "/api/", "/healthz", "/metrics", "/openapi.json", "/v1/")  # not Gradio's
TALKS = ("/v1/chat/completions", "/api/export")
FILES = "/api/documents"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class DoorSettings:
    """Which hosts and origins are ours (`("*",)` for any host) and how much may be sent, in what time."""

    allowed_hosts: tuple[str, ...] = LOOPBACK_HOSTS
    public_origins: tuple[str, ...] = ()  # "https://jiangbu.example": behind a proxy that changes Host
    max_body_bytes: int = 65_536
    max_talk_bytes: int = 262_144  # clients of OpenAI's format send all that was said
    max_files_bytes: int = 8 * 1024 * 1024
    body_timeout_s: float = 10.0


class Door:
    """Lets a request in whole or refuses it: host, closed paths, origin, size, time, strict JSON."""

    def __init__(
        self, app: ASGIApp, settings: DoorSettings, refused: Callable[[str], object] = lambda code: None
    ) -> None:
        """Stand before an app.

        Args:
            app: What answers.
            settings: What is let in.
            refused: Told the code of each refusal, for the metrics.
        """
        self.app = app
        self.settings = settings
        self._refused = refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            body = await self._admit(scope, receive)
        except Refusal as refusal:
            self._refused(refusal.code)
            await JSONResponse(error_body(refusal, scope["path"]), refusal.status)(scope, receive, send)
            return
        except ConnectionAbortedError:
            return
        await self.app(scope, receive if body is None else _replay(body, receive), send)

    async def _admit(self, scope: Scope, receive: Receive) -> bytes | None:
        headers = Headers(scope=scope)
        check_host(headers, self.settings)
        if scope["path"].startswith(CLOSED):
            raise Refusal("closed")
        if scope["method"] in SAFE_METHODS:
            return None
        check_origin(headers, self.settings)
        try:
            async with asyncio.timeout(self.settings.body_timeout_s):
                body = await _read(receive, self._body_limit(scope))
        except TimeoutError as error:
            raise Refusal("too_slow") from error
        if body:
            if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
                raise Refusal("not_json_type")
            strict_json(body)
        return body

    def _body_limit(self, scope: Scope) -> int:
        """How much may be sent: more where whole talks are, and whole files where staff send them."""
        path: str = scope["path"]
        if path == FILES and caller_of(HTTPConnection(scope)).role != "public":
            return self.settings.max_files_bytes
        return self.settings.max_talk_bytes if path in TALKS else self.settings.max_body_bytes


def check_host(headers: Headers, settings: DoorSettings) -> None:
    """Refuse a Host that is not ours, which is how a foreign name is pointed at a local service."""
    host = headers.get("host", "")
    name = host[: host.find("]") + 1] if host.startswith("[") else host.partition(":")[0]
    if "*" not in settings.allowed_hosts and name.lower() not in settings.allowed_hosts:
        raise Refusal("bad_host")


def check_origin(headers: Headers, settings: DoorSettings) -> None:
    """Refuse what another site's page sends; programs send no Origin."""
    origin = headers.get("origin")
    if origin is None:
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            raise Refusal("cross_origin")
        return
    own = urlsplit(origin).netloc.lower() == headers.get("host", "").lower() and origin != "null"
    if not own and origin not in settings.public_origins:
        raise Refusal("cross_origin")


async def _read(receive: Receive, limit: int) -> bytes:
    """The whole body, counted as it comes in; Content-Length is not believed."""
    pieces, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionAbortedError
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
        if size > limit:
            raise Refusal("too_large")
        if not message.get("more_body", False):
            return b"".join(pieces)


def _replay(body: bytes, receive: Receive) -> Receive:
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_again() -> MutableMapping[str, Any]:
        return waiting.pop() if waiting else await receive()

    return receive_again


class Finish:
    """Gives every reply its headers, and Gradio's own failures our words."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]
        send = _with_headers(send, path)
        replaced = started = False

        async def finish(message: Message) -> None:
            nonlocal replaced, started
            if message["type"] == "http.response.start":
                started = True
                if message["status"] in (500, 503) and not path.startswith(SHEETS) and "jiangbu.closed" not in scope:
                    replaced = True
                    await _gradio_refusal(message["status"])(scope, receive, send)
            if not replaced:
                await send(message)

        try:
            await self.app(scope, receive, finish)
        except Exception as error:
            if not replaced and not (started and path.startswith(GRADIO)):  # a stream of an unknown session breaks off
                raise
            logger.warning("gradio could not read a request to %r: %r", path, error)
            if not replaced:
                await send({"type": "http.response.body", "body": b"", "more_body": False})


def _with_headers(send: Send, path: str) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            set_headers(MutableHeaders(scope=message), path)
        await send(message)

    return send_with_headers


def _gradio_refusal(status: int) -> JSONResponse:
    """503 is a full queue; 500 is a request that no page of ours sends. The page shows `detail`."""
    refusal = Refusal("busy" if status == 503 else "unreadable")
    return JSONResponse({**refusal.body(), "detail": refusal.body()["error"]["message"]}, refusal.status)


def set_headers(headers: MutableHeaders, path: str) -> None:
    """The headers of every reply; replies made for one asker are not to be kept."""
    is_report = REPORT.fullmatch(path) is not None
    policy = REPORT_POLICY if is_report else SHEET_POLICY if path.startswith(SHEETS) else PAGE_POLICY
    headers["Content-Security-Policy"] = policy
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "SAMEORIGIN" if is_report else "DENY"
    headers["Referrer-Policy"] = "no-referrer"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    if path == "/" or path.startswith(("/api/", "/v1/", "/documents/", GRADIO)):
        headers["Cache-Control"] = "no-store"
    elif path.startswith("/assets/"):  # their names hold a hash of what they are
        headers["Cache-Control"] = "public, max-age=31536000, immutable"
