"""The socket and the server process: listen, serve, stop when told to."""

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from assistant.page.wording import PORT_UNAVAILABLE
from assistant.web.door import LOOPBACK_HOSTS

STOP_WITHIN_S = 10  # on a busy machine, 32 answers in flight take more than five
KEEP_ALIVE_S = 75  # longer than clients keep an idle connection, or they write into one that is being closed
MAX_HEAD_BYTES = 65_536


class CannotListen(RuntimeError):
    """The address cannot be listened on; the message is for the user, in Chinese."""


def hosts_for(host: str) -> tuple[str, ...]:
    """The Host names to accept when listening on `host`: our own on loopback, else any.

    >>> hosts_for("0.0.0.0")
    ('*',)
    """
    return LOOPBACK_HOSTS if host in ("127.0.0.1", "localhost", "::1") else ("*",)


def run_server(app: FastAPI, listener: socket.socket) -> None:
    """Serve until told to stop by SIGINT or SIGTERM; call it from the main thread. Closes the socket."""
    with listener, deaf_outside():
        uvicorn.Server(server_config(app)).run(sockets=[listener])


def server_config(app: FastAPI) -> uvicorn.Config:
    """How uvicorn serves: quietly, believing no header, and with a limit to what it keeps of a request's head."""
    return uvicorn.Config(
        app,
        http="h11",  # httptools, the other one, would keep a head of any size
        h11_max_incomplete_event_size=MAX_HEAD_BYTES,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # else uvicorn believes X-Forwarded-For of anybody on this machine; web/peer.py knows whom
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=STOP_WITHIN_S,
    )


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
