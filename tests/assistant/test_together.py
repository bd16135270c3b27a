"""What comes together in one claim: years, parts of one standard, drafters in a row, two budgets, one product."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.claims import Achievement, Claim, Operation, Rule, estimate
from corpus.awards import AwardFact
from tests.assistant.claim_policies import fact_of, limit_of
from tests.assistant.module_policies import Hear, hearing, places, sums


@pytest.fixture(scope="module")
def hear(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hear]:
    with hearing(tmp_path_factory.mktemp("together")) as heard:
        yield heard


def check(hear: Hear, question: str, paid: Sequence[float]) -> None:
    [answer] = hear(question)
    assert (answer.status, sums(answer)) == ("answered", list(paid))


def total_of(fact: AwardFact, *rules: Rule, **stated: int) -> tuple[int, str, list[Operation]]:
    """What one award comes to, of which kind, and by which steps."""
    made = Achievement(name="某事", facts=(fact,), **stated)
    worked = estimate(Claim(achievements=(made,)), rules)
    assert worked.total is not None
    steps = [step.operation for step in (*worked.lines[0].steps, *worked.steps)]
    return int(worked.total.yuan), worked.total.kind.value, steps


# —— years


def yearly() -> AwardFact:
    return replace(fact_of(Decimal(130_000), 0, "技术委员会", "秘书处"), yearly=True)


@pytest.mark.parametrize(("years", "yuan"), [(1, 130_000), (2, 260_000), (3, 390_000), (5, 650_000)])
def test_an_award_of_every_year_is_paid_for_each(years: int, yuan: int) -> None:
    paid, kind, steps = total_of(yearly(), years=years)
    assert (paid, kind) == (yuan, "exact")
    assert (Operation.YEARS in steps) == (years > 1)


@pytest.mark.parametrize(
    ("limit", "years", "yuan", "kind"),
    [
        (130_000, 3, 390_000, "exact"),
        (129_999, 3, 389_997, "cap"),
        (100_000, 3, 300_000, "cap"),
        (100_000, 1, 100_000, "cap"),
        (500_000, 3, 390_000, "exact"),
    ],
)
def test_a_yearly_limit_holds_for_each_of_the_years(limit: int, years: int, yuan: int, kind: str) -> None:
    assert total_of(yearly(), limit_of(Decimal(limit)), years=years)[:2] == (yuan, kind)


@pytest.mark.parametrize("once", [True, False])
def test_an_award_that_is_not_of_every_year_is_paid_once(once: bool) -> None:
    fact = replace(yearly(), yearly=False, once=once)
    paid, kind, steps = total_of(fact, years=4)
    assert (paid, kind, Operation.YEARS in steps) == (130_000, "exact", False)


def test_years_come_after_numbers() -> None:
    assert total_of(yearly(), years=3, count=2)[0] == 780_000


@pytest.mark.parametrize(
    ("question", "paid"),
    [
        ("遵义承担全国TC秘书处，三年一共多少", 72),
        ("遵义承担全国TC秘书处，连续5年累计能拿多少", 120),
        ("襄阳承担全国TC秘书处，3年下来多少", 39),
        ("襄阳承担全国标准化工作组秘书处，三年累计多少", 6),
        ("襄阳4A良好行为三年一共多少", 4),
    ],
)
def test_several_years_of_a_question_are_added(hear: Hear, question: str, paid: float) -> None:
    check(hear, question, [paid])


# —— parts of one standard: 第七条


@pytest.mark.parametrize(
    "question",
    [
        "襄阳主导制定的国标分成3个部分，一共多少",
        "襄阳主导制定系列国标5项，一共多少",
        "襄阳主导制定国标2项，是同一标准的第1部分和第2部分，一共多少",
    ],
)
def test_parts_of_one_standard_are_paid_once(hear: Hear, question: str) -> None:
    [answer] = hear(question)
    assert sums(answer) == [28]
    assert ("襄阳市", "第七条") in places(answer)


def test_standards_that_are_no_parts_are_paid_each(hear: Hear) -> None:
    check(hear, "襄阳主导制定国标2项，一共多少", [56])


def test_a_limit_of_another_place_does_not_bound(hear: Hear) -> None:
    check(hear, "柳州主导制定国标5项，市县两级一共多少", [180])
    check(hear, "襄阳主导制定国标5项，一共多少", [70])


# —— drafters in a row: 遵义 pays 100%, 60%, 40% by rank


@pytest.mark.parametrize(
    ("question", "paid"),
    [
        ("遵义三家单位起草国家标准，三家总共能拿多少", [60]),
        ("遵义两家单位起草行业标准，两家一共多少", [32]),
        ("遵义两家单位起草行业标准2项，两家一共多少", [64]),
        ("遵义起草国标排第二拿多少", [18]),
        ("遵义我们三家分别排第一、第二、第三起草国标，三家总共多少", [30, 18, 12, 60]),
    ],
)
def test_the_shares_of_several_ranks_are_added(hear: Hear, question: str, paid: list[float]) -> None:
    check(hear, question, paid)


def test_of_a_rank_without_a_share_no_total_is_told(hear: Hear) -> None:
    [answer] = hear("遵义四家单位起草国家标准，四家总共能拿多少")
    assert (answer.status, sums(answer)) == ("not_found", [])


def test_where_no_share_hangs_on_the_rank_none_is_made_up(hear: Hear) -> None:
    [answer] = hear("襄阳三家单位主导制定国家标准，三家总共能拿多少")
    assert sums(answer) == []


# —— two budgets: 柳州


@pytest.mark.parametrize(
    ("question", "paid"),
    [
        ("柳州国家级试点市县两级一共多少", [27]),
        ("柳州主导制定国标2项，市县两级一共多少", [72]),
        ("柳州国家级和省级试点各1个，市县两级一共多少", [39]),
        ("柳州国家级和省级试点市县两级分别多少", [26, 13]),
        ("柳州主导制定国标、国际标准各1项，市县两级各给多少", [70, 32]),
        ("柳州主导制定国标，市级财政奖多少", [26]),
        ("柳州县级财政主导制定国际标准奖多少", [22]),
    ],
)
def test_two_budgets_are_added_for_each_thing_and_one_is_told_alone(
    hear: Hear, question: str, paid: list[float]
) -> None:
    check(hear, question, paid)


def test_each_budget_is_named_with_its_own_sum(hear: Hear) -> None:
    [answer] = hear("柳州国家级试点市级和县级各多少")
    assert "18万元（市级）" in answer.answer and "9万元（县级）" in answer.answer


# —— one product of two levels, and something else


@pytest.mark.parametrize(
    ("question", "paid"),
    [
        ("襄阳同一产品评上国家级和省级领跑者，一共多少", 12),
        ("襄阳同一产品评上国家级和省级领跑者，另有4A良好行为证书，一共多少", 16),
        ("襄阳同一个产品先评省级领跑者，后评国家级领跑者，还主导制定国标1项，一共多少", 40),
        ("襄阳两个产品，一个评上国家级领跑者，一个评上省级领跑者，一共多少", 20),
        ("襄阳评上国家级领跑者1个、省级领跑者1个，一共多少", 20),
    ],
)
def test_only_awards_for_the_same_product_give_way_to_the_highest(hear: Hear, question: str, paid: float) -> None:
    check(hear, question, [paid])
