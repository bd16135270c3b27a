"""What is told of some of several things: 国标3项，其中1项是修订的 is two and one, not three and one."""

import re
from dataclasses import dataclass

from corpus.awards.numerals import read_number
from corpus.vocabulary import find_mentions

_NUMBER = r"\d{1,3}|[一二两三四五六七八九十]{1,3}"
_WHOLE = re.compile(
    rf"(?<![第每前另])(?P<n>{_NUMBER})(?P<u>[个项件种])(?!月|工作日|年度|单位|企业|公司|城市|地方|地区|部门|阶段|季度)"
    rf"(?P<thing>(?:(?!{_NUMBER})[^，。；,;？?、]){{0,10}}?)[，,]?\s?"
    rf"(?P<mark>其中|里头|里面|里边|当中|之中|[里中](?=[，,:：]?(?:有|只有|{_NUMBER}))"
    rf"|(?<=标准|成果|项目)(?P<list>[，,:：])(?=(?:有|分别是)?(?:{_NUMBER})[个项件种]))"
)
_PART = re.compile(rf"(?<![第每这那共等])(?P<n>{_NUMBER})[个项件种](?!单位|企业|公司|月|都|合|加|一共|总|共)")
_STOP = re.compile("[，。；,;？?！!]|其中|里头|里面|里边|当中|之中")
_RANKED = re.compile("排|第[一二三四五六七八九十\\d]|并列|牵头|独家")
_KINDS = frozenset({"standard", "organ", "item", "seat", "level", "grade", "role", "act"})
_ENDS = re.compile("[。；？！;?!]")


@dataclass(frozen=True)
class Partition:
    """A text in which the whole no longer counts what is told of its parts."""

    text: str  # as long as it was
    rest: int  # how many are left that the text itself gives no name; 0 where it names them, or none is left


def set_parts_apart(plain: str) -> Partition:
    """Let the number of several things stand for those alone of which no more is told.

    >>> set_parts_apart("国标3项，其中1项是修订的").text
    '国标2项，； 1项是修订的'
    >>> set_parts_apart("三项标准里，一项是国标，两项是行标").text
    '  标准；，一项是国标，两项是行标'
    >>> set_parts_apart("三项里头有一项是国际标准").rest
    2
    """
    whole = _WHOLE.search(plain)
    if whole is None:
        return Partition(plain, 0)
    stop = _ENDS.search(plain, whole.end())
    parts = list(_PART.finditer(plain, whole.end(), stop.start() if stop else len(plain)))
    told = [_number(part["n"]) for part in parts if _differs(part, plain)]
    if len(told) < len(parts):
        return Partition(plain, 0)
    left = _number(whole["n"]) - sum(told)
    if not told or left < 0 or (left and whole["list"]) or len(str(left)) > len(whole["n"]):
        return Partition(plain, 0)
    number = f"{left}".rjust(len(whole["n"])) + whole["u"] if left else " " * (len(whole["n"]) + 1)
    mark = "；".ljust(len(whole["mark"]))
    text = plain[: whole.start()] + number + plain[whole.end("u") : whole.start("mark")] + mark + plain[whole.end() :]
    named = whole["thing"] or re.search(r"[一-龥]", _clause_before(plain, whole.start()))
    return Partition(text, 0 if named else left)


def _differs(part: re.Match[str], plain: str) -> bool:
    """Whether what is told of a part can change its award, as 修订的 or 排第二 can; 今年的 cannot."""
    before = _STOP.split(plain[: part.start()])[-1]
    after = _STOP.split(plain[part.end() :])[0]
    told = f"{before}{part.group()}{after}"
    return bool(_RANKED.search(told) or any(one.concept.kind in _KINDS for one in find_mentions(told)))


def _clause_before(plain: str, end: int) -> str:
    return _STOP.split(plain[:end])[-1]


def _number(said: str) -> int:
    return int(read_number(said.replace("两", "二")))
