"""`POST /api/estimate`: the sum of a claim over HTTP, and which claims are refused."""

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assistant.claim_file import ClaimEntry
from assistant.estimating import EstimateReport
from tests.assistant.policies import DAY
from tests.assistant.program_calls import PolicyService, app_of

CLAIM = {
    "region": "萧山区",
    "as_of": DAY.isoformat(),
    "achievements": [{"what": "主导制定国家标准", "count": 2}, {"what": "参与制定行业标准"}],
}


@pytest.fixture(scope="module")
def client(documents, assistant) -> Iterator[TestClient]:
    app = app_of(PolicyService(documents, assistant))
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as made:
        yield made


def refused(client, claim) -> tuple[int, str, str]:
    reply = client.post("/api/estimate", json=claim)
    error = reply.json()["error"]
    assert set(error) == {"code", "message", "hint"}
    return reply.status_code, error["code"], error["message"]


def test_a_claim_comes_to_its_total_with_steps_and_clauses(client):
    reply = client.post("/api/estimate", json=CLAIM)
    assert reply.status_code == 200
    report = EstimateReport.model_validate_json(reply.content, strict=True)
    assert (report.status, str(report.total.yuan)) == ("answered", "690000")  # 2×31万元＋7万元
    assert [line.counted for line in report.lines] == [2, 1]
    assert {citation.document for citation in report.citations} == {"xiaoshan-2024"}
    assert reply.json()["total"]["yuan"] == "690000"


def test_it_is_the_sum_that_the_command_gives(client, assistant):
    told = client.post("/api/estimate", json=CLAIM).json()
    own = json.loads(assistant.estimate(ClaimEntry.model_validate(CLAIM), DAY).model_dump_json())
    assert told | {"elapsed_ms": 0} == own | {"elapsed_ms": 0}


def test_what_no_clause_pays_for_leaves_no_total(client):
    claim = CLAIM | {"achievements": [{"what": "主导制定国家标准"}, {"what": "举办标准化宣传晚会"}]}
    report = client.post("/api/estimate", json=claim).json()
    assert (report["status"], report["total"]) == ("undetermined", None)
    assert report["lines"][1]["note"]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"region": "无此地方市"}, "没有认出地区"),
        ({"region": 5}, "region"),
        ({"achievements": []}, "achievements"),
        ({"achievements": [{"what": "主导制定国家标准", "cuont": 2}]}, "cuont"),
        ({"achievements": [{"what": "主导制定国家标准", "count": True}]}, "True"),
        ({"achievements": [{"what": "主导制定国家标准", "cost": "5块"}]}, "5块"),
        ({"achievements": [{"what": "主导制定国家标准", "cost": "-5元"}]}, "-5"),
        ({"achievements": [{"what": "主导制定国家标准"}] * 101}, "100"),
        ({"received": "99999999999999999999"}, "received"),
    ],
)
def test_a_claim_that_cannot_be_read_is_told_why(client, changed, told):
    status, code, message = refused(client, CLAIM | changed)
    assert (status, code) == (422, "bad_claim")
    assert told in message


@pytest.mark.parametrize("claim", [[], "x", 5, {}])
def test_what_is_no_claim_is_refused(client, claim):
    assert refused(client, claim)[:2] == (422, "bad_claim")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "not_json"),
        (b"region: x", 400, "not_json"),  # YAML is for files
        (b'{"region": "a", "region": "b"}', 400, "not_json"),
        (b'{"region": NaN}', 422, "not_finite"),
        (b" " * 70_000, 413, "too_large"),
    ],
)
def test_hostile_bodies_are_refused(client, body, status, code):
    reply = client.post("/api/estimate", content=body, headers={"content-type": "application/json"})
    assert (reply.status_code, reply.json()["error"]["code"]) == (status, code)


def test_an_entry_of_the_ledger_is_worked_out_by_its_id_whatever_its_words(client):
    """The words of several entries are alike; the one that was chosen is the one that is paid."""
    facts = client.get("/api/facts", params={"region": "萧山区"}).json()["facts"]
    chosen = [fact for fact in facts if fact["kind"] == "exact" and not fact["budget"]]
    assert len({fact["yuan"] for fact in chosen}) > 3
    for fact in chosen:
        entry = {"what": "选定的事项", "fact": fact["id"]}
        report = client.post("/api/estimate", json={"region": "萧山区", "achievements": [entry]}).json()
        assert (report["lines"][0]["facts"], report["lines"][0]["each"]["yuan"]) == ([fact["id"]], fact["yuan"])


@pytest.mark.parametrize("fact", ["nowhere@1", "' OR 1=1", "../x"])
def test_an_entry_that_is_not_of_this_region_is_refused(client, fact):
    entry = {"what": "选定的事项", "fact": fact}
    reply = client.post("/api/estimate", json={"region": "萧山区", "achievements": [entry]})
    assert (reply.status_code, "不在这个地区" in reply.json()["error"]["message"]) == (422, True)
