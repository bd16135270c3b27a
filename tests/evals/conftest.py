"""The packaged documents under the default model, indexed once for all that is measured here."""

import time
from collections.abc import Iterator

import pytest

from assistant.config import Settings
from assistant.service import build
from evals.under_test import HOME
from index import BuildBusy, Index, ModelMissing, open_embedder, open_index

BUILD_WITHIN_S = 300


def build_in_turn(settings: Settings) -> None:
    """Bring the index up to date; tests that run beside these in another process may be at it."""
    until = time.monotonic() + BUILD_WITHIN_S
    while True:
        try:
            build(settings, progress=False)
            return
        except BuildBusy:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)


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
    build_in_turn(settings)
    index = open_index(HOME, embedder)
    yield index
    index.close()
