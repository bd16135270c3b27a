"""One served app for all hostile inputs, over made-up policies; and a watch that nothing asks another host."""

import socket
import threading
from collections.abc import Iterator

import pytest

from tests.hostile.doors import Stand
from tests.hostile.standing import standing


@pytest.fixture(scope="session")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    """The served app, the assistant within it, and the documents that it answers from."""
    with standing(tmp_path_factory.mktemp("hostile")) as made:
        yield made


@pytest.fixture(autouse=True)
def no_egress(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """I5: whatever a test does, no name is looked up and no address but this machine's is called."""
    asked: list[str] = []
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def watched_connect(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else str(address)
        if host not in ("127.0.0.1", "::1") and self.family in (socket.AF_INET, socket.AF_INET6):
            asked.append(f"{host} by {threading.current_thread().name}")
        connect(self, address)

    def watched_look_up(host: str | bytes | None, *rest: object, **more: object) -> object:
        if host not in ("127.0.0.1", "::1", None, "localhost"):
            asked.append(f"{host!r} by {threading.current_thread().name}")
        return look_up(host, *rest, **more)

    monkeypatch.setattr(socket.socket, "connect", watched_connect)
    monkeypatch.setattr(socket, "getaddrinfo", watched_look_up)
    yield
    assert asked == []
