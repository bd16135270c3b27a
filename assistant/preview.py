"""What a reviewer is shown of the files that were sent: how each was read, and what was read in it.

Besides heads, text, awards, what could not be read and what looks wrong, that is what a reader of the file would not
see, the lines that a scan read unsurely, and where a document repeats a stored one with other figures.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from pydantic import Field

from assistant.near_copies import StoredClauses
from assistant.records import Record
from assistant.sums import say_amount
from corpus import PolicyDocument, derive
from corpus.awards.malformed import LABELS
from corpus.intake import Intake
from corpus.ledger import Derived
from corpus.versions import find_older

QUOTE_MAX = 300  # characters of a clause that are shown beside what was read in it
LISTED_MAX = 500  # rows of one list of a preview


class ReadFact(Record):
    """An award as it was read."""

    locator: str
    subject: str
    amount: str
    quote: str = Field(description="原文")


class ReadPlace(Record):
    """A place that was not read, or that looks wrong."""

    code: str
    locator: str
    message: str
    quote: str = Field(description="原文")


class ReadConflict(Record):
    """A clause or award that differs from a stored one in its figures alone."""

    document: str = Field(description="文库中文件的编号")
    title: str
    locator: str
    theirs: str = Field(description="文库中的金额、数字")
    ours: str = Field(description="待审文件中的金额、数字")
    here: str = Field(description="待审文件中的条款")


class StoredLike(Record):
    """A stored document that the one sent is a version or a near copy of."""

    document: str
    title: str
    share: float = Field(default=0.0, description="除数字外相同的条款所占的比例")


class ReadDocument(Record):
    """A document as it was read, and how it is like the stored ones."""

    id: str
    title: str
    region: str
    issuer: str | None
    document_number: str | None
    published: date | None
    in_force_from: date | None
    in_force_until: date | None
    status: str
    kind: str
    repeals: tuple[str, ...]
    text: str
    clauses: int
    facts: tuple[ReadFact, ...]
    rejects: tuple[ReadPlace, ...]
    findings: tuple[ReadPlace, ...] = Field(description="疑点，包括扫描件中没有看清的数字")
    conflicts: tuple[ReadConflict, ...]
    near: tuple[StoredLike, ...] = Field(description="与之几乎相同的文件")
    supersedes: tuple[StoredLike, ...] = Field(description="看来是哪些文件的新版本")
    known: bool = Field(description="文库中已有同样的正文，收入时略过")


class UnsureLine(Record):
    """A line of a scan as it was read."""

    text: str
    confidence: float
    page: int


class HiddenText(Record):
    """Text that a reader of the page would not see; it is not taken in."""

    how: str
    text: str


class SentAs(Record):
    """A file as it came."""

    name: str
    form: str
    pages: int
    hidden: tuple[HiddenText, ...]
    unsure: tuple[UnsureLine, ...]
    notes: tuple[str, ...]


class Preview(Record):
    """What a reviewer is shown."""

    files: tuple[SentAs, ...]
    documents: tuple[ReadDocument, ...]


def describe_read(document: PolicyDocument, known: StoredClauses, stored: Sequence[PolicyDocument]) -> ReadDocument:
    """A document as the reviewer is shown it."""
    read = derive([document])
    likeness = known.compare(document, read.ledger.facts)
    bare = "".join(document.text.split())
    return ReadDocument(
        id=document.id,
        title=document.title,
        region=document.region.name,
        issuer=document.issuer,
        document_number=document.document_number,
        published=document.published,
        in_force_from=document.in_force_from,
        in_force_until=document.in_force_until,
        status=document.status.value,
        kind=document.kind.value,
        repeals=document.repeals,
        text=document.text,
        clauses=len(read.clauses),
        facts=_facts(document, read),
        rejects=_rejects(document, read),
        findings=_findings(document, read),
        supersedes=tuple(StoredLike(document=one.id, title=one.title) for one in find_older(document, stored)),
        known=any("".join(one.text.split()) == bare for one in stored),
        near=tuple(StoredLike(**asdict(one)) for one in likeness.near),
        conflicts=tuple(ReadConflict(**asdict(one)) for one in likeness.conflicts),
    )


def describe_file(name: str, intake: Intake) -> SentAs:
    converted = intake.converted
    return SentAs(
        name=name,
        form=converted.form,
        pages=converted.pages,
        hidden=tuple(HiddenText(**asdict(one)) for one in converted.hidden[:LISTED_MAX]),
        unsure=tuple(UnsureLine(**asdict(one)) for one in converted.unsure[:LISTED_MAX]),
        notes=converted.notes,
    )


def _facts(document: PolicyDocument, read: Derived) -> tuple[ReadFact, ...]:
    return tuple(
        ReadFact(
            locator=fact.locator,
            subject=fact.subject,
            amount=say_amount(fact.amount),
            quote=document.text[fact.start : fact.end][:QUOTE_MAX],
        )
        for fact in read.ledger.facts[:LISTED_MAX]
    )


def _rejects(document: PolicyDocument, read: Derived) -> tuple[ReadPlace, ...]:
    return tuple(
        ReadPlace(
            code=one.label,
            locator=one.locator,
            message=LABELS[one.label][0],
            quote=document.text[one.start : one.end][:QUOTE_MAX],
        )
        for one in read.ledger.rejects[:LISTED_MAX]
    )


def _findings(document: PolicyDocument, read: Derived) -> tuple[ReadPlace, ...]:
    return tuple(
        ReadPlace(
            code=one.code.value,
            locator=one.locator,
            message=one.detail,
            quote=document.text[one.start : one.end][:QUOTE_MAX],
        )
        for one in read.ledger.anomalies[:LISTED_MAX]
    )
