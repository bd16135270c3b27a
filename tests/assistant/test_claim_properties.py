"""What holds for every claim, whatever the sums: over facts and rules made for it, and over the invented policies.

No sum is looked up: `assistant.claims` takes values and returns values.
"""

from dataclasses import replace
from decimal import Decimal
from itertools import count, permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.claim_file import AchievementEntry, ClaimFileError, read_claim
from assistant.claims import COUNT_MAX, YUAN_MAX, Achievement, Claim, Estimate, Money, Rule, estimate
from corpus.awards import AmountKind, RuleKind
from tests.assistant.claim_policies import POLICIES, STANDARDS, claimed, limit_of, read_ledger, rule_of

bounded = settings(max_examples=150, deadline=None)
SHARE_OF_RANK = {1: "1", 2: "0.7", 3: "0.4"}
YUAN = st.integers(1, 10**7).map(Decimal)
FEN = st.integers(0, 10**9).map(lambda fen: Decimal(fen) / 100)
PARTS = st.integers(1, 10_000).map(lambda part: Decimal(part) / 10_000)


def money_of(claim: Claim | Achievement, *rules: Rule) -> Money:
    """The total of a claim that can be told."""
    worked = estimate(claim if isinstance(claim, Claim) else Claim(achievements=(claim,)), rules)
    assert worked.total is not None, worked.missing
    return worked.total


def share_rules() -> list[Rule]:
    return [
        rule_of(RuleKind.SHARE, f"第{rank}位的按{rate}给予", article=1, place=500 + rank, rate=Decimal(rate))
        for rank, rate in SHARE_OF_RANK.items()
    ]


CO_LEAD = rule_of(RuleKind.CO_LEAD, "并列的按单位数分之一给予")
AGREED = rule_of(RuleKind.SHARE, "由各单位协商分配", figures=())
TOP_UP = rule_of(RuleKind.TOP_UP, "升级的补足差额")
ONCE = rule_of(RuleKind.HIGHEST_ONLY, "同一项目就高奖励")
CATEGORIES = rule_of(RuleKind.COUNT_LIMIT, "每年申请的类别不超过2个")

# —— shares


@bounded
@given(FEN, st.sampled_from(sorted(SHARE_OF_RANK)))
def test_a_share_by_rank_is_that_part_of_the_sum(yuan: Decimal, rank: int) -> None:
    [one] = claimed(yuan, rank=rank)
    assert abs(money_of(one, *share_rules()).yuan - yuan * Decimal(SHARE_OF_RANK[rank])) <= Decimal("0.005")
    assert money_of(one, *share_rules()).yuan <= yuan


@bounded
@given(FEN, st.integers(2, COUNT_MAX))
def test_co_leads_share_to_the_fen_half_up(yuan: Decimal, leads: int) -> None:
    """Against whole fen, divided as one does it by hand: half a fen counts as one."""
    [one] = claimed(yuan, co_leads=leads)
    fen = int(yuan * 100)
    assert money_of(one, CO_LEAD).yuan * 100 == (2 * fen + leads) // (2 * leads)


@bounded
@given(FEN, st.integers(2, 50))
def test_the_shares_of_all_co_leads_come_to_the_sum(yuan: Decimal, leads: int) -> None:
    [one] = claimed(yuan, co_leads=leads)
    assert abs(money_of(one, CO_LEAD).yuan * leads - yuan) <= leads * Decimal("0.005")


@bounded
@given(FEN, PARTS)
def test_an_agreed_share_never_exceeds_the_sum(yuan: Decimal, part: Decimal) -> None:
    [one] = claimed(yuan, part=part)
    assert money_of(one, AGREED).yuan <= yuan


@bounded
@given(FEN, PARTS)
def test_two_agreed_shares_come_to_the_sum_within_a_fen(yuan: Decimal, part: Decimal) -> None:
    [mine], [theirs] = claimed(yuan, part=part), claimed(yuan, part=max(1 - part, Decimal("0.0001")))
    both = money_of(mine, AGREED).yuan + money_of(theirs, AGREED).yuan
    assert part == 1 or abs(both - yuan) <= Decimal("0.01")


@bounded
@given(YUAN, st.integers(2, 9))
def test_a_share_of_a_ceiling_or_a_range_keeps_its_kind(yuan: Decimal, leads: int) -> None:
    [cap], [span] = (
        claimed(yuan, kinds=[AmountKind.CAP], co_leads=leads),
        claimed(yuan, kinds=[AmountKind.RANGE], co_leads=leads),
    )
    assert money_of(cap, CO_LEAD).kind is AmountKind.CAP
    shared = money_of(span, CO_LEAD)
    assert shared.kind is AmountKind.RANGE and shared.low is not None and shared.low <= shared.yuan


