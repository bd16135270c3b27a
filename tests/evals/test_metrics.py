"""Hits, reciprocal ranks, gains, percentiles and agreement, on examples small enough to count by hand."""

from decimal import Decimal
from math import log2

import pytest

from evals.metrics import DEPTH, TOP, judge_rank, mean_agreement, percentile, rank_of_gold, score_ranks
from evals.places import Place, find_snippet

ELSEWHERE = Place("other", 0, 9)


def test_a_hit_is_an_overlap_in_the_same_document() -> None:
    gold = [Place("a", 10, 20)]
    assert rank_of_gold([ELSEWHERE, Place("a", 19, 30)], gold) == 2
    assert rank_of_gold([ELSEWHERE, Place("a", 20, 30)], gold) is None  # half-open: it begins where gold ends
    assert rank_of_gold([Place("b", 10, 20)], gold) is None


def test_one_of_several_gold_places_is_enough_and_the_first_counts() -> None:
    gold = [Place("a", 0, 5), Place("a", 50, 55)]
    assert rank_of_gold([ELSEWHERE, Place("a", 51, 52), Place("a", 0, 5)], gold) == 2


def test_the_tenth_place_counts_and_the_eleventh_does_not() -> None:
    gold = [Place("a", 0, 5)]
    assert rank_of_gold([ELSEWHERE] * (DEPTH - 1) + gold, gold) == DEPTH
    assert rank_of_gold([ELSEWHERE] * DEPTH + gold, gold) is None


def test_a_search_is_right_when_gold_is_among_the_first_three() -> None:
    gold = [Place("a", 0, 5)]
    third, fourth = (judge_rank([ELSEWHERE] * before + gold, gold) for before in (TOP - 1, TOP))
    assert third.is_right and third.measured == {"rank": Decimal(3)}
    assert fourth.broken == ("top_3",) and fourth.measured == {"rank": Decimal(4)}
    lost = judge_rank([ELSEWHERE], gold)
    assert lost.broken == ("top_3",) and lost.measured == {"rank": Decimal(0)}


def test_shares_and_mean_reciprocal_rank() -> None:
    score = score_ranks([1, 3, 5, 6, 10, None])
    hits = score.hit_at_1, score.hit_at_3, score.hit_at_5, score.hit_at_10
    assert (score.n, hits) == (6, (1 / 6, 2 / 6, 3 / 6, 5 / 6))
    assert score.mrr == pytest.approx((1 + 1 / 3 + 1 / 5 + 1 / 6 + 1 / 10) / 6)


def test_the_gain_falls_with_the_logarithm_of_the_rank() -> None:
    assert score_ranks([1]).ndcg == 1
    assert score_ranks([3]).ndcg == pytest.approx(0.5)
    assert score_ranks([None, 7]).ndcg == pytest.approx(1 / 6)
    assert score_ranks([1, 2, None]).ndcg == pytest.approx((1 + 1 / log2(3)) / 3)


def test_no_questions_are_no_score() -> None:
    with pytest.raises(ValueError, match="no questions"):
        score_ranks([])


def test_percentiles_by_nearest_rank() -> None:
    values = [float(number) for number in range(100, 0, -1)]
    assert [percentile(values, share) for share in (0.5, 0.95, 1)] == [50.0, 95.0, 100.0]
    assert percentile([7.0], 0.01) == 7.0
    with pytest.raises(ValueError, match="of 0 values"):
        percentile([], 0.5)
    with pytest.raises(ValueError, match="percentile 0 of"):
        percentile(values, 0)


def test_agreement_takes_no_notice_of_order_nor_of_empty_rankings() -> None:
    a, b, c = Place("d", 0, 1), Place("d", 1, 2), Place("d", 2, 3)
    assert mean_agreement([[a, b], [a, b], []], [[b, a], [c, a], [c]]) == 0.75
    with pytest.raises(ValueError, match="all empty"):
        mean_agreement([[]], [[]])


def test_snippets_are_found_across_line_breaks_and_are_no_patterns() -> None:
    text = "甲（一）\n  乙. 甲（ 一）乙x"
    assert [(place.start, place.end) for place in find_snippet("d", text, "（一） 乙")] == [(1, 8), (11, 16)]
    assert [(place.start, place.end) for place in find_snippet("d", text, "乙.")] == [(7, 9)]
    assert find_snippet("d", text, " \n") == []
