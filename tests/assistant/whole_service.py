"""The whole service for the tests of bad requests: real answers from made-up policies, one of them hostile in all
its words, accounts, and secrets planted where nobody may come."""

import json
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
import uvicorn
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.answer import Assistant
from assistant.claim_file import ClaimEntry
from assistant.collecting import read_given
from assistant.dated import DatedAssistants
from assistant.estimating import EstimateReport
from assistant.indexing import IndexJobs
from assistant.page.wording import REFUSALS
from assistant.store import Store, open_store
from assistant.web.app import Backstage, ServerSettings, create_app
from assistant.web.door import DoorSettings
from assistant.web.intake import STATUS_OF
from assistant.web.limiting import LimitSettings
from assistant.web.listening import listen, server_config
from corpus import Library
from corpus.intake import read_text
from corpus.records import PolicyDocument
from tests.assistant.conftest import read_policy
from tests.assistant.policies import DAY, QINGDAO_OLD, XIAOSHAN
from tests.assistant.program_calls import UNLIMITED
from tests.assistant.staff_page import StaffService

BODY_WITHIN_S = 2.0
PASSWORD = "correct-horse-canary"
CANARY = "canary-7f3a"  # in the environment, in talks, in tickets
CONTROL = {"question": "萧山主导制定国家标准奖励多少"}
HOSTILE_TITLE = (
    '=HYPERLINK("http://evil.test","x")<img src=x onerror=alert(1)>![t](http://evil.test/t.png)标准化奖励办法'
)
HOSTILE = """连云港市标准化奖励办法

第一条 主导制定国家标准的，每项奖励47万元<script>alert(2)</script>![图](http://evil.test/p.png?q=1)[点](javascript:alert(3))。
第二条 =cmd|'/C calc'!A0 主导制定团体标准的，每项奖励3万元。
第三条 申请由市市场监管局受理，联系<a href="javascript:alert(4)">这里</a>。
"""
UNTOLD = ("Traceback", 'File "', "site-packages", "sqlite3.", "starlette", "$argon2", "root:x:", CANARY, PASSWORD)


def policies() -> dict[str, PolicyDocument]:
    """Two sound policies, and the hostile one as staff could send it."""
    stated = {"title": HOSTILE_TITLE, "region": "连云港市", "issuer": "<script>alert(5)</script>", "number": "=1+1"}
    none = dict.fromkeys(("published", "in_force_from", "in_force_until"))
    given = replace(read_given({**stated, **none, "draft": False}), id="hostile-2024")
    [hostile] = read_text(HOSTILE, source="h.txt", given=given).documents
    sound = {"xiaoshan-2024": XIAOSHAN, "qingdao-2022": QINGDAO_OLD}
    return {"hostile-2024": hostile} | {name: read_policy(text, name) for name, text in sound.items()}


class WholeService(StaffService):
    """Everything is worked out from the policies."""

    def estimate(self, claim: ClaimEntry) -> EstimateReport:
        return self._assistant.estimate(claim, DAY)


