"""Whether a document holds on a given day, as far as its text tells."""

from datetime import date
from enum import StrEnum

from corpus.records import PolicyDocument, Status


class Standing(StrEnum):
    """A document's standing on a day."""

    IN_FORCE = "in_force"  # the start is known and past, and no end is passed
    EXPIRED = "expired"
    NOT_YET = "not_in_force_yet"
    DRAFT = "draft"
    UNKNOWN = "validity_unknown"  # the text states neither start nor end


def standing_on(document: PolicyDocument, day: date) -> Standing:
    """The standing of `document` on `day`; both its first and its last day count as in force."""
    if document.status is Status.DRAFT:
        return Standing.DRAFT
    if document.in_force_until is not None and day > document.in_force_until:
        return Standing.EXPIRED
    start = document.in_force_from
    if start is not None and day < start:
        return Standing.NOT_YET
    if start is None and document.in_force_until is None:
        published = document.published
        return Standing.NOT_YET if published is not None and day < published else Standing.UNKNOWN
    return Standing.IN_FORCE
