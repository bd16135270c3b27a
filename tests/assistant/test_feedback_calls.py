"""The calls for feedback, reviewed answers, talks and the audit log: what each gives, to whom, and what it refuses."""

import json

import pytest

from assistant.store.audit import AuditEntry
from corpus import packaged_documents
from corpus.library import packaged_text
from evals.loading import load_file
from tests.assistant.http_service import code_of, served

SAID = {
    "question": "牵头国家标准多少？",
    "answer": "每项最高 30 万元 [1]。",
    "status": "answered",
    "verdict": "wrong",
    "reason": "我的电话13800138000",
}
GOLD = {
    "status": "answered",
    "document": "yunling-2025",
    "quote": ["国家标准的单位，每项"],
    "yuan": ["300000"],
    "kind": "cap",
}
TALK = {"title": "题", "turns": [{"question": "问", "answer": "答", "status": "answered", "as_of": "2026-11-21"}]}


@pytest.fixture
def service(tmp_path):
    with served(tmp_path) as made:
        yield made


def give(service, **fields):
    return service.client().post("/api/feedback", json={**SAID, **fields}).json()["ticket"]


def settle(service, ticket, **body):
    return service.client("wang").post(f"/api/feedback/{ticket}/settle", json=body)


def test_anybody_may_say_something_and_gets_a_ticket(service):
    reply = service.client().post("/api/feedback", json={**SAID, "as_of": "2026-11-21", "region": "威海市"})
    assert reply.status_code == 201
    [kept] = service.client("wang").get("/api/feedback").json()["items"]
    assert kept["ticket"] == reply.json()["ticket"]
    told = {
        "verdict": "wrong",
        "reason": "我的电话〔手机号〕",
        "region": "威海市",
        "as_of": "2026-11-21",
        "state": "open",
    }
    assert {name: kept[name] for name in told} == told


@pytest.mark.parametrize(
    "wrong",
    [
        {"question": ""},
        {"question": "长" * 501},
        {"question": 5},
        {"reason": "长" * 501},
        {"expected": "长" * 501},
        {"answer": "长" * 8001},
        {"verdict": "unanswered"},
        {"status": "great"},
        {"history": ["问"] * 21},
        {"history": "问"},
        {"region": "长" * 61},
        {"as_of": "2026-02-30"},
        {"as_of": 20},
        {"state": "settled"},
    ],
)
def test_feedback_of_another_shape_is_refused_and_not_kept(service, wrong):
    reply = service.client().post("/api/feedback", json={**SAID, **wrong})
    assert code_of(reply) == (422, "bad_field")
    assert next(iter(wrong)) in reply.json()["error"]["message"]
    assert service.store.feedback.count_open() == 0


def test_what_is_kept_has_no_control_characters(service):
    give(service, question="国标\u202e奖励\x1b[31m\u200b？")
    assert service.store.feedback.page()[0].question == "国标奖励[31m？"


def test_a_full_queue_says_so(service):
    service.store.feedback._open_max = 1
    give(service)
    assert code_of(service.client().post("/api/feedback", json=SAID)) == (503, "queue_full")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/feedback"),
        ("GET", "/api/feedback/cases.jsonl"),
        ("POST", "/api/feedback/F-20261122-0001/settle"),
        ("POST", "/api/reviewed/1/withdraw"),
        ("GET", "/api/talks"),
        ("GET", "/api/talks/a"),
        ("PUT", "/api/talks/a"),
        ("POST", "/api/talks/a/rename"),
        ("DELETE", "/api/talks/a"),
        ("GET", "/api/audit"),
    ],
)
def test_what_is_for_staff_is_not_for_the_public(service, method, path):
    body = {"as": "noted"} if "settle" in path else {"title": "题"} if "rename" in path else TALK
    given = {} if method in ("GET", "DELETE") or "withdraw" in path else {"json": body}
    assert code_of(service.client().request(method, path, **given)) == (401, "login_needed")


def test_the_queue_is_read_in_pages(service):
    tickets = [give(service, verdict=verdict) for verdict in ("up", "down", "wrong")]
    client = service.client("wang")
    first = client.get("/api/feedback", params={"limit": 2}).json()
    rest = client.get("/api/feedback", params={"limit": 2, "before": first["next_before"]}).json()
    assert [one["ticket"] for one in first["items"] + rest["items"]] == tickets[::-1]
    assert (first["next_before"], rest["next_before"]) == (2, None)
    assert [one["verdict"] for one in client.get("/api/feedback?verdict=up&state=open").json()["items"]] == ["up"]


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "state=x", "verdict=x", "before=0", "before=1e9"])
def test_a_wrong_parameter_is_refused_by_name(service, query):
    reply = service.client("wang").get(f"/api/feedback?{query}")
    assert code_of(reply) == (422, "bad_field")
    assert query.partition("=")[0] in reply.json()["error"]["message"]


