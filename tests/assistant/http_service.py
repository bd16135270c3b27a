"""The service's own calls over a store in an empty folder, without the page."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from argon2 import PasswordHasher
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient

from assistant.store import Store, open_store
from assistant.web.access import Recognise, access_router
from assistant.web.audit import audit_router
from assistant.web.door import Door, DoorSettings, Finish
from assistant.web.feedback import feedback_router
from assistant.web.plain import speak_our_words
from assistant.web.reviewed import reviewed_router
from assistant.web.talks import talks_router

PASSWORD = "correct-horse"
PROXY = ip_address("192.0.2.80")
POLICY = "第七条 牵头完成国家标准的单位，\n每项最高可得三十万元。"


@dataclass
class Served:
    """The app, its store, and the token of each account."""

    app: FastAPI
    store: Store
    tokens: dict[str, str]

    def client(self, who: str = "", *, peer: str = "192.0.2.7", https: bool = False) -> TestClient:
        """A client with somebody's token, or nobody's."""
        headers = {"Authorization": f"Bearer {self.tokens[who]}"} if who else {}
        address = "https://127.0.0.1" if https else "http://127.0.0.1"
        return TestClient(
            self.app, base_url=address, headers=headers, client=(peer, 50_000), raise_server_exceptions=False
        )


@contextmanager
def served(home: Path, *routers: APIRouter) -> Iterator[Served]:
    """An app with accounts wang and zhao (staff), shen (reviewer) and gao (administrator), all with one password."""
    store = open_store(home)
    store.accounts._hasher = PasswordHasher(time_cost=1, memory_cost=64)  # what it costs is no matter here
    tokens = {name: store.accounts.add(name, "staff", PASSWORD) for name in ("wang", "zhao")}
    tokens["shen"] = store.accounts.add("shen", "reviewer", PASSWORD)
    tokens["gao"] = store.accounts.add("gao", "admin", PASSWORD)
    app = FastAPI()
    own = (
        access_router(store, PROXY),
        feedback_router(store, {"yunling-2025": POLICY}.get),
        reviewed_router(store),
        talks_router(store),
        audit_router(store),
    )
    for router in (*routers, *own):
        app.include_router(router)
    speak_our_words(app)
    app.add_middleware(Recognise, store=store, trusted_proxy=PROXY)
    app.add_middleware(Door, settings=DoorSettings())
    app.add_middleware(Finish)
    yield Served(app, store, tokens)
    store.close()


def code_of(reply) -> tuple[int, str]:
    """Status and code of an error reply, having looked at its shape."""
    error = reply.json()["error"]
    assert set(error) == {"code", "message", "hint"}
    return reply.status_code, error["code"]
