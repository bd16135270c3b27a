"""What looks wrong in a source: each finding on a minimal made-up document, none on its sane twin."""

from collections.abc import Callable

import pytest

from corpus.anomaly import DOUBTFUL, Anomaly, AnomalyCode
from corpus.ledger import Ledger, read_ledger
from corpus.lint import ELSEWHERE_MIN, FAR_OFF_FACTOR
from corpus.records import PolicyDocument
from corpus.structure import read_clauses

MakeDocument = Callable[..., PolicyDocument]
ReadAll = Callable[..., Ledger]

# What looks wrong, a text that shows it, the same text put right, and the words that are marked.
TWINS = {
    "a lower level above a higher one": (
        AnomalyCode.LADDER,
        "第一条 主导制定国家标准的，奖励10万元。主导制定行业标准的，奖励15万元。\n",
        "第一条 主导制定国家标准的，奖励15万元。主导制定行业标准的，奖励10万元。\n",
        "10万元",
    ),
    "a lower grade above a higher one, in one list": (
        AnomalyCode.LADDER,
        "第一条 获得市标准创新贡献奖一等奖、二等奖、三等奖的，分别奖励10万元、50万元、5万元。\n",
        "第一条 获得市标准创新贡献奖一等奖、二等奖、三等奖的，分别奖励100万元、50万元、5万元。\n",
        "10万元",
    ),
    "yuan beside ten thousands": (
        AnomalyCode.UNIT,
        "第一条 获评国家级、省级、市级标准化试点的，分别资助9万元、8元、5万元。\n",
        "第一条 获评国家级、省级、市级标准化试点的，分别资助9万元、8万元、5万元。\n",
        "8元",
    ),
    "a fragment that stands twice": (
        AnomalyCode.DOUBLED,
        "第一条 主导制定国际标准、国家标准的，分别奖励60万元、30万元。60万元、30万元。\n",
        "第一条 主导制定国际标准、国家标准的，分别奖励60万元、30万元。\n",
        "60万元、30万元",
    ),
    "two articles of one number": (
        AnomalyCode.NUMBERING,
        "第一条 主导制定国家标准的，奖励20万元。\n第二条 申请须在年内提出。\n第二条 材料应当齐全。\n",
        "第一条 主导制定国家标准的，奖励20万元。\n第二条 申请须在年内提出。\n第三条 材料应当齐全。\n",
        "第二条 材料应当齐全。",
    ),
    "a case that every like standard has": (
        AnomalyCode.GAP,
        "第一条 主导制定国际标准的，奖励80万元；主导修订国际标准的，奖励40万元。\n"
        "第二条 主导制定国家标准的，奖励40万元；主导修订国家标准的，奖励20万元。\n"
        "第三条 主导制定行业标准的，奖励20万元。\n",
        "第一条 主导制定国际标准的，奖励80万元；主导修订国际标准的，奖励40万元。\n"
        "第二条 主导制定国家标准的，奖励40万元；主导修订国家标准的，奖励20万元。\n"
        "第三条 主导制定行业标准的，奖励20万元；主导修订行业标准的，奖励10万元。\n",
        "20万元",
    ),
    "one item with two figures": (
        AnomalyCode.TWO_FIGURES,
        "第一条 主导制定国家标准的，奖励20万元。\n第二条 主导制定国家标准的，奖励30万元。\n",
        "第一条 主导制定国家标准的，奖励20万元。\n第二条 主导制定国家标准的，奖励20万元。\n",
        "30万元",
    ),
    "money that nothing covers": (
        AnomalyCode.UNCOVERED,
        "第一条 主导制定国家标准的，奖励20万元。\n第二条 协会年度活动开销约3万元。\n",
        "第一条 主导制定国家标准的，奖励20万元。\n第二条 协会年度活动照常举办。\n",
        "3万元",
    ),
}
each_twin = pytest.mark.parametrize(("code", "wrong", "sane", "marked"), TWINS.values(), ids=TWINS)


@pytest.fixture
def ledger_of(make_document: MakeDocument) -> ReadAll:
    """The ledger of several made-up documents."""

    def read(*texts: str) -> Ledger:
        documents = [make_document(text, id=f"made-up-{at}") for at, text in enumerate(texts)]
        return read_ledger(documents, {document.id: read_clauses(document) for document in documents})

    return read


def of_code(ledger: Ledger, code: AnomalyCode) -> list[Anomaly]:
    return [anomaly for anomaly in ledger.anomalies if anomaly.code is code]


@each_twin
def test_what_looks_wrong_is_found_where_it_stands(
    code: AnomalyCode, wrong: str, sane: str, marked: str, ledger_of: ReadAll
) -> None:
    (found,) = of_code(ledger_of(wrong), code)
    assert "".join(wrong[found.start : found.end].split()) == "".join(marked.split())
    assert found.detail and found.locator.startswith("第")


@each_twin
def test_the_sane_twin_has_nothing(code: AnomalyCode, wrong: str, sane: str, marked: str, ledger_of: ReadAll) -> None:
    assert ledger_of(sane).anomalies == ()


def test_a_figure_far_off_all_others_is_found(ledger_of: ReadAll) -> None:
    usual = [f"第一条 主导制定国家标准的，奖励{number}万元。\n" for number in (20, 25, 30)]
    (found,) = of_code(ledger_of(*usual, "第一条 主导制定国家标准的，奖励500万元。\n"), AnomalyCode.FAR_OFF)
    assert found.document_id == "made-up-3"
    assert "500万元" in found.detail and "25" in found.detail
    assert ledger_of(*usual, "第一条 主导制定国家标准的，奖励50万元。\n").anomalies == ()


@pytest.mark.parametrize(("times", "count"), [(FAR_OFF_FACTOR - 1, 0), (FAR_OFF_FACTOR, 1)])
def test_far_off_begins_at_the_factor(times: int, count: int, ledger_of: ReadAll) -> None:
    usual = ["第一条 主导制定国家标准的，奖励10万元。\n"] * ELSEWHERE_MIN
    found = ledger_of(*usual, f"第一条 主导制定国家标准的，奖励{10 * times}万元。\n")
    assert len(of_code(found, AnomalyCode.FAR_OFF)) == count


def test_too_few_others_tell_nothing(ledger_of: ReadAll) -> None:
    usual = ["第一条 主导制定国家标准的，奖励10万元。\n"] * (ELSEWHERE_MIN - 1)
    assert ledger_of(*usual, "第一条 主导制定国家标准的，奖励900万元。\n").anomalies == ()


@each_twin
def test_a_doubtful_figure_says_so_itself(
    code: AnomalyCode, wrong: str, sane: str, marked: str, ledger_of: ReadAll
) -> None:
    """What casts doubt on a fact stands on the fact too, so that an answer can warn of it."""
    ledger = ledger_of(wrong)
    named = {(id_, anomaly.code.value) for anomaly in ledger.anomalies for id_ in anomaly.facts}
    assert named == {(fact.id, code_) for fact in ledger.facts for code_ in fact.anomalies}
    if code in DOUBTFUL:
        assert any(code.value in fact.anomalies for fact in ledger.facts)


def test_nothing_is_repaired(ledger_of: ReadAll) -> None:
    facts = ledger_of("第一条 获评国家级、省级标准化试点的，分别资助9万元、8元。\n").facts
    assert [f"{fact.amount.yuan:f}" for fact in facts] == ["90000", "8"]


def test_every_code_has_a_twin() -> None:
    assert {code for code, *_ in TWINS.values()} | {AnomalyCode.FAR_OFF, AnomalyCode.UNSURE} == set(AnomalyCode)