def test_a_ticket_is_settled_by_name_and_once(service):
    ticket = give(service)
    reply = settle(service, ticket, **{"as": "noted", "note": "核对过，电话13800138000"})
    told = {"state": "settled", "settled_as": "noted", "note": "核对过，电话〔手机号〕", "settled_by": "wang"}
    assert {name: reply.json()[name] for name in told} == told
    assert code_of(settle(service, ticket, **{"as": "noted"})) == (409, "already_settled")
    assert code_of(settle(service, "F-20000101-0001", **{"as": "noted"})) == (404, "no_ticket")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"as": "ignored"},
        {"as": "case"},
        {"as": "reviewed"},
        {"as": "reviewed", "answer": ""},
        {"as": "reviewed", "answer": "长" * 2001},
        {"as": "noted", "answer": "答"},
        {"as": "reviewed", "answer": "答", "gold": GOLD},
        {"as": "case", "gold": {**GOLD, "quote": []}},
        {"as": "case", "gold": {**GOLD, "status": "not_found"}},
        {"as": "case", "gold": {**GOLD, "yuan": [300000]}},
        {"as": "case", "gold": {**GOLD, "yuan": ["03"]}},
        {"as": "case", "gold": {**GOLD, "source": "feedback"}},
    ],
)
def test_a_settlement_that_is_not_whole_is_refused(service, body):
    ticket = give(service)
    assert code_of(settle(service, ticket, **body)) == (422, "bad_field")
    assert service.store.feedback.count_open() == 1


@pytest.mark.parametrize(
    "gold",
    [
        {**GOLD, "document": "no-such"},
        {**GOLD, "quote": ["不在文件里的话"]},
        {**GOLD, "quote": ["牵头完成国家标准的单位，每项最高可得三十"]},
        {**GOLD, "quote": [" "]},
    ],
)
def test_a_case_whose_quote_the_evaluation_would_not_find_is_refused(service, gold):
    assert code_of(settle(service, give(service), **{"as": "case", "gold": gold})) == (422, "bad_gold")


def test_documents_that_come_with_the_program_are_known_and_no_others():
    first = packaged_documents()[0]
    assert (packaged_text(first.id), packaged_text("no-such")) == (first.text, None)


def test_cases_are_read_by_the_evaluation(tmp_path, monkeypatch):
    with served(tmp_path) as service:
        plain = give(service)
        after = give(service, history=["先问"], question="那行标呢？", as_of="2026-11-21")
        asked = give(service, question="没有的事，电话13800138000？", status="not_found")
        settle(service, plain, **{"as": "case", "gold": GOLD, "expected": "写明是上限"})
        settle(service, after, **{"as": "case", "gold": {**GOLD, "yuan": [], "kind": None, "must": ["三十万"]}})
        settle(service, asked, **{"as": "case", "gold": {"status": "not_found"}})
        reply = service.client("wang").get("/api/feedback/cases.jsonl")
    assert reply.headers["content-type"].startswith("application/x-ndjson")
    (tmp_path / "cases.jsonl").write_text(reply.text, encoding="utf-8")

    first, second, third = load_file(tmp_path / "cases.jsonl").cases
    assert (first.id, first.type, first.gold.why) == (f"feedback-{plain}", "award_lookup", "写明是上限")
    assert ([f"{yuan:f}" for yuan in first.gold.yuan], first.gold.kind) == (["300000"], "cap")
    assert (second.type, second.history, f"{second.as_of}") == ("follow_up", ("先问",), "2026-11-21")
    assert (third.type, third.question, third.gold.status) == ("not_found", "没有的事，电话〔手机号〕？", "not_found")


def test_a_reviewed_answer_is_public_until_it_is_withdrawn(service):
    settle(service, give(service), **{"as": "reviewed", "answer": "最高三十万元", "documents": ["yunling-2025"]})
    [shown] = service.client().get("/api/reviewed").json()["items"]
    told = {"question": SAID["question"], "answer": "最高三十万元", "reviewer": "wang", "documents": ["yunling-2025"]}
    assert {name: shown[name] for name in told} == told
    client = service.client("zhao")
    assert client.post(f"/api/reviewed/{shown['id']}/withdraw").status_code == 204
    assert code_of(client.post(f"/api/reviewed/{shown['id']}/withdraw")) == (404, "no_reviewed")
    assert service.client().get("/api/reviewed").json() == {"items": [], "next_before": None}


