"""A question → what the asker did, as a list of achievements, and what is to be worked out of it.

A question names things one after another (两个国标和一个行标, 第1、2位). Every mention opens a new achievement when the
one before already has another of its kind; what it leaves unsaid it takes from its neighbours. Nothing is looked up.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from assistant.asking import says, words
from assistant.claims.stages import stage_asked
from assistant.figures import StatedSum, count_co_leads, find_interest, find_part, find_sums
from assistant.grouping import CLASS, STOP, Group, carry_over, group
from assistant.mentions import KINDS, THINGS, find_tokens
from assistant.partition import set_parts_apart
from assistant.rewording import reword
from corpus.awards.numerals import read_number

_QUOTED_RULE = re.compile('[“"][^”"]*(?:第|位|元|%|\\d)[^”"]*[”"]')
_HAD = re.compile("先(?:有|是|拿|领|获|得|评)|前年|去年|先前|以前|之前|此前|曾|早先|原来|[拿领得评获奖]过")
_THEN = re.compile('[”"]?[之以]?后(?![来续补])')  # behind what was had before: 提名奖后首次获得
_NUMBER_OF_ALL = re.compile(
    r"(?<![这那上前些\d])(?P<n>[二两三四五六七八九十]|\d{1,3})[个项件种张](?:项目|产品|标准|证书|试点|基地|成果|课题|工程)"
    "(?:合计|共计|一共|总共|加起来|加一起|共[？?多])"
)
_SERIES_WORD = "系列"


class Wanted(StrEnum):
    """What is to be worked out."""

    TOTAL = "total"
    EACH = "each"  # one by one
    EACH_AND_TOTAL = "each_and_total"
    LEFT = "left"  # what may still be had
    GAP = "gap"  # the difference of two
    STAFF = "staff"  # what of it may go to people


@dataclass(frozen=True, kw_only=True)
class Stated:
    """One achievement in the asker's words."""

    text: str  # to be read like a question of its own
    count: int = 1
    counted: bool = False  # whether the number is said
    rank: int = 0
    start: int = 0
    end: int = 0
    names: tuple[tuple[str, str], ...] = ()  # kind and name of every concept, its own and taken over
    of_other: bool = False  # whether it was done by another than the asker: 我妹夫的厂
    shared: bool = True  # whether joint leaders, where some are told of, are told of this one


@dataclass(frozen=True, kw_only=True)
class Story:
    """Everything that a question states towards a sum."""

    text: str
    parts: tuple[Stated, ...]
    wanted: Wanted
    sums: tuple[StatedSum, ...] = ()
    interest: Decimal | None = None
    co_leads: int = 0
    part: Decimal | None = None
    of_them: int = 0  # how many of the joint leaders are meant, where not one
    stage: str = ""
    budget: str = ""  # 市 or 县: whose part of a shared burden is asked for
    units: int = 0  # of how many drafters, the first ones, the sums are to be added
    years: int = 1  # for how many years together
    same_project: bool = False
    upgrade: bool = False  # after a lower award: said so, or of two told of, one was had before
    says_total: bool = False
    loose_count: int = 0  # a number of things, where none is named
    rest: int = 0  # of several told of before, those that are not told of anew: 三项里头有一项是…
    before: tuple[Stated, ...] = ()  # what earlier questions named, which this one follows up

    @property
    def adds_budgets(self) -> bool:
        """Whether what two budgets pay is to be added."""
        return says("two_budgets", self.text) or (self.says_total and says("both", self.text))

    @property
    def asks_sum(self) -> bool:
        """Whether it makes a claim and asks how much."""
        doubts = any(one.role == "premise" for one in self.sums)
        return self.is_claim and (doubts or says("asks_sum", self.text))

    @property
    def is_claim(self) -> bool:
        """Whether a sum has to be worked out, and not only looked up."""
        spans = self.says_total or says("spans", self.text) or all(part.counted for part in self.parts)
        several = len(self.parts) > 1 and spans and self.wanted is not Wanted.EACH
        several = several or self._tells_several
        several = several or (len(self.parts) == 1 and self.parts[0].counted and self.says_total)
        return several or self.states or self.adds_budgets or self.wanted in (Wanted.LEFT, Wanted.GAP, Wanted.STAFF)

    @property
    def _tells_several(self) -> bool:
        """Whether several things are told one after another, and how much is asked once."""
        things = {name for part in self.parts for kind, name in part.names if kind in THINGS}
        tells = re.search("还有(?!效|没|多|几|哪|什么|吗)|另外|同时|再加|[，,]也", self.text) is not None
        once = len(re.findall("多少|几[万块钱]", self.text)) == 1 and self.wanted is Wanted.TOTAL
        return len(things) > 1 and len(self.parts) > 1 and tells and once

    @property
    def lists(self) -> bool:
        """Whether it is a list of things with the number of each: 国标2项、行标1项."""
        return len(self.parts) > 1 and all(part.counted for part in self.parts)

    @property
    def asks_again(self) -> bool:
        """Whether one may have a second award for what is of two levels: 还能再领国家级那份吗."""
        return self.wanted is Wanted.LEFT and len(self.parts) > 1 and all(part.names for part in self.parts)

    @property
    def asks_more(self) -> bool:
        """Whether a sum over several things or units is asked for, so that one printed sum is not the answer."""
        if says("whether_limited", self.text):
            return False  # the limit itself is asked for
        placed = len(self.parts) == 1 and self.parts[0].rank > 0 and not self.co_leads
        return self.is_claim or self.says_total or (says("units", self.text) and not placed)

    @property
    def states(self) -> bool:
        """Whether it states what changes a printed sum: a number, a cost, a sum received, joint leaders."""
        counted = self.loose_count > 1 or any(part.count > 1 for part in self.parts) or _SERIES_WORD in self.text
        told = any(one.role in ("base", "received") for one in self.sums)
        shared = self.co_leads > 0 or self.part is not None or bool(self.budget)
        return counted or told or shared or bool(self.stage) or self.upgrade or self.years > 1


