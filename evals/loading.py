"""Suites by name or by file: read, checked against the documents, refused with file and line when they are wrong."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus import packaged_documents
from corpus.records import PolicyDocument
from evals import words
from evals.cases import AS_OF, VERSION, Case, ClaimGold, FigureCase, FigureType, Gold, RetrievalCase, form_of, golds_of
from evals.places import Place, find_snippet, squeeze

FOLDER = Path(__file__).with_name("cases")
SUITES = ("retrieval", "extraction", "claims", "answers", "conversation", "refusal", "robustness")
LINES_MAX = 20_000  # cases of one file: more is refused before anything is asked


class CaseError(ValueError):
    """A file of cases that cannot be used; the message names file, line and fault."""


class Header(BaseModel):
    """The first line of a suite file, if it has one: what the suite is, and what holds for all its cases."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    suite: str = Field(min_length=1, max_length=60)
    version: int = Field(ge=1)
    about: str = ""
    as_of: date = AS_OF
    least: Decimal | None = Field(default=None, ge=0, le=100)  # percent that have to be right


@dataclass(frozen=True, kw_only=True)
class Suite:
    """The cases of one file, in its order, with the digest of what was read."""

    header: Header
    file: str
    sha256: str
    cases: tuple[Case, ...]

    @property
    def name(self) -> str:
        """What it is called in figures and baselines."""
        return self.header.suite


class Sources:
    """The documents that cases are checked against, and answers quote from."""

    def __init__(self, documents: Sequence[PolicyDocument]) -> None:
        self.documents: Mapping[str, PolicyDocument] = {document.id: document for document in documents}

    @cached_property
    def squeezed(self) -> Mapping[str, str]:
        """The texts without white space, by id."""
        return {id_: squeeze(document.text) for id_, document in self.documents.items()}

    def places_of(self, gold: Gold | ClaimGold) -> tuple[Place, ...]:
        """Where the gold quotes stand."""
        return tuple(place for quote in gold.quote for place in self.find(self.candidates(gold), quote))

    def find(self, ids: Sequence[str], snippet: str) -> list[Place]:
        """All places where a snippet stands in these documents, white space aside."""
        small = squeeze(snippet)
        return [
            place
            for id_ in ids
            if id_ in self.documents and small in self.squeezed[id_]
            for place in find_snippet(id_, self.documents[id_].text, snippet)
        ]

    def candidates(self, gold: Gold | ClaimGold) -> tuple[str, ...]:
        """The ids of the documents that a gold may mean: named by id, else by a part of title or region, else all."""
        if gold.ids:
            return gold.ids
        words_ = squeeze(gold.doc or "")
        named = [
            id_ for id_, one in self.documents.items() if words_ and words_ in squeeze(one.region.name + one.title)
        ]
        return tuple(named or self.documents)


def packaged_sources() -> Sources:
    """The documents that come with the program."""
    return Sources(packaged_documents())


def load_suite(given: str) -> Suite:
    """Read a suite of the project by its name, or any other by its file.

    Raises:
        CaseError: There is no such suite; a line is wrong.
    """
    if given == "extraction":
        return _load_ledgers(FOLDER / "extraction")
    file = FOLDER / f"{given}.jsonl" if given in SUITES else Path(given)
    if not file.is_file():
        raise CaseError(words.NO_SUITE.format(given=given, suites="、".join(SUITES)))
    return load_file(file)


def load_file(file: Path) -> Suite:
    """Read a file of cases, one a line; blank lines and a byte order mark are let pass."""
    content = file.read_bytes()
    try:
        lines = content.decode("utf-8-sig").removesuffix("\n").split("\n")  # a question may have U+2028 in it
    except UnicodeDecodeError as error:
        raise CaseError(words.NOT_UTF8.format(file=file)) from error
    if len(lines) > LINES_MAX:
        raise CaseError(words.TOO_MANY_LINES.format(file=file, limit=LINES_MAX))
    header = Header(suite=file.stem[:60], version=VERSION)
    cases: dict[str, Case] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"{file}:{number}"
        fields = _fields(line, where)
        if number == 1 and "suite" in fields:
            header = _read_header(fields, where)
            continue
        case = _read_case(fields, where)
        if case.id in cases:
            raise CaseError(words.TWICE.format(where=where, id=case.id))
        cases[case.id] = case
    if not cases:
        raise CaseError(words.NO_CASES.format(file=file))
    digest = sha256(content).hexdigest()
    return Suite(header=header, file=file.name, sha256=digest, cases=tuple(cases.values()))


