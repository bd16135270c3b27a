"""Homes, starters and figures that the faults share."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.config import load_settings
from assistant.service import embedder_of
from index import Embedder
from tests.faults.figures import FILE, Figures
from tests.faults.homes import copy_home, make_library
from tests.faults.program import Starter
from tests.faults.starter import SERVED

FIGURES = pytest.StashKey[Figures]()


@pytest.fixture(scope="session")
def figures(request: pytest.FixtureRequest) -> Figures:
    """Where a test notes its figures."""
    made: Figures = request.config.stash.setdefault(FIGURES, Figures())
    return made


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Keep the figures: of a process that runs beside others nothing else is seen."""
    figures = session.config.stash.get(FIGURES, None)
    if figures is not None:
        figures.write(session.config.rootpath / FILE)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Print the figures under the results."""
    figures = config.stash.get(FIGURES, None)
    if figures is not None and figures.lines:
        terminalreporter.section("faults")
        for line in figures.table():
            terminalreporter.write_line(line)


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """How often to try: the first number, the second in a bounded run (`--sample`)."""
    return lambda all_of_them, sample: sample if request.config.getoption("--sample") else all_of_them


@pytest.fixture(scope="session")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    """The real model: the library is so small that it costs little."""
    settings = load_settings({"JIANGBU_HOME": str(tmp_path_factory.mktemp("model"))})
    return embedder_of(settings, prepare=False)


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Starter]:
    """Starts commands."""
    with Starter(tmp_path_factory.mktemp("starts")) as made:
        yield made


@pytest.fixture(scope="session")
def server_starter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Starter]:
    """Starts commands and servers."""
    with Starter(tmp_path_factory.mktemp("servers"), SERVED) as made:
        yield made


@pytest.fixture(scope="session")
def built_home(starter: Starter, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the made-up policies published; tests may read it, not change it."""
    home = make_library(tmp_path_factory.mktemp("built") / "home")
    built = starter.run(home, "build")
    assert built.status == 0, built.told()
    return home


@pytest.fixture
def home(built_home: Path, tmp_path: Path) -> Path:
    """A home of one's own to break."""
    return copy_home(built_home, tmp_path / "home")
