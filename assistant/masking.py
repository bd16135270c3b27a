"""Personal data in what people type, masked before anything is stored.

Whoever writes a question, a remark or a talk to a store passes it through `mask` first; answers are made from the
text as it was typed. Found are phone and landline numbers, identity cards, bank cards, e-mail addresses, credit
codes and number plates, by their shape; names and addresses only where the words before them say so (“我叫…”,
“住在…”), which finds some and not all. Sums of money and numbers of documents are left alone.

Shapes are looked for in a normalised copy (full-width forms, zero-width characters, Chinese digits), of which each
character knows where it came from, so that the text itself is given back as it was typed around what was masked.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九幺", "0001234567891")
_GAP = r"[\s\-_\u2010-\u2015\u2212]{0,2}"  # between digits; zero-width characters are gone by now
_ALONE = r"(?<!\d)"
# Neither a longer number nor a sum of money goes on after a phone or card number.
_DONE = r"(?!\d)(?!\s{0,2}(?:\.\d|,\d|元|万|亿|千|百|块|人民币|%))"
_CODE = "[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy]"  # the characters of a credit code: no I, O, S, V, Z
_AREA = r"(?:10|2\d|[3-9]\d\d)"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_ID = re.compile(r"\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]")


@dataclass(frozen=True)
class _Shape:
    """One sort of personal data: what is put in its place, how it looks, what else has to be so."""

    label: str
    pattern: str
    holds: Callable[[str], bool] = lambda found: True

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Every stretch of this shape, overlapping ones too: a date before a number must not hide the number."""
        for found in _compiled(self.pattern).finditer(text):
            if self.holds(found[1]):
                yield found.span(1)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(f"(?=({pattern}))")


def _is_identity(found: str) -> bool:
    """Whether the digits have a day of birth where an identity card has it."""
    return _ID.fullmatch("".join(character for character in found if character.isalnum())) is not None


def _is_card(found: str) -> bool:
    """Whether digits are a bank card's: by the check digit (Luhn) or UnionPay's prefix, then mistyped or not."""
    digits = [int(character) for character in found if character.isdigit()]
    doubled = sum(digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2])
    return found.startswith("62") or (sum(digits[::-2]) + doubled) % 10 == 0


_MOBILE = "|".join(
    (
        rf"1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}",
        r"1[3-9]\d{2}[\s\-]\d{4}[\s\-]\d{3}",
        r"1[3-9]\d[\s\-]\d{3}[\s\-]\d{5}",
        r"1[\s\-][3-9](?:[\s\-]\d){9}",
    )
)
_SHAPES = (
    _Shape("〔身份证号〕", rf"{_ALONE}[1-9](?:{_GAP}\d){{16}}{_GAP}[\dXx](?![\dXx])", _is_identity),
    _Shape(
        "〔信用代码〕",
        rf"(?<![0-9A-Za-z])(?=[59]|\d{{0,17}}[A-Za-z])[1-9ANYany][1239]\d{{6}}{_CODE}{{10}}(?![0-9A-Za-z])",
    ),
    _Shape("〔银行卡号〕", rf"(?<!\d{{4}}[\s\-]){_ALONE}\d(?:{_GAP}\d){{15,18}}(?![\s\-]?\d){_DONE}", _is_card),
    _Shape("〔手机号〕", rf"{_ALONE}(?:\+?86{_GAP}|0086{_GAP})?(?:{_MOBILE}){_DONE}"),
    _Shape(
        "〔电话〕",
        rf"(?<![\d.])(?:(?:\+?86{_GAP})?\(?0{_AREA}\)?|\+?86[\s\-]{_AREA}){_GAP}\d{{3,4}}{_GAP}\d{{4}}{_DONE}"
        r"(?:(?:-|转|分机)\d{1,6})?",
    ),
    _Shape("〔邮箱〕", r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,8}"),
    _Shape(
        "〔车牌号〕",
        rf"[{_PROVINCES}](?!DB\d)[A-HJ-NP-Z][·\s\-]?(?=(?:[A-Z]?\d){{3}})[A-HJ-NP-Z0-9]{{4,5}}[A-HJ-NP-Z0-9挂学警]"
        r"(?![0-9A-Za-z/])",
    ),
    _Shape("〔姓名〕", r"(?<=我叫)[\u4e00-\u9fff·]{2,4}(?=[,。;、!\s]|$)"),
    _Shape(
        "〔住址〕",
        r"(?<=住在)[\u4e00-\u9fffA-Za-z0-9\-]{4,40}?\d{1,5}(?:号|室|栋|弄)(?:[\dA-Za-z\-]{1,8}(?:号|室|栋)?)?",
    ),
)


def mask(text: str) -> str:
    """The text with personal data replaced by what it was, all else as it was typed.

    >>> mask("电话１３８ 0013 8000，奖励13800138000元")
    '电话〔手机号〕，奖励13800138000元'
    """
    pieces, done = [], 0
    for start, end, label in _joined(_stretches(text)):
        pieces += [text[done:start], label]
        done = end
    return "".join([*pieces, text[done:]])


def _stretches(text: str) -> Iterator[tuple[int, int, str]]:
    """Half-open stretches of `text` with their labels, by start; they may overlap."""
    plain, places = _normalised(text)
    copies = {plain, plain.translate(CHINESE_DIGITS)}
    found = {
        (places[start], places[end - 1] + 1, rank)
        for rank, shape in enumerate(_SHAPES)
        for copy in copies
        for start, end in shape.find(copy)
    }
    for start, end, rank in sorted(found, key=lambda one: (one[0], one[2], -one[1])):
        yield start, end, _SHAPES[rank].label


def _joined(stretches: Iterator[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Stretches that share characters as one, under the first one's label: nothing between them is let out."""
    joined: list[tuple[int, int, str]] = []
    for start, end, label in stretches:
        if joined and start < joined[-1][1]:
            before = joined.pop()
            joined.append((before[0], max(end, before[1]), before[2]))
        else:
            joined.append((start, end, label))
    return joined


def _normalised(text: str) -> tuple[str, list[int]]:
    """The text to look for shapes in, and the place in `text` that each of its characters comes from."""
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if "\u4e00" <= character <= "\u9fff" or character.isascii() and character.isprintable():  # as they are
            characters.append(character)
            places.append(place)
            continue
        for plain in unicodedata.normalize("NFKC", character):
            if unicodedata.category(plain) in ("Cf", "Cc", "Mn") and not plain.isspace():
                continue
            digit = unicodedata.decimal(plain, None)
            characters.append(plain if digit is None else str(digit))
            places.append(place)
    return "".join(characters), places
