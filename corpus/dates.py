"""Dates as official documents print them, and the validity that a document states for itself."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.labels import read_number

_DIGITS = str.maketrans("〇零○OＯ一二三四五六七八九０１２３４５６７８９", "000001234567890123456789")
_YEAR = r"[12１２][0-9０-９]{3}|[一二][〇零○OＯ一二三四五六七八九]{3}"  # 二OO九 is typed with the letter
_DAY_NUMBER = r"[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3}"
DATE = rf"(?P<year>{_YEAR})\s*[年\-.]\s*(?P<month>{_DAY_NUMBER})\s*[月\-.]\s*(?P<day>{_DAY_NUMBER})\s*[日号]?"
_DATE = re.compile(DATE)
_STARTS_AFTER = re.compile(
    r"自\s*(?:发布|公布|印发|发文|颁布)之日起\s*(?:(?P<days>[0-9０-９一二三四五六七八九十]{1,3})\s*[日天]后)?\s*(?:起)?(?:正式)?(?:施行|实施|执行|生效|试行)"
)
_STARTS_ON = re.compile(rf"(?:自|从|于)\s*{DATE}\s*起?\s*(?:正式)?(?:施行|实施|执行|生效|试行)")
# Both stand bare behind the statement of the start: 某称号有效期三年 is another thing's validity, and
# 2020年1月1日至12月31日 a period of achievements.
_LASTS = re.compile(
    r"(?:^|[，,、；;]|本办法|本[^，。]{1,6})\s*(?:有效期|试行期)(?:限)?\s*(?:暂定)?(?:为)?\s*"
    r"(?P<years>[0-9０-９一二三四五六七八九十两]{1,3})\s*年"
)
_ENDS_ON = re.compile(rf"(?:有效期[^，。；]{{0,16}}?|^\s*[，,]?\s*)(?:截至|截止|至|到)\s*{DATE}")
_OWN_VALIDITY = re.compile(
    r"(?:本|该)[^，。]{0,8}(?:办法|意见|通知|方案|规定|细则|条例|规划|公告|措施|政策|决定|文件)(?:的)?有效期|^\s*有效期"
)
_SENTENCE = re.compile(r"[^。\n]+。?")


def read_date(found: re.Match[str]) -> date | None:
    """The date that a match of `DATE` holds; None when there is no such day (30 February)."""
    year = int(found["year"].translate(_DIGITS))
    try:
        return date(year, _read_day(found["month"]), _read_day(found["day"]))
    except ValueError:
        return None


def _read_day(text: str) -> int:
    narrow = text.translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    return read_number(narrow)


def find_dates(text: str) -> list[date]:
    """All complete dates in a text, in order.

    >>> find_dates("2021年10月12日印发，二〇二三年一月一日起施行")
    [datetime.date(2021, 10, 12), datetime.date(2023, 1, 1)]
    """
    return [day for found in _DATE.finditer(text) if (day := read_date(found))]


@dataclass(frozen=True, kw_only=True)
class Validity:
    """From when to when a document says it holds; None where it does not say."""

    in_force_from: date | None
    in_force_until: date | None
    repeals: tuple[str, ...]


def read_validity(text: str, published: date | None) -> Validity:
    """Read a document's own validity from the sentences that speak of the document itself.

    有效期三年 counts from the day it takes effect to the eve of the anniversary, as the documents that
    print both dates do. 自公布之日起30日后施行 leaves out the day of publication (民法典第二百零一条) and
    takes effect the day after the thirtieth. A period of validity of anything else (a title, a
    certificate) stands in other sentences and is not read.

    >>> read_validity("本办法自2018年12月1日起实施，有效期5年。", None).in_force_until
    datetime.date(2023, 11, 30)
    """
    start = end = None
    for found in _SENTENCE.finditer(text):
        sentence = found.group()
        begins = _start_of(sentence, published)
        if begins is not None and ("本" in sentence or "施行日期" in sentence or len(sentence) < 40):
            start = begins.day
            end = _end_of(sentence, begins.after, start) or end
        elif own := _OWN_VALIDITY.search(sentence):
            end = _end_of(sentence, own.end() - len("有效期"), start) or end
    return Validity(in_force_from=start, in_force_until=end, repeals=_repeals(text))


@dataclass(frozen=True)
class _Start:
    day: date | None
    after: int  # where in the sentence the statement ends


def _start_of(sentence: str, published: date | None) -> _Start | None:
    if found := _STARTS_ON.search(sentence):
        return _Start(read_date(found), found.end())
    if found := _STARTS_AFTER.search(sentence):
        if published is None:
            return _Start(None, found.end())
        days = _read_day(found["days"]) + 1 if found["days"] else 0
        return _Start(published + timedelta(days=days), found.end())
    if found := re.search(rf"^\s*{DATE}\s*实施\s*$", sentence):
        return _Start(read_date(found), found.end())
    return None


def _end_of(sentence: str, after: int, start: date | None) -> date | None:
    rest = sentence[after:]
    if found := _ENDS_ON.search(rest):
        return read_date(found)
    if (found := _LASTS.search(rest)) and start is not None:
        years = _read_day(found["years"].replace("两", "二"))
        try:
            anniversary = start.replace(year=start.year + years)
        except ValueError:  # 29 February
            anniversary = start.replace(year=start.year + years, day=28) + timedelta(days=1)
        return anniversary - timedelta(days=1)
    return None


def _repeals(text: str) -> tuple[str, ...]:
    titles: list[str] = []
    for found in _SENTENCE.finditer(text):
        sentence = found.group()
        verb = re.search(r"(?:同时|自本[^，。]{1,20}之日起|自[^，。]{0,6}发布之日起|现予|予以)?废止", sentence)
        if not verb or not re.search(r"同时废止|之日起?废止|日，?《|予以废止|现予废止|号[）)]废止", sentence):
            continue
        for title in re.findall(r"《((?:[^《》]|《[^》]*》)+)》", sentence[: verb.end()]):
            if title not in titles:
                titles.append(title)
    return tuple(titles)
