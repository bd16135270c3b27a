"""Where a document stands on a day, as a badge: told from its own dates, never guessed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.page.wording import IN_FORCE, OTHER_WARNING, STARTED, WARNING_LABELS
from corpus.validity import Standing, standing_by

Tone = Literal["good", "plain", "warn", "bad"]
WARNING_TONES: Mapping[str, Tone] = {"expired": "bad", "source_anomaly": "bad"}


@dataclass(frozen=True, kw_only=True)
class Badge:
    """A few words on a coloured ground."""

    label: str
    tone: Tone


def warning_badge(code: str) -> Badge:
    """The badge of a warning code.

    >>> warning_badge("expired").label
    '已失效'
    """
    return Badge(label=WARNING_LABELS.get(code, OTHER_WARNING), tone=WARNING_TONES.get(code, "warn"))


def validity_badge(document: Mapping[str, object], as_of: date) -> Badge:
    """Whether the document holds on `as_of`, as far as it says so itself.

    >>> validity_badge({"in_force_until": "2024-12-31"}, date(2025, 1, 1)).label
    '已失效'
    >>> validity_badge({"in_force_until": "2025-01-01"}, date(2025, 1, 1)).label
    '有效（至 2025-01-01）'
    """
    standing, end = told_standing(document, as_of), read_date(document.get("in_force_until"))
    if standing in (Standing.DRAFT, Standing.EXPIRED, Standing.NOT_YET):
        return warning_badge(standing.value)
    if standing is Standing.UNKNOWN:
        return Badge(label=WARNING_LABELS[standing.value], tone="plain")
    if end is None:
        return Badge(label=STARTED, tone="plain")
    return Badge(label=f"{IN_FORCE}（至 {end.isoformat()}）", tone="good")


def told_standing(document: Mapping[str, object], day: date) -> Standing:
    """Where a document that is told as JSON stands on `day`, by the rule of `corpus.validity`."""
    status, superseded = str(document.get("status")), read_date(document.get("superseded_from"))
    if status in ("expired", "repealed") or (superseded is not None and day >= superseded and status != "draft"):
        return Standing.EXPIRED
    return standing_by(
        is_draft=status == "draft",
        published=read_date(document.get("published")),
        start=read_date(document.get("in_force_from")),
        end=read_date(document.get("in_force_until")),
        day=day,
    )


def read_date(value: object) -> date | None:
    """A `date`, or its ISO text; `None` for anything else."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
