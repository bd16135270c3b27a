"""Where a document stands on a day, as a code for programs with the page's words for people."""

from collections.abc import Mapping
from datetime import date
from typing import Literal, get_args

from pydantic import Field

from assistant.page.validity import told_standing, validity_badge
from assistant.records import Record
from corpus.records import PolicyDocument
from corpus.validity import Standing as Validity

StandingCode = Literal["in_force", "not_in_force_yet", "expired", "draft", "unknown"]
STANDING_CODES: tuple[StandingCode, ...] = get_args(StandingCode)


class Standing(Record):
    """Whether a document holds on a day, as far as it says so itself."""

    code: StandingCode = Field(description="in_force 有效，expired 已失效，draft 征求意见稿，unknown 文件没有写明")
    label: str = Field(description="页面上的说法")


def standing_of(document: PolicyDocument | Mapping[str, object], as_of: date) -> Standing:
    """Where a document stands on `as_of`; the label is the page's badge.

    >>> standing_of({"in_force_until": "2024-12-31"}, date(2025, 1, 1)).code
    'expired'
    >>> standing_of({"in_force_from": "2024-01-01"}, date(2025, 1, 1)).code
    'in_force'
    """
    told = document if isinstance(document, Mapping) else _dates(document)
    standing = told_standing(told, as_of)
    code = "unknown" if standing is Validity.UNKNOWN else standing.value
    return Standing.model_validate({"code": code, "label": validity_badge(told, as_of).label})


def _dates(document: PolicyDocument) -> Mapping[str, object]:
    return {
        "status": document.status.value,
        "published": document.published,
        "in_force_from": document.in_force_from,
        "in_force_until": document.in_force_until,
        "superseded_from": document.superseded and document.superseded.since,
    }
