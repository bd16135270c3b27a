"""Conditions that an award sets (首次, 通过验收, 10家以上企业采用, 连续保持一年以上) against what the asker tells.

Only what is told to fail a condition is said to fail it; what is not told stays a condition.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from corpus.awards import AwardFact
from corpus.awards.numerals import AmountError, read_number

_NUMBER = r"\d{1,4}|[一二两三四五六七八九十百半]{1,4}"
_SETS = (
    re.compile(
        rf"(?:(?P<alternative>或者?))?(?P<n>{_NUMBER})(?P<u>家|年|个月|项|分)(?:[（(]含[^）)]*[）)])?(?:及其?)?以上"
    ),
    re.compile(
        rf"(?P<alternative>或者?)?(?:满|不少于|不低于|达到[^，。；]{{0,24}}?)(?P<n>{_NUMBER})(?P<u>家|年|个月|项|分)"
    ),
)
_HELD = r"(?:保持|维持|持续|坚持|实施|运行|使用|评上|拿到|干|到现在|到目前|至今|才)"
_TELLS = {
    "家": re.compile(rf"(?P<n>{_NUMBER})家(?:企业|单位|公司)?(?:都|已经?)?(?:在)?(?:采?用|使用|应用)"),
    "月": re.compile(rf"{_HELD}[^，。；]{{0,6}}?(?P<n>{_NUMBER})(?P<u>年半?|个?月)"),
    "项": re.compile(rf"(?P<n>{_NUMBER})(?:项|个)"),
    "分": re.compile(rf"(?P<n>{_NUMBER})分(?!之|技|会|支|标)"),
}
_HALF_A_YEAR = re.compile(f"(?:{_HELD}|刚|评为|获评)[^，。；]{{0,16}}(?<![上下])半年")
_JUST = re.compile("刚刚?(?:被)?(?:公布|评上|评为|入选|拿到|获评)")
# What is told not to have come about yet, by what an award says that it must have.
_NOT_YET = r"(?:还|尚|仍|暂)?(?:没有?|未)(?:能|完成|通过|正式|经过|经|被|给|考核|评估|拿到|得到)*"
_STATES = (
    (
        re.compile(f"{_NOT_YET}(?:考核)?验收(?!意见|材料|报告)"),
        re.compile("(?:通过)?(?:考核|评审)?验收(?:合格|评估)?"),
    ),
    (re.compile(f"{_NOT_YET}结题"), re.compile("结题(?:验收)?(?:合格)?")),
    (
        re.compile(
            f"{_NOT_YET}(?:批(?!评)|获批|评上|拿到证|下证|发证|入选|公布|认定|评下来)|(?:正在|还在)(?:申报|申请|评审)|申报中"
        ),
        re.compile("获得?(?!.*资助)|获批|取得|被?评为|被?确定为|被?认定为|通过(?=.{0,20}(?:认证|认定|评定))"),
    ),
    (re.compile(f"{_NOT_YET}(?:列入|纳入)"), re.compile("(?:列入|纳入)[^，。；]{2,24}?(?:计划|目录|名单)")),
)
_DONE = re.compile("(?<![没未])(?:通过了|验收了|验收过|已经?(?:通过|验收|结题|获批|拿到))")
_AGAIN = re.compile("再次(?!申[报请])|第[二三四2-4]次(?:获|得|拿|评|通过|认)|再认证|续证|换证|复评|到期重新认证")
_FIRST = re.compile("首次|第一次|新(?:获得|获批|通过|承担|取得|评|认定|引进)")
_LOW = re.compile(
    "(?:镇|乡|村|街道|园区|社区)(?:里|级|上)?(?:办|组织|举办|承办|评|的)|[县区]级(?:的)?(?:年会|论坛|活动)|市级以下"
)
_EXCEPT = re.compile(r"[（(](?P<who>[^（）()]{2,14}?)(?:企业|单位)?除外[）)]")


def failed(fact: AwardFact, told: str, clause: str = "") -> str:
    """The condition of an award that what was told fails, in the award's words; empty where it fails none.

    Args:
        fact: The award; its own words set the condition.
        told: The reworded question.
        clause: The clause that it stands in, where it is for this award alone.
    """
    words = fact.subject
    return (
        _below(words, told)
        or _not_yet(f"{words} {clause}", told)
        or _again(words, told)
        or _too_low(words, told)
        or _excepted(words, told)
    )


def _below(words: str, told: str) -> str:
    for found, unit, least in _thresholds(words):
        reached = [value for own, value in _told(told) if own == unit]
        if found["alternative"] and "采信" in told and not re.search("(?:没有?|未|还没)[^，。；]{0,6}采信", told):
            continue  # one of two conditions, of which the other holds
        if reached and max(reached) < least:
            start = words.rfind("，", 0, found.start()) + 1 if found["alternative"] else found.start()
            return words[start : found.end()]
    return ""


def _not_yet(words: str, told: str) -> str:
    if _DONE.search(told):
        return ""  # of another thing that was told with it
    for denied, needs in _STATES:
        if denied.search(told) and (need := needs.search(words)):
            return need.group()
    return ""


def _too_low(words: str, told: str) -> str:
    """市级以上的论坛, told of one held by a town."""
    least = re.search("(?:国家|省|市)级(?:及其?)?以上", words)
    return least.group() if least and _LOW.search(told) else ""


def _again(words: str, told: str) -> str:
    first = _FIRST.search(words)
    return first.group() if first and _AGAIN.search(told) else ""


def _excepted(words: str, told: str) -> str:
    """食品工业企业（规模以上企业除外）, told of one above that size."""
    for found in _EXCEPT.finditer(words):
        if found["who"] in told and not re.search(
            f"(?:(?<!是)不是|非|不属于|没到|未达)[^，。；]{{0,2}}{re.escape(found['who'])}", told
        ):
            return found.group()[1:-1]
    return ""


def _thresholds(words: str) -> Iterator[tuple[re.Match[str], str, Decimal]]:
    for pattern in _SETS:
        for found in pattern.finditer(words):
            number = _read(found["n"])
            if number is not None:
                unit = found["u"] if found["u"] in "家项分" else "月"
                yield found, unit, number * (12 if found["u"] == "年" else 1)


def _told(text: str) -> Iterator[tuple[str, Decimal]]:
    if _HALF_A_YEAR.search(text):
        yield "月", Decimal(6)
    if _JUST.search(text):
        yield "月", Decimal(0)
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
