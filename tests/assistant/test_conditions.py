"""Thresholds of awards: what is told to lie below one fails it, what is told otherwise or not at all is paid."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.conditions import failed
from tests.assistant.claim_policies import fact_of
from tests.assistant.module_policies import Hear, hearing, places, sums

KEPT, USED = "获得4A证书，连续保持一年以上的企业", "团体标准被10家以上企业采用的"
RUN, EITHER = "试点连续运行6个月以上的", "被国家标准采信或10家以上企业采用的"


@pytest.fixture(scope="module")
def hear(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hear]:
    with hearing(tmp_path_factory.mktemp("conditions")) as heard:
        yield heard


def missed(subject: str, told: str) -> str:
    return failed(replace(fact_of(Decimal(70_000)), subject=subject), told)


@pytest.mark.parametrize(
    ("subject", "told", "threshold"),
    [
        (USED, "9家企业采用", "10家以上"),
        (USED, "只有九家单位采用", "10家以上"),
        (USED, "两家公司都在使用", "10家以上"),
        (KEPT, "保持了11个月", "一年以上"),
        (KEPT, "维持十个月", "一年以上"),
        (RUN, "运行了5个月", "6个月以上"),
        ("标准实施满两年的", "实施了18个月", "满两年"),
        ("标准实施三年以上的", "实施了两年", "三年以上"),
        ("不少于5家企业采用的", "4家企业采用", "不少于5家"),
        ("5家及以上企业采用的", "4家企业采用", "5家及以上"),
        ("10家（含）以上企业采用的", "9家企业采用", "10家（含）以上"),
        ("达到20家企业采用的", "十九家企业采用", "达到20家"),
    ],
)
def test_what_lies_below_is_told_with_the_words_of_the_award(subject: str, told: str, threshold: str) -> None:
    assert missed(subject, told) == threshold


@pytest.mark.parametrize(
    ("subject", "told", "below"),
    [
        (USED, "10家企业采用", "9家企业采用"),
        (USED, "十二家企业在用，其中11家企业采用", "2家企业采用"),
        (USED, "100家企业使用", "1家企业使用"),
        (KEPT, "保持了12个月", "保持了10个月"),
        (KEPT, "保持了一年", "保持了一个月"),
        (KEPT, "保持了一年半", "保持了8个月"),
        (RUN, "运行了6个月", "运行了3个月"),
        (RUN, "运行了一年", "运行了一个月"),
        ("标准实施满两年的", "实施了24个月", "实施了23个月"),
        ("标准实施三年以上的", "实施了三年", "实施了35个月"),
    ],
)
def test_what_lies_at_it_or_above_does_not_fail(subject: str, told: str, below: str) -> None:
    assert missed(subject, told) == ""
    assert missed(subject, below) != ""


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        (USED, ""),
        (USED, "我们3家一起起草"),
        (USED, "5家企业报了名"),
        (USED, "保持了两个月"),
        (KEPT, "9家企业采用"),
        (KEPT, "公司成立8个月"),
        ("主导制定国家标准的", "保持了两个月，两家企业采用"),
    ],
)
def test_a_number_of_something_else_fails_nothing(subject: str, told: str) -> None:
    assert missed(subject, told) == ""


def test_of_several_numbers_the_largest_counts() -> None:
    assert missed(USED, "去年6家企业采用，今年10家企业采用") == ""
    assert missed(USED, "去年6家企业采用，今年9家企业采用") == "10家以上"


@pytest.mark.parametrize("subject", [EITHER, EITHER.replace("或", "或者")])
def test_of_two_conditions_the_other_is_named_too_unless_it_is_told_to_hold(subject: str) -> None:
    assert missed(subject, "9家企业采用").endswith("10家以上")
    assert missed(subject, "被政府采信，9家企业采用") == ""
    assert missed(subject, "没有被采信，只有9家企业采用").endswith("10家以上")
    assert missed(subject, "没有被采信，有10家企业采用") == ""


# —— in answers


@pytest.mark.parametrize(
    ("question", "threshold", "place"),
    [
        ("遵义我们的团标有9家企业采用，能拿多少", "10家以上", "第二条"),
        ("遵义团体标准只有五家公司使用，扶持多少", "10家以上", "第二条"),
        ("遵义4A良好行为保持了8个月，能拿多少", "一年以上", "第三条"),
    ],
)
def test_who_lies_below_gets_no_sum_and_the_clause(hear: Hear, question: str, threshold: str, place: str) -> None:
    [answer] = hear(question)
    assert (answer.status, sums(answer), places(answer)) == ("answered", [], [("遵义市", place)])
    assert f"要求{threshold}" in answer.answer


@pytest.mark.parametrize(
    ("question", "paid"),
    [
        ("遵义我们的团标有10家企业采用，能拿多少", 11),
        ("遵义我们的团标有十二家企业在用，能拿多少", 11),
        ("遵义团体标准奖多少", 11),
        ("遵义4A良好行为证书保持了12个月，能拿多少", 15),
        ("遵义4A良好行为保持了一年半，能拿多少", 15),
        ("遵义4A良好行为能拿多少", 15),
        ("襄阳4A良好行为保持了8个月，能拿多少", 4),
    ],
)
def test_who_reaches_it_or_does_not_tell_is_told_the_sum(hear: Hear, question: str, paid: float) -> None:
    assert [sums(answer) for answer in hear(question)] == [[paid]]
