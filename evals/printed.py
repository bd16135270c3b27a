"""The figures that a text prints: sums, shares and plain numbers, each at its place.

A second reading: it goes by units and signs alone, knows no awards, and takes nothing from the ledger.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from corpus.awards.normalize import normalize
from corpus.awards.numerals import AmountError, read_money, read_number, read_ratio

Sort = Literal["money", "share", "number"]

_DIGITS = "零〇一二两三四五六七八九十百千"
_NUMBER = rf"(?:\d+(?:\.\d+)?|[{_DIGITS}]+(?:点[{_DIGITS}]+)?)"
_COUNTED = "人|名|亩|吨|平|户|家|件|台|次|辆|个|字|公|千|种|项|分之"  # 3万人 is no money
_AFTER = rf"[\d.%{_DIGITS}万亿元年月日项家个位次名人件、]"  # 十二万八 is spoken for 128000; 五万三家 is not
_TOKEN = re.compile(
    rf"""
    (?P<share>百分之{_NUMBER}|{_NUMBER}(?:%|分之{_NUMBER}|成(?!员|立|果|本)|倍)|\d+/\d+(?![\d/])|\d+：\d+
        |一半|减半|折半|半数|对半|双倍|加倍|翻倍|全额|全部|等额)
    |(?P<fold>[一二三四五六七八九]|\d)折
    |(?P<money>{_NUMBER}[余多来]?(?:[百千]?[万亿](?!{_COUNTED})(?:[1-9一二三四五六七八九](?:千|(?!{_AFTER})))?元?
        |千?[元块]|个?W(?![A-Z])))
    |(?P<number>{_NUMBER})
    """,
    re.VERBOSE,
)
_LABEL = re.compile(
    rf"第{_NUMBER}[编章节条款项]|（{_NUMBER}）|^{_NUMBER}(?:[、.](?!{_NUMBER})|(?=（))"
)  # counts nothing
_HEAD = re.compile(rf"{_NUMBER}[余多来]?")
_LINK = re.compile(r"(?:/[一-龥])?(?:[、，和及与或/~至到-]|以及|或者)")  # 20万元/家、15万元/家
_CAP = re.compile(
    r"(?:不超过|不高于|不多于|不得超过|不得高于|未超过|最高|最多|至多|上限|封顶|限额|≤)"
    r"(?:为|是|可|达|到|分别|获得?|给予|予以|发放|奖励|奖补|补助|补贴|资助|经费|资金|额度?|标准|总额|不超过|不高于|人民币|一次性|每[年项家个次]|：)*$"
)
_ALONE = re.compile(r"(?:不超过|不高于|最高|最多|上限|≤|：|为)*")
_CAP_BEHIND = re.compile(r"(?:/?(?:每?年|项|家|个|次))?(?:以内|以下|之内|封顶|为限|为上限|为最高)")
_SPOKEN = re.compile(r"(?P<sum>.+万)(?P<thousands>[1-9一二三四五六七八九])千?元?")
_NEAR = 16  # characters before a figure in which its ceiling stands
_WORDS = {"半数": Fraction(1, 2), "对半": Fraction(1, 2), "全部": Fraction(1)}


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure at its half-open place: money in yuan, a share as a ratio, or a number as it stands."""

    value: Fraction
    sort: Sort
    start: int
    end: int
    is_cap: bool = False  # 不超过, 最高 directly before it, or 以内 behind
    is_about: bool = False  # 余, 多: the sum itself is not told


def read_figures(text: str, unit: str = "") -> list[Figure]:
    """The figures of a text, in order.

    Args:
        text: As stored; places are counted in it.
        unit: The unit of money that a column's head gives to a cell which holds a number, or 最高 and one, alone.

    >>> [(str(one.value), one.sort, one.is_cap) for one in read_figures("最高 50、30万元，按20%补助3项")]
    [('500000', 'money', True), ('300000', 'money', True), ('1/5', 'share', False), ('3', 'number', False)]
    """
    normal = normalize(text)
    found = list(_read(normal.text, unit))
    told = _pass_caps(_pass_units(found, normal.text), normal.text)
    places = [(normal.original(one.start, one.end)) for one in told]
    return [replace(one, start=start, end=end) for one, (start, end) in zip(told, places, strict=True)]


