"""The packaged policies as LibreOffice writes them, docx and pdf, read back: the ledger is the one of the text."""

import dataclasses
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.compilation import Part, raw_lines
from corpus.conversion.docx import read_docx
from corpus.conversion.pdf import read_pdf
from corpus.conversion.records import Converted
from corpus.intake import clean_part
from corpus.ledger import Ledger, derive
from corpus.library import packaged_documents
from corpus.records import PolicyDocument
from tests.corpus.conversion.libre_office import convert_all, flat_document, soffice

READERS: dict[str, Callable[[bytes], Converted]] = {"docx": read_docx, "pdf": read_pdf}
# What counts characters of the text, or is made of such counts.
PLACES = {"id", "clause_id", "start", "end", "figure_start", "figure_end", "figures", "rests_on"}

pytestmark = [
    pytest.mark.fault,
    pytest.mark.skipif(soffice() is None, reason="no soffice: apt-get install libreoffice-writer-nogui"),
]


@pytest.fixture(scope="module", params=[True, False], ids=["indented", "flush"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All policies in both forms, their paragraphs indented by two characters or not at all."""
    place = tmp_path_factory.mktemp("office")
    files = []
    for document in packaged_documents():
        file = place / f"{document.id}.fodt"
        running = document.short_title[:20]
        file.write_text(flat_document(document.text.split("\n"), running, indented=request.param), "utf-8")
        files.append(file)
    for form in READERS:
        convert_all(files, form, place)
    return place


def read_back(document: PolicyDocument, text: str) -> Ledger:
    """The ledger of the text as `jiangbu add` would clean and store it, under the document's own description."""
    lines, _ = clean_part(Part(lines=tuple(raw_lines(text)), heading=None, dropped=()), document.source)
    return derive([dataclasses.replace(document, text="\n".join(lines))]).ledger


def content_of(ledger: Ledger) -> Counter[tuple[str, ...]]:
    """Facts, rules and rejects by what they say, wherever they stand."""
    return Counter(
        tuple(f"{name}={value!r}" for name, value in vars(entry).items() if name not in PLACES)
        for entry in (*ledger.facts, *ledger.rules, *ledger.rejects)
    )


@pytest.mark.parametrize("form", READERS)
def test_the_ledger_is_the_same(folder: Path, form: str) -> None:
    different = []
    documents = packaged_documents()
    for document in documents:
        converted = READERS[form]((folder / f"{document.id}.{form}").read_bytes())
        before, after = content_of(derive([document]).ledger), content_of(read_back(document, converted.text))
        if before != after:
            different.append(f"{document.id}: lost {list(before - after)[:2]}, new {list(after - before)[:2]}")
    assert len(documents) >= 40
    assert different == []
