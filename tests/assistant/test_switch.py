"""The switch: closed doors refuse the public with words, at once and over a restart; the staff come in."""

import json
import re
import time

import pytest
from click.testing import CliRunner
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.cli import main
from assistant.indexing import IndexJobs
from assistant.page.wording import REFUSALS
from assistant.store import StoreError, open_store
from assistant.switch import SWITCH_NAME, Switch
from assistant.web.app import Backstage, ServerSettings, create_app
from corpus import Library
from tests.assistant.http_service import PASSWORD
from tests.assistant.program_calls import UNLIMITED
from tests.assistant.test_page_fakes import FakeService

WHY = "正在核对奖补标准<b>"
ASK = {"question": "国标奖励？"}
MCP = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
FROM_PAGE = {"sec-fetch-site": "same-origin"}
PAGE, API = {"page"}, {"api"}
CALLS = [
    ("page", "GET", "/", {}),
    ("page", "GET", "/documents/yunling-2025", {}),
    ("page", "POST", "/gradio_api/queue/join", {}),
    ("page", "GET", "/api/documents", FROM_PAGE),
    ("api", "POST", "/api/ask", {}),
    ("api", "GET", "/api/documents", {}),
    ("api", "GET", "/api/facts", {"sec-fetch-site": "cross-site"}),
    ("api", "POST", "/v1/chat/completions", {}),
    ("api", "GET", "/v1/models", FROM_PAGE),
    ("api", "POST", "/gradio_api/mcp", {}),
    ("api", "POST", "/api/feedback", {}),
    ("api", "GET", "/docs", {}),
]
OPEN = ["/healthz", "/metrics", "/api/me", "/page/closed.js", "/page/base.css", "/page/desk.css"]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("switched")


@pytest.fixture(scope="module")
def store(home):
    made = open_store(home)
    made.accounts.add("wang", "staff", PASSWORD)
    yield made
    made.close()


@pytest.fixture(scope="module")
def app(home, store):
    return app_of(home, store)


def app_of(home, store, **settings):
    backstage = Backstage(store=store, jobs=IndexJobs(Library(home), lambda watch: None), switch=Switch(home))
    return create_app(FakeService(), backstage, ServerSettings(limits=UNLIMITED, **settings))


@pytest.fixture
def run(home, monkeypatch):
    """The commands, in the home of the running service."""
    monkeypatch.setenv("JIANGBU_HOME", str(home))
    yield lambda *arguments: CliRunner().invoke(main, arguments)
    (home / SWITCH_NAME).unlink(missing_ok=True)


def client_of(app: FastAPI) -> TestClient:
    return TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 5000), raise_server_exceptions=False)


def send(client, method, path, headers):
    body = MCP if path.endswith("mcp") else ASK
    return client.request(method, path, headers=headers, **({"json": body} if method == "POST" else {}))


@pytest.mark.parametrize("closed", [PAGE, API, PAGE | API])
def test_a_closed_door_refuses_and_the_other_answers(app, run, closed):
    assert run("off", *(closed if len(closed) == 1 else ()), "--why", WHY).exit_code == 0
    client = client_of(app)
    for door, method, path, headers in CALLS:
        reply = send(client, method, path, headers)
        refused = reply.status_code == (429 if "queue" in path else 503) and "服务暂停" in reply.text
        assert refused == (door in closed), (path, reply.status_code)
        if refused:
            assert reply.headers["retry-after"] == "600"
            assert reply.headers["content-security-policy"]
    for path in OPEN:
        assert client.get(path).status_code == 200
    assert client.get("/healthz").json() == {"status": "ok", "off": ",".join(sorted(closed, reverse=True))}


def test_all_doors_answer_where_nothing_is_closed(app, run):
    client = client_of(app)
    assert [path for _, method, path, headers in CALLS if send(client, method, path, headers).status_code == 503] == []
    assert client.get("/healthz").json() == {"status": "ok"}


def test_the_words_reach_people_and_programs_and_the_note_nobody(app, run):
    run("off", "--why", WHY, "--note", "内部NOTE")
    client = client_of(app)
    page, call = client.get("/"), client.post("/api/ask", json=ASK)
    assert page.headers["content-type"].startswith("text/html")
    assert "服务暂停。正在核对奖补标准&lt;b&gt;" in page.text
    assert call.json()["error"] == {
        "code": "switched_off",
        "message": "服务暂停。" + WHY,
        "hint": REFUSALS["switched_off"][1],
    }
    models = client.get("/v1/models").json()["error"]
    assert (models["type"], models["code"]) == ("server_error", "switched_off")
    assert "NOTE" not in page.text + call.text + client.get("/healthz").text