def test_a_follow_up_is_reviewed_with_a_question_that_stands_alone(service):
    ticket = give(service, question="那行标呢？", history=("国标多少？",))
    reply = settle(service, ticket, **{"as": "reviewed", "answer": "没有写"})
    assert (code_of(reply), reply.json()["error"]["message"][-8:]) == ((422, "bad_field"), "question")
    settle(service, ticket, **{"as": "reviewed", "answer": "没有写", "question": "牵头行业标准多少？"})
    [shown] = service.client().get("/api/reviewed").json()["items"]
    assert (shown["question"], shown["answer"]) == ("牵头行业标准多少？", "没有写")


@pytest.mark.parametrize("number", ["0", "-1", "99999999999999999999"])
def test_a_reviewed_answer_of_no_number_is_not_there(service, number):
    assert code_of(service.client("wang").post(f"/api/reviewed/{number}/withdraw")) == (404, "no_reviewed")


def test_talks_are_kept_renamed_and_deleted(service):
    client = service.client("wang")
    assert client.put("/api/talks/a-1", json=TALK).status_code == 204
    assert client.post("/api/talks/a-1/rename", json={"title": "新题"}).status_code == 204
    found = client.get("/api/talks/a-1").json()
    assert (found["id"], found["title"]) == ("a-1", "新题")
    assert found["turns"] == [{**TALK["turns"][0], "region": None}]
    assert [one["id"] for one in client.get("/api/talks").json()["items"]] == ["a-1"]
    assert client.delete("/api/talks/a-1").status_code == 204
    assert code_of(client.get("/api/talks/a-1")) == (404, "no_talk")


@pytest.mark.parametrize("who", ["zhao", "gao"])
def test_nobody_else_reaches_a_talk_not_even_an_administrator(service, who):
    service.client("wang").put("/api/talks/a", json=TALK)
    client = service.client(who)
    replies = [
        client.get("/api/talks/a"),
        client.delete("/api/talks/a"),
        client.post("/api/talks/a/rename", json={"title": "x"}),
    ]
    assert [code_of(reply) for reply in replies] == [(404, "no_talk")] * 3
    assert client.get("/api/talks").json() == {"items": []}
    assert service.client("wang").get("/api/talks/a").json()["title"] == "题"


@pytest.mark.parametrize(
    ("talk_id", "body"),
    [
        ("a.b", TALK),
        ("a" * 65, TALK),
        ("a", {**TALK, "owner": "zhao"}),
        ("a", {**TALK, "title": ""}),
        ("a", {**TALK, "title": "长" * 101}),
        ("a", {**TALK, "turns": TALK["turns"] * 101}),
        ("a", {**TALK, "turns": [{"question": "问"}]}),
    ],
)
def test_a_talk_of_another_shape_is_refused(service, talk_id, body):
    assert code_of(service.client("wang").put(f"/api/talks/{talk_id}", json=body)) == (422, "bad_field")


def test_a_talk_too_many_is_refused(service, monkeypatch):
    monkeypatch.setattr("assistant.store.talks.TALKS_MAX", 1)
    client = service.client("wang")
    assert client.put("/api/talks/a", json=TALK).status_code == 204
    assert code_of(client.put("/api/talks/b", json=TALK)) == (409, "too_much_kept")


def test_the_audit_log_is_for_administrators(service):
    for question in ("先", "后"):
        service.store.audit.write(
            AuditEntry(
                door="mcp", client="ab", question=question, region=None, status="answered", engine="rules",
                figures=[{"yuan": "1", "kind": "exact"}], citations=[{"document": "x", "start": 1, "end": 2}],
                index_version="v", elapsed_ms=1.5, caller="wang",
            )
        )  # fmt: skip
    assert service.store.audit.flush(5)
    assert code_of(service.client("wang").get("/api/audit")) == (403, "not_allowed")
    first = service.client("gao").get("/api/audit?limit=1").json()
    rest = service.client("gao").get(f"/api/audit?limit=1&before={first['next_before']}").json()
    assert [one["question"] for one in first["items"] + rest["items"]] == ["后", "先"]
    assert (rest["items"][0]["door"], rest["items"][0]["citations"]) == (
        "mcp",
        [{"document": "x", "start": 1, "end": 2}],
    )
    assert rest["next_before"] is None


def test_every_call_is_described_with_its_reply_and_an_example(service):
    paths = service.app.openapi()["paths"]
    calls = {f"{method} {path}": call for path, methods in paths.items() for method, call in methods.items()}
    assert len(calls) == 15
    assert [name for name, call in calls.items() if not call.get("summary")] == []
    described = json.dumps(service.app.openapi(), ensure_ascii=False)
    assert set(calls["post /api/feedback"]["responses"]) >= {"201", "422", "429", "503"}
    assert "HTTPValidationError" not in described  # FastAPI's own shape, which no reply of ours has
    for word in ("F-20261122-0007", "zhangsan", "NewFeedback", "FeedbackPage", "AuditPage", "TalkShown"):
        assert word in described
