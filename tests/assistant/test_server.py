"""The HTTP doors: what each call gives, and that nothing sent from outside gets further than it should."""

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assistant.page.wording import REFUSALS
from assistant.web.door import DoorSettings, check_host, check_origin
from assistant.web.intake import Refusal
from assistant.web.listening import CannotListen, listen
from tests.assistant.program_calls import app_of
from tests.assistant.test_page_fakes import EVIL, QUOTE, FakeService, fake_documents

JSON = {"content-type": "application/json"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = app_of(FakeService())
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as made:
        yield made


def error_of(reply) -> str:
    """The code of an error reply, having looked at its shape."""
    error = reply.json()["error"]
    assert set(error) == {"code", "message", "hint"}
    assert error["message"].startswith(REFUSALS[error["code"]][0])
    return error["code"]


def test_a_question_gets_its_answer_as_promised(client):
    reply = client.post("/api/ask", json={"id": "q1", "question": "牵头国家标准？", "as_of": "2026-01-02"})
    assert reply.status_code == 200
    answer = reply.json()
    assert (answer["id"], answer["status"], answer["as_of"]) == ("q1", "answered", "2026-01-02")
    assert answer["amounts"] == [{"yuan": "300000", "kind": "cap", "label": "牵头单位，每项"}]
    assert answer["citations"][0]["quote"] == QUOTE


@pytest.mark.parametrize(
    ("asked", "status"),
    [("奖励", "answered"), ("在哪里", "needs_clarification"), ("没有的", "not_found")],
)
def test_every_status_is_a_reply_of_200(client, asked, status):
    reply = client.post("/api/ask", json={"question": asked})
    assert (reply.status_code, reply.json()["status"]) == (200, status)


def test_history_and_region_reach_the_answer_bounded(client):
    history = [f"第{turn}问" for turn in range(25)] + ["长" * 600]
    answer = client.post("/api/ask", json={"question": "历史", "history": history, "region": " 云岭市 "}).json()
    told, region = answer["answer"].removeprefix("历史：").split("｜地区：")
    assert told.split("；") == [*(f"第{turn}问" for turn in range(6, 25)), "长" * 500]
    assert region == "云岭市"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 422, "bad_field"),
        (b"null", 422, "bad_field"),
        (b"[]", 422, "bad_field"),
        (b'"x"', 422, "bad_field"),
        (b"{}", 422, "bad_field"),
        (b"{", 400, "not_json"),
        (b"\xef\xbb\xbf{}", 400, "not_json"),
        ('{"question": "奖"}'.encode("gbk"), 400, "not_json"),
        (b'{"question": "a", "question": "b"}', 400, "not_json"),
        (b'{"question": "a", "n": ' + b"9" * 5000 + b"}", 400, "not_json"),
        (b'{"question": "a", "n": NaN}', 422, "not_finite"),
        (b'{"question": "a", "n": -Infinity}', 422, "not_finite"),
        (b'{"question": "a", "n": 1e400}', 422, "not_finite"),
        (b"[" * 60_000, 400, "not_json"),
        (b'{"question": "a", "n": ' + b"[" * 50 + b"]" * 50 + b"}", 422, "too_deep"),
        (rb'{"question": "\ud800"}', 422, "bad_character"),
        (rb'{"question": "a", "\udfff": 1}', 422, "bad_character"),
        (rb'{"question": "a", "history": ["\ud800"]}', 422, "bad_character"),
        (b'{"question": 5}', 422, "bad_field"),
        (b'{"question": true}', 422, "bad_field"),
        (b'{"question": "a", "history": "b"}', 422, "bad_field"),
        (b'{"question": "a", "history": [{"role": "assistant", "content": "b"}]}', 422, "bad_field"),
        (b'{"question": "a", "as_of": "2023-02-30"}', 422, "bad_field"),
        (b'{"question": "a", "as_of": 1}', 422, "bad_field"),
        (b'{"question": "a", "region": ["b"]}', 422, "bad_field"),
        (json.dumps({"question": "a", "region": "b" * 61}).encode(), 422, "bad_field"),
        (json.dumps({"question": "a" * 501}).encode(), 422, "question_too_long"),
        (json.dumps({"question": "a", "history": ["b"] * 201}).encode(), 422, "history_too_long"),
        (json.dumps({"question": "问" * 30_000}).encode(), 413, "too_large"),
    ],
)
def test_hostile_bodies_are_refused_in_our_words(client, body, status, code):
    reply = client.post("/api/ask", content=body, headers=JSON)
    assert (reply.status_code, error_of(reply)) == (status, code)


def test_control_and_hidden_characters_are_dropped_and_the_rest_is_answered(client):
    body = rb'{"question": "\u0000\u4e91\u001b\u200b\u202e\u5cad\u0007"}'
    reply = client.post("/api/ask", content=body, headers=JSON)
    assert (reply.status_code, reply.json()["question"]) == (200, "云岭")


def test_only_json_is_taken(client):
    reply = client.post("/api/ask", content=b'{"question": "a"}', headers={"content-type": "text/plain"})
    assert (reply.status_code, error_of(reply)) == (415, "not_json_type")


def test_the_size_is_counted_and_content_length_not_believed(client):
    def pieces() -> Iterator[bytes]:
        for _ in range(70):
            yield b" " * 1024

    reply = client.post("/api/ask", content=pieces(), headers=JSON)
    assert (reply.status_code, error_of(reply)) == (413, "too_large")


def test_a_failure_of_ours_tells_nothing_of_the_code(client):
    reply = client.post("/api/ask", json={"question": "坏"})
    assert (reply.status_code, error_of(reply)) == (500, "failed")
    assert "secret" not in reply.text