def read_story(text: str) -> Story:
    """Read what a question states.

    >>> [(part.count, part.text) for part in read_story("主导制定国标2项、行标1项，一共多少").parts]
    [(2, '主导制定国标'), (1, '行标 主导 制定')]
    """
    partition = set_parts_apart(_QUOTED_RULE.sub(_without_quote, reword(text)))
    plain = partition.text
    sums = find_sums(plain)
    tokens = find_tokens(plain, sums)
    groups = carry_over(group(tokens, plain), plain)
    co_leads = count_co_leads(plain)
    leaders = _joint_leaders(groups, plain) if co_leads else []
    for leader in leaders:
        leader.own.setdefault("role", "主导")  # who is first among several leads, whether it says so or not
    blank = [(one.start, one.end) for one in tokens if one.kind not in KINDS] + [(one.start, one.end) for one in sums]
    parts = tuple(
        replace(_stated(group, index, groups, plain, blank), shared=not leaders or group in leaders)
        for index, group in enumerate(groups)
    )
    return Story(
        text=plain,
        parts=_counted_behind(parts, plain),
        wanted=_wanted(plain),
        sums=tuple(sums),
        interest=find_interest(plain),
        co_leads=co_leads,
        part=find_part(plain),
        of_them=_of_them(plain),
        stage=stage_asked(plain),
        budget=_budget_part(plain),
        units=_number_in("all_units", plain) if not co_leads else 0,
        years=max(1, _number_in("years", plain)),
        same_project=says("same_project", plain),
        upgrade=says("upgrade", plain) or _one_was_had(parts, plain),
        says_total=says("total", plain),
        rest=partition.rest,
        loose_count=0 if groups else next((int(one.name) for one in tokens if one.kind == "count"), 0),
    )


def _counted_behind(parts: tuple[Stated, ...], plain: str) -> tuple[Stated, ...]:
    """省级的，两个项目共计: the number of the only thing named, where nothing is added to what was told before."""
    told = _NUMBER_OF_ALL.search(plain)
    if told is None or len(parts) != 1 or parts[0].counted or says("besides", plain):
        return parts
    return (replace(parts[0], count=int(read_number(told["n"].replace("两", "二"))), counted=True),)


def _one_was_had(parts: Sequence[Stated], plain: str) -> bool:
    """Whether of two awards for the same thing one was had before."""
    return len(parts) == 2 and is_raised(*parts) and had_before(plain, parts) is not None


def _without_quote(quoted: re.Match[str]) -> str:
    """A rule that is quoted states nothing; a note that is (前言注明“合并第一起草”) does."""
    return quoted.group() if says("joint", quoted.group()) else "·" * len(quoted.group())


