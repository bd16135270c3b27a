"""A file of Office (a zip of XML parts) → its parts, after everything that could do harm was looked for.

Bytes are counted while they are unpacked, never believed: neither the sizes that the directory declares nor the names.
Each thing that is refused has its own code; nothing is repaired.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from corpus.conversion.wording import FORM_NAMES, refuse

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

ENTRIES_MAX = 2_000
UNPACKED_MAX = 50 * 1024 * 1024
RATIO_MAX = 100  # unpacked to packed, of a part larger than RATIO_FROM
RATIO_FROM = 1024 * 1024
_CHUNK = 64 * 1024
_ENCRYPTED = 0x1
_CONTENT_TYPES = "[Content_Types].xml"
_ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_OBJECT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACROS = re.compile(rb"macroEnabled|vbaProject", re.IGNORECASE)
_MACRO_PARTS = re.compile(r"vbaProject|vbaData|macrosheets/", re.IGNORECASE)
_EMBEDDED_PARTS = re.compile(
    r"/(?:embeddings|activeX|ctrlProps|afchunk)[/\d]|oleObject|\.(?:bin|exe|dll|html?|mht|rtf)$", re.IGNORECASE
)
_HARMLESS_BINARIES = re.compile(r"printerSettings\d*\.bin$", re.IGNORECASE)
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"^<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']{1,40})[\"']")
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_LINKS = frozenset({"http", "https", "mailto", "tel", ""})
_MAIN = {"docx": b"wordprocessingml.document.main+xml", "xlsx": b"spreadsheetml.sheet.main+xml"}


def open_package(content: bytes, kind: str) -> Mapping[str, bytes]:
    """The parts of a docx or xlsx by name.

    Args:
        content: The file.
        kind: "docx" or "xlsx".

    Raises:
        UnreadableFile: It is damaged, encrypted, of another kind, too large, or holds what no policy needs.
    """
    parts = dict(_unpack(content))
    types = parts.get(_CONTENT_TYPES)
    if types is None:
        raise refuse("not_a_document", kind=FORM_NAMES[kind])
    for name, part in parts.items():
        _check_part(name, part)
    if _MACROS.search(types):
        raise refuse("macros")
    if _MAIN[kind] not in types:
        raise refuse("not_a_document", kind=FORM_NAMES[kind])
    for name, part in parts.items():
        if name.endswith(".rels"):
            _check_relations(part)
    return parts


def _unpack(content: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > ENTRIES_MAX:
                raise refuse("too_many_parts", limit=ENTRIES_MAX)
            if any(entry.flag_bits & _ENCRYPTED for entry in entries):
                raise refuse("encrypted")
            if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
                raise refuse("damaged")
            if sum(entry.file_size for entry in entries) > UNPACKED_MAX:
                raise refuse("bomb", limit=UNPACKED_MAX // 1024**2)
            _check_names([entry.filename for entry in entries])
            left = UNPACKED_MAX
            for entry in entries:
                part = _read(archive, entry, left)
                left -= len(part)
                yield entry.filename, part
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise refuse("damaged") from error


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    """One part, counted while it is unpacked."""
    most = min(left, entry.file_size, max(RATIO_FROM, entry.compress_size * RATIO_MAX))
    held = bytearray()
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            held += chunk
            if len(held) > most:
                raise refuse("bomb", limit=UNPACKED_MAX // 1024**2)
    return bytes(held)


def _check_names(names: list[str]) -> None:
    folded = [name.lower() for name in names]
    odd = [
        n for n in names if n.startswith(("/", "\\")) or "\\" in n or ".." in n.split("/") or ":" in n or "\x00" in n
    ]
    if odd or len(set(folded)) != len(folded):
        raise refuse("odd_parts")


def _check_part(name: str, part: bytes) -> None:
    if _MACRO_PARTS.search(name):
        raise refuse("macros")
    if _HARMLESS_BINARIES.search(name):
        return
    if _EMBEDDED_PARTS.search("/" + name) or part.startswith(_OBJECT) or part.startswith((b"MZ", b"\x7fELF", b"%PDF-")):
        raise refuse("embedded")
    if part.startswith(_ARCHIVES):
        raise refuse("nested_archive")
    if name.lower().endswith((".xml", ".rels", ".vml")):
        encoding = _ENCODING.match(part.removeprefix(b"\xef\xbb\xbf"))
        if b"\x00" in part[:200] or (encoding and encoding.group(1).lower() not in (b"utf-8", b"us-ascii")):
            raise refuse("odd_parts")
        if _DOCTYPE.search(part):
            raise refuse("doctype")


def _check_relations(part: bytes) -> None:
    """No part may refer to the outside, but for links that somebody has to click."""
    for relation in parse_xml(part).iter(_RELATION):
        kind = (relation.get("Type") or "").rsplit("/", 1)[-1]
        if kind in ("oleObject", "package", "control", "aFChunk"):
            raise refuse("embedded")
        if (relation.get("TargetMode") or "").lower() != "external":
            continue
        target = relation.get("Target") or ""
        if kind != "hyperlink" or _scheme(target) not in _LINKS:
            raise refuse("external", target=target[:80])


def _scheme(target: str) -> str:
    try:
        return urlsplit(target).scheme.lower()
    except ValueError:
        return "unreadable"


def parse_xml(part: bytes) -> "Element":
    """The tree of a part: no entities, nothing fetched, no deeper than libxml2 holds safe.

    Raises:
        UnreadableFile: It is no XML, or nested too deep.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        raise refuse("too_deep" if "depth" in str(error).lower() else "damaged") from error
