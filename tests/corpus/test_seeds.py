"""The raw files and the packaged documents: read again they give the same, and no character is lost between them."""

import json
from pathlib import Path

import pytest

from corpus.cleaning import Dropped
from corpus.describe import Given
from corpus.intake import Intake, read_file
from corpus.library import packaged_documents
from corpus.records import PolicyDocument

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
REASONS = {
    "bookmark",
    "page number",
    "markdown emphasis",
    "markdown bullet",
    "cover and preface",
    "table of contents",
    "number in compilation",
    "part heading of compilation",
}
DROPPED_SHARE_MAX = 0.02  # of a raw file; more is no debris


def listed() -> list[Dropped]:
    content = (ROOT / "corpus/documents/dropped.jsonl").read_text("utf-8")
    return [Dropped(**json.loads(line)) for line in content.splitlines()]


@pytest.fixture(scope="module")
def raw() -> dict[str, str]:
    files = sorted(SEEDS.glob("*.txt")) if SEEDS.is_dir() else []
    if not files:
        pytest.skip(f"no raw files in {SEEDS}: the packaged documents cannot be compared with them")
    return {file.name: file.read_text("utf-8") for file in files}


@pytest.fixture(scope="module")
def read_again(raw: dict[str, str]) -> Intake:
    documents: list[PolicyDocument] = []
    dropped: list[Dropped] = []
    for name in raw:
        intake = read_file(SEEDS / name, Given(), {document.id for document in documents})
        documents += intake.documents
        dropped += intake.dropped
    return Intake(documents=tuple(documents), dropped=tuple(dropped))


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_reading_the_raw_files_gives_the_packaged_documents(read_again: Intake) -> None:
    again = {document.id: document for document in read_again.documents}
    packaged = {document.id: document for document in packaged_documents()}
    assert again.keys() == packaged.keys()
    assert [one for one in packaged if again[one] != packaged[one]] == []


def test_reading_the_raw_files_gives_the_listed_drops(read_again: Intake) -> None:
    assert list(read_again.dropped) == listed()


def test_every_raw_file_is_its_documents_and_its_drops(raw: dict[str, str], read_again: Intake) -> None:
    """From the stored texts and the list alone, in the order of the raw file, white space aside."""
    stored = {document.id: document.text for document in packaged_documents()}
    for name, text in raw.items():
        kept = list(text)
        for piece in (piece for piece in listed() if piece.source == name):
            assert text[piece.start : piece.end] == piece.text
            kept[piece.start : piece.end] = [""] * (piece.end - piece.start)
        order = [document.id for document in read_again.documents if document.source == name]
        assert squeezed("".join(kept)) == squeezed("".join(stored[one] for one in order)), name


def test_every_packaged_document_comes_from_a_raw_file(raw: dict[str, str]) -> None:
    assert {document.source for document in packaged_documents()} == set(raw)


def test_drops_have_a_known_reason_and_a_text() -> None:
    drops = listed()
    assert {piece.reason for piece in drops} <= REASONS
    assert all(piece.text.strip() and piece.end - piece.start == len(piece.text) for piece in drops)


def test_few_characters_are_dropped() -> None:
    dropped = sum(len(piece.text) for piece in listed())
    kept = sum(len(document.text) for document in packaged_documents())
    assert dropped < DROPPED_SHARE_MAX * kept
