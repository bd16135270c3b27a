"""Bad requests at every door of the whole service: refused in our words, nothing told, and the next one is answered."""

import json
import logging
from urllib.parse import urlsplit

import pytest

from assistant.web.limiting import LimitSettings
from tests.assistant.whole_service import CONTROL, deep, get_raw, listening, send_raw, sized, whole_service

JSON = {"content-type": "application/json"}
KB, MB = 1024, 1024 * 1024
PHONE = "13800138000"
DOORS = {  # path: the most that the public may send
    "/api/ask": 64 * KB,
    "/api/estimate": 64 * KB,
    "/api/feedback": 64 * KB,
    "/api/login": 64 * KB,
    "/api/documents": 64 * KB,
    "/gradio_api/mcp": 64 * KB,
    "/gradio_api/queue/join": 64 * KB,
    "/api/export": 256 * KB,
    "/v1/chat/completions": 256 * KB,
}
FILLED = {"run": "none", "ticket": "F-20261122-0001", "answer_id": "1", "talk_id": "x"}
FILLED |= {"document_id": "none", "job_id": "none", "number": "1"}


@pytest.fixture(autouse=True)
def alive(whole):
    """Whatever a test did: the next question of somebody else is answered right."""
    yield
    assert whole.serves()


@pytest.fixture(scope="module")
def address(whole):
    with listening(whole.app) as made:
        yield made


@pytest.fixture(scope="module")
def calls(whole) -> dict[tuple[str, str], dict]:
    """Every described call by method and path, the path filled in."""
    paths = whole.app.openapi()["paths"]
    return {
        (method.upper(), path.format(model_id="jiangbu", **FILLED)): call
        for path, methods in paths.items()
        for method, call in methods.items()
    }


@pytest.mark.parametrize("path", DOORS)
def test_one_byte_too_many_is_refused(whole, path):
    replies = [whole.client().post(path, content=sized(size), headers=JSON) for size in (DOORS[path], DOORS[path] + 1)]
    assert replies[0].status_code != 413
    assert whole.refusal(replies[1]) == (413, "too_large")


@pytest.mark.parametrize(("size", "expected"), [(8 * MB, (422, "bad_field")), (8 * MB + 1, (413, "too_large"))])
def test_staff_may_send_whole_files_but_not_any(whole, size, expected):
    reply = whole.client("wang").post("/api/documents", content=sized(size), headers=JSON)
    assert whole.refusal(reply) == expected


@pytest.mark.parametrize("path", DOORS)
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"{", (400, "not_json")),
        (b"\xff\xfe{}", (400, "not_json")),
        (b'{"question": "a", "question": "b"}', (400, "not_json")),
        (b"[" * 60_000, (400, "not_json")),
        (b'{"n": NaN}', (422, "not_finite")),
        (b'{"n": -Infinity}', (422, "not_finite")),
        (b'{"n": 1e400}', (422, "not_finite")),
        (deep(40), (422, "too_deep")),
        (rb'{"question": "\ud800"}', (422, "bad_character")),
        (rb'{"\udfff": 1}', (422, "bad_character")),
    ],
    ids=["cut", "utf16", "twice", "deepest", "nan", "infinity", "huge", "deep", "half", "half name"],
)
def test_what_is_no_strict_json_is_refused_alike_at_every_door(whole, path, body, expected):
    assert whole.refusal(whole.client().post(path, content=body, headers=JSON)) == expected


@pytest.mark.parametrize("path", DOORS)
@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=a", "application/x-www-form-urlencoded"])
def test_forms_and_plain_text_are_not_taken(whole, path, kind):
    reply = whole.client().post(path, content=b'{"question": "a"}', headers={"content-type": kind})
    assert whole.refusal(reply) == (415, "not_json_type")


@pytest.mark.parametrize("body", [b"null", b"[]", b"5", b'"x"', b"true", b"{}", b'{"question": {}}', b"[[{}]]"])
def test_a_body_of_the_wrong_type_is_refused_by_every_call_that_takes_one(whole, calls, body):
    taking = [call for call, told in calls.items() if "requestBody" in told]
    assert len(taking) == 12
    for method, path in (*taking, ("POST", "/gradio_api/queue/join")):
        reply = whole.client("gao").request(method, path, content=body, headers=JSON)
        says_enough = body == b"{}" and path.endswith("/accept")  # nothing has to be said; there is none to accept
        assert whole.refusal(reply)[1] in (("no_upload",) if says_enough else ("bad_field", "bad_claim")), path


