"""The packaged documents under the default model, indexed once for all that is measured here."""

from collections.abc import Iterator

import pytest

from assistant.config import Settings
from evals.indexing import open_packaged_index
from index import Index, ModelMissing, open_embedder


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
