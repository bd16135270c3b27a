"""The ledger and the documents over HTTP: filters, pages, tables for offices, what is refused."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import date

import openpyxl
import pytest
from fastapi.testclient import TestClient

from assistant.ledger_filter import describe_facts
from assistant.ledger_view import LedgerView
from assistant.web.document_records import DocumentReply, DocumentsReply, LintReply
from assistant.web.fact_records import FactsReply
from assistant.web.fact_table import COLUMNS, facts_csv, facts_xlsx
from corpus.ledger import derive
from tests.assistant.conftest import read_policy
from tests.assistant.policies import DAY
from tests.assistant.program_calls import PolicyService, app_of
from tests.assistant.test_page_fakes import FakeService

ALL_DAYS = {"as_of": DAY.isoformat()}


@pytest.fixture(scope="module")
def client(documents, assistant) -> Iterator[TestClient]:
    app = app_of(PolicyService(documents, assistant))
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as made:
        yield made


def facts(client, **wanted) -> list[dict]:
    """The facts wanted, their form checked."""
    reply = client.get("/api/facts", params=ALL_DAYS | wanted)
    assert reply.status_code == 200, reply.text
    FactsReply.model_validate_json(reply.content, strict=True)
    return reply.json()["facts"]


def refused(reply) -> tuple[int, str, str]:
    error = reply.json()["error"]
    assert set(error) == {"code", "message", "hint"}
    return reply.status_code, error["code"], error["message"]


def test_a_fact_comes_with_its_sum_in_words_its_issue_and_its_standing(client):
    [fact] = facts(client, region="萧山区", standard="国际标准", role="主导", text="61万元")
    assert (fact["yuan"], fact["sum"], fact["kind"]) == ("610000", "61万元", "exact")
    assert fact["standing"] == {"code": "in_force", "label": "有效（至 2026-12-31）"}
    assert (fact["document"], fact["locator"]) == ("xiaoshan-2024", "第三条")
    assert {"issuer", "document_number", "published"} <= set(fact)


def test_filters_narrow_down_and_hold_together(client):
    everything = facts(client)
    by_role = facts(client, role="主导")
    both = facts(client, role="主导", standard="国家标准")
    assert len(everything) > len(by_role) > len(both) > 0
    assert all("国家标准" in fact["standard"] and "主导" in fact["role"] for fact in both)
    assert {fact["level"][0] for fact in facts(client, level="省级")} == {"省级"}
    assert {fact["document"] for fact in facts(client, document="yantai-undated")} == {"yantai-undated"}
    assert facts(client, grade="一等奖")[0]["yuan"] == "380000"
    assert facts(client, organ="分技术委员会")[0]["yuan"] == "260000"


def test_a_label_of_another_kind_finds_nothing(client):
    assert facts(client, role="国家标准") == []


@pytest.mark.parametrize(
    ("status", "day", "found"),
    [
        ("in_force", "2026-12-31", {"xiaoshan-2024", "qingdao-2022", "qingdao-2026"}),
        ("in_force", "2027-01-01", {"qingdao-2022", "qingdao-2026"}),
        ("not_in_force_yet", "2026-06-30", {"qingdao-2026"}),
        ("not_in_force_yet", "2026-07-01", set()),
        ("draft", "2026-03-01", {"xiamen-undated"}),
        ("unknown", "2026-03-01", {"yantai-undated"}),
        ("expired", "2026-03-01", {"suzhou-2020"}),
    ],
)
def test_the_status_is_that_of_the_day(client, status, day, found):
    assert {fact["document"] for fact in facts(client, status=status, as_of=day)} == found


def test_pages_together_are_the_whole(client):
    whole = facts(client)
    pages = [facts(client, limit=5, offset=offset) for offset in range(0, len(whole), 5)]
    assert [fact["id"] for page in pages for fact in page] == [fact["id"] for fact in whole]
    last = client.get("/api/facts", params={"limit": 5, "offset": len(whole)}).json()
    assert (last["total"], last["facts"]) == (len(whole), [])


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=5001", "limit"),
        ("limit=a", "limit"),
        ("offset=-1", "offset"),
        ("status=gone", "status"),
        ("as_of=2026-02-30", "as_of"),
        ("regoin=x", "regoin"),
        ("text=" + "a" * 201, "text"),
    ],
)
def test_a_bad_parameter_is_named(client, query, field):
    status, code, message = refused(client.get(f"/api/facts?{query}"))
    assert (status, code) == (422, "bad_field")
    assert message.endswith(field)


def test_the_csv_is_for_office_programs(client):
    reply = client.get("/api/facts.csv", params={"region": "青岛市", **ALL_DAYS})
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    assert reply.headers["content-disposition"] == f'attachment; filename="jiangbu-facts-{DAY}.csv"'
    assert reply.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(reply.content.decode("utf-8-sig"))))
    assert len(rows) == len(facts(client, region="青岛市"))
    sums = {row["金额（元）"]: row["效力"] for row in rows}
    assert sums["290000"] == "尚未施行" and sums["210000"] == "已施行，未写期限"


def test_the_workbook_has_a_frozen_head_numbers_and_dates(client):
    reply = client.get("/api/facts.xlsx", params={"region": "萧山区", **ALL_DAYS})
    sheet = openpyxl.load_workbook(io.BytesIO(reply.content)).active
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref.startswith("A1:")
    heads = [cell.value for cell in sheet[1]]
    assert heads == [column.head for column in COLUMNS]
    assert sheet.column_dimensions["B"].width == 48
    rows = [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=2)]
    assert len(rows) == len(facts(client, region="萧山区"))
    assert {row["金额（元）"].value for row in rows} >= {610000, 80000}
    assert rows[0]["施行日期"].value.date() == date(2024, 1, 1)
    assert rows[0]["条款"].value == "第三条"
    assert {row["金额（元）"].number_format for row in rows} == {"#,##0"}
    assert [row["比例"].number_format for row in rows if row["比例"].value == 0.5][0] == "0.0%"


@pytest.fixture
def hostile_facts() -> list[dict]:
    """A fact whose texts would be formulas."""
    policy = read_policy(
        '=HYPERLINK("http://a.test")市标准化办法\n第一条 主导制定国家标准的，奖励14万元。\n', "hostile-2024"
    )
    view = LedgerView(derive([policy]).ledger, [policy])
    [fact] = describe_facts(view, view.ledger.facts, DAY)
    assert fact["title"].startswith("=HYPERLINK")
    return [fact | {"name": "+1", "issuer": "-1", "base": "@x", "budget": "\t=1", "document_number": "a\x07b"}]


def test_no_cell_of_the_csv_is_a_formula(hostile_facts):
    [row] = csv.DictReader(io.StringIO(facts_csv(hostile_facts).decode("utf-8-sig")))
    assert row["文件"].startswith("'=HYPERLINK")
    assert (row["事项"], row["发文机关"], row["财政"]) == ("'+1", "'-1", "'\t=1")


def test_no_cell_of_the_workbook_is_a_formula(hostile_facts):
    sheet = openpyxl.load_workbook(io.BytesIO(facts_xlsx(hostile_facts))).active
    cells = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert [cell.coordinate for cell in sheet[2] if cell.data_type == "f"] == []
    assert (cells["事项"].value, cells["文号"].value) == ("+1", "ab")
    assert cells["文件"].value.startswith("=HYPERLINK") and cells["文件"].data_type != "f"


def test_choices_count_the_facts_that_they_find(client):
    choices = client.get("/api/facts/choices").json()
    assert set(choices) == {"regions", "standards", "roles", "organs", "levels", "items", "grades"}
    for kind, name in (("standards", "standard"), ("roles", "role"), ("levels", "level"), ("grades", "grade")):
        assert {one["value"]: one["count"] for one in choices[kind]} == Counter(
            value for fact in facts(client) for value in fact[name]
        )
    assert {one["value"] for one in choices["regions"]} == {fact["region"] for fact in facts(client)}


def test_documents_are_listed_with_standing_and_counts(client):
    reply = client.get("/api/documents", params=ALL_DAYS)
    listed = DocumentsReply.model_validate_json(reply.content, strict=True).documents
    assert [document.id for document in listed] == sorted(document.id for document in listed)
    by_id = {document.id: document for document in listed}
    assert by_id["suzhou-2020"].standing.code == "expired"
    assert by_id["xiaoshan-2024"].facts == len(facts(client, document="xiaoshan-2024"))
    assert by_id["xiaoshan-2024"].clauses >= 12
    assert by_id["xiaoshan-2024"].in_force_until == date(2026, 12, 31)
    assert all(document.added for document in listed)


def test_a_document_comes_whole_and_as_plain_text(client):
    reply = client.get("/api/documents/qingdao-2022")
    document = DocumentReply.model_validate_json(reply.content, strict=True)
    text = client.get("/api/documents/qingdao-2022/text.txt")
    assert text.text == document.text and text.headers["content-type"] == "text/plain; charset=utf-8"
    assert document.text[document.clauses[1].start : document.clauses[1].end].startswith("第一条")
    assert refused(client.get("/api/documents/none/text.txt"))[:2] == (404, "no_document")


def test_findings_of_one_document():
    texts = {
        f"{name}-2024": f"{name}市标准化办法\n第一条 获得一等奖、二等奖的，分别奖励{first}、3万元。\n"
        for name, first in (("a", "9元"), ("b", "1万元"))
    }
    service = FakeService([read_policy(text, document_id) for document_id, text in texts.items()])
    with TestClient(app_of(service), base_url="http://127.0.0.1") as client:
        reply = client.get("/api/lint")
        found = LintReply.model_validate_json(reply.content, strict=True).findings
        assert {one.document for one in found} == {"a-2024", "b-2024"}
        assert "ladder_inverts" in [one.code for one in found if one.document == "b-2024"]
        one = client.get("/api/lint", params={"document": "b-2024"}).json()["findings"]
        assert one == [finding for finding in reply.json()["findings"] if finding["document"] == "b-2024"]
        assert client.get("/api/lint", params={"document": "none"}).json() == {"findings": []}