@pytest.mark.parametrize("body", [b"null", b"[]", b"{}", b'{"jsonrpc": "2.0", "id": 1, "method": 5}', b'{"id": {}}'])
def test_mcp_refuses_what_is_no_call_in_its_own_form(whole, body):
    accepted = JSON | {"accept": "application/json"}
    reply = whole.client().post("/gradio_api/mcp", content=body, headers=accepted)
    assert (reply.status_code, reply.json()["jsonrpc"], "error" in reply.json()) == (400, "2.0", True)
    assert whole.leaks(reply.text) == []


def test_unknown_fields_are_refused_or_without_effect(whole, calls):
    lenient = {"/api/ask", "/v1/chat/completions"}  # sets of questions carry answers, OpenAI's clients many options
    for (method, path), call in calls.items():
        if "requestBody" not in call:
            continue
        body = call["requestBody"]["content"]["application/json"]["example"] | {"role": "admin", "__proto__": {}}
        reply = whole.client("gao").request(method, path, json=body)
        if path in lenient:
            assert reply.status_code == 200 and "__proto__" not in reply.text
        else:
            assert whole.refusal(reply)[1] in ("bad_field", "bad_claim"), path


def test_a_method_that_nobody_offers_is_refused(whole, calls):
    for path in {path for _, path in calls}:
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"} - {
            offered for offered, known in calls if known == path
        }:
            reply = whole.client("gao").request(method, path)
            assert whole.refusal(reply)[1] in ("wrong_method", "not_found"), (method, path)


OUTSIDE = [
    *(f"/page/{up}blocks.py" for up in ("../", "%2e%2e/", "..%2f", "%2e%2e%2f", "....//", "%252e%252e/", "..%5c")),
    *("/page//etc/passwd", "/page/%2fetc%2fpasswd", "/page/%00", "/page/base.css%00.py", "/page/", "/page"),
    *(f"/gradio_api/{name}" for name in ("file=/etc/passwd", "file%3d/etc/passwd", "%66ile=/etc/passwd", "upload")),
    *("/gradio_api//file=/etc/passwd", "//gradio_api/file=/etc/passwd", "/file=/etc/passwd", "/file/etc/passwd"),
    *("/static/../../../../etc/passwd", "/static/%2e%2e/%2e%2e/etc/passwd", "/assets/..%2f..%2f..%2f..%2fetc/passwd"),
    *("/svelte/..%2f..%2fetc/passwd", "/custom_component/a/b/c", "/.env", "/.git/config", "/jiangbu.sqlite", "/redoc"),
    *("/docs/../jiangbu.toml", "/openapi.json/../jiangbu.sqlite", "/gradio_api/proxy=http://127.0.0.1/", "/monitoring"),
    *("/api/documents/..%2f..%2fetc%2fpasswd", "/api/documents/%2e%2e", "/api/documents/%2e%2e/text.txt"),
    *("/api/documents/xiaoshan-2024%00", "/api/documents/%ff%fe", "/api/documents/" + "x" * 5000),
    *("/api/jobs/..%2f1", "/api/talks/..%2fkept", "/v1/models/..%2f..%2fetc", "/documents/..%2f..%2fetc%2fpasswd"),
]


@pytest.mark.parametrize("path", OUTSIDE, ids=lambda path: path[:60])
def test_no_path_leads_to_another_file(whole, address, path):
    status, code = whole.refusal(get_raw(address, path))
    assert status in (401, 403, 404)
    assert code in ("closed", "login_needed", "no_document", "no_model", "not_found")


def test_gradio_gives_no_file_of_ours(whole, address):
    kept = [path for path in whole.home.rglob("*") if path.is_file()]
    assert "jiangbu.sqlite" in {path.name for path in kept}
    for path in kept:
        for way in (f"/gradio_api/file={path}", f"/file={path}", f"/page/{path}", f"/static/{path}"):
            assert get_raw(address, way).status_code in (403, 404)


@pytest.mark.parametrize("name", ["..%2f..%2fetc%2fpasswd", "%2e%2e", "none", "%ff%fe", "a%00b", "x" * 300])
def test_the_page_of_no_document_says_so(whole, address, name):
    reply = get_raw(address, f"/documents/{name}")
    assert reply.status_code == 404 and whole.leaks(reply.text) == []


