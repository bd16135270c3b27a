"""Tables of awards: heads say what a cell means, the words of a row what it is for, and a blank says nothing."""

from decimal import Decimal

import pytest

from corpus.awards import AmountKind
from corpus.awards.malformed import NO_UNIT
from tests.corpus.awards.made_up import document_of, extract_document, extract_table, yuan_of

HEAD = ("事项", "奖励金额（万元）")


def labels_of(*rows: tuple[str, ...]) -> list[tuple[Decimal | None, set[str]]]:
    return [(fact.amount.yuan, set(fact.labels)) for fact in extract_table(*rows).facts]


def test_the_unit_of_the_head_holds_for_every_cell() -> None:
    rows = (HEAD, ("主导制定国家标准", "30"), ("参与制定团体标准", "1.5"))
    assert labels_of(*rows) == [
        (Decimal(300000), {"主导", "制定", "国家标准"}),
        (Decimal(15000), {"参与", "制定", "团体标准"}),
    ]


@pytest.mark.parametrize(("unit", "yuan"), [("万元", 70000), ("元", 7), ("千元", 7000)])
def test_units_of_heads(unit: str, yuan: int) -> None:
    assert yuan_of(extract_table(("事项", f"奖励金额（{unit}）"), ("主导制定团体标准", "7"))) == [Decimal(yuan)]


def test_the_unit_of_a_cell_goes_before_that_of_its_head() -> None:
    assert yuan_of(extract_table(HEAD, ("主导制定团体标准", "8000元"))) == [Decimal(8000)]


def test_the_unit_may_stand_in_the_heading_of_the_table() -> None:
    text = "附件1 激励额度表（单位：万元）\n事项\t奖励金额\n主导制定团体标准\t7\n参与制定团体标准\t2\n"
    assert yuan_of(extract_document(text)) == [Decimal(70000), Decimal(20000)]


def test_a_unit_that_stands_nowhere_is_not_guessed() -> None:
    found = extract_table(("事项", "奖励金额"), ("主导制定团体标准", "7"), ("参与制定团体标准", "2"))
    assert found.facts == ()
    assert [reject.label for reject in found.rejects] == [NO_UNIT, NO_UNIT]


def test_a_merged_category_holds_for_the_rows_below_it() -> None:
    head = ("类别", "名称", "奖励金额（万元）")
    rows = (
        ("主导修订", "国际标准", "40"),
        ("", "行业标准", "8"),
        ("参与修订", "国际标准", "10"),
        ("", "行业标准", "2"),
    )
    assert labels_of(head, *rows) == [
        (Decimal(400000), {"主导", "修订", "国际标准"}),
        (Decimal(80000), {"主导", "修订", "行业标准"}),
        (Decimal(100000), {"参与", "修订", "国际标准"}),
        (Decimal(20000), {"参与", "修订", "行业标准"}),
    ]


@pytest.mark.parametrize("cell", ["", "-", "—", "——", "/", "无"])
def test_a_blank_or_dashed_cell_is_unknown_and_no_zero(cell: str) -> None:
    found = extract_table(HEAD, ("主导制定国家标准", "30"), ("主导制定行业标准", cell), ("主导制定团体标准", "3"))
    assert yuan_of(found) == [Decimal(300000), Decimal(30000)]
    assert all("行业标准" not in fact.labels for fact in found.facts)
    assert found.rejects == ()


def test_two_columns_of_money_are_two_budgets() -> None:
    rows = (("事项", "市级（万元）", "县级（万元）"), ("主导制定国家标准", "20", "10"), ("主导制定行业标准", "", "5"))
    found = [(fact.amount.yuan, fact.budget) for fact in extract_table(*rows).facts]
    assert found == [(Decimal(200000), "市级"), (Decimal(100000), "县级"), (Decimal(50000), "县级")]


@pytest.mark.parametrize(
    ("cell", "kind", "low", "yuan"),
    [
        ("最高30", AmountKind.CAP, None, 300000),
        ("不超过30", AmountKind.CAP, None, 300000),
        ("30", AmountKind.EXACT, None, 300000),
        ("10-30", AmountKind.RANGE, 100000, 300000),
        ("10～30", AmountKind.RANGE, 100000, 300000),
    ],
)
def test_a_cell_says_what_its_sum_means(cell: str, kind: AmountKind, low: int | None, yuan: int) -> None:
    (fact,) = extract_table(HEAD, ("主导制定国家标准", cell)).facts
    assert (fact.amount.kind, fact.amount.low, fact.amount.yuan) == (kind, low and Decimal(low), Decimal(yuan))


def test_a_head_can_make_its_column_a_ceiling() -> None:
    (fact,) = extract_table(("事项", "最高奖励（万元）"), ("主导制定国家标准", "30")).facts
    assert fact.amount.kind is AmountKind.CAP


def test_numbers_that_count_rows_or_places_are_no_money() -> None:
    rows = (("序号", "事项", "名额", "奖励金额（万元）"), ("1", "主导制定国家标准", "5", "30"))
    assert yuan_of(extract_table(*rows)) == [Decimal(300000)]


def test_a_cell_that_holds_a_sentence_is_read_as_one() -> None:
    rows = (("类别", "激励办法"), ("标准", "主导制定国家标准的，奖励30万元；主导制定团体标准的，奖励3万元。"))
    assert labels_of(*rows) == [
        (Decimal(300000), {"主导", "制定", "国家标准"}),
        (Decimal(30000), {"主导", "制定", "团体标准"}),
    ]


def test_the_proof_of_a_cell_is_its_row_and_its_figure() -> None:
    text = "事项\t奖励金额（万元）\n主导制定国家标准\t30\n"
    (fact,) = extract_document(text).facts
    document = document_of(text)
    assert document.text[fact.start : fact.end] == "主导制定国家标准\t30"
    assert document.text[fact.figure_start : fact.figure_end] == "30"
    assert fact.construct == "table"
