"""Figures and texts as the report writes them: shares, sums, times, and text made fit for a page or XML."""

import re
from datetime import datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from assistant.sums import plain, say_yuan
from evals.summary import Share

TENTH = Decimal("0.1")
DIGITS_MAX = 20  # of a sum that is written out
CHINA = timezone(timedelta(hours=8))
# What XML 1.0 cannot hold, what no encoding can, and what turns the direction of the text after it.
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069\x7f-\x9f]")


def fit(text: str) -> str:
    """Text with every character replaced that a page or an XML file cannot hold, or that would disorder it.

    >>> fit("a\\x00b\\u202ec") == "a\\ufffdb\\ufffdc"
    True
    """
    return _UNFIT.sub("\ufffd", text)


def clip(text: str, limit: int) -> str:
    """At most so many characters, fit to show, with … where some were cut.

    >>> clip("abcdef", 4)
    'abc…'
    """
    return fit(text if len(text) <= limit else text[: limit - 1] + "…")


def percent(share: Share) -> str:
    """A share in percent, as `percent_of`."""
    return percent_of(share.part, share.n)


def percent_of(part: int, n: int) -> str:
    """A share in percent to one decimal; only what is whole says 100, only what is none says 0; a dash of nothing.

    >>> percent_of(2999, 3000), percent_of(3, 3), percent_of(1, 3000), percent_of(2, 3), percent_of(0, 0)
    ('99.9%', '100%', '0.1%', '66.7%', '—')
    """
    if not n:
        return "—"
    if part in (0, n):
        return "100%" if part else "0%"
    exact = (Decimal(100 * part) / n).quantize(TENTH, ROUND_HALF_UP)
    return f"{min(max(exact, TENTH), 100 - TENTH)}%"


def whole(number: int) -> str:
    """A count with its thousands apart."""
    return f"{number:,}"


def money(yuan: object) -> str:
    """A sum in yuan as people write it; what is no sum as it is.

    >>> money("250000"), money("5000.00"), money("?")
    ('25万元', '5000元', '?')
    """
    try:
        number = Decimal(str(yuan))
        return say_yuan(plain(number)) if number.adjusted() < DIGITS_MAX else clip(str(yuan), 60)
    except InvalidOperation:
        return clip(str(yuan), 60)


def milliseconds(ms: float) -> str:
    """A time as people read it.

    >>> milliseconds(23.6), milliseconds(1234)
    ('24 毫秒', '1.2 秒')
    """
    return f"{ms:.0f} 毫秒" if ms < 1000 else f"{ms / 1000:.1f} 秒"


def clock(moment: datetime) -> str:
    """A moment in China's time.

    >>> clock(datetime(2026, 11, 22, 19, 0, tzinfo=timezone.utc))
    '2026-11-23 03:00'
    """
    return moment.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
