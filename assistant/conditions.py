"""Thresholds that an award sets (连续保持一年以上, 10家以上企业采用) against what the asker tells of them.

Only what is told to lie below a threshold is said to fail it; what is not told stays a condition.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from corpus.awards import AwardFact
from corpus.awards.numerals import AmountError, read_number

_NUMBER = r"\d{1,4}|[一二两三四五六七八九十百半]{1,4}"
_SETS = (
    re.compile(rf"(?:(?P<alternative>或者?))?(?P<n>{_NUMBER})(?P<u>家|年|个月)(?:[（(]含[^）)]*[）)])?(?:及其?)?以上"),
    re.compile(rf"(?P<alternative>或者?)?(?:满|不少于|不低于|达到)(?P<n>{_NUMBER})(?P<u>家|年|个月)"),
)
_TELLS = {
    "家": re.compile(rf"(?P<n>{_NUMBER})家(?:企业|单位|公司)?(?:都|已经?)?(?:在)?(?:采?用|使用|应用)"),
    "月": re.compile(
        rf"(?:保持|维持|持续|坚持|实施|运行|使用|评上|拿到|干|到现在|到目前|至今|才)[^，。；]{{0,6}}?(?P<n>{_NUMBER})(?P<u>年半?|个?月)"
    ),
}


def failed(fact: AwardFact, told: str) -> str:
    """The threshold of an award that what was told lies below, in the award's words; empty where none does.

    Args:
        fact: The award; its own words set the threshold.
        told: The reworded question.
    """
    for found, unit, least in _thresholds(fact.subject):
        reached = [value for own, value in _told(told) if own == unit]
        if found["alternative"] and not re.search("(?:没有?|未|还没)[^，。；]{0,6}采信", told):
            continue  # one of two conditions, of which the other may hold
        if reached and max(reached) < least:
            return found.group().removeprefix("或者").removeprefix("或")
    return ""


def _thresholds(words: str) -> Iterator[tuple[re.Match[str], str, Decimal]]:
    for pattern in _SETS:
        for found in pattern.finditer(words):
            number = _read(found["n"])
            if number is not None:
                yield found, "家" if found["u"] == "家" else "月", number * (12 if found["u"] == "年" else 1)


def _told(text: str) -> Iterator[tuple[str, Decimal]]:
    for unit, pattern in _TELLS.items():
        for found in pattern.finditer(text):
            number = _read(found["n"])
            if number is None:
                continue
            if unit == "月" and found["u"].startswith("年"):
                number = number * 12 + (6 if found["u"] == "年半" else 0)
            yield unit, number


def _read(text: str) -> Decimal | None:
    try:
        return Decimal(read_number(text.replace("两", "二")))
    except AmountError:
        return None
