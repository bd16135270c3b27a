"""BM25 over the passages' tokens: finds the exact words, numbers and names that vectors blur."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


def _bm25s() -> Any:  # noqa: ANN401 - it ships no types
    import bm25s

    logging.getLogger("bm25s").setLevel(logging.WARNING)  # it sets itself to DEBUG at import
    return bm25s


class LexicalIndex:
    """BM25 scores, one row a passage."""

    def __init__(self, scorer: Any) -> None:  # noqa: ANN401 - bm25s ships no types
        self._scorer = scorer

    @classmethod
    def build(cls, tokens: Sequence[Sequence[str]]) -> "LexicalIndex":
        """Index the passages' tokens, in row order."""
        bm25s = _bm25s()
        scorer = bm25s.BM25(method="lucene")
        scorer.index([list(row) for row in tokens], show_progress=False)
        return cls(scorer)

    @classmethod
    def load(cls, directory: Path) -> "LexicalIndex":
        """Open what `save` wrote."""
        return cls(_bm25s().BM25.load(directory, show_progress=False))

    def save(self, directory: Path) -> None:
        """Write the index into a folder."""
        self._scorer.save(directory, show_progress=False)

    def rank(self, tokens: Sequence[str], limit: int, rows: NDArray[np.int64] | None = None) -> list[int]:
        """Return the best rows, best first, ties by row number; only rows that hold a token at all.

        Args:
            tokens: Of the query; repeats count once.
            limit: How many rows at most.
            rows: The rows that may be returned; all when `None`.
        """
        ids = self._scorer.get_tokens_ids(list(dict.fromkeys(tokens)))
        if not ids:
            return []
        scores = self._scorer.get_scores_from_ids(ids)
        allowed = np.arange(len(scores)) if rows is None else rows
        order = np.lexsort((allowed, -scores[allowed]))[:limit]
        return [int(row) for row in allowed[order] if scores[row] > 0]
