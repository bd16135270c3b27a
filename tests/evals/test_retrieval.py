"""Ours finds the clause that answers: the promise of the whole, on the labelled questions."""

from collections.abc import Iterator

import pytest

from assistant.config import Settings
from evals.cases import load_retrieval_cases
from evals.indexing import open_packaged_index
from evals.metrics import rank_of_gold, score_ranks
from evals.rankings import label_retrieval, our_ranking
from index import Index, ModelMissing, open_embedder

LEAST_HIT_AT_5 = 0.95


@pytest.fixture(scope="session")
def packaged_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """An index of the packaged documents with the default model."""
    home = tmp_path_factory.mktemp("packaged")
    try:
        embedder = open_embedder(Settings(home=home).embedding_model, home=home)
    except ModelMissing as error:
        pytest.skip(f"the embedding model is not exported: {error}")
    index = open_packaged_index(home, embedder)
    yield index
    index.close()


def test_the_gold_clause_is_among_the_first_five(packaged_index: Index) -> None:
    questions = label_retrieval(load_retrieval_cases())
    ranking = our_ranking(packaged_index)
    ranks = {asked.id: rank_of_gold(ranking(asked), asked.gold) for asked in questions}
    lost = [id_ for id_, rank in ranks.items() if rank is None or rank > 5]
    assert score_ranks(list(ranks.values())).hit_at_5 >= LEAST_HIT_AT_5, f"not in the first five: {lost}"
