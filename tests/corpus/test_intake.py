"""Intake: which files are read, in which encodings, and which are refused with a reason and a next step."""

import os
import re
import socket
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from corpus.conversion.records import TEXT_MAX
from corpus.describe import Given
from corpus.errors import UnreadableFile
from corpus.intake import (
    MAX_FILE_BYTES,
    Intake,
    RawFile,
    convert_raw,
    load_raw,
    read_file,
    read_raw,
    read_text,
)
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
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        ("\ufeff".encode(), "empty"),  # a byte order mark alone became a document without text
        ("\u3000\u3000".encode(), "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "mismatch"),
        (b"PK\x03\x04\x14\x00\x06\x00", "mismatch"),
        ("奖励\ufffd办法".encode(), "private_characters"),
        ("— 1 —\n[bookmark: a]\n".encode(), "no_text"),
        ("---\ntitle: 办法\n---\n".encode(), "no_text"),
    ],
    ids=["nothing", "white space", "mark", "wide space", "image", "zip", "replacement", "debris", "front only"],
)
def test_what_holds_no_text_is_refused(content: bytes, code: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read_file(saved(tmp_path, content, "x.txt"), Given())
    assert refusal.value.code == code
    assert "x.txt" in str(refusal.value)
    assert "下一步：" in str(refusal.value)


@pytest.mark.parametrize(("size", "fits"), [(MAX_FILE_BYTES, True), (MAX_FILE_BYTES + 1, False)])
def test_a_file_may_have_this_size_and_no_byte_more(size: int, fits: bool) -> None:
    raw = RawFile("x.txt", b"a" * size)
    if fits:
        with pytest.raises(UnreadableFile) as refusal:
            convert_raw(raw)
        assert refusal.value.code == "too_long"
    else:
        with pytest.raises(UnreadableFile, match="10 MB") as refusal:
            convert_raw(raw)
        assert refusal.value.code == "too_large"


@pytest.mark.parametrize(("length", "fits"), [(TEXT_MAX, True), (TEXT_MAX + 1, False)])
def test_a_text_may_have_this_many_characters_and_no_more(length: int, fits: bool) -> None:
    raw = RawFile("x.txt", b"a" * length)
    if fits:
        assert len(convert_raw(raw).text) == length
    else:
        with pytest.raises(UnreadableFile) as refusal:
            convert_raw(raw)
        assert refusal.value.code == "too_long"


@pytest.mark.parametrize("name", ["a.exe", "a", "a.txt.bak", "x.pdf.exe", ".env", "a.txt\x00.exe", ""])
def test_a_file_of_another_kind_is_refused_with_the_kinds_that_are_read(name: str) -> None:
    with pytest.raises(UnreadableFile, match=re.escape(".docx、.htm、.html")) as refusal:
        read_raw(RawFile(name, POLICY.encode()), Given())
    assert refusal.value.code == "unknown_ending"
    assert "\x00" not in str(refusal.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="检查路径") as refusal:
        read_file(tmp_path / "none.txt", Given())
    assert refusal.value.code == "cannot_open"


@pytest.mark.parametrize("kind", ["link", "loop", "pipe", "folder", "socket"])
def test_only_regular_files_are_opened_and_a_pipe_does_not_hang(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    match kind:
        case "link":
            path.symlink_to(saved(tmp_path, POLICY.encode()))
        case "loop":
            path.symlink_to(path)
        case "pipe":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "socket":
            with socket.socket(socket.AF_UNIX) as server:
                server.bind(str(path))
    with pytest.raises(UnreadableFile) as refusal:
        read_file(path, Given())
    assert refusal.value.code == "not_regular"


def test_the_bytes_that_were_read_are_those_that_are_vouched_for(tmp_path: Path) -> None:
    """A file that is replaced after it was read changes neither text nor digest."""
    path = saved(tmp_path, POLICY.encode())
    raw = load_raw(path)
    path.write_bytes(POLICY.replace("10", "99").encode())
    intake = read_raw(raw, Given())
    assert intake.documents[0].text == CLEAN
    assert intake.digest == sha256(POLICY.encode()).hexdigest()


@pytest.mark.parametrize(
    "mark", ["机密★", "秘密★1年", "绝 密 ★ 长期", "密级：秘密", "内部资料 注意保存", "【机密】", "秘密级☆"]
)
def test_a_marked_file_is_refused(mark: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read_raw(RawFile("x.txt", f"{mark}\n{POLICY}".encode()), Given())
    assert refusal.value.code == "secret"


@pytest.mark.parametrize("line", ["第三条 商业秘密受保护。", "涉及国家秘密的，从其规定。", "加强机密性、完整性管理"])
def test_words_about_secrets_are_no_mark(line: str) -> None:
    assert read_raw(RawFile("x.txt", f"{POLICY}{line}\n".encode()), Given()).documents


@pytest.mark.parametrize(("numbers", "noted"), [(4, False), (5, True)])
def test_a_list_of_persons_is_noted_for_the_reviewer(numbers: int, noted: bool) -> None:
    phones = "".join(f"张某{at} 138001380{at:02d}\n" for at in range(numbers))
    notes = read_raw(RawFile("x.txt", (POLICY + phones).encode()), Given()).converted.notes
    assert bool(notes) is noted
    if noted:
        assert "5 个手机号" in notes[0]


def test_the_same_name_composed_or_not_is_data_only() -> None:
    """NFC and NFD of a name give the same document; a name that climbs folders names nothing."""
    names = ["é.txt", "e\u0301.txt", "../../evil.txt", "..\\..\\x.txt", "/etc/x.txt", "<img src=x>.txt", "x.txt;rm.txt"]
    texts = {read_raw(RawFile(name, POLICY.encode()), Given()).documents[0].text for name in names}
    assert texts == {CLEAN}


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
