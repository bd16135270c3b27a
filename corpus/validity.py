"""Whether a document holds on a given day, as far as its text tells."""

from datetime import date
from enum import StrEnum

from corpus.records import PolicyDocument, Status
from corpus.versions import is_superseded


class Standing(StrEnum):
    """A document's standing on a day."""

    IN_FORCE = "in_force"  # the start is known and past, and no end is passed
    EXPIRED = "expired"
    NOT_YET = "not_in_force_yet"
    DRAFT = "draft"
    UNKNOWN = "validity_unknown"  # the text states neither start nor end


def standing_on(document: PolicyDocument, day: date) -> Standing:
    """The standing of `document` on `day`; both its first and its last day count as in force.

    One whose place a newer version has taken is out of force like an expired one.
    """
    if is_superseded(document, day) and document.status is not Status.DRAFT:
        return Standing.EXPIRED
    return standing_by(
        is_draft=document.status is Status.DRAFT,
        published=document.published,
        start=document.in_force_from,
        end=document.in_force_until,
        day=day,
    )


def standing_by(*, is_draft: bool, published: date | None, start: date | None, end: date | None, day: date) -> Standing:
    """The same, from what is known of a document: its first and last day, the day on which it was published."""
    if is_draft:
        return Standing.DRAFT
    if end is not None and day > end:
        return Standing.EXPIRED
    if start is not None and day < start:
        return Standing.NOT_YET
    if start is None and end is None:
        return Standing.NOT_YET if published is not None and day < published else Standing.UNKNOWN
    return Standing.IN_FORCE
