"""Which kind a raw file is: its name says one, its first bytes another, and both have to agree.

Nothing is parsed here: a few bytes are looked at, so that the parent process may do it.
"""

from collections.abc import Mapping
from pathlib import PurePosixPath

from corpus.conversion.records import RawFile
from corpus.conversion.wording import FORM_NAMES, refuse

ENDINGS: Mapping[str, str] = {
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".xlsx": "xlsx",
    ".pdf": "pdf",
    ".png": "scan",
    ".jpg": "scan",
    ".jpeg": "scan",
    ".tif": "scan",
    ".tiff": "scan",
    ".bmp": "scan",
}
_OLD_OFFICE = (".doc", ".xls", ".wps", ".et")
_WITH_MACROS = (".docm", ".xlsm", ".dotm", ".xltm")
_HEADS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\x89PNG\r\n\x1a\n", "scan"),
    (b"\xff\xd8\xff", "scan"),
    (b"II*\x00", "scan"),
    (b"MM\x00*", "scan"),
)
_BITMAP_HEADERS = (12, 40, 52, 56, 64, 108, 124)  # sizes that the second header of a bitmap can have
_ZIP_END = b"PK\x05\x06"
_ZIP_END_WITHIN = 66_000  # bytes at the end of a file that hold the directory of a zip
_TEST_MARK = b"EICAR-STANDARD-ANTIVIRUS-" + b"TEST-FILE"
_PACKAGES = ("docx", "xlsx")


def tell_form(raw: RawFile) -> str:
    """The form of a raw file, one of the values of `ENDINGS`.

    Raises:
        UnreadableFile: The ending is not known, the file is empty, or its content is of another kind than its name.
    """
    ending = PurePosixPath(raw.name.replace("\\", "/")).suffix.lower()
    form = ENDINGS.get(ending)
    if form is None:
        if ending in _OLD_OFFICE:
            raise refuse("old_office")
        if ending in _WITH_MACROS:
            raise refuse("macros")
        raise refuse("unknown_ending", ending=ending or "（无）", endings="、".join(sorted(ENDINGS)))
    if not raw.content.strip(b"\x00 \t\r\n"):
        raise refuse("empty")
    found = _form_of(raw.content)
    if found == "ole" and form in _PACKAGES:
        raise refuse("old_office")
    expected = "zip" if form in _PACKAGES else form if form in ("pdf", "scan") else "text"
    if found != expected:
        raise refuse("mismatch", ending=ending, found=FORM_NAMES[found])
    if found == "pdf" and _ZIP_END in raw.content[-_ZIP_END_WITHIN:]:
        raise refuse("polyglot")
    if _TEST_MARK in raw.content[:1024]:
        raise refuse("malware_test")
    return form


def _form_of(content: bytes) -> str:
    """The form that the first bytes tell: "pdf", "zip", "ole", "scan", or "text" where nothing else is told."""
    for head, form in _HEADS:
        if content.startswith(head):
            return form
    is_bitmap = content.startswith(b"BM") and int.from_bytes(content[14:18], "little") in _BITMAP_HEADERS
    return "scan" if is_bitmap else "text"