# —— limits


SUMS = st.lists(YUAN, min_size=1, max_size=6)


@bounded
@given(SUMS, st.lists(st.tuples(YUAN, st.sampled_from(("", *STANDARDS))), max_size=3), FEN)
def test_limits_never_raise_a_total(yuan: list[Decimal], limits: list[tuple[Decimal, str]], received: Decimal) -> None:
    claim = Claim(achievements=claimed(*yuan), received=received)
    rules = [limit_of(most, *filter(None, [standard])) for most, standard in limits]
    totals = [money_of(claim, *rules[:number]).yuan for number in range(len(rules) + 1)]
    assert totals[0] == sum(yuan)
    assert totals == sorted(totals, reverse=True)


@bounded
@given(SUMS, YUAN, YUAN, st.sampled_from(STANDARDS), FEN)
def test_no_limit_is_passed(yuan: list[Decimal], most: Decimal, of_kind: Decimal, kind: str, received: Decimal) -> None:
    """Of one limit for all and one for a kind: neither is passed, and what they leave is paid to the full."""
    achievements = claimed(*yuan)
    total = money_of(Claim(achievements=achievements, received=received), limit_of(most), limit_of(of_kind, kind)).yuan
    of_that_kind = sum(each for each, one in zip(yuan, achievements, strict=True) if kind in one.facts[0].labels)
    touched = of_that_kind > 0
    narrow = min(of_that_kind, max(of_kind - received, Decimal(0))) if touched else Decimal(0)
    assert total == min(sum(yuan) - of_that_kind + narrow, max(most - received, Decimal(0)))


@pytest.mark.parametrize(
    ("more", "total", "kind"),
    [("-1", "999999", AmountKind.EXACT), ("0", "1000000", AmountKind.EXACT), ("1", "1000000", AmountKind.CAP)],
)
def test_a_limit_bites_just_above_itself(more: str, total: str, kind: AmountKind) -> None:
    most = Decimal(1_000_000)
    found = money_of(Claim(achievements=claimed(most + Decimal(more))), limit_of(most))
    assert (found.yuan, found.kind) == (Decimal(total), kind)


# —— order


KINDS = st.lists(st.sampled_from((AmountKind.EXACT, AmountKind.CAP, AmountKind.RANGE)), min_size=6, max_size=6)


RULES_OF_SEVERAL = (ONCE, CATEGORIES, limit_of(Decimal(5_000_000)), limit_of(Decimal(2_000_000), "国家标准"))


@bounded
@given(
    st.data(),
    st.lists(YUAN, min_size=1, max_size=6, unique=True),
    KINDS,
    st.lists(st.sampled_from(("", "甲", "乙")), min_size=6, max_size=6),
)
def test_the_order_of_achievements_does_not_matter(
    data: st.DataObject, yuan: list[Decimal], kinds: list[AmountKind], projects: list[str]
) -> None:
    achievements = [
        replace(one, project=project)
        for one, project in zip(claimed(*yuan, kinds=kinds), projects[: len(yuan)], strict=True)
    ]
    mixed = data.draw(st.permutations(achievements))
    total = money_of(Claim(achievements=tuple(achievements)), *RULES_OF_SEVERAL)
    assert money_of(Claim(achievements=tuple(mixed)), *RULES_OF_SEVERAL).yuan == total.yuan


@pytest.mark.parametrize("rule", [ONCE, CATEGORIES], ids=["project", "categories"])
def test_of_equal_sums_it_does_not_matter_which_is_named_first(rule: Rule) -> None:
    project = "甲" if rule is ONCE else ""
    kinds = [AmountKind.EXACT, AmountKind.CAP, AmountKind.EXACT]
    achievements = claimed(Decimal(100), Decimal(100), Decimal(100), kinds=kinds, project=project)
    narrow = limit_of(Decimal(70), "行业标准")
    totals = [money_of(Claim(achievements=order), rule, narrow) for order in permutations(achievements)]
    assert {(one.yuan, one.kind) for one in totals} == {(totals[0].yuan, totals[0].kind)}


# —— what was received


@bounded
@given(SUMS, YUAN, FEN, FEN)
def test_more_received_in_a_year_never_pays_more(
    yuan: list[Decimal], most: Decimal, received: Decimal, more: Decimal
) -> None:
    achievements, limit = claimed(*yuan), limit_of(most)
    first = money_of(Claim(achievements=achievements, received=received), limit).yuan
    second = money_of(Claim(achievements=achievements, received=received + more), limit).yuan
    assert 0 <= second <= first <= most
    assert first + min(received, most) <= max(most, sum(yuan) + received)


