"""What a sum in a question is – received, a base of a rate, only believed in –, and rates, shares and joint leaders."""

from decimal import Decimal

import pytest

from assistant.figures import base_classes, count_co_leads, find_interest, find_part, find_sums, premises


def roles(text: str) -> list[tuple[str, int]]:
    return [(one.role, int(one.yuan)) for one in find_sums(text)]


@pytest.mark.parametrize(
    ("said", "yuan"),
    [
        *[("50万元", 500_000), ("50万", 500_000), ("五十万元", 500_000), ("0.8万元", 8_000), ("8000元", 8_000)],
        *[("1.2亿元", 120_000_000), ("两百万", 2_000_000), ("3百万元", 3_000_000), ("5千元", 5_000)],
        *[
            ("1,200元", 1_200),
            ("20万块", 200_000),
            ("300块钱", 300),
            ("一万五", 15_000),
            ("1万5", 15_000),
            ("2千万", 20_000_000),
        ],
    ],
)
def test_a_sum_is_read_as_it_is_said(said: str, yuan: int) -> None:
    assert roles(f"花费了{said}") == [("base", yuan)]


@pytest.mark.parametrize(
    "text",
    [
        *["排名第2位", "2项国标", "3家并列", "2025年3月15日", "第三条"],
        *["GB/T 20000", "占60%", "员工300人", "5A级", "万一没有呢"],
    ],
)
def test_a_number_without_money_is_no_sum(text: str) -> None:
    assert find_sums(text) == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("去年已经领了20万元", "received"),
        ("省里已补助20万元", "received"),
        ("拿到了20万元", "received"),
        ("20万元已经到账", "received"),
        ("会议花了20万元", "base"),
        ("研制费用20万元", "base"),
        ("贷款20万元", "base"),
        ("产品年销售收入20万元", "base"),
        ("保费交了20万元", "base"),
        ("听说能拿20万元", "premise"),
        ("是不是20万元", "premise"),
        ("奖20万元吧", "premise"),
        ("老板说奖20万元", "premise"),
        ("应该是20万元", "premise"),
    ],
)
def test_a_sum_is_what_the_words_around_it_say(text: str, role: str) -> None:
    assert roles(text) == [(role, 200_000)]


@pytest.mark.parametrize("text", ["还能再拿20万元", "最多能领20万元", "今年能拿到20万元", "今年应该可以领20万元"])
def test_a_sum_that_is_hoped_for_was_not_received(text: str) -> None:
    assert [role for role, _ in roles(text)] != ["received"]


def test_each_of_several_sums_has_its_own_role() -> None:
    text = "会议花了90万元，省里已经补了10万元，听说市里能给30万元吧"
    assert roles(text) == [("base", 900_000), ("received", 100_000), ("premise", 300_000)]
    assert list(premises(find_sums(text))) == [Decimal(300_000)]


def test_a_sum_stands_where_it_is_said_to_stand() -> None:
    text = "研制花了12万元，已领3万元"
    assert [text[one.start : one.end] for one in find_sums(text)] == ["12万元", "3万元"]


@pytest.mark.parametrize(
    ("words", "sort"),
    [
        *[("贷款市场报价利率", "loan"), ("年销售收入", "sales"), ("下拨的项目经费", "grant")],
        *[("会务费", "cost"), ("检测支出", "cost")],
    ],
)
def test_money_is_of_the_sort_that_its_words_name(words: str, sort: str) -> None:
    assert sort in base_classes(words)


def test_words_without_money_are_of_no_sort() -> None:
    assert base_classes("主导制定国家标准") == frozenset()


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("LPR是3.1%", "0.031"),
        ("贷款年利率4.35%", "0.0435"),
        ("当时利率按3%算", "0.03"),
        ("占股60%", None),
        ("利率不清楚", None),
        ("完成率95%，利率3.6%", "0.036"),
    ],
)
def test_a_rate_of_interest_is_told_from_other_percentages(text: str, rate: str | None) -> None:
    assert find_interest(text) == (None if rate is None else Decimal(rate))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("三家并列第一起草", 3),
        ("和另外两家并列第一", 3),
        ("我们跟2家公司并列起草", 3),
        ("并列第一的共4家", 4),
        ("5家单位不分先后", 5),
        ("两家平分", 2),
        ("本地两家企业和外地一家，三家在标准里注明合并第一起草", 3),
        ("三家公司合并第一起草，其中两家在本地", 3),
        ("并列第一起草单位", 1),
        ("主导制定国家标准", 0),
        ("排名第2位", 0),
        ("不是并列，我们排第一", 0),
        ("没有并列，独家起草", 0),
        ("参与的有7家", 0),
    ],
)
def test_joint_leaders_are_counted_with_the_asker(text: str, number: int) -> None:
    assert count_co_leads(text) == number


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("按6:4分", "0.6"),
        ("两家7比3分成", "0.7"),
        ("我们占55%", "0.55"),
        ("三七开", "0.3"),
        ("平分", None),
        ("市、县财政按1:1分担", None),
        ("比分是3:1", None),
    ],
)
def test_the_share_agreed_is_the_askers(text: str, share: str | None) -> None:
    assert find_part(text) == (None if share is None else Decimal(share))
