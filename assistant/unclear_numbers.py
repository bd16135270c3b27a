"""Numbers of a question that a sum would rest on and that can be read in more than one way, or in none.

1½项, 2-3项, 3²家, 一百零三家 where only 三家 would be read, 已领1亿2千, 已领100万美元: whoever asks so is asked back.
The readers of sums, counts and ranks take the numbers that they know; here is looked at what stands right beside them.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.asking import says
from assistant.figures import StatedSum, find_sums
from assistant.mentions import find_tokens
from assistant.reading import Reading
from assistant.rewording import reword
from corpus.awards.numerals import AmountError, read_certain

NEAR = 12  # characters around a number that may belong to it
_DIGITS = "0-9零〇一二两三四五六七八九十百千"
_MEASURE = r"(?:[项件种次张家名位块元万亿千%]|个(?!人|体|别))(?!目|次数)"
_APART = r"[-‐-―−~～]|至|到|或者?"  # between the ends of a range
_CUT_BEFORE = re.compile(rf"[{_DIGITS}][_./⁄∕^*×]?$|\d[EX]$|[{_DIGITS}万亿元]\s?(?:{_APART})\s?$|(?<![-—])[−]$|负\s?$")
_MINUS = re.compile("(?:[制修]订|制定|起草|主[导持]|参与|牵头|完成|发布|[有了领过])-$")
_ABOUT_BEFORE = re.compile(
    "(?:大?约|(?<![最附])近|大概|将近|差不多|不到|不足|至[少多]|最[少多]|不[少多]于|不超过|起码)[为是有了]?\\s?$"
)
_CUT_AFTER = re.compile(rf"[_/^]?[{_DIGITS}万亿]|\.\d|,\d{{3}}(?![\d年])|半|[多余来几]|\s?(?:{_APART})\s?[{_DIGITS}]")
_BOUND_AFTER = re.compile("(?:元|块)?钱?(?:以[上下内]|左右|上下|出头|不到)")
_COUNT_ABOUT = re.compile("左右|上下|出头|以[上下内]|多(?!少)")
_ONE_OR_NEXT = re.compile("(?<![第一二三四五六七八九十])([一二三四五六七八])、$")  # 二、三项
_SAID = re.compile("[零〇一二两三四五六七八九十百千]+")
_CURRENCY_AFTER = re.compile("美[元金刀]|欧元?|港[元币纸]|日[元圆]|韩元|英镑|澳元|台币|新台币|卢布|USD|EUR|HKD|JPY|GBP")
_CURRENCY_BEFORE = re.compile(r"[$€£₩]\s?$|(?:USD|EUR|HKD|JPY|GBP|美[元金]|欧元|港[元币])\s?$")
_DOTTED = re.compile(r"\d(?:\.\d+){2,}\s?(?:[万亿千百元块]|[项件种次张家])|\d\.(?:000\s?[万亿千元块]|\d{3}\s?[元块])")
_ABOUT_WITHIN = re.compile("[多来余](?=[万亿千百元块])")
_LEADERS = re.compile(r"[一两二三四五六七八九十]{1,3}|\d{1,3}")  # as far as the reader of joint leaders reads
_UNITS = re.compile(
    rf"(?P<before>.{{0,4}}?)(?P<number>[{_DIGITS}]+)\s?(?:家|个(?:单位|企业|公司))(?!具|电|庭|用)(?P<after>.{{0,2}})"
)
_STATES_NUMBER = re.compile(rf"[{_DIGITS}]\s?(?:{_MEASURE}|千)|第\s?[{_DIGITS}]")
_NO_RANK = re.compile(
    r"第\s?(?:[-−负]|[0零](?![\d一-九])|\d+\.\d)|"
    r"(?:排名?|排在|位列|名次|排序)\s?(?:为|是|在)?第?\s?(?:[-−负]\s?[\d一-九]|[0零](?!\d)|\d+\.\d|\d{3}|[一二三四五六七八九]?百)"
)
_RECEIVED_SUM = re.compile(
    r"(?:已经?|[之此]前|先前?|曾)[^，。；,;？?]{0,4}(?:[领拿得]|到手|到账|兑现)[了过到]?\s?"
    rf"(?P<sum>[{_DIGITS}.,佰仟拾廿卅]+(?:[万亿]元?|[百千]?元|[百千]?块))"
)
_RECEIVED_UNREAD = re.compile(  # 已领100, 已领十几万, 已领35千: a sum without a unit, or none at all
    r"(?:已经?|[之此]前|先前?|曾)[^，。；,;？?]{0,4}(?:[领拿得]|到手|到账|兑现)[了过到]?(?:大概|大约|约)?\s?"
    rf"(?:[¥￥]?\s?\d[\d,]*\s?千?(?=[，。；,;？?](?!\d)|$)|[{_DIGITS}]*[百千][{_DIGITS}]*(?=[，。；,;？?]|$)|"
    r"[十百]?(?:好?几|数|半|若干)[十百千]?[万亿千百](?![项个件家]))"
)


def rests_on_unclear(reading: Reading) -> bool:
    """Whether a question, or one that it goes on from without a number of its own, has a number that is not certain."""
    if has_unclear_number(reading.text):
        return True
    goes_on = reading.follows and reading.earlier is not None and not _STATES_NUMBER.search(reword(reading.text))
    return goes_on and reading.earlier is not None and rests_on_unclear(reading.earlier)


def has_unclear_number(text: str) -> bool:
    """Whether a sum worked out of this question would rest on a number that is not certain.

    >>> [has_unclear_number(f"主导制定{number}国家标准一共多少") for number in ("2项", "1½项", "2-3项", "一百零三项")]
    [False, True, True, False]
    >>> has_unclear_number("已领1亿2千，还能领多少"), has_unclear_number("已领1亿2000万，还能领多少")
    (True, False)
    """
    if _has_odd_numeral(text):
        return True
    plain = reword(text)
    sums = find_sums(plain)
    cut = any(_sums_cut(plain, sums)) or any(_counts_cut(plain, sums))
    unread = _RECEIVED_UNREAD.search(plain) or _DOTTED.search(plain)
    return cut or unread is not None or _passes_over(plain, sums) or _unclear_leaders(plain) or says_no_rank(plain)


def says_no_rank(plain: str) -> bool:
    """Whether a rank is told that no list of drafters has: 第0, 第-1, 第1.5.

    >>> says_no_rank("排名第0"), says_no_rank("排名第10"), says_no_rank("第一百零一条")
    (True, False, False)
    """
    return _NO_RANK.search(plain) is not None


def is_odd_numeral(character: str) -> bool:
    """Whether a character is a number that is written neither 0–9 nor in Chinese.

    >>> [is_odd_numeral(character) for character in "½²٣㈩①Ⅳ9９九〇"]
    [True, True, True, True, True, True, False, False, False, False]
    """
    plain = character.isascii() or character == "〇" or "０" <= character <= "９"
    return not plain and unicodedata.category(character) in ("No", "Nd", "Nl")


def _has_odd_numeral(text: str) -> bool:
    """½, ², ٣, ㈩ beside a digit or before a measure; ①–⑳ before one too, which is no mark of a list then."""
    for at, character in enumerate(text):
        if not is_odd_numeral(character):
            continue
        before, after = text[max(0, at - NEAR) : at].rstrip()[-1:], text[at + 1 : at + NEAR]
        beside = before.isdecimal() or after[:1].isdecimal() or (before != "" and before in "万亿千百十第排列")
        beside = beside and not "①" <= character <= "⑳"  # 第②, ①2项行标
        if beside or re.match(rf"\s*{_MEASURE}", after):
            return True
    return False


def _sums_cut(plain: str, sums: Sequence[StatedSum]) -> Iterator[bool]:
    """Of each sum, whether it is only a part of the number that stands there, a bound, or in another currency."""
    for at, one in enumerate(sums):
        last, following = sums[at - 1] if at else None, sums[at + 1] if at + 1 < len(sums) else None
        before, after = plain[max(0, one.start - NEAR) : one.start], plain[one.end : one.end + NEAR]
        yield _CURRENCY_AFTER.match(after) is not None or _CURRENCY_BEFORE.search(before) is not None
        if one.role in ("received", "base"):
            words = plain[one.start : one.end]
            bound = _BOUND_AFTER.match(after) or _ABOUT_WITHIN.search(words)
            said = _SAID.match(words)
            yield said is not None and not _is_certain(said.group().lstrip("零") or "零")
            before = "" if last and _goes_on(plain, last, one) else before
            after = "" if following and _goes_on(plain, one, following) else after
            yield bound is not None or _is_beside_number(before, plain[one.start], after)


def _passes_over(plain: str, sums: Sequence[StatedSum]) -> bool:
    """Whether a sum that was received is told in words that no reader of sums reads: 已领一佰万元, 已领5百元."""
    found = _RECEIVED_SUM.search(plain)
    return found is not None and not any(one.start < found.end("sum") and found.start("sum") < one.end for one in sums)


def _goes_on(plain: str, one: StatedSum, other: StatedSum) -> bool:
    """1亿2000万, 六十万零五千元: two sums that are read one by one and added."""
    return (
        plain[one.end : other.start] in ("", "零")
        and one.end <= other.start
        and plain[one.end - 1] in "万亿"
        and one.yuan > other.yuan
    )


def _is_beside_number(before: str, first: str, after: str = "") -> bool:
    """Whether what stands around a number that begins with `first` belongs to it or makes a bound of it."""
    if first.isdecimal() and re.search(r"\d[ ,]$", before) is not None:
        return True  # 1 000
    cut = _CUT_BEFORE.search(before) or _MINUS.search(before) or _ABOUT_BEFORE.search(before)
    return cut is not None or _CUT_AFTER.match(after) is not None


def _counts_cut(plain: str, sums: Sequence[StatedSum]) -> Iterator[bool]:
    """Of each number of things that is read, whether it is only a part of what stands there."""
    for token in find_tokens(plain, sums):
        if token.kind != "count" or not token.form:
            continue
        words, before = plain[token.start : token.end].removesuffix(token.form), plain[: token.start][-NEAR:]
        yield not _is_certain(words, Decimal(token.name)) or _is_beside_number(before, words[:1])
        next_ = _ONE_OR_NEXT.search(before)
        yield next_ is not None and "一二三四五六七八九".find(words) == "一二三四五六七八九".find(next_[1]) + 1
        yield _COUNT_ABOUT.match(plain, token.end) is not None


def _is_certain(words: str, read: Decimal | None = None) -> bool:
    """Whether a numeral can only mean one number, and that is the one that was read."""
    try:
        number = read_certain(words)
    except AmountError:
        return False
    return read is None or number == read


def _unclear_leaders(plain: str) -> bool:
    """Whether the number of joint leaders is no number of units: 0家, 三家半, -1家, 1,000家."""
    if not says("joint", plain):
        return False
    for found in _UNITS.finditer(plain):
        before = plain[: found.start("number")][-NEAR:]
        whole = _is_certain(found["number"]) and _LEADERS.fullmatch(found["number"]) and found["number"].strip("0零")
        cut = before.endswith("-") or found["after"].startswith("半")
        if not whole or cut or _is_beside_number(before, found["number"][0]):
            return True
    return False