@bounded
@given(YUAN, FEN, FEN)
def test_more_received_for_the_same_never_pays_more(yuan: Decimal, received: Decimal, more: Decimal) -> None:
    paid = [money_of(claimed(yuan, received=one)[0], TOP_UP).yuan for one in (Decimal(0), received, received + more)]
    assert paid[0] == yuan
    assert paid[1] == max(yuan - received, Decimal(0)) >= paid[2] >= 0


@bounded
@given(st.integers(2, 10**7).map(Decimal), FEN)
def test_what_is_left_of_a_range_has_both_its_ends(yuan: Decimal, received: Decimal) -> None:
    [one] = claimed(yuan, kinds=[AmountKind.RANGE], received=received)
    left, low = money_of(one, TOP_UP), one.facts[0].amount.low or Decimal(0)
    assert left.yuan == max(yuan - received, Decimal(0))
    assert left.low == (max(low - received, Decimal(0)) if received else low)


# —— every valid claim, over the invented policies


ANY_YUAN = st.one_of(st.none(), st.decimals(0, YUAN_MAX, allow_nan=False, places=2))
ANY_SHARE = st.one_of(st.none(), st.decimals(Decimal("0.000001"), 1, allow_nan=False, places=9))


@st.composite
def any_claims(draw: st.DrawFn) -> tuple[Claim, tuple[Rule, ...]]:
    facts, rules = read_ledger(draw(st.sampled_from(sorted(POLICIES))))
    numbers = count()
    achievements = tuple(
        Achievement(
            **{
                "name": f"第{next(numbers)}件",
                "facts": (fact,),
                "words": draw(st.sampled_from([fact.subject, "系列"])),
            },
            **{"count": draw(st.integers(1, COUNT_MAX)), "rank": draw(st.integers(0, 100))},
            **{"co_leads": draw(st.integers(0, COUNT_MAX)), "part": draw(ANY_SHARE), "base": draw(ANY_YUAN)},
            **{"base_rate": draw(ANY_SHARE), "cost": draw(ANY_YUAN), "received": draw(ANY_YUAN) or Decimal(0)},
            **{"stage": draw(st.sampled_from(["", "启动", "立项", "中期", "验收"]))},
            **{"project": draw(st.sampled_from(["", "甲"]))},
        )
        for fact in draw(st.lists(st.sampled_from(facts), min_size=1, max_size=8))
    )
    return Claim(achievements=achievements, received=draw(ANY_YUAN) or Decimal(0)), rules


def check_sound(worked: Estimate) -> None:
    """Sums are whole fen, not below nothing, and a range alone has two ends."""
    assert (worked.total is None) == bool(worked.missing)
    sums = [worked.total, *(line.each for line in worked.lines), *(line.total for line in worked.lines)]
    for money in [one for one in sums if one is not None]:
        assert money.yuan.is_finite() and money.yuan >= 0
        assert money.yuan == money.yuan.quantize(Decimal("0.01"))
        assert (money.low is not None) == (money.kind is AmountKind.RANGE)
        assert money.low is None or 0 <= money.low <= money.yuan


@settings(max_examples=300, deadline=None)
@given(any_claims())
def test_every_valid_claim_is_worked_out(claim_and_rules: tuple[Claim, tuple[Rule, ...]]) -> None:
    claim, rules = claim_and_rules
    worked = estimate(claim, rules)
    check_sound(worked)
    assert len(worked.lines) == len(claim.achievements)
    if worked.total is not None:
        assert worked.total.yuan <= sum(line.total.yuan for line in worked.lines if line.total is not None)


@pytest.mark.parametrize("stated", ["0.001", "99.995", "1234.5678"])
def test_a_total_is_whole_fen_whatever_is_stated(stated: str) -> None:
    [one] = claimed(Decimal(2000), received=Decimal(stated))
    check_sound(estimate(Claim(achievements=(one,)), [TOP_UP]))
    limited = Claim(achievements=claimed(Decimal(2000)), received=Decimal(stated))
    check_sound(estimate(limited, [limit_of(Decimal(1500))]))


def test_a_claim_of_nothing_has_no_total() -> None:
    assert estimate(Claim(achievements=()), ()).total is None


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(AchievementEntry.model_fields)), ANYTHING, max_size=4))
def test_whatever_is_written_is_taken_or_refused_in_words(fields: dict[str, Any]) -> None:
    try:
        claim = read_claim({"region": "萧山区", "achievements": [fields]})
    except ClaimFileError as error:
        assert str(error).startswith("第 1 项")
    else:
        base = claim.achievements[0].base
        assert base is None or base.is_finite() and base >= 0
