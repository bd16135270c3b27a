"""Thousands of made-up numerals and policies: read as one thing, the same in two ways, or refused; nothing dropped."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.awards.numerals import AmountError, read_certain, read_money
from evals.fuzz import inputs
from evals.fuzz.invariants import Broken, check_number_said, check_numeral, check_policy
from evals.fuzz.slow import slow_yuan
from evals.fuzz.targets import NUMERAL, POLICY
from tests.corpus.awards.made_up import extract, extract_table, yuan_of
from tests.fuzz.hunting import hunt_down

brief = settings(max_examples=60, deadline=None)
RANDOMS = st.randoms(use_true_random=False)


def test_10_000_numerals_are_read_alike_in_two_ways_or_refused() -> None:
    hunt_down(NUMERAL, 10_000)


def test_400_policies_are_read_without_a_fault_and_no_sum_is_dropped() -> None:
    hunt_down(POLICY, 400)


@brief
@given(RANDOMS)
def test_any_policy_is_read_without_a_fault(rng) -> None:
    check_policy(inputs.policy(rng))


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=40) | st.text("0123456789.,一二三四五六七八九十百千万亿元零〇两半几余多%/：成倍分之", max_size=12)
)
def test_any_text_is_no_numeral_by_accident(text: str) -> None:
    check_numeral(text)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**8 - 1))
def test_a_number_written_out_is_read_back(number: int) -> None:
    check_number_said(number)
    if number < 10_000:
        assert read_certain(inputs.said_number(number)) == number


# What a figure may look like that nobody can be certain of: each was once read as the sum behind it.
WRONG_ONCE = {
    "三五万元": 50_000,  # three to five
    "五六万元": 60_000,
    "三、五万元": 50_000,
    "一百二万元": 1_020_000,  # 102 or 120
    "两百五万元": 2_050_000,
    "二十百万元": 1_200_000,
    "10.5.3万元": 53_000,
    "½万元": 20_000,
    "1½万元": 20_000,
    "²万元": 20_000,
    "1e3元": 3,
    "1_000元": 0,
    "1/2万元": 20_000,
    ".5万元": 50_000,
    "3万5元": 30_000,
    "一万五元": 10_000,
    "1万2万元": 10_000,
    "5万元至3万元": 30_000,
    "0万元": 0,
    "10余万元": 100_000,
    "十多万元": 100_000,
    "٣万元": 30_000,
    "23元21万元": 23,
}
# These were not even refused: the clause yielded nothing at all.
SILENT_ONCE = ("十几万元", "几万元", "廿万元", "十来万元", "半万元", "3.万元", "¥10", "RMB10万", "⑩万元")
TORN_ONCE = {  # of several units: two awards were read, of the pieces
    "3万5千元": 35_000,
    "一万二千五百元": 12_500,
    "1亿2000万元": 120_000_000,
    "一亿二千万元": 120_000_000,
    "2万零500元": 20_500,
    "二〇万元": 200_000,
    "一五〇万元": 1_500_000,
}


@pytest.mark.parametrize("printed", [*WRONG_ONCE, *SILENT_ONCE])
def test_a_figure_that_is_not_certain_is_refused(printed: str) -> None:
    found = extract(f"主导制定国家标准的，每项奖励{printed}。")
    assert found.facts == () and found.rejects != ()


@pytest.mark.parametrize(("printed", "yuan"), TORN_ONCE.items())
def test_a_sum_in_several_units_is_one_sum(printed: str, yuan: int) -> None:
    assert yuan_of(extract(f"主导制定国家标准的，每项奖励{printed}。")) == [Decimal(yuan)]
    assert slow_yuan(printed) == yuan


@pytest.mark.parametrize(("words", "yuan"), [("每㎡5元", 5), ("每m²5元", 5), ("⒈5万元", 50_000)])
def test_a_unit_or_a_label_lends_no_digit_to_a_sum(words: str, yuan: int) -> None:
    """㎡ folds to m2: 每㎡5元 was read as 25 yuan, ⒈5万元 as 15,000."""
    found = extract(f"建设标准化厂房的，按{words}给予补助。")
    assert yuan_of(found) in ([Decimal(yuan)], [])


def test_sales_in_several_units_are_a_threshold_and_no_award() -> None:
    found = extract("年销售收入1亿2000万元以上的企业，主导制定国家标准的，奖励5万元。")
    assert yuan_of(found) == [Decimal(50_000)]


@pytest.mark.parametrize("printed", ["三五", "½", "3万5", "1e3", "10余", "٣"])
def test_a_cell_that_is_not_certain_is_no_fact(printed: str) -> None:
    found = extract_table(("对象", "数额（万元）"), ("国家标准", printed))
    assert found.facts == ()


def test_the_invariants_notice_a_wrong_figure(monkeypatch) -> None:
    """The hunt is worth what its checks are: with the old reading of 三五万元, it fails."""
    monkeypatch.setattr("corpus.awards.numerals.read_certain", lambda text: Decimal(5))
    with pytest.raises(Broken, match="another sum"):
        check_policy("云岭市标准化奖励办法\n第一条 主导制定国家标准的，每项奖励三五万元。")
    with pytest.raises(Broken, match="another sum"):
        check_numeral("三五万元")


@pytest.mark.parametrize("text", ["", "百百", "〇〇", "五十三百", "一点", "零点", "3五", "Ⅻ", "1" * 5000 + "x"])
def test_what_is_no_number_is_refused_by_name(text: str) -> None:
    with pytest.raises(AmountError):
        read_money(text, unit="元") if text else read_certain(text)