def _fields(line: str, where: str) -> dict[str, Any]:
    try:
        fields = json.loads(line, parse_float=Decimal, object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        raise CaseError(words.NO_JSON.format(where=where, reason=str(error)[:120])) from error
    if not isinstance(fields, dict):
        raise CaseError(words.NO_JSON.format(where=where, reason=words.NOT_AN_OBJECT))
    return fields


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of a line; of a key that stands there twice one value would be lost unseen."""
    names = [name for name, _ in pairs]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise ValueError(words.KEY_TWICE.format(key=twice))
    return dict(pairs)


def _read_header(fields: dict[str, Any], where: str) -> Header:
    try:
        header = Header.model_validate(fields)
    except ValidationError as error:
        raise CaseError(words.BAD_CASE.format(where=where, fault=_told(error))) from error
    if header.version > VERSION:
        raise CaseError(words.LATER_VERSION.format(where=where, version=header.version, known=VERSION))
    return header


def _read_case(fields: dict[str, Any], where: str) -> Case:
    try:
        return form_of(fields).model_validate(fields)
    except ValidationError as error:
        raise CaseError(words.BAD_CASE.format(where=where, fault=_told(error))) from error


def _told(error: ValidationError) -> str:
    faults = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}".lstrip(": ") for one in error.errors()]
    return "; ".join(faults[:5])


def misplaced(case: Case, sources: Sources) -> Iterator[str]:
    """Where a case and the documents do not meet: documents that are not there, snippets that stand nowhere.

    No reason to refuse a suite: documents are taken out and replaced, and people copy with slips.
    """
    if isinstance(case, RetrievalCase | FigureCase):
        yield from _unknown((case.document,), sources)
    if isinstance(case, RetrievalCase):
        if (count := len(sources.find((case.document,), case.anchor))) != 1:
            yield words.ANCHOR.format(anchor=case.anchor, document=case.document, count=count)
    for gold in golds_of(case):
        yield from _unknown(gold.ids, sources)
        for quote in gold.quote:
            if not sources.find(sources.candidates(gold), quote):
                yield words.NO_QUOTE.format(quote=quote, document="、".join(gold.ids) or gold.doc or "—")


def _unknown(ids: Sequence[str], sources: Sources) -> Iterator[str]:
    yield from (words.NO_DOCUMENT.format(document=id_) for id_ in ids if id_ not in sources.documents)


def _load_ledgers(folder: Path) -> Suite:
    """The hand-read ledgers: each figure is a case, `<document>@<start>`."""
    cases: list[FigureCase] = []
    digest = sha256()
    for file in sorted(folder.glob("*.yaml")):
        content = file.read_bytes()
        digest.update(content)
        read = yaml.safe_load(content)
        cases += (_read_figure(read["document"], entry, file) for entry in read["entries"])
    header = Header(suite="extraction", version=VERSION)
    return Suite(header=header, file=f"{folder.name}/*.yaml", sha256=digest.hexdigest(), cases=tuple(cases))


def _read_figure(document: str, entry: dict[str, Any], file: Path) -> FigureCase:
    sort: FigureType = "award" if "facts" in entry else "rule" if "rule" in entry else "reject"
    at = tuple(entry["at"])
    try:
        return FigureCase(
            id=f"{document}@{at[0]}{'' if sort == 'award' else f'.{sort}'}",
            type=sort,
            document=document,
            at=at,
            facts=tuple(entry.get("facts", ())),
            rule=entry.get("rule", ""),
        )
    except ValidationError as error:
        raise CaseError(words.BAD_CASE.format(where=f"{file} @{at}", fault=_told(error))) from error
