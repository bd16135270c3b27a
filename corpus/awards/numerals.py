"""Chinese and Arabic numerals, 元 千元 万元 亿元 and ratios → `Decimal`. Exact: no float anywhere."""

import re
from decimal import ROUND_HALF_UP, Decimal

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_UNITS = {
    "": 1,
    "元": 1,
    "千": 10**3,
    "千元": 10**3,
    "万": 10**4,
    "万元": 10**4,
    "百万元": 10**6,
    "千万元": 10**7,
    "亿": 10**8,
    "亿元": 10**8,
}
FEN = Decimal("0.01")
_ARABIC = re.compile(r"\d+(?:\.\d+)?")
_MONEY = re.compile(
    r"(?P<number>\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+)(?:余|多)?(?P<unit>(?:百|千)?[万亿]元?|千?元|千|)(?:整|人民币)?"
)
_MIXED = re.compile(r"(?P<myriads>[一二两三四五六七八九十]+)万(?P<thousands>[一二三四五六七八九])千元?")
_SHARES = {
    "一半": Decimal("0.5"),
    "半": Decimal("0.5"),
    "减半": Decimal("0.5"),
    "折半": Decimal("0.5"),
    "全额": Decimal(1),
    "等额": Decimal(1),
    "双倍": Decimal(2),
    "加倍": Decimal(2),
    "翻倍": Decimal(2),
}


class AmountError(ValueError):
    """A text that should hold an amount or a ratio holds none."""


def read_number(text: str) -> Decimal:
    """Read a number in Arabic or Chinese digits.

    >>> read_number("0.8"), read_number("一百五十"), read_number("十"), read_number("一点五")
    (Decimal('0.8'), Decimal('150'), Decimal('10'), Decimal('1.5'))

    Raises:
        AmountError: It is no number.
    """
    if _ARABIC.fullmatch(text):
        return Decimal(text)
    whole, point, behind = text.partition("点")
    if point and behind and all(character in DIGITS for character in behind):
        return read_number(whole) + Decimal("0." + "".join(str(DIGITS[character]) for character in behind))
    total = current = 0
    if not text or any(character not in DIGITS and character not in _TENS for character in text):
        raise AmountError(f"Cannot read a number in {text!r}: no digits. Next: see corpus/awards/grammar.lark.")
    for character in text:
        if character in _TENS:
            total, current = total + (current or 1) * _TENS[character], 0
        else:
            current = DIGITS[character]
    return Decimal(total + current)


def read_money(text: str, unit: str = "") -> Decimal:
    """Read one amount of money as yuan.

    Args:
        text: Normalised, one amount: 50万元, 5千元, 0.8万, 二十万元, or a bare number where `unit` is given.
        unit: The unit of a bare number, taken from its neighbour or its column's head.

    >>> read_money("0.8万"), read_money("二十万元"), read_money("5", unit="万元"), read_money("5千元")
    (Decimal('8000'), Decimal('200000'), Decimal('50000'), Decimal('5000'))

    Raises:
        AmountError: There is no number, or neither text nor `unit` gives a unit.
    """
    if mixed := _MIXED.fullmatch(text):  # 一万五千元
        return read_number(mixed["myriads"]) * 10**4 + read_number(mixed["thousands"]) * 1000
    found = _MONEY.fullmatch(text)
    if found is None or not (found["unit"] or unit):
        raise AmountError(f"Cannot read an amount in {text!r}: no number with a unit. Next: it becomes a reject.")
    yuan = read_number(found["number"]) * _UNITS[found["unit"] or unit]
    return yuan.to_integral_value() if yuan == yuan.to_integral_value() else yuan.normalize()


def unit_of(text: str) -> str:
    """The unit printed in an amount; empty for a bare number.

    >>> unit_of("50万元"), unit_of("50")
    ('万元', '')
    """
    found = _MONEY.fullmatch(text)
    return found["unit"] if found else ""


def read_ratio(text: str) -> Decimal:
    """Read a share: 20%, 百分之二十, 三分之一, 1/4, 四成, 1.5倍, 两倍, 双倍, 一半, 减半, 1:1.

    >>> read_ratio("20%"), read_ratio("二分之一"), read_ratio("四成"), read_ratio("1/4"), read_ratio("一点五倍")
    (Decimal('0.2'), Decimal('0.5'), Decimal('0.4'), Decimal('0.25'), Decimal('1.5'))

    Raises:
        AmountError: It is no share.
    """
    if text in _SHARES:
        return _SHARES[text]
    if text.endswith("%"):
        return read_number(text[:-1]) / 100
    if text.startswith("百分之"):
        return read_number(text[3:]) / 100
    if "分之" in text:
        below, above = text.split("分之")
        if read_number(below):
            return read_number(above) / read_number(below)
    if text.endswith(("成", "倍")):
        return read_number(text[:-1]) / (10 if text.endswith("成") else 1)
    for mark in ("/", "："):
        first, found, second = text.partition(mark)
        above, below = (first, second) if mark == "/" else (second, first)
        if found and read_number(below):
            return read_number(above) / read_number(below)
    raise AmountError(f"Cannot read a share in {text!r}. Next: see the RATIO terminal of corpus/awards/grammar.lark.")


def share_of(yuan: Decimal, rate: Decimal) -> Decimal:
    """A share of a sum, to the fen.

    >>> share_of(Decimal(200000), Decimal("1.5")), share_of(Decimal(10000), Decimal(1) / 3)
    (Decimal('300000'), Decimal('3333.33'))
    """
    sum_ = (yuan * rate).quantize(FEN, ROUND_HALF_UP)
    return sum_.to_integral_value() if sum_ == sum_.to_integral_value() else sum_
