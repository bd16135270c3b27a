"""Reciprocal rank fusion: one ranking out of several whose scores cannot be compared."""

from collections.abc import Sequence

RANK_CONSTANT = 60


def reciprocal_rank_fusion(rankings: Sequence[Sequence[int]], weights: Sequence[float]) -> list[tuple[int, float]]:
    """Merge rankings of row numbers, best first; a tie goes to the lower row number.

    Source: Cormack, Clarke, Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and individual Rank
    Learning Methods", SIGIR 2009, with their constant k = 60.

    >>> reciprocal_rank_fusion([[7, 3], [3]], [1.0, 1.0])[0][0]
    3
    """
    scores: dict[int, float] = {}
    for ranking, weight in zip(rankings, weights, strict=True):
        for rank, row in enumerate(ranking, start=1):
            scores[row] = scores.get(row, 0.0) + weight / (RANK_CONSTANT + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
