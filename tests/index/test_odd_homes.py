"""A home may have any name that the system allows: what marks a part of an address marks nothing in a folder's name."""

from pathlib import Path

import pytest

from corpus.ledger import Ledger, derive
from index import HashEmbedder, Query, build_index, open_index
from index.ledger import read_ledger_file, write_ledger
from index.snapshot import LEDGER
from tests.index.conftest import MadeUp, document_of

SENTENCES = ["主导制定国家标准的，每项激励37万元。", "申请材料交给标准化科。"]
NAMES = ["a#b?c%20", "a?mode=rwc", "100%", "%2e%2e", "file:x", ":memory:", "a&b=c;d", "a'b\"c", "-rf *", "标准 办法"]


@pytest.fixture
def made_up() -> MadeUp:
    return document_of(3, SENTENCES)


@pytest.fixture
def ledger(made_up: MadeUp) -> Ledger:
    return derive(made_up.documents).ledger


def build_in(home: Path, made_up: MadeUp) -> None:
    embedder = HashEmbedder()
    build_index(made_up.documents, derive(made_up.documents), home=home, embedder=embedder, force=False, progress=False)


@pytest.mark.parametrize("name", NAMES)
def test_a_ledger_is_read_back_from_a_folder_of_any_name(
    name: str, tmp_path: Path, made_up: MadeUp, ledger: Ledger
) -> None:
    folder = tmp_path / name
    folder.mkdir()
    write_ledger(folder / LEDGER, made_up.documents, ledger)
    assert ledger.facts and read_ledger_file(folder / LEDGER) == ledger
    assert [path.name for path in folder.iterdir()] == [LEDGER]
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.usefixtures("quick_build")
@pytest.mark.parametrize("name", NAMES)
def test_an_index_is_built_and_opened_in_a_home_of_any_name(
    name: str, tmp_path: Path, made_up: MadeUp, ledger: Ledger
) -> None:
    build_in(tmp_path / name, made_up)
    index = open_index(tmp_path / name, HashEmbedder())
    best = index.search(Query(text="申请材料交给标准化科", limit=1))
    assert (index.ledger, [hit.passage.text for hit in best]) == (ledger, [SENTENCES[1]])
    index.close()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_the_steps_that_run_in_a_process_of_their_own_find_such_a_home_too(
    tmp_path: Path, made_up: MadeUp, ledger: Ledger
) -> None:
    build_in(tmp_path / NAMES[0], made_up)
    index = open_index(tmp_path / NAMES[0], HashEmbedder())
    assert index.ledger == ledger
    index.close()


@pytest.mark.usefixtures("quick_build")
def test_a_home_is_found_by_its_relative_name(
    tmp_path: Path, made_up: MadeUp, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    build_in(Path(NAMES[0]), made_up)
    index = open_index(Path(NAMES[0]), HashEmbedder())
    assert index.ledger == ledger
    index.close()
