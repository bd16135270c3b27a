"""BM25 ranks."""

import numpy as np
import pytest

from index.lexical import LexicalIndex

ROWS = [["甲", "乙"], ["乙", "丙", "丙"], ["丁"], ["乙", "甲"]]


@pytest.fixture(scope="module")
def lexical():
    return LexicalIndex.build(ROWS)


def test_only_rows_with_a_token_are_returned_ties_by_row(lexical):
    assert lexical.rank(["甲"], 10) == [0, 3]


def test_a_mask_restricts_the_rows(lexical):
    assert lexical.rank(["乙"], 10, np.array([1, 2])) == [1]


def test_the_limit_cuts(lexical):
    assert lexical.rank(["甲", "乙"], 1) == [0]


def test_unknown_tokens_find_nothing(lexical):
    assert lexical.rank(["戊"], 10) == []
    assert lexical.rank([], 10) == []


def test_saved_and_loaded_it_ranks_alike(lexical, tmp_path):
    lexical.save(tmp_path / "lexical")
    assert LexicalIndex.load(tmp_path / "lexical").rank(["乙", "丙"], 10) == lexical.rank(["乙", "丙"], 10)
