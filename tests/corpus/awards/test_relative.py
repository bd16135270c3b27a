"""A share of another award becomes a sum that rests on it; a share of anything else stays a share or is refused."""

from decimal import Decimal

import pytest

from corpus.awards import AmountKind, AwardFact
from corpus.awards.malformed import NO_BASE
from tests.corpus.awards.made_up import extract, extract_document

HALF = Decimal("0.5")


def resolved(text: str) -> list[AwardFact]:
    return [fact for fact in extract(text).facts if fact.rests_on]


def sums_of(facts: list[AwardFact]) -> list[tuple[Decimal | None, set[str]]]:
    return [(fact.amount.yuan, set(fact.labels)) for fact in facts]


def test_a_share_of_each_sum_of_the_clause() -> None:
    text = "主导制定国际标准、行业标准的，分别奖励80万元、20万元；参与制定的，按主导制定奖励额的25%给予奖励。"
    assert sums_of(resolved(text)) == [
        (Decimal(200000), {"参与", "制定", "国际标准"}),
        (Decimal(50000), {"参与", "制定", "行业标准"}),
    ]


def test_a_share_rests_on_the_facts_that_it_is_taken_of() -> None:
    found = extract("主导制定国际标准、行业标准的，分别奖励80万元、20万元；参与制定的，按主导制定奖励额的25%给予奖励。")
    lead = {fact.id: fact for fact in found.facts if not fact.rests_on}
    taken = [fact for fact in found.facts if fact.rests_on]
    assert [[lead[id_].amount.yuan for id_ in fact.rests_on] for fact in taken] == [
        [Decimal(800000)],
        [Decimal(200000)],
    ]
    assert all(fact.amount.rate == Decimal("0.25") and fact.construct == "relative" for fact in taken)


@pytest.mark.parametrize(
    "share",
    ["减半奖励", "按制定奖励额的50%奖励", "按制定奖励额的百分之五十奖励", "按制定奖励额的二分之一奖励"],
)
def test_half_is_said_in_many_ways(share: str) -> None:
    (fact,) = resolved(f"主导制定团体标准的，奖励6万元；主导修订的，{share}。")
    assert (fact.amount.yuan, fact.amount.rate) == (Decimal(30000), HALF)
    assert set(fact.labels) == {"主导", "修订", "团体标准"}


def test_a_share_of_a_ceiling_is_a_ceiling() -> None:
    (fact,) = resolved("主导制定地方标准的，给予不超过8万元资助；参与制定的，按主导制定资助额的50%给予资助。")
    assert fact.amount.kind is AmountKind.CAP
    assert fact.amount.yuan == Decimal(40000)


def test_a_share_of_a_share_resolves_too() -> None:
    text = (
        "主导制定国家标准的，奖励60万元；主导修订的，按主导制定奖励额的50%奖励；参与修订的，按主导修订奖励额的10%奖励。"
    )
    assert [fact.amount.yuan for fact in resolved(text)] == [Decimal(300000), Decimal(30000)]


def test_a_share_that_gives_no_whole_yuan_keeps_its_fen() -> None:
    (fact,) = resolved("主导制定团体标准的，奖励1万元；参与制定的，按主导制定奖励额的三分之一奖励。")
    assert fact.amount.yuan == Decimal("3333.33")


def test_the_base_may_stand_in_an_article_before() -> None:
    text = "第一条 主导制定国家标准的，奖励60万元。\n第二条 参与制定国家标准的，按主导制定奖励额的30%奖励。\n"
    found = extract_document(text)
    assert [fact.amount.yuan for fact in found.facts] == [Decimal(600000), Decimal(180000)]
    assert found.facts[1].rests_on == (found.facts[0].id,)
    assert found.facts[0].clause_id != found.facts[1].clause_id


@pytest.mark.parametrize("base", ["实际发生费用", "项目实际投入", "合同金额"])
def test_a_share_of_money_that_was_spent_stays_a_share(base: str) -> None:
    (fact,) = extract(f"承办国际标准化会议的单位，按{base}的30%给予补助。").facts
    assert (fact.amount.kind, fact.amount.rate, fact.amount.yuan) == (AmountKind.RATE, Decimal("0.3"), None)
    assert base in fact.amount.base
    assert fact.rests_on == ()


def test_a_share_of_costs_keeps_its_ceiling() -> None:
    (fact,) = extract("承办国际标准化会议的单位，按实际发生费用的30%给予补助，最高不超过20万元。").facts
    assert (fact.amount.yuan, fact.amount.ceiling) == (None, Decimal(200000))


def test_a_share_of_money_from_above_stays_a_share() -> None:
    (fact,) = extract("获得上级标准化试点资金的单位，区财政按1:1给予配套奖励。").facts
    assert (fact.amount.kind, fact.amount.rate, fact.rests_on) == (AmountKind.RATE, Decimal(1), ())


@pytest.mark.parametrize(
    "text",
    [
        "参与制定国家标准的，按主导制定奖励额的30%奖励。",
        "参与制定行业标准的，按主导制定行业标准奖励额的30%奖励。",
        "参与制定国家标准的，按主导制定国家标准奖励额的30%奖励。",
    ],
)
def test_a_share_of_an_award_that_stands_nowhere_is_refused(text: str) -> None:
    found = extract(text)
    assert found.facts == ()
    assert [reject.label for reject in found.rejects] == [NO_BASE]


def test_a_share_is_not_taken_of_another_thing() -> None:
    """The only sum there is belongs to a prize: no base for a share of what lead drafters get."""
    found = extract("获得市长质量奖的，奖励50万元；参与制定行业标准的，按主导制定行业标准奖励额的30%奖励。")
    assert [fact.amount.yuan for fact in found.facts] == [Decimal(500000)]
    assert [reject.label for reject in found.rejects] == [NO_BASE]
