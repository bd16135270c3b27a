"""Chinese and Arabic numerals, 元 千元 万元 亿元 and ratios → `Decimal`. Exact: no float anywhere.

What may mean two numbers (三五万, 一百二万, 3万5) is none: a figure that is not certain is refused, never guessed.
"""

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
    "百万": 10**6,
    "百万元": 10**6,
    "千万": 10**7,
    "千万元": 10**7,
    "亿": 10**8,
    "亿元": 10**8,
    "百亿": 10**10,
    "百亿元": 10**10,
    "千亿": 10**11,
    "千亿元": 10**11,
}
FEN = Decimal("0.01")
_ARABIC = re.compile(r"[0-9]+(?:\.[0-9]+)?")  # and no other digits of Unicode, which nobody proof-reads
_MONEY = re.compile(
    r"(?P<number>[0-9]+(?:\.[0-9]+)?|[零〇一二两三四五六七八九十百千]+)(?P<unit>(?:百|千)?[万亿]元?|千?元|千|)(?:整|人民币)?"
)
# 3万5千元, 一万二千五百元, 2万零500元, 1亿2000万元: of several units, greatest first
_COMPOUND = re.compile(
    r"(?:(?P<hundred_millions>[^亿万]+)亿)?(?:(?P<nought>零?)(?P<myriads>[^亿万]+)万)?"
    r"(?:(?P<zero>零?)(?P<rest>[^亿万元]+))?元?(?:整|人民币)?"
)
_ROUND = re.compile(r"(?P<n>[0-9]+)(?P<unit>[百千])")
# Numbers below ten thousand as they are said, and no other run of such characters: 二十五, 一百零五, 一千零一十.
_ONE = "[一二两三四五六七八九]"
_TEN = f"{_ONE}?十{_ONE}?"
_HUNDRED = f"百(?:零{_ONE}|{_TEN})?"
_SAID = re.compile(f"[零〇]|{_ONE}|{_TEN}|{_ONE}?{_HUNDRED}|{_ONE}?千(?:零(?:{_ONE}|{_TEN})|零?{_ONE}{_HUNDRED})?")
_SPELT = re.compile(
    f"{_ONE}(?:{_ONE}|[零〇])*[零〇](?:{_ONE}|[零〇])*"
)  # 一五〇, digit by digit; 三五 is three to five
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


def read_certain(text: str) -> Decimal:
    """Read a number that can mean one thing only.

    >>> read_certain("一百零五"), read_certain("一五〇"), read_certain("1.5")
    (Decimal('105'), Decimal('150'), Decimal('1.5'))

    Raises:
        AmountError: It is no number, or may be several: 三五 (3 to 5), 一百二 (102 or 120).
    """
    whole, point, _ = text.partition("点")
    if _ARABIC.fullmatch(text) or _SAID.fullmatch(whole):
        return read_number(text)
    if not point and _SPELT.fullmatch(text):
        return Decimal("".join(str(DIGITS[character]) for character in text))
    raise AmountError(f"Cannot be certain of the number {text!r}. Next: it becomes a reject.")


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
    compound = _COMPOUND.fullmatch(text)
    if compound and sum(map(bool, compound.group("hundred_millions", "myriads", "rest"))) > 1:
        return _read_compound(compound)
    found = _MONEY.fullmatch(text)
    if found is None or not (found["unit"] or unit):
        raise AmountError(f"Cannot read an amount in {text!r}: no number with a unit. Next: it becomes a reject.")
    yuan = read_certain(found["number"]) * _UNITS[found["unit"] or unit]
    return yuan.to_integral_value() if yuan == yuan.to_integral_value() else yuan.normalize()


def _read_compound(found: re.Match[str]) -> Decimal:
    """The parts of a sum added up; each has to fill its place, so that 3万5 and 1亿5万 are not taken for a number."""
    total = Decimal(0)
    for name, mark, size in (("hundred_millions", "", 10**8), ("myriads", "nought", 10**4), ("rest", "zero", 1)):
        part = found[name]
        if not part:
            continue
        is_round = _ROUND.fullmatch(part)
        number = read_number(is_round["n"]) * _TENS[is_round["unit"]] if is_round else read_certain(part)
        fills = part[0] not in "千百" and (number >= 1000 or bool(mark and found[mark]) or _says_size(part))
        if not number or number % 1 or total and not (number < 10**4 and fills):
            raise AmountError(f"Cannot read the parts of {found.group()!r} as one sum. Next: it becomes a reject.")
        total += number * size
    return total


def _says_size(part: str) -> bool:
    """Whether a part below a thousand leaves no doubt of its size: 500, 五百; not 5 or 五."""
    return "百" in part or part.isdecimal() and len(part) == len("500")


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
        return read_certain(text[:-1]) / 100
    if text.startswith("百分之"):
        return read_certain(text[3:]) / 100
    if "分之" in text:
        below, above = text.split("分之")
        if read_certain(below):
            return read_certain(above) / read_certain(below)
    if text.endswith(("成", "倍")):
        return read_certain(text[:-1]) / (10 if text.endswith("成") else 1)
    for mark in ("/", "："):
        first, found, second = text.partition(mark)
        above, below = (first, second) if mark == "/" else (second, first)
        if found and read_certain(below):
            return read_certain(above) / read_certain(below)
    raise AmountError(f"Cannot read a share in {text!r}. Next: see the RATIO terminal of corpus/awards/grammar.lark.")


def share_of(yuan: Decimal, rate: Decimal) -> Decimal:
    """A share of a sum, to the fen.

    >>> share_of(Decimal(200000), Decimal("1.5")), share_of(Decimal(10000), Decimal(1) / 3)
    (Decimal('300000'), Decimal('3333.33'))
    """
    sum_ = (yuan * rate).quantize(FEN, ROUND_HALF_UP)
    return sum_.to_integral_value() if sum_ == sum_.to_integral_value() else sum_
