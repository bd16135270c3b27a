"""`jiangbu facts` and `jiangbu lint`: filters, JSON, a CSV that executes nothing, what is wrong with sources."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest

from assistant.ledger_view import LedgerView
from corpus.ledger import derive
from tests.assistant.conftest import read_policy

FACT_KEYS = {
    *(
        "id",
        "document",
        "title",
        "region",
        "locator",
        "subject",
        "name",
        "standard",
        "act",
        "role",
        "organ",
        "seat",
        "item",
    ),
    *("grade", "level", "inherited", "who", "kind", "yuan", "low", "rate", "base", "ceiling", "noun", "per", "once"),
    *("yearly", "budget", "ranks", "conditions", "rests_on", "anomalies", "in_force_from", "in_force_until", "status"),
    *("quote", "start", "end", "figure_start", "figure_end", "construct"),
}
SPOILED = """海宁市标准化激励办法
第一条 主导制定国家标准、行业标准的，分别奖励8元、5万元。
第二条 获得甲等荣誉、乙等荣誉、丙等荣誉的单位，分别奖励9万元、6万元。
第三条 =SUM类产品标准的单位奖励2万元。
"""


@pytest.fixture(scope="module")
def view(documents) -> LedgerView:
    read = list(documents.values())
    return LedgerView(derive(read).ledger, read)


@pytest.fixture(scope="module")
def spoiled() -> LedgerView:
    document = read_policy(SPOILED, "haining")
    return LedgerView(derive([document]).ledger, [document])


def figures(facts) -> list[Decimal]:
    return [fact.amount.yuan for fact in facts]


def test_facts_of_a_document(view):
    assert figures(view.select(document="yantai-undated")) == [Decimal(270_000), Decimal(160_000)]
    assert view.select(document="nowhere-1999") == []


@pytest.mark.parametrize(
    ("region", "found"),
    [
        ("萧山", {"xiaoshan-2024"}),
        ("山东省", {"qingdao-2026", "qingdao-2022", "yantai-undated"}),
        ("杭州市", {"xiaoshan-2024"}),
        ("深圳", set()),
    ],
)
def test_facts_of_a_region_and_all_within_it(view, region, found):
    assert {fact.document_id for fact in view.select(region=region)} == found


def test_all_words_of_a_search_have_to_be_there(view):
    assert figures(view.select(text="秘书处 国家级", region="萧山")) == [Decimal(450_000), Decimal(260_000)]
    assert figures(view.select(text="分技术委员会 国家级")) == [Decimal(260_000)]
    assert view.select(text="秘书处 火星") == []


def test_filters_are_joined(view):
    assert figures(view.select(document="xiaoshan-2024", text="参与 国家标准")) == [Decimal(120_000)]


def test_a_fact_in_json_carries_its_proof_and_the_validity_of_its_document(view, documents):
    for line in view.as_json(view.select()).splitlines():
        fact = json.loads(line)
        text = documents[fact["document"]].text
        assert set(fact) == FACT_KEYS
        assert text[fact["start"] : fact["end"]] == fact["quote"]
        assert fact["start"] <= fact["figure_start"] < fact["figure_end"] <= fact["end"]
    [fact] = map(json.loads, view.as_json(view.select(text="4A")).splitlines())
    assert (fact["yuan"], fact["kind"], fact["grade"], fact["item"]) == ("80000", "exact", ["4A"], ["标准化良好行为"])
    assert (fact["in_force_from"], fact["in_force_until"]) == ("2024-01-01", str(date(2026, 12, 31)))


def test_a_sum_taken_of_another_names_the_fact_that_it_rests_on(view):
    facts = {one["id"]: one for one in map(json.loads, view.as_json(view.select()).splitlines())}
    [revised] = [one for one in facts.values() if one["act"] == ["修订"] and one["standard"] == ["国家标准"]]
    assert (revised["yuan"], revised["rate"]) == ("155000", "0.5")
    assert [facts[id_]["yuan"] for id_ in revised["rests_on"]] == ["310000"]


def test_the_table_has_a_head_and_a_row_a_fact(view):
    facts = view.select()
    rows = list(csv.DictReader(io.StringIO(view.as_csv(facts))))
    assert len(rows) == len(facts)
    assert [row["yuan"] for row in rows] == [f"{fact.amount.yuan:f}" for fact in facts]


def test_no_cell_of_the_table_begins_a_formula(spoiled):
    rows = list(csv.reader(io.StringIO(spoiled.as_csv(spoiled.select()))))
    cells = [cell for row in rows for cell in row]
    assert any("=SUM" in cell for cell in cells)
    assert [cell for cell in cells if cell[:1] in ("=", "+", "-", "@")] == []


def test_what_is_wrong_with_the_sources_is_listed_with_its_place(spoiled):
    findings = spoiled.findings()
    assert {(one["kind"], one["code"], one["locator"]) for one in findings} >= {
        ("anomaly", "unit_differs", "第一条"),
        ("reject", "counts_differ", "第二条"),
    }
    assert all(SPOILED.count(one["text"]) for one in findings)


def test_what_is_refused_is_no_fact(spoiled):
    assert all(fact.locator != "第二条" for fact in spoiled.select())


def test_a_doubtful_figure_says_so_itself(spoiled):
    [doubtful] = [fact for fact in spoiled.select() if fact.amount.yuan == 8]
    assert "unit_differs" in doubtful.anomalies
