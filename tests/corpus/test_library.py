"""The library: the packaged documents and the user's own, added and removed without ever touching the package."""

import os
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from corpus import library as library_module
from corpus.errors import CorpusError, DocumentConflict
from corpus.library import Library, packaged_documents
from corpus.records import PolicyDocument

MakeDocument = Callable[..., PolicyDocument]


def ids(library: Library) -> list[str]:
    return [document.id for document in library.documents()]


@pytest.fixture
def packaged_ids() -> list[str]:
    return [document.id for document in packaged_documents()]


def test_a_fresh_home_shows_the_packaged_documents_in_order(tmp_path: Path, packaged_ids: list[str]) -> None:
    assert ids(Library(tmp_path)) == packaged_ids == sorted(set(packaged_ids))
    assert list(tmp_path.iterdir()) == []


def test_an_added_document_is_there_for_the_next_library_too(tmp_path: Path, make_document: MakeDocument) -> None:
    document = make_document("第一条 目的。")
    assert Library(tmp_path).add([document]) == [document]
    assert document in Library(tmp_path).documents()
    assert [path.name for path in (tmp_path / "corpus/documents").iterdir()] == ["yunling-2025.md"]


def test_the_same_text_is_not_added_twice(tmp_path: Path, make_document: MakeDocument) -> None:
    library = Library(tmp_path)
    library.add([make_document("第一条 目的。")])
    assert library.add([make_document("第一条  目 的。\n", id="other")]) == []
    assert library.add([make_document(packaged_documents()[0].text, id="other")]) == []


def test_the_same_text_twice_in_one_batch_is_added_once(tmp_path: Path, make_document: MakeDocument) -> None:
    library = Library(tmp_path)
    batch = [make_document("第一条 目的。", id="a"), make_document("第一条 目的。", id="b")]
    assert [document.id for document in library.add(batch)] == ["a"]


def test_another_text_under_a_known_id_is_a_conflict(tmp_path: Path, make_document: MakeDocument) -> None:
    library = Library(tmp_path)
    library.add([make_document("第一条 目的。")])
    with pytest.raises(DocumentConflict, match="yunling-2025"):
        library.add([make_document("第一条 另一目的。")])
    with pytest.raises(DocumentConflict, match=packaged_documents()[0].id):
        library.add([make_document("第一条 另一目的。", id=packaged_documents()[0].id)])


def test_a_conflict_inside_a_batch_adds_nothing_of_it(tmp_path: Path, make_document: MakeDocument) -> None:
    """The second of two texts under one id overwrote the first."""
    library = Library(tmp_path)
    before = ids(library)
    with pytest.raises(DocumentConflict):
        library.add([make_document("第一条 甲。"), make_document("第一条 乙。")])
    assert ids(library) == before


@pytest.mark.parametrize("bad", ["../outside", "a/b", "", ".hidden", "a b", "x" * 101])
def test_an_id_that_cannot_name_a_file_is_refused(bad: str, tmp_path: Path, make_document: MakeDocument) -> None:
    with pytest.raises(DocumentConflict, match="--id"):
        Library(tmp_path / "home").add([make_document("第一条 目的。", id=bad)])
    assert list(tmp_path.rglob("*.md")) == []


def test_an_own_document_is_removed_with_its_file(tmp_path: Path, make_document: MakeDocument) -> None:
    library = Library(tmp_path)
    document = make_document("第一条 目的。")
    library.add([document])
    assert library.remove(document.id) == document
    assert document.id not in ids(library)
    assert list((tmp_path / "corpus/documents").iterdir()) == []


def test_a_packaged_document_is_removed_for_this_home_only(tmp_path: Path, packaged_ids: list[str]) -> None:
    folder = files("corpus") / "documents"
    before = {entry.name: entry.read_bytes() for entry in folder.iterdir()}
    library = Library(tmp_path / "one")
    library.remove(packaged_ids[0])
    assert ids(library) == packaged_ids[1:]
    assert ids(Library(tmp_path / "two")) == packaged_ids
    assert {entry.name: entry.read_bytes() for entry in folder.iterdir()} == before


def test_a_removed_packaged_document_can_be_added_again(tmp_path: Path, packaged_ids: list[str]) -> None:
    library = Library(tmp_path)
    removed = library.remove(packaged_ids[0])
    assert library.add([removed]) == [removed]
    assert ids(library) == packaged_ids
    library.remove(packaged_ids[0])
    assert ids(library) == packaged_ids[1:]


@pytest.mark.parametrize("unknown", ["none", "", "../x"])
def test_what_is_not_there_cannot_be_removed(unknown: str, tmp_path: Path) -> None:
    with pytest.raises(DocumentConflict, match="jiangbu documents"):
        Library(tmp_path).remove(unknown)


def test_a_write_that_fails_leaves_what_was_there(
    tmp_path: Path, make_document: MakeDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(tmp_path)
    library.add([make_document("第一条 目的。")])

    def full(source: str, target: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(CorpusError, match="No space left"):
        library.add([make_document("第一条 甲。", id="new")])
    assert [path.name for path in (tmp_path / "corpus/documents").iterdir()] == ["yunling-2025.md"]
    assert "new" not in ids(library)


def test_a_home_that_cannot_be_written_is_refused_in_words(tmp_path: Path, make_document: MakeDocument) -> None:
    (tmp_path / "corpus").write_text("a file where the folder should be")
    with pytest.raises(CorpusError, match="Cannot write"):
        Library(tmp_path).add([make_document("第一条 目的。")])


def test_a_half_written_file_is_not_read(tmp_path: Path, make_document: MakeDocument, packaged_ids: list[str]) -> None:
    folder = tmp_path / "corpus/documents"
    folder.mkdir(parents=True)
    (folder / "new.mdabc.part").write_text("---\nid: n")
    assert ids(Library(tmp_path)) == packaged_ids


def test_a_damaged_own_document_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "corpus/documents"
    folder.mkdir(parents=True)
    (folder / "broken.md").write_text("第一条 目的。", encoding="utf-8")
    with pytest.raises(CorpusError, match="broken.md"):
        Library(tmp_path).documents()


def test_packaged_files_are_named_by_their_ids() -> None:
    names = {entry.name for entry in (files("corpus") / "documents").iterdir() if entry.name.endswith(".md")}
    assert names == {f"{document.id}.md" for document in packaged_documents()}


def test_another_grammar_makes_another_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index made by an older grammar has an older ledger: once it was taken as up to date."""
    before = Library(tmp_path).digest()
    assert Library(tmp_path).digest() == before
    monkeypatch.setattr(library_module, "_readers", lambda: "another")
    assert Library(tmp_path).digest() != before
    names = {entry.name for entry in library_module._files_below(files("corpus"))}
    assert {"rules.toml", "vocabulary.toml", "structure.py"} <= names and "longgang-2023.md" not in names
