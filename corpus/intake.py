"""Raw file → stored documents: convert, split, clean, describe. The way in for `jiangbu add` and for uploads.

A text is decoded here, in linear time; every other kind of file is read by `corpus.conversion` in a process of its own.
"""

import errno
import os
import stat
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from corpus.cleaning import Dropped, is_row, join_lines, mend_spaces, strip_debris
from corpus.compilation import Part, split_parts
from corpus.conversion.child import convert
from corpus.conversion.forms import ENDINGS, tell_form
from corpus.conversion.markdown import has_markup
from corpus.conversion.records import TEXT_MAX, Converted, RawFile, Unsure
from corpus.conversion.secrecy import note_personal_data, refuse_secret
from corpus.conversion.text import read_text as read_plain
from corpus.conversion.wording import NAMED, refuse
from corpus.describe import Given, describe
from corpus.doubts import find_doubts
from corpus.errors import UnreadableFile
from corpus.pinyin import spell
from corpus.records import Kind, PolicyDocument, Region, Status
from corpus.stored import read_day, read_text_field, split_front_matter
from corpus.tables import gather_rows

__all__ = [
    "MAX_FILE_BYTES",
    "READERS",
    "Intake",
    "RawFile",
    "convert_raw",
    "load_raw",
    "read_file",
    "read_raw",
    "read_text",
]

MAX_FILE_BYTES = 10 * 1024 * 1024
READERS: Mapping[str, str] = ENDINGS  # the endings of files that are read, each with its form


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What one raw file gave: its documents, what was dropped from it, and how it was read.

    `digest` is the sha256 of the bytes that were read, empty where a text was given and no file.
    """

    documents: tuple[PolicyDocument, ...]
    dropped: tuple[Dropped, ...]
    converted: Converted = Converted(text="", form="utf-8")
    digest: str = ""


def read_file(path: Path, given: Given, taken: Container[str] = frozenset()) -> Intake:
    """Read a raw file into documents with unique ids.

    Args:
        path: The raw file.
        given: What the user states; for a compilation only region, status and kind apply.
        taken: Ids already in use.

    Raises:
        UnreadableFile: It is refused; `code` says why.
    """
    return read_raw(load_raw(path), given, taken)


def load_raw(path: Path) -> RawFile:
    """A raw file off the disk; of one that is too large only as much as shows it.

    Raises:
        UnreadableFile: It cannot be opened, or is a link, a pipe, a device or a folder.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise _named(refuse("not_regular"), str(path))
            return RawFile(name=path.name, content=file.read(MAX_FILE_BYTES + 1))
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.EISDIR, errno.ENXIO):
            raise _named(refuse("not_regular"), str(path)) from error
        raise _named(refuse("cannot_open", reason=error.strerror), str(path)) from error


def convert_raw(raw: RawFile) -> Converted:
    """The text of a raw file, with what a reviewer should know of how it was read. Its name opens nothing.

    Raises:
        UnreadableFile: It is refused; the words begin with the file's name.
    """
    try:
        if len(raw.content) > MAX_FILE_BYTES:
            raise refuse("too_large", limit=MAX_FILE_BYTES // 1024**2)
        form = tell_form(raw)
        is_plain = form == "text" or (form == "markdown" and not has_markup(raw.content))
        converted = read_plain(raw.content) if is_plain else convert(raw, form)
        if len(converted.text) > TEXT_MAX:
            raise refuse("too_long", limit=TEXT_MAX)
        refuse_secret(converted.text.split("\n"))
        refuse_secret(hidden.text for hidden in converted.hidden)
    except UnreadableFile as refusal:
        raise _named(refusal, raw.name) from refusal
    note = note_personal_data(converted.text)
    return replace(converted, notes=(*converted.notes, note)) if note else converted


def _named(refusal: UnreadableFile, name: str) -> UnreadableFile:
    shown = "".join(one if one.isprintable() else " " for one in name)
    return UnreadableFile(NAMED.format(name=shown[:200], words=refusal.words), code=refusal.code)


def read_raw(raw: RawFile, given: Given, taken: Container[str] = frozenset()) -> Intake:
    """Read a raw file's bytes into documents; see `read_file`. The name is data: nothing is opened by it."""
    converted = convert_raw(raw)
    intake = read_text(converted.text, source=raw.name, given=given, taken=taken)
    documents = _with_doubts(intake, converted.unsure)
    digest = sha256(raw.content).hexdigest()
    return replace(intake, documents=documents, converted=converted, digest=digest)


def _with_doubts(intake: Intake, unsure: tuple[Unsure, ...]) -> tuple[PolicyDocument, ...]:
    if not unsure:
        return intake.documents
    doubts = find_doubts([one.text for one in intake.documents], unsure, (piece.text for piece in intake.dropped))
    return tuple(replace(one, doubts=own) for one, own in zip(intake.documents, doubts, strict=True))


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
            raise _named(refuse("no_text"), source)
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
        raise _named(refuse("front_matter", reason=" ".join(str(error).split())[:200]), source) from error
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
