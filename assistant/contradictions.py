"""What a question says both ways: such a question is asked back, for either reading would be paid another sum.

Only what stands in one question counts, or who applies from one question to the next: whoever says something else
later has changed their mind.
"""

import re
from typing import NamedTuple

_ROLE = "起草|制定|主导|牵头|编制"
_SOLE = re.compile(rf"(?:唯一|独家|独立|单独)的?(?P<role>{_ROLE})")
_TOGETHER = re.compile(
    r"(?<![第\d])(?:[2-9]|[1-9]\d+|[二两三四五六七八九十]+) ?家(?:单位|企业|公司)?"
    rf"(?:一起|共同|联合|并列)?(?P<role>{_ROLE})"
)
_NOT_YET = re.compile(r"(?:还没有?|还未|尚未|没有|未)(?:正式|获批)?(?:批准)?发布(?!公告)")
_ALREADY = re.compile(r"(?<!不是)已经?(?:正式)?(?:获得|拿到|取得|收到|有了?)?(?:批准)?发布")
_SEVERAL = re.compile(r"另|其[余他中]|有的|有些|[一二两三四五\d] ?[项个件]|分别|后来|如果|假如|要是")
_PERSON = re.compile(r"我是(?:个人(?!独资|工商|经营)|自然人)|以个人名义")
_FIRM = re.compile(r"我们?公司|我司|我们?企业|本公司|我们?单位|我厂")
_NAMED = {
    "国际标准": "国际标准", "国家标准": "国家标准", "国标": "国家标准", "行业标准": "行业标准", "行标": "行业标准",
    "地方标准": "地方标准", "地标": "地方标准", "团体标准": "团体标准", "团标": "团体标准",
    "企业标准": "企业标准", "企标": "企业标准",
}  # fmt: skip
# How the numbers of each level begin: 《国家标准管理办法》 and its like for the other levels. A national standard that
# adopts an international one bears both numbers, so ISO and IEC contradict nothing.
_NUMBER = (
    r"(?:(?P<国家标准>GB(?:/[TZ])?)|(?P<地方标准>DB\d{2,4}(?:/T)?)|(?P<团体标准>T/[A-Z]{2,10})|(?P<企业标准>Q/[A-Z]{1,10})"
    r"|(?P<行业标准>(?!GB|DB)[A-Z]{2}/T)) ?[\d.]+(?:[-—–]\d{4})?"
)
_NUMBERED = re.compile(
    rf"(?P<named>{'|'.join(_NAMED)})[ （(《“:：]{{0,2}}(?<![A-Z])(?P<number>{_NUMBER})", re.IGNORECASE
)


class Contradiction(NamedTuple):
    """Two words of a question that cannot both hold."""

    one: str
    other: str


def find_contradiction(text: str, before: str = "") -> Contradiction | None:
    """What a question says both ways; None where it says nothing so.

    Args:
        text: The question, in half-width characters.
        before: The question before it in the talk.

    >>> find_contradiction("我们是唯一起草单位,一共5家起草")
    Contradiction(one='唯一起草', other='5家起草')
    >>> find_contradiction("国家标准(T/CAS 123-2023)")
    Contradiction(one='国家标准', other='T/CAS 123-2023（团体标准的编号）')
    >>> find_contradiction("我们公司能拿多少", "我是个人,主导国家标准")
    Contradiction(one='我是个人', other='我们公司')
    >>> find_contradiction("唯一主导单位,共5家参与起草"), find_contradiction("国标GB/T 1.1-2020")
    (None, None)
    """
    return _of_count(text) or _of_number(text) or _of_publication(text) or _of_applicant(text, before)


def _of_count(text: str) -> Contradiction | None:
    sole = _SOLE.search(text)
    if sole is None:
        return None
    others = (found for found in _TOGETHER.finditer(text) if found["role"] == sole["role"])
    return next((Contradiction(sole.group(), found.group()) for found in others), None)


def _of_number(text: str) -> Contradiction | None:
    for found in _NUMBERED.finditer(text):
        level = next(name for name in ("国家标准", "地方标准", "团体标准", "企业标准", "行业标准") if found[name])
        if level != _NAMED[found["named"]]:
            return Contradiction(found["named"], f"{found['number']}（{level}的编号）")
    return None


def _of_publication(text: str) -> Contradiction | None:
    not_yet, already = _NOT_YET.search(text), _ALREADY.search(text)
    if not_yet is None or already is None or _SEVERAL.search(text):
        return None
    return Contradiction(not_yet.group(), already.group())


def _of_applicant(text: str, before: str) -> Contradiction | None:
    whole = ((_PERSON, _FIRM), (_FIRM, _PERSON))
    for earlier, later in whole:
        said = earlier.search(before) or earlier.search(text)
        if said and not later.search(before) and (now := later.search(text)):
            return Contradiction(said.group(), now.group())
    return None
