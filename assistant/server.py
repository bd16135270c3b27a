"""`jiangbu serve`: the page, the REST calls and whatever routers are passed in, in one process.

>>> create_app(answer_question, documents)  # doctest: +SKIP
"""

import os
import signal
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from fastapi import APIRouter, FastAPI

from assistant.page.wording import API_TITLE, EXAMPLES, PORT_UNAVAILABLE
from assistant.records import Answer, Question
from assistant.server_api import ask_router, documents_router, plain_router, speak_our_words
from assistant.server_doors import LOOPBACK_HOSTS, Door, DoorSettings, Finish

STOP_WITHIN_S = 5


@dataclass(frozen=True, kw_only=True)
class ServerSettings:
    """What the page offers, and the doors' limits."""

    regions: tuple[str, ...] = ()
    examples: tuple[str, ...] = EXAMPLES
    doors: DoorSettings = field(default_factory=DoorSettings)


class CannotListen(RuntimeError):
    """The address cannot be listened on; the message is for the user, in Chinese."""


def create_app(
    answer: Callable[[Question], Answer],
    documents: Callable[[str], Mapping[str, Any] | None],
    settings: ServerSettings | None = None,
    *,
    routers: Sequence[APIRouter] = (),
) -> FastAPI:
    """The whole service.

    Args:
        answer: Answers one question; called from several threads at once.
        documents: A document by its id: metadata, `text`, `clauses`; dates as dates or ISO text.
        settings: Regions to choose from, example questions, limits.
        routers: Further calls, such as /api/estimate, to stand before the page's catch-all.

    Returns:
        The app, ready for `run_server`.
    """
    settings = settings or ServerSettings()
    app = FastAPI(title=API_TITLE, docs_url=None, redoc_url=None)
    for router in (ask_router(answer), documents_router(documents), *routers, plain_router(app)):
        app.include_router(router)
    speak_our_words(app)
    app.add_middleware(Door, settings=settings.doors)
    app.add_middleware(Finish)
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported
    from assistant.page.blocks import build_page, mount_page

    page = build_page(answer=answer, documents=documents, regions=settings.regions, examples=settings.examples)
    mount_page(app, page)
    return app


def hosts_for(host: str) -> tuple[str, ...]:
    """The Host names to accept when listening on `host`: our own on loopback, else any.

    >>> hosts_for("0.0.0.0")
    ('*',)
    """
    return LOOPBACK_HOSTS if host in ("127.0.0.1", "localhost", "::1") else ("*",)


def run_server(app: FastAPI, listener: socket.socket) -> None:
    """Serve until told to stop by SIGINT or SIGTERM; call it from the main thread. Closes the socket."""
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=STOP_WITHIN_S,
    )
    with listener, deaf_outside():
        uvicorn.Server(config).run(sockets=[listener])


@contextmanager
def deaf_outside() -> Iterator[None]:
    """Let a signal end uvicorn and not the process: it raises the signal once more when it has stopped."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one.

    Raises:
        CannotListen: The port is taken or not ours to take.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        raise CannotListen(PORT_UNAVAILABLE.format(host=host, port=port, reason=error)) from error