def test_documents_come_with_text_and_clauses(client):
    document = client.get("/api/documents/yunling-2025").json()
    assert QUOTE in document["text"]
    assert document["in_force_until"] == "2028-01-31"
    assert document["clauses"][0]["id"] == "yunling-2025#7"


@pytest.mark.parametrize("path", ["none", "x" * 300, "%00", "%ff"])
def test_unknown_documents_are_404(client, path):
    assert error_of(client.get(f"/api/documents/{path}")) == "no_document"
    assert client.get(f"/documents/{path}").status_code == 404


def test_the_document_page_marks_the_quote_in_its_place(client):
    start = fake_documents("yunling-2025")["text"].index(QUOTE)
    page = client.get(f"/documents/yunling-2025?start={start}&end={start + len(QUOTE)}").text
    assert f'<mark id="quote" tabindex="-1">{QUOTE}</mark>' in page
    assert "云南省云岭市" in page and "<script" not in page


@pytest.mark.parametrize("place", ["start=-1&end=5", "start=9&end=3", "start=a&end=²", "start=0&end=99999999999"])
def test_a_place_outside_the_document_marks_nothing(client, place):
    reply = client.get(f"/documents/yunling-2025?{place}")
    assert (reply.status_code, "<mark" in reply.text) == (200, False)


def test_markup_in_a_document_is_shown_as_text(client):
    page = client.get("/documents/evil?start=0&end=20").text
    assert EVIL not in page and "&lt;img src=" in page
    assert not any(f"<{tag}" in page for tag in ("img", "form", "input", "script"))


def test_pulse_description_and_further_routers(client):
    assert client.get("/healthz").json() == {"status": "ok"}
    docs = client.get("/docs")
    assert "POST /api/ask" in docs.text and "<script" not in docs.text
    assert set(client.get("/openapi.json").json()["paths"]) >= {"/api/ask", "/api/documents/{document_id}"}


def test_other_addresses_and_methods(client):
    assert error_of(client.get("/api/nothing")) == "not_found"
    wrong = client.get("/api/ask")
    assert (wrong.status_code, error_of(wrong)) == (405, "wrong_method")


@pytest.mark.parametrize("path", ["/", "/docs", "/api/ask", "/documents/yunling-2025", "/nothing", "/config"])
def test_every_reply_carries_the_headers(client, path):
    headers = client.get(path).headers
    assert "default-src 'self'" in headers["content-security-policy"] or path != "/"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_refusals_carry_the_headers_too(client):
    reply = client.post("/api/ask", content=b"{", headers=JSON)
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.test"},
        {"origin": "null"},
        {"origin": "http://localhost:9999"},
        {"origin": "http://127.0.0.1:81"},
        {"sec-fetch-site": "cross-site"},
    ],
)
@pytest.mark.parametrize("path", ["/api/ask", "/gradio_api/queue/join"])
def test_other_sites_may_not_post(client, path, headers):
    reply = client.post(path, json={"question": "a"}, headers=headers)
    assert (reply.status_code, error_of(reply)) == (403, "cross_origin")


def test_our_own_page_may_post(client):
    reply = client.post("/api/ask", json={"question": "奖"}, headers={"origin": "http://127.0.0.1"})
    assert reply.status_code == 200


def test_a_foreign_host_name_is_refused(client):
    reply = client.get("/healthz", headers={"host": "evil.test"})
    assert (reply.status_code, error_of(reply)) == (400, "bad_host")


def test_hosts_and_origins_can_be_set():
    from starlette.datastructures import Headers

    check_host(Headers({"host": "[::1]:7860"}), DoorSettings())
    check_host(Headers({"host": "any.example"}), DoorSettings(allowed_hosts=("*",)))
    public = DoorSettings(public_origins=("https://jiangbu.example",))
    check_origin(Headers({"host": "127.0.0.1:7860", "origin": "https://jiangbu.example"}), public)
    with pytest.raises(Refusal):
        check_origin(Headers({"host": "127.0.0.1:7860", "origin": "https://jiangbu.example"}), DoorSettings())


@pytest.mark.parametrize("name", ["upload", "run/chat", "call/chat", "api/chat", "component_server", "vibe-edit"])
def test_gradios_unused_entrances_are_closed(client, name):
    reply = client.post(f"/gradio_api/{name}", json={"data": []})
    assert (reply.status_code, error_of(reply)) == (403, "closed")


@pytest.mark.parametrize("path", ["/gradio_api/file=/etc/passwd", "/gradio_api/proxy=http://a.test", "/monitoring"])
def test_gradios_files_and_proxies_are_closed(client, path):
    assert client.get(path).status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        b"null",
        b'{"data": [], "fn_index": 99, "session_hash": "a"}',
        rb'{"data": ["\ud800", "", []], "fn_index": 0, "session_hash": "a"}',
        b'{"data": [NaN], "fn_index": 0, "session_hash": "a"}',
    ],
)
def test_gradios_queue_never_answers_500(client, body):
    assert client.post("/gradio_api/queue/join", content=body, headers=JSON).status_code == 422


def test_the_page_has_no_named_gradio_calls_and_no_analytics(client):
    assert client.get("/gradio_api/info").json() == {"named_endpoints": {}, "unnamed_endpoints": {}}
    assert client.get("/?page=nothing").status_code == 422
    assert importlib.import_module("gradio.analytics").analytics_enabled() is False


def test_a_taken_port_is_told_in_chinese():
    with listen("127.0.0.1", 0) as taken, pytest.raises(CannotListen, match="请换一个端口"):
        listen("127.0.0.1", taken.getsockname()[1])


def test_importing_the_server_does_not_import_gradio():
    code = "import sys, assistant.web.app; sys.exit('gradio' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
