"""The stored form of a document: one Markdown file with front matter, then the text."""

from dataclasses import fields
from datetime import date, datetime
from pathlib import Path

from corpus.errors import CorpusError
from corpus.records import Doubt, Kind, PolicyDocument, Region, Status

FENCE = "---\n"
_TOLD_BY_OTHERS = ("text", "superseded")
_WRITTEN = [field.name for field in fields(PolicyDocument) if field.name not in _TOLD_BY_OTHERS]
_UNLESS_EMPTY = ("doubts", "uploaded", "supersedes", "supersedes_from")  # most documents have none of these


def write_document(document: PolicyDocument) -> str:
    """The file's content for a document; `read_document` reads it back unchanged."""
    import yaml

    front: dict[str, object] = {}
    for name in _WRITTEN:
        value = getattr(document, name)
        if name in _UNLESS_EMPTY and not value:
            continue
        if isinstance(value, Region):
            value = list(value.parts) if not value.county or value.city else [value.province, "", value.county]
        elif isinstance(value, Status | Kind):
            value = value.value
        elif name == "doubts":
            value = [[one.start, one.end, one.confidence] for one in document.doubts]
        elif isinstance(value, tuple):
            value = list(value)
        front[name] = value
    body = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=1000)
    return f"{FENCE}{body}{FENCE}{document.text}\n"


def read_document(content: str, where: str) -> PolicyDocument:
    """Read a stored document back. `where` names the file in errors."""
    import yaml

    front, text = split_front_matter(content)
    if front is None:
        raise CorpusError(
            f"Cannot read {where}: it does not begin with front matter. Next: `jiangbu add` the raw file again."
        )
    try:
        values = yaml.safe_load(front)
        unknown = set(values) - set(_WRITTEN)
        if unknown:
            raise ValueError(f"unknown keys {sorted(unknown)}")
        return _document(values, text)
    except (ValueError, TypeError, KeyError, AttributeError, yaml.YAMLError) as error:
        raise CorpusError(
            f"Cannot read the front matter of {where}: {error}. Next: compare it with another file of corpus/documents."
        ) from error


def read_document_file(path: Path) -> PolicyDocument:
    """Read a stored document from its file."""
    try:
        content = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"Cannot read {path}: {error}. Next: `jiangbu add` the raw file again.") from error
    return read_document(content, str(path))


def split_front_matter(content: str) -> tuple[str | None, str]:
    """Part front matter from text; None where there is none."""
    end = content.find(f"\n{FENCE}", len(FENCE) - 1)
    if not content.startswith(FENCE) or end < 0:
        return None, content
    return content[len(FENCE) : end + 1], content[end + 1 + len(FENCE) :].removesuffix("\n")


def read_region_parts(parts: list[str]) -> Region:
    """Province, city, county from a list; the city is empty for a district of a 直辖市."""
    province, city, county = [*parts, "", "", ""][:3]
    return Region(province=province, city=city, county=county)


def _document(values: dict[str, object], text: str) -> PolicyDocument:
    region = values["region"]
    repeals = values.get("repeals") or []
    if not isinstance(region, list) or not isinstance(repeals, list):
        raise TypeError("region and repeals are lists")
    return PolicyDocument(
        id=str(values["id"]),
        title=str(values["title"]),
        region=read_region_parts([str(part) for part in region]),
        issuer=read_text_field(values["issuer"]),
        document_number=read_text_field(values["document_number"]),
        published=read_day(values["published"]),
        in_force_from=read_day(values["in_force_from"]),
        in_force_until=read_day(values["in_force_until"]),
        status=Status(str(values["status"])),
        kind=Kind(str(values["kind"])),
        repeals=tuple(str(title) for title in repeals),
        source=str(values["source"]),
        text=text,
        doubts=_doubts(values.get("doubts"), text),
        uploaded=values.get("uploaded") is True,
        supersedes=_ids(values.get("supersedes")),
        supersedes_from=read_day(values.get("supersedes_from")),
    )


def _doubts(listed: object, text: str) -> tuple[Doubt, ...]:
    """Doubtful places as `write_document` wrote them; each lies in the text."""
    if not isinstance(listed, list | None):
        raise TypeError("doubts is a list of [start, end, confidence]")
    doubts = tuple(Doubt(start=int(start), end=int(end), confidence=float(low)) for start, end, low in listed or ())
    if any(not 0 <= one.start < one.end <= len(text) for one in doubts):
        raise ValueError("a doubtful place lies outside the text")
    return doubts


def _ids(listed: object) -> tuple[str, ...]:
    if not isinstance(listed, list | None):
        raise TypeError("supersedes is a list of ids")
    return tuple(str(one) for one in listed or ())


def read_text_field(value: object) -> str | None:
    """A field that may be empty, as text: YAML reads a bare 2023 as a number."""
    return None if value is None else str(value)


def read_day(value: object) -> date | None:
    """A day from YAML, which reads 2023-01-01 as a date, with a time of day as a datetime, and in quotes as text."""
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(str(value))
