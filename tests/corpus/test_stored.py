"""The stored form: a document reads back as it was written, and a damaged file is refused with its name."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import CorpusError
from corpus.library import packaged_documents
from corpus.records import Kind, PolicyDocument, Region, Status
from corpus.stored import read_document, read_document_file, split_front_matter, write_document

MakeDocument = Callable[..., PolicyDocument]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"region": Region()},
        {"region": Region(province="北京市", county="海淀区")},
        {"region": Region(province="浙江省", city="温州市", county="龙港市")},
        {"published": date(2025, 1, 2), "in_force_from": date(2025, 2, 1), "in_force_until": date(2028, 1, 31)},
        {"issuer": "云岭市人民政府", "document_number": "云政〔2025〕8号", "repeals": ("旧办法", "旧细则")},
        {"status": Status.DRAFT, "kind": Kind.LIST},
        {"title": "2025", "id": "2025-01-01", "document_number": "12"},  # YAML would read numbers and a date
        {"title": "办法---", "issuer": "---"},
        {"title": "办法: '一' \"二\" #三 [四] {五}"},
        {"text": ""},
        {"text": "---\n第一条\n---\n第二条"},
        {"text": "类别\t金额\n\t10"},
    ],
)
def test_a_document_reads_back_as_it_was_written(fields: dict[str, object], make_document: MakeDocument) -> None:
    document = make_document(**{"text": "第一条 目的。", **fields})
    assert read_document(write_document(document), "x.md") == document


LINE = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=30)


@given(title=LINE, text=st.text(alphabet="第一条。\n\t -—#:、A1", max_size=60))
def test_any_title_and_text_read_back(title: str, text: str) -> None:
    document = PolicyDocument(
        id="x",
        title=title,
        region=Region(),
        issuer=None,
        document_number=None,
        published=None,
        in_force_from=None,
        in_force_until=None,
        status=Status.UNKNOWN,
        kind=Kind.NOTICE,
        repeals=(),
        source="x.txt",
        text=text,
    )
    assert read_document(write_document(document), "x.md") == document


def test_every_packaged_document_reads_back_as_it_was_written() -> None:
    for document in packaged_documents():
        assert read_document(write_document(document), document.id) == document


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("第一条 目的。\n", "front matter"),
        ("---\nid: a\n", "front matter"),
        ("---\nid: [\n---\n文\n", "broken.md"),
        ("---\njust words\n---\n文\n", "broken.md"),
        ("---\nid: a\ncolour: red\n---\n文\n", "colour"),
        ("---\nid: a\n---\n文\n", "region"),
    ],
)
def test_a_damaged_file_is_refused_by_name(content: str, part: str) -> None:
    with pytest.raises(CorpusError, match=part) as refusal:
        read_document(content, "broken.md")
    assert "broken.md" in str(refusal.value)
    assert "Next:" in str(refusal.value)


@pytest.mark.parametrize(
    ("old", "new"), [("status: issued", "status: maybe"), ("region:\n- 云岭省\n- 云岭市", "region: 云岭")]
)
def test_a_value_of_the_wrong_kind_is_refused(old: str, new: str, make_document: MakeDocument) -> None:
    content = write_document(make_document("文"))
    assert old in content
    with pytest.raises(CorpusError):
        read_document(content.replace(old, new), "x.md")


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_bytes("---\nid: 甲\n---\n".encode("gb18030"))
    with pytest.raises(CorpusError, match="x.md"):
        read_document_file(path)


def test_a_dash_inside_a_line_is_no_fence() -> None:
    assert split_front_matter("---\ntitle: a---\nid: b\n---\n文\n") == ("title: a---\nid: b\n", "文")


def test_front_matter_may_be_empty() -> None:
    assert split_front_matter("---\n---\n文\n") == ("", "文")
