"""A loopback server with one behaviour, for as long as a `with` block lasts; it keeps what it was asked."""

import json
import socket
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from evals.hostile.protocol import Asked, Behaviour, Reply, words

HOST = "127.0.0.1"
PATIENCE_S = 15.0  # with a connection that says nothing
POLL_S = 0.05


@dataclass(frozen=True, kw_only=True)
class Request:
    """One HTTP request: where to, with which headers, and what."""

    path: str
    headers: Mapping[str, str]
    body: bytes


class HostileEndpoint:
    """An OpenAI-compatible endpoint that behaves as it is told; `behaviour` may be changed while it runs.

    Args:
        behaviour: What it does with each request; None refuses connections, from the start to the end.
        restated: What each question means, for behaviours that follow a script.
    """

    def __init__(self, behaviour: Behaviour | None, restated: Mapping[str, str] | None = None) -> None:
        self.behaviour = behaviour
        self.requests: list[Request] = []
        self.asked: list[Asked] = []
        self.elsewhere: list[Request] = []  # what came to the address that `redirects` points to: nothing should
        self.base_url = ""  # as JIANGBU_LLM_BASE_URL wants it
        self._restated = dict(restated or {})
        self._over = threading.Event()
        self._turns = threading.Lock()
        self._open = ExitStack()
        self._trap = ""

    def __enter__(self) -> "HostileEndpoint":
        if self.behaviour is None:
            with socket.create_server((HOST, 0)) as held:  # nobody listens there once it is closed
                self.base_url = _address(held.getsockname()[1])
            return self
        self.base_url = self._open.enter_context(_Serving(self._reply_to, self._over)).base_url
        self._trap = self._open.enter_context(_Serving(self._spring, self._over)).base_url
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        self._open.close()

    def _reply_to(self, request: Request) -> Reply:
        body = _read(request.body)
        asked = Asked(
            messages=tuple(body.get("messages", ())),
            tools=tuple(tool["function"]["name"] for tool in body.get("tools", ())),
            key=request.headers.get("authorization", "").removeprefix("Bearer "),
            script=self._restated,
            elsewhere=self._trap,
        )
        with self._turns:
            self.requests.append(request)
            self.asked.append(asked := asked.at(len(self.asked)))
        assert self.behaviour is not None
        return self.behaviour(asked)

    def _spring(self, request: Request) -> Reply:
        self.elsewhere.append(request)
        return words("奖励1000万元")


class _Serving:
    """A server in a thread of its own."""

    def __init__(self, reply_to: Callable[[Request], Reply], over: threading.Event) -> None:
        self._server = _Server((HOST, 0), reply_to, over)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(POLL_S,), daemon=True)
        self.base_url = _address(self._server.server_port)

    def __enter__(self) -> "_Serving":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], reply_to: Callable[[Request], Reply], over: threading.Event) -> None:
        self.reply_to, self.over = reply_to, over
        super().__init__(address, _Handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = PATIENCE_S
    server: _Server

    def do_POST(self) -> None:
        """Reply as the behaviour says."""
        self.close_connection = True
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        request = Request(path=self.path, headers=_lower(self.headers), body=body)
        try:
            self._send(self.server.reply_to(request))
        except ConnectionError:
            pass  # clients that hang up are what these servers are for

    do_GET = do_POST

    def log_message(self, format: str, *args: Any) -> None:  # noqa: ANN401 - as the library's
        """Nobody reads it."""

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        heads = {"Content-Type": reply.content_type, "Transfer-Encoding": "chunked", "Connection": "close"}
        for name, value in {**heads, **reply.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        for piece in reply.pieces:
            if isinstance(piece, float):
                self.server.over.wait(piece)
            else:
                self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
            if self.server.over.is_set():
                return
        if reply.whole:
            self.wfile.write(b"0\r\n\r\n")


def _read(body: bytes) -> dict[str, Any]:
    """What was sent; nothing where it is no chat completion."""
    try:
        read = json.loads(body)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _address(port: int) -> str:
    return f"http://{HOST}:{port}/v1"


def _lower(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
