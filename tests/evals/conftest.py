"""The packaged documents under the default model, indexed once for all that is measured here."""

from collections.abc import Iterator

import pytest

from assistant.config import Settings
from assistant.service import build
from evals.under_test import HOME
from index import Index, ModelMissing, open_embedder, open_index


@pytest.fixture(scope="session")
def packaged_index() -> Iterator[Index]:
    """An index of the packaged documents with the default model.

    It lies where `make eval` keeps its own: vectors of all passages take a minute, and are made anew for what changed.
    """
    settings = Settings(home=HOME)
    try:
        embedder = open_embedder(settings.embedding_model, home=HOME)
    except ModelMissing as error:
        pytest.skip(f"the embedding model is not exported: {error}")
    build(settings, progress=False)
    index = open_index(HOME, embedder)
    yield index
    index.close()
