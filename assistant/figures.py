"""The figures that an asker states: sums received, costs, loans, rates, shares, numbers of joint leaders.

A sum that the asker only believes in (听说一项50万, 是800万吧) is neither; it is kept apart as a premise.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from assistant.asking import says, words
from corpus.awards.numerals import AmountError, read_money, read_number

_SUM = re.compile(
    r"(?<![\d.])(?P<n>\d[\d,，]*(?:\.\d+)?|[一二两三四五六七八九十百千零]+)(?:多|来)?\s?(?:个(?=亿))?(?P<u>亿|千万|百万|万|千)?"
    r"(?P<rest>(?<=万)[一二两三四五六七八九\d](?:(?![\d.万千年天期个家项次月])|千(?=元|块|[，。？]|$)|千(?P<h>[一二两三四五六七八九\d])百))?(?P<e>元|块钱?(?!儿|报|能|多|加|申|算|钱))?"
)
_CLASSES = {
    "loan": re.compile(r"贷|借款|LPR|利率|贴息|利息"),
    "sales": re.compile(r"销售|营收|营业|收入|卖"),
    "grant": re.compile(r"下拨|拨款|拨下|项目经费|专项经费|资金总额|战略资金"),
    "cost": re.compile(r"费|花|支出|投入|开支|成本|缴|投资|造价|合同|经费"),
}
_CAME_BEHIND = re.compile(
    r"(?![^，。；]{0,4}(?:可以|能|该|会|要))[^，。；]{0,6}(?:已经?|都)?(?:到账|到手|领了|拿了|兑现)"
)
_SPENT = re.compile(
    "(?:花|用|烧|费)(?:了|掉|去|出)[^，。；]{0,3}$"
)  # right before a sum: it was spent, whatever is doubted
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")
_CO_LEADS = (
    re.compile(r"另外?(?:的|还有)?(?P<other>[一两二三四五六七八九\d]{1,2})家"),
    re.compile(
        r"(?:跟|和|与|同)[^，。；\d]{0,6}(?P<other>[一两二三四五六七八九\d]{1,2})(?:家|个)?(?:厂|公司|单位|企业|高校|院所|大学)[^，。；]{0,8}"
        r"(?:并列|联合|合并|共同|一起|平分)"
    ),
    re.compile(
        r"(?P<n>[一两二三四五六七八九十\d]{1,3})\s?(?:家|个)(?!品牌|城市|产品|月|地|项目)"
        r"(?:(?![一两二三四五六七八九十\d]家)[^，。；]){0,24}?(?:并列|联合|合并|共同|不分先后|平分|均分|平摊)"
    ),
    re.compile(
        r"(?:并列|联合|合并|共同|不分先后|排名第一)[^。；]{0,24}?(?:共|一共|总共|由|是|有)?(?P<n>[一两二三四五六七八九十\d]{1,3})(?:家|个单位)(?!平均|各)"
    ),
    re.compile(r"(?P<n>[一两二三四五六七八九十\d]{1,3})家[^，。；]{0,6}(?:分|摊)"),
)
_RATIO = re.compile(
    r"(?P<a>\d{1,2})[:：比开](?P<b>\d{1,2})|(?:占|分)(?P<p>\d{1,2})%|(?P<c>[一二三四五六七八九])(?P<d>[一二三四五六七八九])开"
)


@dataclass(frozen=True, kw_only=True)
class StatedSum:
    """A sum in a question: what it is, its yuan, and where its words stand."""

    role: str  # base, received, premise, other
    yuan: Decimal
    start: int
    end: int
    words: str  # of the clause around it


def find_sums(text: str) -> list[StatedSum]:
    """The sums that a reworded question states, in order.

    >>> [(one.role, one.yuan) for one in find_sums("专利质押贷款800万，听说能贴30万吧")]
    [('base', Decimal('8000000')), ('premise', Decimal('300000'))]
    """
    return [one for found in _SUM.finditer(text) if (one := _read(text, found))]


def _read(text: str, found: re.Match[str]) -> StatedSum | None:
    unit, mark = found["u"] or "", found["e"] or ""
    if not unit and not mark:
        return None
    if unit == "千" and not mark.startswith(("元", "块")):
        return None
    try:
        number = read_number(re.sub("[,，]", "", found["n"]))
        yuan = number * read_money(f"1{unit}元" if unit or mark else "1元")
        if found["rest"]:
            yuan += read_number(found["rest"][0].replace("两", "二")) * 1000
            yuan += read_number((found["h"] or "0").replace("两", "二")) * 100
    except (AmountError, InvalidOperation):
        return None
    yuan = yuan.to_integral_value() if yuan == yuan.to_integral_value() else yuan  # 0.5万 is no 5000.0
    start = max(text.rfind(mark_, 0, found.start()) for mark_ in "，。；？！,;?") + 1
    if words("sums_up").fullmatch(text[start : found.start()]) and start > 1:  # 批给我们两笔，一共80万
        start = max(text.rfind(mark_, 0, start - 1) for mark_ in "，。；？！,;?") + 1
    before = text[start : found.start()]
    after = re.split(r"[，。；？！,;?]", text[found.end() : found.end() + 24])[0]
    tail = text[found.end() : found.end() + 6]
    return StatedSum(
        role=_role(before, after, tail), yuan=yuan, start=found.start(), end=found.end(), words=f"{before}{after}"
    )


def _role(before: str, after: str, tail: str) -> str:
    if _SPENT.search(before):
        return "base"
    received = says("received", before)
    asked = words("asks").match(tail) is not None
    if asked or says("doubt", before):
        return "received" if received and not asked and not says("doubt", before) else "premise"
    if received and not says("not_yet", before):
        return "received"
    if says("base", before) or words("base").match(after.lstrip("的")):
        return "base"
    if _CAME_BEHIND.match(after):
        return "received"
    return "other"


def base_classes(words: str) -> frozenset[str]:
    """What sort of money some words speak of: a loan, a cost, sales, a grant; a rate is taken of its own sort.

    >>> sorted(base_classes("贷款市场报价利率（LPR）")), sorted(base_classes("该产品年销售收入"))
    (['loan'], ['sales'])
    """
    return frozenset(name for name, pattern in _CLASSES.items() if pattern.search(words))


def find_interest(text: str) -> Decimal | None:
    """The interest rate that a question states, as a ratio.

    >>> find_interest("当时LPR按3.45%算")
    Decimal('0.0345')
    """
    for found in _PERCENT.finditer(text):
        if words("interest").search(text[max(0, found.start() - 12) : found.start()]):
            return Decimal(found.group(1)) / 100
    return None


def count_co_leads(text: str) -> int:
    """How many units a question says are listed jointly as first, the asker among them; 0: none told; 1: joint, but not
    how many.

    >>> count_co_leads("和另外两家并列第一起草"), count_co_leads("合并第一起草，共4家"), count_co_leads("我们排第二")
    (3, 4, 0)
    """
    if not words("joint").search(text) or words("not_joint").search(text):
        return 0
    for pattern in _CO_LEADS:
        if found := pattern.search(text):
            groups = found.groupdict()
            if groups.get("other"):
                return int(read_number(groups["other"])) + 1
            return int(read_number(groups["n"]))
    return 1


def find_part(text: str) -> Decimal | None:
    """The asker's agreed share among joint leaders, as a ratio; the first of two is the asker's.

    >>> find_part("两家按6:4分"), find_part("平分")
    (Decimal('0.6'), None)
    """
    for found in _RATIO.finditer(text):
        if re.search(r"财政|两级|市县|市、县", text[max(0, found.start() - 12) : found.end() + 6]):
            continue  # 市、县按1:1分担 is about who pays
        if found["p"]:
            return Decimal(found["p"]) / 100
        if found["a"] and "分" in text[found.end() : found.end() + 4]:
            first, second = Decimal(found["a"]), Decimal(found["b"])
            return first / (first + second) if first + second else None
        if found["c"]:
            first, second = read_number(found["c"]), read_number(found["d"])
            return first / (first + second)
    return None


def premises(sums: Iterable[StatedSum]) -> Iterator[Decimal]:
    """The sums that the asker believes in."""
    return (one.yuan for one in sums if one.role == "premise")
