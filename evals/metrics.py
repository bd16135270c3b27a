"""From ranks and times to the figures of a report. Every figure carries the number of questions it rests on."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from evals.places import Place, overlap_any
from evals.scoring import Verdict

TOP = 3  # a search is right when the gold place is among so many
DEPTH = 10  # places that are looked at in every ranking; what stands lower counts as not found


@dataclass(frozen=True, kw_only=True)
class RetrievalScore:
    """Shares of `n` questions, between 0 and 1; `mrr` is the mean of 1/rank, 0 for those not found.

    `ndcg` is normalised discounted cumulative gain with one relevant place: the mean of 1/log2(1 + rank).
    """

    n: int
    hit_at_1: float
    hit_at_3: float
    hit_at_5: float
    hit_at_10: float
    mrr: float
    ndcg: float


def rank_of_gold(ranking: Sequence[Place], gold: Sequence[Place]) -> int | None:
    """Rank, from 1, of the first of the top 10 that overlaps a gold place; `None` when none does."""
    return next((rank for rank, place in enumerate(ranking[:DEPTH], start=1) if overlap_any(place, gold)), None)


def judge_rank(ranking: Sequence[Place], gold: Sequence[Place]) -> Verdict:
    """A search is right when the gold place is among the first three; its rank is measured, 0 when not found."""
    rank = rank_of_gold(ranking, gold)
    return Verdict(kept={"top_3": rank is not None and rank <= TOP}, measured={"rank": Decimal(rank or 0)})


def score_ranks(ranks: Sequence[int | None]) -> RetrievalScore:
    """Sum up the ranks of several questions.

    Raises:
        ValueError: There are none; a share of nothing would look like a result.

    >>> score_ranks([1, 4, None, 2]).hit_at_5
    0.75
    """
    if not ranks:
        raise ValueError("Cannot score a ranking on no questions (score_ranks). Next: load at least one case.")
    n = len(ranks)

    def share_within(depth: int) -> float:
        return sum(rank is not None and rank <= depth for rank in ranks) / n

    return RetrievalScore(
        n=n,
        hit_at_1=share_within(1),
        hit_at_3=share_within(TOP),
        hit_at_5=share_within(5),
        hit_at_10=share_within(10),
        mrr=sum(1 / rank for rank in ranks if rank is not None) / n,
        ndcg=sum(1 / math.log2(1 + rank) for rank in ranks if rank is not None) / n,
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of `values` that at least `share` of them do not exceed (nearest rank).

    >>> percentile([5.0, 1.0, 3.0, 2.0, 4.0], 0.5), percentile([5.0, 1.0, 3.0, 2.0, 4.0], 0.95)
    (3.0, 5.0)
    """
    if not values or not 0 < share <= 1:
        raise ValueError(f"Cannot take the percentile {share} of {len(values)} values. Next: a share over 0, up to 1.")
    return sorted(values)[math.ceil(share * len(values)) - 1]


def mean_agreement(first: Sequence[Sequence[Place]], second: Sequence[Sequence[Place]]) -> float:
    """Mean share of the top places of one ranking that the other has among its own, question by question.

    >>> a, b, c = (Place("d", n, n + 1) for n in range(3))
    >>> mean_agreement([[a, b]], [[b, c]])
    0.5
    """
    shares = [len(set(one) & set(other)) / len(one) for one, other in zip(first, second, strict=True) if one]
    if not shares:
        raise ValueError("Cannot compare rankings that are all empty (mean_agreement). Next: search for something.")
    return sum(shares) / len(shares)
