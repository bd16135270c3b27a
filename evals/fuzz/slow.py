"""Sums read a second time, slowly and in another way, so that one reader's mistake is not the other's.

It knows only what can be told for certain from the characters themselves; None where it cannot.
"""

import re
import unicodedata
from decimal import Decimal

_DIGITS = "零一二三四五六七八九"
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟两〇", "一二三四五六七八九十百千二零")
_SIZES = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "十": 10}


def slow_yuan(printed: str, unit: str = "") -> Decimal | None:
    """The yuan of one sum; None where it is not one plain number with units.

    >>> slow_yuan("3万5千元"), slow_yuan("一百零五万元"), slow_yuan("三五万元"), slow_yuan("1.5万")
    (Decimal('35000'), Decimal('1050000'), None, Decimal('15000.0'))
    """
    text = "".join(
        unicodedata.normalize("NFKC", one) for one in printed if not one.isspace() and unicodedata.category(one) != "Cf"
    )
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text).translate(_CAPITALS)
    text = re.sub("(?:人民币|整)$", "", text) + ("" if re.search("[元万亿]|[0-9]千", text) else unit)
    if not re.search("[元万亿千]", text):
        return None
    return _value(text.removesuffix("元"))


def _value(text: str) -> Decimal | None:
    """A number from its greatest unit down: what stands before the unit times its size, and what stands behind."""
    text = re.sub("^零+(?=[一二三四五六七八九十0-9])", "", text)
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", text):
        return Decimal(text)
    if len(text) > 1 and set(text) <= set(_DIGITS) and "零" in text:  # digit by digit
        return Decimal("".join(str(_DIGITS.index(one)) for one in text))
    if len(text) == 1 and text in _DIGITS:
        return Decimal(_DIGITS.index(text))
    for unit, size in _SIZES.items():
        if unit in text:
            before, _, behind = text.partition(unit)
            above = _value(before) if before else Decimal(1)
            below = _value(behind) if behind else Decimal(0)
            if above is None or below is None or below >= size:
                return None
            return above * size + below
    return None
