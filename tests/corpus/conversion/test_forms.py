"""The kind of a file: name and content have to agree, and nothing else decides."""

import pytest

from corpus.conversion.forms import ENDINGS, tell_form
from corpus.conversion.records import RawFile
from corpus.errors import UnreadableFile
from tests.corpus.conversion.office import packed, par, word

TEXT = "第一条 奖励10万元。".encode()
ZIP = word(par("第一条"))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
PDF = b"%PDF-1.7\n1 0 obj\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(30)
BMP = b"BM" + bytes(12) + b"\x28\x00\x00\x00" + bytes(40)


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("a.txt", TEXT, "text"),
        ("A.MD", TEXT, "markdown"),
        ("a.htm", TEXT, "html"),
        ("a.docx", ZIP, "docx"),
        ("a.xlsx", ZIP, "xlsx"),
        ("a.pdf", PDF, "pdf"),
        ("a.png", PNG, "scan"),
        ("a.jpeg", b"\xff\xd8\xff\xe0" + bytes(9), "scan"),
        ("a.tif", b"II*\x00" + bytes(9), "scan"),
        ("a.bmp", BMP, "scan"),
        ("BM.txt", b"BM standards", "text"),  # the head of a bitmap alone makes none
        ("..\\x\\a.txt", TEXT, "text"),
    ],
)
def test_a_file_whose_name_and_content_agree(name: str, content: bytes, form: str) -> None:
    assert tell_form(RawFile(name, content)) == form


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.docx", TEXT, "mismatch"),
        ("a.docx", PDF, "mismatch"),
        ("a.docx", OLE, "old_office"),
        ("a.xlsx", OLE, "old_office"),
        ("a.doc", OLE, "old_office"),
        ("a.doc", ZIP, "old_office"),
        ("a.docm", ZIP, "macros"),
        ("a.pdf", TEXT, "mismatch"),
        ("a.pdf", b"<html>", "mismatch"),
        ("a.pdf", PNG, "mismatch"),
        ("a.txt", ZIP, "mismatch"),
        ("a.txt", PDF, "mismatch"),
        ("a.html", OLE, "mismatch"),
        ("a.png", TEXT, "mismatch"),
        ("a.pdf", PDF + ZIP, "polyglot"),
        ("a.docx", PDF + ZIP, "mismatch"),
        ("a.txt", b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*", "malware_test"),
    ],
)
def test_a_file_that_is_not_what_it_is_called_is_refused(name: str, content: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        tell_form(RawFile(name, content))
    assert refusal.value.code == code


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("content", [b"", b"\x00" * 10, b" \r\n"])
def test_an_empty_file_is_refused_as_empty_whatever_its_name(ending: str, content: bytes) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        tell_form(RawFile(f"a{ending}", content))
    assert refusal.value.code == "empty"


def test_an_empty_zip_is_no_document() -> None:
    assert tell_form(RawFile("a.docx", packed({}))) == "docx"  # refused by what opens it
