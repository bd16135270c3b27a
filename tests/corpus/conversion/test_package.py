"""What may not be in an Office file: each is refused with its own code, by bytes that were counted, and quickly."""

import io
import random
import time
import zipfile

import pytest

from corpus.conversion import package
from corpus.conversion.docx import read_docx
from corpus.conversion.package import ENTRIES_MAX, UNPACKED_MAX, open_package
from corpus.conversion.sheet import read_xlsx
from corpus.errors import UnreadableFile
from tests.corpus.conversion.office import HEAD, TYPES, packed, par, part, relations, word

BODY = par("第一条 奖励10万元。")
DOCTYPE = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
MACRO_TYPES = TYPES.replace("openxmlformats-officedocument.wordprocessingml.document", "ms-word.document.macroEnabled")


def encrypted(content: bytes) -> bytes:
    """The same zip with the flag of encryption set on its first part."""
    changed = bytearray(content)
    changed[6] |= 1
    changed[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


def lying(content: bytes) -> bytes:
    """A zip whose directory says that a part is small."""
    changed = bytearray(content)
    at = content.rindex(b"PK\x01\x02")
    changed[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(changed)


REFUSED = {
    "cut": (word(BODY)[:300], "damaged"),
    "no zip within": (b"PK\x03\x04" + bytes(400), "damaged"),
    "empty zip": (packed({}), "not_a_document"),
    "no content types": (packed({"word/document.xml": part("document", "")}), "not_a_document"),
    "a zip of anything": (packed({"[Content_Types].xml": f"{HEAD}<Types/>", "a.txt": "x"}), "not_a_document"),
    "no body part": (packed({"[Content_Types].xml": TYPES}), "not_a_document"),
    "encrypted": (encrypted(word(BODY)), "encrypted"),
    "too many parts": (word(BODY, {f"word/a{n}.xml": "<a/>" for n in range(ENTRIES_MAX)}), "too_many_parts"),
    "a bomb": (word(BODY, {"word/b.xml": b"<a>" + b" " * 20_000_000 + b"</a>"}), "bomb"),
    "a larger bomb": (word(BODY, {"word/b.xml": b" " * (UNPACKED_MAX + 1)}), "bomb"),
    "a lying directory": (lying(word(BODY, {"word/z.xml": "<a>" + "x" * 5000 + "</a>"})), "damaged"),
    "a path that climbs": (word(BODY, {"../../evil.xml": "<a/>"}), "odd_parts"),
    "an absolute path": (word(BODY, {"/etc/x.xml": "<a/>"}), "odd_parts"),
    "two parts of one name": (word(BODY, {"WORD/document.xml": "<a/>"}), "odd_parts"),
    "a zip within": (word(BODY, {"word/media/image1.png": packed({"a": "b"})}), "nested_archive"),
    "a document type": (word(BODY, {"word/styles.xml": f"{HEAD}{DOCTYPE}<a>&x;</a>"}), "doctype"),
    "laughs": (word(BODY, {"word/styles.xml": f"{HEAD}<!doctype a [{LAUGHS}]><a>&l9;</a>"}), "doctype"),
    "a hidden document type": (word(BODY, {"word/styles.xml": f"{DOCTYPE}<a/>".encode("utf-16")}), "odd_parts"),
    "another encoding": (word(BODY, {"word/a.xml": '<?xml version="1.0" encoding="utf-7"?><a/>'}), "odd_parts"),
    "macros": (word(BODY, {"word/vbaProject.bin": b"\x00"}), "macros"),
    "macros by type": (word(BODY, {"[Content_Types].xml": MACRO_TYPES}), "macros"),
    "an embedded workbook": (word(BODY, {"word/embeddings/book1.xlsx": packed({"a": "b"})}), "embedded"),
    "an object": (word(BODY, {"word/media/a.png": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}), "embedded"),
    "a program": (word(BODY, {"word/media/a.png": b"MZ\x90\x00"}), "embedded"),
    "a page within": (word(BODY, {"word/afchunk1.html": "<p>x</p>"}), "embedded"),
    "a control": (word(BODY, {"word/activeX/activeX1.xml": "<a/>"}), "embedded"),
    "a template elsewhere": (
        word(BODY, {"word/_rels/settings.xml.rels": relations("attachedTemplate", "http://evil.test/a.dotm")}),
        "external",
    ),
    "a picture elsewhere": (
        word(BODY, {"word/_rels/document.xml.rels": relations("image", "http://127.0.0.1:9/a.png")}),
        "external",
    ),
    "a link to a file": (
        word(BODY, {"word/_rels/document.xml.rels": relations("hyperlink", "file:///etc/passwd")}),
        "external",
    ),
    "nested without end": (word("<w:p>" * 20_000 + "</w:p>" * 20_000), "too_deep"),
    "no XML": (word("<w:p>"), "damaged"),
}


@pytest.mark.parametrize(("content", "code"), REFUSED.values(), ids=REFUSED)
def test_what_no_policy_needs_is_refused_at_once_with_its_own_code(content: bytes, code: str) -> None:
    began = time.process_time()
    with pytest.raises(UnreadableFile) as refusal:
        read_docx(content)
    assert refusal.value.code == code
    assert "下一步：" in refusal.value.words
    assert "root:" not in refusal.value.words
    assert time.process_time() - began < 1.0


def test_a_plain_link_is_no_harm() -> None:
    links = {"word/_rels/document.xml.rels": relations("hyperlink", "https://www.gov.cn/a?b=1")}
    assert read_docx(word(BODY, links)).text == "第一条 奖励10万元。"


def test_a_word_file_is_no_workbook() -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read_xlsx(word(BODY))
    assert refusal.value.code == "not_a_document"


def test_as_many_parts_as_are_allowed_are_read() -> None:
    more = {f"word/a{n}.xml": "<a/>" for n in range(ENTRIES_MAX - 2)}
    assert len(open_package(word(BODY, more), "docx")) == ENTRIES_MAX


@pytest.mark.parametrize(("declared", "fits"), [(True, True), (True, False), (False, False)])
def test_the_sum_of_all_parts_is_bounded_as_declared_and_as_counted(
    declared: bool, fits: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parts that hardly shrink: no ratio gives them away. A directory that declares less does not help."""
    content = word(BODY, {f"word/media/a{n}.png": random.Random(n).randbytes(3000) for n in range(4)})
    whole = sum(entry.file_size for entry in zipfile.ZipFile(io.BytesIO(content)).infolist())
    monkeypatch.setattr(package, "UNPACKED_MAX", whole if fits else whole - 1)
    if not declared:
        monkeypatch.setattr("builtins.sum", lambda _: 0)
    if fits:
        assert read_docx(content).text
        return
    with pytest.raises(UnreadableFile) as refusal:
        read_docx(content)
    assert refusal.value.code == "bomb"


def test_an_odd_way_of_packing_is_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
    with pytest.raises(UnreadableFile) as refusal:
        read_docx(held.getvalue())
    assert refusal.value.code == "damaged"