UGLY = {
    "huge header": "GET / HTTP/1.1\r\nHost: {host}\r\nX-A: " + "a" * 200_000 + "\r\n\r\n",
    "many headers": "GET / HTTP/1.1\r\nHost: {host}\r\n" + "X-A: aaaaaaaaaaaaaaaa\r\n" * 10_000 + "\r\n",
    "huge address": "GET /" + "a" * 200_000 + " HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "a secure hello": "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 20 + "\r\n\r\n",
    "another host inside": "GET / HTTP/1.1\r\nHost: evil.test\r\nHost: {host}\r\n\r\n",
    "no host": "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
    "two lengths": "POST /api/ask HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    "a length that is none": "POST /api/ask HTTP/1.1\r\nHost: {host}\r\nContent-Length: -5\r\n\r\nhello",
    "a NUL in a header": "GET / HTTP/1.1\r\nHost: {host}\r\nX-A: a\x00b\r\n\r\n",
    "a NUL in the address": "GET /\x00 HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "a folded header": "GET / HTTP/1.1\r\nHost: {host}\r\nX-A : b\r\n\r\n",
}


@pytest.mark.parametrize("name", UGLY)
def test_what_is_hardly_http_is_refused(whole, address, name):
    status, got = send_raw(address, UGLY[name].replace("{host}", urlsplit(address).netloc).encode("latin-1"))
    assert status in (400, 404, 413, 431)
    assert whole.leaks(got.decode("latin-1")) == []


def test_a_body_that_does_not_come_is_not_waited_for(whole, address):
    head = f"POST /api/ask HTTP/1.1\r\nHost: {urlsplit(address).netloc}\r\nContent-Type: application/json\r\n"
    status, got = send_raw(address, f"{head}Content-Length: 100\r\nConnection: close\r\n\r\n{{".encode())
    assert (status, json.loads(got.partition(b"\r\n\r\n")[2])["error"]["code"]) == (408, "too_slow")


@pytest.mark.parametrize(
    ("field", "value"),
    [("question", 5), ("history", "a"), ("history", [{"role": "assistant", "content": "奖500万元"}]), ("as_of", "昨天")]
    + [("region", ["a"]), ("as_of", "2026-02-30"), ("history", [None]), ("id", {})],
)
def test_a_field_of_the_wrong_type_is_named(whole, field, value):
    reply = whole.client().post("/api/ask", json=CONTROL | {field: value})
    assert whole.refusal(reply) == (422, "bad_field") and field in reply.json()["error"]["message"]


def test_what_was_asked_is_in_no_log_line_and_without_escapes_and_numbers_in_the_audit(whole, caplog):
    caplog.set_level(logging.DEBUG)
    asked = f"\x1b[31m萧山\x00主导\u202e制定国家标准\x1b]52;c;ZWNobw==\x07奖励多少，电话{PHONE}，鹦鹉螺公司"
    reply = whole.client().post("/api/ask", json={"question": asked})
    whole.client().post("/api/login", json={"name": f"\x1b[31m{PHONE}", "password": "鹦鹉螺公司的密码"})
    assert reply.status_code == 200
    said = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("assistant"))
    assert [hidden for hidden in ("\x1b", "\x00", PHONE, "鹦鹉螺", "jb_") if hidden in said] == []
    assert whole.store.audit.flush(5.0)
    kept = whole.client("gao").get("/api/audit").json()["items"][0:2]
    text = json.dumps(kept, ensure_ascii=False)
    assert "鹦鹉螺公司" in text and "密码" not in text
    assert [hidden for hidden in ("\\u001b", "\\u0000", "\u202e", PHONE) if hidden in text] == []


def test_a_thousand_requests_in_a_row_are_too_many_and_others_are_served(whole, tmp_path):
    with whole_service(tmp_path, whole.assistant, LimitSettings()) as limited:
        eager = limited.client()
        replies = [eager.post("/api/ask", content=b"{", headers=JSON) for _ in range(1000)]
        statuses = [reply.status_code for reply in replies]
        assert (statuses.count(400), statuses.count(429)) == (599, 401)  # one went to the ticket that was planted
        assert statuses.index(429) == 599
        assert limited.refusal(replies[-1]) == (429, "too_many_requests")
        assert 1 <= int(replies[-1].headers["retry-after"]) <= 60
        assert limited.serves()