def read_sums(text: str) -> list[Figure]:
    """Its sums of money alone.

    >>> [str(one.value) for one in read_sums("第2位0.8万元，第3位十五万元")]
    ['8000', '150000']
    """
    return [one for one in read_figures(text) if one.sort == "money"]


def _read(text: str, unit: str) -> Iterator[Figure]:
    labels = {at for label in _LABEL.finditer(text) for at in range(*label.span())}
    for token in _TOKEN.finditer(text):
        sort, written = token.lastgroup, token.group()
        if sort == "number" and token.start() in labels:
            continue
        is_whole = token.end() == len(text) and _ALONE.fullmatch(text, 0, token.start()) is not None
        try:
            value, sort_ = _value(str(sort), written, unit if is_whole else "")
        except (AmountError, ValueError):
            continue
        about = re.search("[余多来]", written) is not None
        yield Figure(value=value, sort=sort_, start=token.start(), end=token.end(), is_about=about)


def _value(sort: str, written: str, unit: str) -> tuple[Fraction, Sort]:
    if sort == "share":
        return _WORDS.get(written) or read_exactly(written), "share"
    if sort == "fold":
        return Fraction(read_number(written[:-1])) / 10, "share"
    if sort == "money" or unit:
        return _yuan(written, unit), "money"
    return Fraction(read_number(written)), "number"


def _yuan(written: str, unit: str = "") -> Fraction:
    """A sum as written or spoken: 50余万元, 3万5千元, 十二万八, 八千块, 31个W."""
    plain = re.sub("[余多来个]", "", written).replace("块", "元").replace("W", "万")
    if spoken := _SPOKEN.fullmatch(plain):
        return Fraction(read_money(spoken["sum"])) + Fraction(read_number(spoken["thousands"])) * 1000
    return Fraction(read_money(plain, unit))


def read_exactly(share: str) -> Fraction:
    """A share without rounding: a third stays one.

    >>> read_exactly("三分之一"), read_exactly("2/3"), read_exactly("12.5%")
    (Fraction(1, 3), Fraction(2, 3), Fraction(1, 8))
    """
    if "分之" in share and not share.startswith("百分之"):
        below, above = share.split("分之")
        return Fraction(read_number(above)) / Fraction(read_number(below))
    if "/" in share:
        return Fraction(share)
    return Fraction(read_ratio(share))


def _pass_units(found: list[Figure], text: str) -> list[Figure]:
    """50、30、20万元: the numbers before it have the unit of the last. 1亿2000万元 is one sum."""
    told: list[Figure] = []  # from the last to the first
    unit = ""
    for one in reversed(found):
        later = told[-1] if told and told[-1].sort == "money" else None
        if one.sort == "money":
            unit = _HEAD.sub("", text[one.start : one.end])
        if later and one.sort == "number" and _LINK.fullmatch(text[one.end : later.start]):
            one = replace(one, value=_yuan(text[one.start : one.end], unit), sort="money")
        if later and one.sort == "money" and one.end == later.start and one.value > later.value:
            one = replace(told.pop(), value=one.value + later.value, start=one.start)
        told.append(one)
    return list(reversed(told))


def _pass_caps(found: list[Figure], text: str) -> list[Figure]:
    """Mark the ceilings; in a list all figures are, if the first is."""
    told: list[Figure] = []
    for one in found:
        linked = bool(told) and told[-1].is_cap and _LINK.fullmatch(text[told[-1].end : one.start]) is not None
        before = text[max(0, one.start - _NEAR) : one.start]
        is_cap = linked or _CAP.search(before) is not None or _CAP_BEHIND.match(text, one.end) is not None
        told.append(replace(one, is_cap=is_cap))
    return told
