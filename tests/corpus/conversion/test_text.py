"""Encodings: each is read right and named, or the file is refused; never another text, never a private character."""

import codecs

import pytest

from corpus.conversion.text import read_text
from corpus.errors import UnreadableFile

POLICY = "温州市标准化奖励办法\n第一条 获奖的给予 10 万元，面积100㎡，€9，𠮷〇两家。\n第二条 自2023年1月1日起施行。\n"
COMMON = "温州市标准化奖励办法\n第一条 获奖的给予10万元。\n第二条 本办法自2023年1月1日起施行。\n"
TRADITIONAL = "高雄市標準化獎勵辦法\n第一條 獲獎的給予10萬元。\n第二條 本辦法自2023年1月1日起施行。\n"


@pytest.mark.parametrize(
    ("encoding", "form"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32-le"),
        ("utf-32-le", "utf-32-le"),
        ("utf-32-be", "utf-32-be"),
    ],
)
def test_an_encoding_is_told_by_the_content(encoding: str, form: str) -> None:
    read = read_text(POLICY.encode(encoding))
    assert (read.text, read.form, read.hidden) == (POLICY, form, ())


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE], ids=["utf-16", "utf-32"])
def test_a_big_endian_mark_is_understood(mark: bytes) -> None:
    encoding = "utf-16-be" if len(mark) == 2 else "utf-32-be"
    assert read_text(mark + POLICY.encode(encoding)).text == POLICY


def test_gbk_is_read_and_big5_is_not_taken_for_it() -> None:
    assert read_text(COMMON.encode("gbk")).text == COMMON
    read = read_text(TRADITIONAL.encode("big5"))
    assert (read.text, read.form) == (TRADITIONAL, "big5")
    assert read_text(TRADITIONAL.encode("gbk")).form == "gb18030"


@pytest.mark.parametrize("cut", range(1, 40))
def test_a_cut_utf_8_file_is_whole_or_refused(cut: int) -> None:
    """It decodes as GB 18030 without an error, into another text."""
    content = POLICY.encode()[:-cut]
    try:
        assert POLICY.startswith(read_text(content).text)
    except UnreadableFile as refusal:
        assert refusal.code == "cut_text"


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-16", "utf-32"])
@pytest.mark.parametrize("cut", range(1, 12))
def test_any_other_cut_file_is_a_beginning_of_the_text_or_refused(encoding: str, cut: int) -> None:
    whole = TRADITIONAL if encoding == "big5" else POLICY
    try:
        assert whole.startswith(read_text(whole.encode(encoding)[:-cut]).text)
    except UnreadableFile as refusal:
        assert refusal.code in ("cut_text", "not_text", "unknown_encoding")


@pytest.mark.parametrize("at", [3, 20, 60])
def test_utf_8_with_a_damaged_byte_is_no_gb18030(at: int) -> None:
    content = bytearray(POLICY.encode())
    content[at] = 0xFF
    with pytest.raises(UnreadableFile) as refusal:
        read_text(bytes(content))
    assert refusal.value.code in ("cut_text", "not_text")


@pytest.mark.parametrize("bad", ["\ue000", "\uf8ff", "\U000f0000", "\ufffd", "\x00", "\x07", "\x1b[31m", "\ufffe"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_no_private_or_broken_character_is_ever_read(bad: str, encoding: str) -> None:
    with pytest.raises(UnreadableFile):
        read_text(f"第一条 奖励{bad}10万元。\n{POLICY}".encode(encoding))


@pytest.mark.parametrize("content", [b"MZ\x90\x00\x03" + bytes(200), bytes(range(256)) * 4, b"\xff\xfe\xfd" * 99])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_text(content)


def test_a_text_of_too_little_chinese_is_not_guessed() -> None:
    """Bytes that are rare characters in one encoding and in the other."""
    with pytest.raises(UnreadableFile) as refusal:
        read_text("籲羴鱻".encode("gb18030"))
    assert refusal.value.code == "unknown_encoding"
    assert "UTF-8" in refusal.value.words


def test_a_text_without_chinese_is_noted() -> None:
    assert read_text(b"no policy at all").notes
    assert not read_text(POLICY.encode()).notes


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\u2028", "\x0b", "\x0c", "\x85"])
def test_every_line_end_is_one(line_end: str) -> None:
    assert read_text(f"第一条{line_end}第二条".encode()).text == "第一条\n第二条"
