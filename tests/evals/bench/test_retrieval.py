"""Ours finds the clause that answers: the promise of the whole, on the labelled questions."""

from evals.bench.questions import retrieval_cases
from evals.bench.rankings import label_retrieval, our_ranking
from evals.metrics import rank_of_gold, score_ranks
from index import Index

LEAST_HIT_AT_5 = 0.95


def test_the_gold_clause_is_among_the_first_five(packaged_index: Index) -> None:
    questions = label_retrieval(retrieval_cases())
    ranking = our_ranking(packaged_index)
    ranks = {asked.id: rank_of_gold(ranking(asked), asked.gold) for asked in questions}
    lost = [id_ for id_, rank in ranks.items() if rank is None or rank > 5]
    assert score_ranks(list(ranks.values())).hit_at_5 >= LEAST_HIT_AT_5, f"not in the first five: {lost}"