def test_a_running_service_follows_within_two_seconds_and_a_new_one_from_the_start(app, run, home, store):
    client = client_of(app)
    assert client.post("/api/ask", json=ASK).status_code == 200
    for command, expected in ((("off", "api", "--why", "停"), 503), (("on",), 200), (("off", "--why", "停"), 503)):
        run(*command)
        began = time.monotonic()
        while client.post("/api/ask", json=ASK).status_code != expected:
            assert time.monotonic() - began < 2
            time.sleep(0.05)
    assert Switch(home).closed().keys() == PAGE | API


def test_the_staff_sign_in_and_work_while_both_doors_are_closed(app, run):
    run("off", "--why", "停")
    client = client_of(app)
    assert client.post("/api/login", json={"name": "wang", "password": PASSWORD}).status_code == 200
    assert client.get("/").status_code == 200
    assert client.post("/api/ask", json=ASK).status_code == 200
    assert client.get("/api/feedback").status_code == 200
    client.post("/api/logout")
    assert client.post("/api/ask", json=ASK).status_code == 503


def test_who_turned_it_off_and_why_is_logged(run, store, monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: "zhang")
    run("off", "page", "--why", "核对", "--note", "来电13800138000")
    run("off", "api", "--why", "也停")
    run("on", "page")
    run("on")
    rows = [(row.door, row.status, row.caller, row.question) for row in reversed(store.audit.recent(4))]
    assert rows == [
        ("cli", "off", "zhang", "网页：核对；来电〔手机号〕"),
        ("cli", "off", "zhang", "接口：也停"),
        ("cli", "on", "zhang", "网页"),
        ("cli", "on", "zhang", "接口"),
    ]
    assert store.audit.verify().fault == ""


def test_a_log_that_cannot_be_written_does_not_keep_the_doors_open(run, home, monkeypatch):
    def refuse(*_, **__):
        raise StoreError("the disk is full")

    monkeypatch.setattr("assistant.store.open_store", refuse)
    result = run("off", "--why", "停")
    assert (result.exit_code, Switch(home).closed().keys()) == (0, PAGE | API)
    assert "没有能写进审计日志" in result.stderr


@pytest.mark.parametrize(
    "content",
    [b"", b"no json", b"[]", b"{}", b'{"gate": {}}', b'{"page": 1}', b'{"page": {"why": "a", "x": 1}}', b"\xff"],
)
def test_a_switch_that_cannot_be_read_closes_both_doors(app, run, home, content):
    (home / SWITCH_NAME).write_bytes(content)
    client = client_of(app)
    assert (client.get("/").status_code, client.post("/api/ask", json=ASK).status_code) == (503, 503)


@pytest.mark.parametrize(
    "arguments", [(), ("--why", ""), ("--why", "  "), ("--why", "长" * 201), ("gate", "--why", "停")]
)
def test_a_reason_that_can_be_read_is_needed(run, home, arguments):
    result = run("off", *arguments)
    assert (result.exit_code, (home / SWITCH_NAME).exists()) == (2, False)


def test_what_is_not_closed_need_not_be_opened(run):
    assert "没有停用" in run("on").stderr


def test_the_log_can_be_made_a_condition_of_answering(tmp_path, monkeypatch):
    monkeypatch.setattr("assistant.store.audit.TRY_EVERY_S", 0.0)
    made = open_store(tmp_path)
    lenient, strict = (client_of(app_of(tmp_path, made, audit_strict=how)) for how in (False, True))
    writing = made.database.writing

    def refuse():
        raise StoreError("the disk is full")

    assert strict.post("/api/ask", json=ASK).status_code == 200
    assert made.audit.flush(5)
    monkeypatch.setattr(made.database, "writing", refuse)
    assert strict.post("/api/ask", json=ASK).status_code == 200  # nobody knows yet
    assert made.audit.flush(5)
    refused = strict.post("/api/ask", json=ASK)
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "log_fails")
    assert lenient.post("/api/ask", json=ASK).status_code == 200
    assert made.audit.flush(5)
    told = strict.get("/healthz").json()
    assert told["status"] == "degraded" and int(told["audit_lost"]) >= 2
    monkeypatch.setattr(made.database, "writing", writing)
    began = time.monotonic()
    while strict.post("/api/ask", json=ASK).status_code != 200:
        assert time.monotonic() - began < 5
        time.sleep(0.05)
    assert made.audit.flush(5)
    assert re.fullmatch(r"lost=\d+", next(row for row in made.audit.recent(50) if row.status == "resumed").question)
    made.close()


def test_the_file_says_what_is_closed_and_since_when(run, home):
    run("off", "page", "--why", "停")
    [(door, off)] = json.loads((home / SWITCH_NAME).read_text("utf-8")).items()
    assert (door, off["why"], off["at"][-6:]) == ("page", "停", "+00:00")
    assert (home / SWITCH_NAME).stat().st_mode & 0o777 == 0o600
