"""Documents as JSON: what the calls and the page give of them."""

from collections.abc import Iterable
from typing import Any

from corpus.records import Clause, PolicyDocument


def describe_head(document: PolicyDocument) -> dict[str, Any]:
    """What is known of a document, as JSON: all but its text."""
    return {
        "id": document.id,
        "title": document.title,
        "region": document.region.name,
        "issuer": document.issuer,
        "document_number": document.document_number,
        "published": document.published,
        "in_force_from": document.in_force_from,
        "in_force_until": document.in_force_until,
        "status": document.status.value,
        "kind": document.kind.value,
        "uploaded": document.uploaded,
        "supersedes": list(document.supersedes),
        "superseded_by": document.superseded and document.superseded.by,
        "superseded_from": document.superseded and document.superseded.since,
    }


def describe_document(document: PolicyDocument, clauses: Iterable[Clause]) -> dict[str, Any]:
    """A document as JSON: what is known of it, its text, and its clauses with locators and offsets."""
    return describe_head(document) | {
        "repeals": list(document.repeals),
        "source": document.source,
        "text": document.text,
        "clauses": [
            {
                "id": clause.id,
                "locator": clause.locator,
                "heads": list(clause.heads),
                "start": clause.start,
                "end": clause.end,
            }
            for clause in clauses
        ],
    }