@dataclass(frozen=True)
class Whole:
    """The app, its store and home, and the token of each account: wang and zhao (staff), gao (administrator)."""

    app: FastAPI
    store: Store
    home: Path
    tokens: dict[str, str]
    assistant: Assistant | DatedAssistants

    def client(self, who: str = "", peer: str = "192.0.2.7") -> TestClient:
        """A client with somebody's token, or nobody's."""
        headers = {"Authorization": f"Bearer {self.tokens[who]}"} if who else {}
        return TestClient(
            self.app, base_url="http://127.0.0.1", headers=headers, client=(peer, 5000), raise_server_exceptions=False
        )

    def leaks(self, text: str) -> list[str]:
        """What a reply tells that nobody should be told."""
        secrets = (*UNTOLD, *self.tokens.values(), str(self.home), sys.prefix, str(Path(__file__).parents[2]))
        return [secret for secret in secrets if secret in text]

    def serves(self) -> bool:
        """Whether a question that has nothing to do with what went before is answered right."""
        reply = self.client(peer="198.51.100.9").post("/api/ask", json=CONTROL)
        return reply.status_code == 200 and reply.json()["amounts"][0]["yuan"] == "310000"

    def refusal(self, reply: httpx.Response) -> tuple[int, str]:
        """Status and code of a reply that refuses as all do: our form, a code of the closed list, nothing told."""
        error = reply.json()["error"]
        assert {"code", "message", "hint"} <= set(error) <= {"code", "message", "hint", "type", "param"}
        expected = STATUS_OF.get(error["code"], 422)
        assert reply.status_code in ({expected, 400} if "type" in error else {expected})  # OpenAI's own knows no 422
        assert error["message"].startswith(REFUSALS[error["code"]][0]) and self.leaks(reply.text) == []
        return reply.status_code, error["code"]


@contextmanager
def whole_service(
    home: Path,
    assistant: Assistant | DatedAssistants,
    limits: LimitSettings = UNLIMITED,
    documents: dict[str, PolicyDocument] | None = None,
) -> Iterator[Whole]:
    """The service over `policies()` or the documents given; a talk, a ticket and every password hold the canary.

    Building does nothing.
    """
    settings = ServerSettings(limits=limits, doors=DoorSettings(body_timeout_s=BODY_WITHIN_S))
    store = open_store(home)
    store.accounts._hasher = PasswordHasher(time_cost=1, memory_cost=64)  # what it costs is no matter here
    tokens = {name: store.accounts.add(name, "staff", PASSWORD) for name in ("wang", "zhao")}
    tokens["gao"] = store.accounts.add("gao", "admin", PASSWORD)
    jobs = IndexJobs(Library(home), lambda watch: None)
    app = create_app(WholeService(documents or policies(), assistant), Backstage(store=store, jobs=jobs), settings)
    made = Whole(app, store, home, tokens, assistant)
    turn = {"question": CANARY, "status": "answered", "answer": CANARY}
    assert made.client("wang").put("/api/talks/kept", json={"title": CANARY, "turns": [turn]}).status_code == 204
    ticket = {"question": CANARY, "answer": CANARY, "status": "answered", "verdict": "wrong"}
    assert made.client().post("/api/feedback", json=ticket).status_code == 201
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANTED_SECRET", CANARY)
        yield made
    store.close()


@contextmanager
def listening(app: FastAPI) -> Iterator[str]:
    """The app's address, served as `jiangbu serve` serves it."""
    listener = listen("127.0.0.1", 0)
    server = uvicorn.Server(server_config(app))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(60)
    listener.close()


def send_raw(address: str, request: bytes, within_s: float = 10.0) -> tuple[int, bytes]:
    """Send bytes that no client library would; the status (0: hung up without one) and all that came back."""
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=within_s) as connection:
        connection.sendall(request)
        got = b""
        try:
            while piece := connection.recv(65_536):
                got += piece
        except ConnectionError:  # it hung up while we were still sending
            pass
    return (int(got.split(b" ", 2)[1]) if got.startswith(b"HTTP/") else 0), got


def get_raw(address: str, path: str) -> httpx.Response:
    """GET a path that no client library tidied up."""
    head = f"GET {path} HTTP/1.1\r\nHost: {urlsplit(address).netloc}\r\nConnection: close\r\n\r\n"
    status, got = send_raw(address, head.encode("latin-1"))
    return httpx.Response(status, content=got.partition(b"\r\n\r\n")[2])


def deep(levels: int) -> bytes:
    """A question within so many arrays."""
    return b'{"question": "a", "n": ' + b"[" * levels + b"]" * levels + b"}"


def sized(size: int) -> bytes:
    """JSON of so many bytes."""
    return json.dumps({"question": "a" * (size - len('{"question": ""}'))}).encode()
