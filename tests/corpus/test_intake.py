"""Intake: which files are read, in which encodings, and which are refused with a reason and a next step."""

import re
from datetime import date
from pathlib import Path

import pytest

from corpus.describe import Given
from corpus.errors import UnreadableFile
from corpus.intake import MAX_FILE_BYTES, Intake, decode, read_file, read_text
from corpus.records import Kind, Region, Status
from corpus.stored import write_document

POLICY = "温州市标准化奖励办法\n\n第一条 获奖的给予 10 万元。\n第二条 本办法自2023年1月1日起施行。\n"
CLEAN = "温州市标准化奖励办法\n第一条 获奖的给予10万元。\n第二条 本办法自2023年1月1日起施行。"


def saved(folder: Path, content: bytes, name: str = "温州.txt") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def read(text: str, given: Given | None = None, taken: frozenset[str] = frozenset()) -> Intake:
    return read_text(text, source="raw.txt", given=given or Given(), taken=taken)


@pytest.mark.parametrize(
    "content",
    [
        POLICY.encode(),
        POLICY.encode("utf-8-sig"),
        POLICY.encode("gb18030"),
        POLICY.encode("gbk"),
        POLICY.replace("\n", "\r\n").encode(),
        POLICY.replace("\n", "\r").encode(),
    ],
    ids=["utf-8", "byte order mark", "gb18030", "gbk", "windows lines", "old mac lines"],
)
def test_every_usual_encoding_gives_the_same_text(content: bytes, tmp_path: Path) -> None:
    (document,) = read_file(saved(tmp_path, content), Given()).documents
    assert document.text == CLEAN
    assert document.source == "温州.txt"
    assert document.id == "wenzhou-2023"


@pytest.mark.parametrize("name", ["a.txt", "a.md", "A.TXT"])
def test_text_and_markdown_are_read(name: str, tmp_path: Path) -> None:
    assert len(read_file(saved(tmp_path, POLICY.encode(), name), Given()).documents) == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        ("\ufeff".encode(), "empty"),  # a byte order mark alone became a document without text
        ("\u3000\u3000".encode(), "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not plain text"),
        (b"PK\x03\x04\x14\x00\x06\x00", "not plain text"),
        (POLICY.encode("utf-16"), "not plain text"),
        ("奖励\ufffd办法".encode(), "not plain text"),
        ("— 1 —\n[bookmark: a]\n".encode(), "no text"),
        ("---\ntitle: 办法\n---\n".encode(), "no text"),
    ],
    ids=[
        "nothing",
        "white space",
        "mark",
        "wide space",
        "image",
        "zip",
        "utf-16",
        "replacement",
        "debris",
        "front only",
    ],
)
def test_what_holds_no_text_is_refused(content: bytes, reason: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=reason) as refusal:
        read_file(saved(tmp_path, content, "x.txt"), Given())
    assert "x.txt" in str(refusal.value)
    assert "Next:" in str(refusal.value)


@pytest.mark.parametrize(("size", "fits"), [(MAX_FILE_BYTES, True), (MAX_FILE_BYTES + 1, False)])
def test_a_file_may_have_this_size_and_no_byte_more(size: int, fits: bool) -> None:
    content = b"a" * size
    if fits:
        assert len(decode(content, "x.txt")) == size
    else:
        with pytest.raises(UnreadableFile, match="split the file"):
            decode(content, "x.txt")


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.html", "a", "a.txt.bak"])
def test_a_file_of_another_kind_is_refused_with_the_kinds_that_are_read(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=re.escape(".md, .txt")):
        read_file(saved(tmp_path, POLICY.encode(), name), Given())


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="check the path"):
        read_file(tmp_path / "none.txt", Given())


FRONT = """---
id: 2025
title: 某办法
region: [浙江省, 温州市, 龙港市]
issuer: 某局
document_number: 某〔2025〕1号
published: "2025-01-01"
in_force_from: 2025-02-02
in_force_until: 2026-03-03
status: draft
kind: notice
---
"""


def test_front_matter_states_what_the_text_does_not() -> None:
    (document,) = read(FRONT + "第一条 目的。\n").documents
    assert document.text == "第一条 目的。"
    assert (document.id, document.title, document.issuer) == ("2025", "某办法", "某局")
    assert document.region == Region(province="浙江省", city="温州市", county="龙港市")
    assert (document.published, document.in_force_from) == (date(2025, 1, 1), date(2025, 2, 2))
    assert (document.in_force_until, document.status, document.kind) == (date(2026, 3, 3), Status.DRAFT, Kind.NOTICE)


def test_the_user_wins_over_front_matter() -> None:
    (document,) = read(FRONT + "第一条 目的。\n", Given(title="另一办法", kind=Kind.LIST)).documents
    assert (document.title, document.kind, document.issuer) == ("另一办法", Kind.LIST, "某局")


@pytest.mark.parametrize("region", ["全国", "[]", '""'])
def test_front_matter_may_state_the_nation(region: str) -> None:
    (document,) = read(f"---\nregion: {region}\n---\n温州市奖励办法\n第一条 目的。\n").documents
    assert document.region == Region()


@pytest.mark.parametrize(
    "front",
    ["region: 火星", "published: 昨天", "published: 2025-02-30", "kind: 好", "status: 1", "a: [", "just words", "- a"],
)
def test_front_matter_that_cannot_be_read_is_refused(front: str) -> None:
    with pytest.raises(UnreadableFile, match="raw.txt"):
        read(f"---\n{front}\n---\n第一条 目的。\n")


def test_a_stored_document_can_be_added_again_as_it_is() -> None:
    (document,) = read(POLICY).documents
    (again,) = read(write_document(document).replace("repeals: []\nsource: raw.txt\n", "")).documents
    assert again == document


def test_a_line_of_dashes_in_the_text_is_no_front_matter() -> None:
    (document,) = read("温州市奖励办法\n---\n第一条 目的。\n---\n").documents
    assert document.text.startswith("温州市奖励办法")


def test_an_id_in_use_gets_the_initials_of_the_title_and_then_a_number() -> None:
    ids = [read(POLICY, taken=frozenset(taken)).documents[0].id for taken in ([], ["wenzhou-2023"])]
    assert ids == ["wenzhou-2023", "wenzhou-2023-wzsbzhjlbf"]
    assert read(POLICY, taken=frozenset(ids)).documents[0].id == "wenzhou-2023-wzsbzhjlbf-2"


def test_an_id_that_the_user_states_is_kept_even_when_in_use() -> None:
    """It became another without a word; the library says that it is in use."""
    assert read(POLICY, Given(id="mine"), frozenset({"mine"})).documents[0].id == "mine"


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    path = saved(tmp_path, POLICY.encode())
    assert read_file(path, Given()) == read_file(path, Given())


def test_torn_lines_spaces_and_debris_are_mended_together() -> None:
    raw = (
        "温州市奖励办法\n第一条 对上一年度在本市办过三次以上宣传活动的各类企业和机构，分\n\n— 2 —\n\n"
        "别一次性补助 10 万元、\n5 万 元。\n"
    )
    intake = read(raw)
    assert intake.documents[0].text.endswith("和机构，分别一次性补助10万元、5万元。")
    assert [(piece.reason, piece.text) for piece in intake.dropped] == [("page number", "— 2 —")]