def _joint_leaders(groups: Sequence[Group], plain: str) -> list[Group]:
    """The standards that joint leaders are told of: all, where it says so, else the one named last before."""
    standards = [group for group in groups if "standard" in group.own]
    told = words("joint").search(plain)
    if len(standards) < 2 or told is None or re.search("都|均|各项", plain[told.start() - 8 : told.start() + 4]):
        return standards
    before = [group for group in standards if group.start <= told.start()]
    if before:
        return before[-1:]
    ends = [told.end(), *(group.end for group in standards)]  # told first, of all but those that one unit leads alone
    return [one for one, end in zip(standards, ends, strict=False) if not says("alone", plain[end : one.end])]


def _budget_part(plain: str) -> str:
    found = words("budget_part").search(plain)
    who = (found["who"] or found["whose"] or found["purse"]) if found else ""
    return {"市": "市", "县": "县", "区": "县", "区市": "县"}.get(who, "")


def _number_in(name: str, plain: str) -> int:
    """The number in some words of asking.toml; 0 where they are not there."""
    found = words(name).search(plain)
    number = next((one for one in found.groups() if one), "") if found else ""
    return int(read_number(number.replace("两", "二"))) if number else 0


def _of_them(plain: str) -> int:
    found = words("of_them").search(plain) if words("total").search(plain) else None
    return int(read_number(found["n"].replace("两", "二"))) if found else 0


def _wanted(plain: str) -> Wanted:
    if words("staff").search(plain):
        return Wanted.STAFF
    if words("left").search(plain):
        return Wanted.LEFT
    if words("gap").search(plain) and not words("upgrade").search(plain):
        return Wanted.GAP
    if words("each").search(plain):
        return Wanted.EACH_AND_TOTAL if words("total").search(plain) else Wanted.EACH
    return Wanted.TOTAL


def _stated(group: Group, index: int, groups: Sequence[Group], plain: str, blank: Sequence[tuple[int, int]]) -> Stated:
    """The achievement as a text of its own: its words, up to the next stop, and the names that it takes over."""
    floor = groups[index - 1].end if index else 0
    start = max([floor if floor <= group.start else 0, *(m.end() for m in STOP.finditer(plain, 0, group.start))])
    ahead = (
        _start_of(groups[index + 1], plain)
        if index + 1 < len(groups) and groups[index + 1].start >= group.end
        else len(plain)
    )
    stop = STOP.search(plain, group.end)
    end = min(ahead, stop.start() if stop else len(plain))
    taken = [name for kind, name in group.own.items() if kind not in group.forms]
    bare = list(plain)
    for place in range(start, end):
        if any(first <= place < last for first, last in blank):
            bare[place] = " "
    return Stated(
        text=" ".join(["".join(bare[start:end]).strip(), *taken]).strip(),
        count=group.count or 1,
        counted=group.count > 0,
        rank=group.rank,
        start=group.start,
        end=group.end,
        names=tuple(group.own.items()),
        of_other=says("of_other", plain[:end]) and not says("own", plain[:end]),
    )


def is_raised(first: Stated, second: Stated) -> bool:
    """过了2A，今年升到3A: the same thing at another grade or level."""
    own, other = dict(first.names), dict(second.names)
    bare = "grade" in own and not any(kind in own for kind in THINGS)  # 3A之后又评上4A良好行为
    same = bare or all(own.get(kind) == other.get(kind) for kind in THINGS)
    return same and any(own.get(kind) != other.get(kind) for kind in ("grade", "level"))


def had_before(text: str, parts: Sequence[Stated]) -> Stated | None:
    """Of two awards for the same thing, the one that was had before: 前年拿过提名奖; None where neither is said to."""
    told = [part for part in parts if _HAD.search(_clause_of(part, text)) or _THEN.match(text, part.end)]
    return told[0] if len(told) == 1 else None


def _clause_of(part: Stated, text: str) -> str:
    start = max((stop.end() for stop in STOP.finditer(text, 0, part.start)), default=0)
    stop = STOP.search(text, part.end)
    return text[start : stop.start() if stop else len(text)]


def alike_in_count(parts: Sequence[Stated]) -> tuple[Stated, ...]:
    """四个项目国家级跟市级差多少: of a difference, one number is meant for both."""
    counts = {part.count for part in parts} - {1}
    return tuple(replace(part, count=counts.copy().pop()) for part in parts) if len(counts) == 1 else tuple(parts)


def _start_of(group: Group, plain: str) -> int:
    """Where an achievement begins: with its class (A类3张), which stands before the number."""
    lead = re.search(rf"{CLASS.pattern}[^，。；、,;\d]{{0,10}}$", plain[: group.start]) if group.unnamed else None
    return lead.start() if lead else group.start
