"""One made-up document, for all tests of corpus, and its clauses read; nothing here is taken from a policy."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from corpus.awards import Extraction, extract_awards
from corpus.records import Clause, Kind, PolicyDocument, Region, Status
from corpus.structure import read_clauses

MADE_UP = PolicyDocument(
    id="yunling-2025",
    title="云岭市标准化奖励办法",
    region=Region(province="云岭省", city="云岭市"),
    issuer=None,
    document_number=None,
    published=None,
    in_force_from=None,
    in_force_until=None,
    status=Status.ISSUED,
    kind=Kind.AWARD_POLICY,
    repeals=(),
    source="made-up.txt",
    text="",
)


def document_of(text: str, **fields: Any) -> PolicyDocument:
    """The made-up document with this text; any other field by name."""
    return replace(MADE_UP, text=text, **fields)


def one_clause(text: str, heads: Sequence[str] = ()) -> tuple[PolicyDocument, list[Clause]]:
    """A document of some heads, one a line, and one clause below them."""
    whole = "\n".join([*heads, text])
    clause = Clause(
        id=f"{MADE_UP.id}#a1.p0",
        document_id=MADE_UP.id,
        locator="第一条",
        heads=tuple(heads),
        start=len(whole) - len(text),
        end=len(whole),
    )
    return document_of(whole), [clause]


def extract(text: str, heads: Sequence[str] = ()) -> Extraction:
    """What one clause yields."""
    return extract_awards(*one_clause(text, heads))


def extract_document(text: str, **fields: object) -> Extraction:
    """What a document yields whose clauses are cut by the program."""
    document = document_of(text, **fields)
    return extract_awards(document, read_clauses(document))


def extract_table(*rows: Sequence[str]) -> Extraction:
    """What a table yields, as a converter leaves it: cells parted by tabs."""
    return extract_document("\n".join("\t".join(row) for row in rows))


def yuan_of(extraction: Extraction) -> list[Decimal | None]:
    """The sums of all facts, in order of the text."""
    return [fact.amount.yuan for fact in extraction.facts]
