"""Reciprocal rank fusion, against figures worked out by hand."""

import pytest

from index.fuse import reciprocal_rank_fusion


def test_scores_are_sums_of_reciprocal_ranks():
    fused = reciprocal_rank_fusion([[5, 9], [9]], [1.0, 1.0])
    assert fused == [(9, pytest.approx(1 / 62 + 1 / 61)), (5, pytest.approx(1 / 61))]


def test_a_tie_goes_to_the_lower_row():
    assert [row for row, _ in reciprocal_rank_fusion([[8], [2]], [1.0, 1.0])] == [2, 8]


def test_weights_count():
    assert [row for row, _ in reciprocal_rank_fusion([[8], [2]], [1.1, 1.0])] == [8, 2]


def test_empty_rankings_give_nothing():
    assert reciprocal_rank_fusion([[], []], [1.0, 1.0]) == []
