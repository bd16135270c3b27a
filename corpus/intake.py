"""Raw file → stored documents: decode, split, clean, describe. The way in for `jiangbu add`.

docx, pdf and html will enter by giving `READERS` another function from bytes to text.
"""

import re
from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.cleaning import Dropped, is_row, join_lines, mend_spaces, strip_debris
from corpus.compilation import Part, split_parts
from corpus.describe import Given, describe
from corpus.errors import UnreadableFile
from corpus.pinyin import spell
from corpus.records import Kind, PolicyDocument, Region, Status
from corpus.stored import read_day, read_text_field, split_front_matter
from corpus.tables import gather_rows

MAX_FILE_BYTES = 10 * 1024 * 1024
ENCODINGS = ("utf-8-sig", "gb18030")
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\ue000-\uf8ff\ufffd]")


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What one raw file gave: its documents and what was dropped from it."""

    documents: tuple[PolicyDocument, ...]
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True)
class RawFile:
    """A raw file as it came, from a disk or from a browser; its name tells its kind and is kept as the source."""

    name: str
    content: bytes


def decode(content: bytes, name: str) -> str:
    """Decode a text file: UTF-8, with or without a byte order mark, or GB 18030.

    Raises:
        UnreadableFile: Empty, too large, or not text in these encodings.
    """
    if len(content) > MAX_FILE_BYTES:
        raise UnreadableFile(f"Cannot add {name}: more than {MAX_FILE_BYTES} bytes. Next: split the file by policy.")
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not text.strip():
            raise UnreadableFile(f"Cannot add {name}: the file is empty. Next: check that it was saved.")
        if not _NOT_TEXT.search(text):
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise UnreadableFile(
        f"Cannot add {name}: it is not plain text in UTF-8 or GB 18030. Next: save it as UTF-8 text (.txt or .md)."
    )


READERS: dict[str, Callable[[bytes, str], str]] = {".txt": decode, ".md": decode}


def read_file(path: Path, given: Given, taken: Container[str] = frozenset()) -> Intake:
    """Read a raw file into documents with unique ids.

    Args:
        path: The raw file.
        given: What the user states; for a compilation only region, status and kind apply.
        taken: Ids already in use.
    """
    return read_raw(load_raw(path), given, taken)


def load_raw(path: Path) -> RawFile:
    """A raw file off the disk; of one that is too large only as much as shows it."""
    try:
        with path.open("rb") as file:
            return RawFile(name=path.name, content=file.read(MAX_FILE_BYTES + 1))
    except OSError as error:
        raise UnreadableFile(f"Cannot add {path}: {error.strerror}. Next: check the path.") from error


def read_raw(raw: RawFile, given: Given, taken: Container[str] = frozenset()) -> Intake:
    """Read a raw file's bytes into documents; see `read_file`. The name is data: nothing is opened by it."""
    ending = Path(raw.name).suffix
    reader = READERS.get(ending.lower())
    if reader is None:
        raise UnreadableFile(
            f"Cannot add {raw.name}: files ending in {ending or 'nothing'} are not read yet; "
            f"{', '.join(sorted(READERS))} are. Next: save it as text."
        )
    return read_text(reader(raw.content, raw.name), source=raw.name, given=given, taken=taken)


def read_text(text: str, *, source: str, given: Given, taken: Container[str] = frozenset()) -> Intake:
    """Read decoded raw text into documents; see `read_file`."""
    front, body = split_front_matter(text)
    if front is not None:
        given = given_by(front, source, given)
    parts = split_parts(body, source)
    if len(parts) > 1:
        given = replace(given, id=None, title=None, document_number=None)
    documents: list[PolicyDocument] = []
    dropped: list[Dropped] = []
    for part in parts:
        lines, debris = clean_part(part, source)
        dropped += [*part.dropped, *debris]
        if not lines:
            raise UnreadableFile(f"Cannot add {source}: it holds no text. Next: check that it was saved.")
        heading = lines[0] if part.heading else None
        document = describe(lines, heading=heading, source=source, file_stem=Path(source).stem, given=given)
        used = {earlier.id for earlier in documents}
        documents.append(document if given.id else replace(document, id=_unique_id(document, used, taken)))
    return Intake(documents=tuple(documents), dropped=tuple(sorted(dropped, key=lambda piece: piece.start)))


def given_by(front: str, source: str, given: Given) -> Given:
    """Add what a raw file's own front matter states to what the user states; the user wins."""
    import yaml

    try:
        values = yaml.safe_load(front) or {}
        own = Given(
            id=read_text_field(values.get("id")),
            title=read_text_field(values.get("title")),
            region=_stated_region(values.get("region")),
            issuer=read_text_field(values.get("issuer")),
            document_number=read_text_field(values.get("document_number")),
            published=read_day(values.get("published")),
            in_force_from=read_day(values.get("in_force_from")),
            in_force_until=read_day(values.get("in_force_until")),
            status=Status(values["status"]) if values.get("status") else None,
            kind=Kind(values["kind"]) if values.get("kind") else None,
        )
    except (yaml.YAMLError, AttributeError, TypeError, ValueError) as error:
        raise UnreadableFile(f"Cannot read the front matter of {source}: {error}. Next: mend or remove it.") from error
    stated = {name: value for name, value in vars(given).items() if value is not None}
    return replace(own, **stated)


def _stated_region(stated: object) -> Region | None:
    """The region that front matter states as text or as a list; an empty list is the nation."""
    from corpus.regions import find_regions, narrow

    if stated is None:
        return None
    text = "".join(str(part) for part in stated) if isinstance(stated, list) else str(stated)
    if text in ("", "全国"):
        return Region()
    named = narrow(find_regions(text))
    if not named:
        raise ValueError(f"there is no region {text!r}")
    return named[0]


def clean_part(part: Part, source: str) -> tuple[list[str], list[Dropped]]:
    """The clean lines of one policy, and the debris taken from them."""
    dropped: list[Dropped] = []
    bare: list[str] = []
    for line in part.lines:
        text, debris = strip_debris(line.text, line.start, source)
        dropped += debris
        bare.append(text)
    lines = [_clean_row(line) if is_row(line) else mend_spaces(line) for line in gather_rows(bare)]
    return join_lines([line for line in lines if line.strip()]), dropped


def _clean_row(line: str) -> str:
    return "\t".join(mend_spaces(cell) for cell in line.rstrip("\n").split("\t"))


def _unique_id(document: PolicyDocument, used: Container[str], taken: Container[str]) -> str:
    """The proposed id, or with the title's initials where it is in use."""
    candidate = document.id
    if candidate in used or candidate in taken:
        candidate = f"{document.id}-{spell(document.title, initials=True)[:12]}"
    number = 2
    base = candidate
    while candidate in used or candidate in taken:
        candidate, number = f"{base}-{number}", number + 1
    return candidate
