"""Connections to an endpoint: none is used twice."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import SecretStr

from assistant.llm import Bounds, Endpoint
from assistant.llm.agent import write_words
from evals.hostile.protocol import words

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"


def read_request(connection: socket.socket) -> bool:
    """Whether a whole request came in."""
    told = b""
    while b"\r\n\r\n" not in told:
        if not (more := connection.recv(65_536)):
            return False
        told += more
    head, _, body = told.partition(b"\r\n\r\n")
    [length] = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    while len(body) < int(length.partition(b":")[2]):
        body += connection.recv(65_536)
    return True


def answer_once(connection: socket.socket) -> None:
    """Answer the first request of a connection, and hang up on a second without a word."""
    with connection:
        if not read_request(connection):
            return
        pieces = (piece for piece in words("您好").pieces if isinstance(piece, bytes))
        connection.sendall(HEAD + b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n")
        read_request(connection)


@contextmanager
def hangs_up_on_a_second_request() -> Iterator[str]:
    """An endpoint that keeps its connections open, as it were, and uses none twice."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:  # closed: the end
                    return
                threading.Thread(target=answer_once, args=(connection,), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/v1"
        server.shutdown(socket.SHUT_RDWR)


def test_a_repair_asks_over_a_connection_of_its_own() -> None:
    """llama.cpp closed the connection that it had answered on, and the repair was lost as “down”."""
    refused: list[str] = []

    def check(made: str) -> list[str]:
        refused.append(made)
        return ["请重写"] if len(refused) == 1 else []

    with hangs_up_on_a_second_request() as address:
        endpoint = Endpoint(model="m", base_url=address, api_key=SecretStr(""))
        made = write_words(endpoint, Bounds(first_token_s=5, total_s=10), "写 1 行：", check)
    assert (made.fault, made.repaired, made.made, made.cost.calls) == (None, True, "您好", 2)
