"""Made-up lists of awards with a figure for each, put together at random: what is printed, and what it has to give."""

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import strategies as st

STANDARDS = ("国际标准", "国家标准", "行业标准", "省级地方标准", "市级地方标准")
STANDARDS += ("区域标准", "团体标准", "技术性规范", "企业标准")
PRIZES = ("云帆奖", "松涛奖", "星火奖", "晨光奖", "秋实奖", "青禾奖", "白鹭奖", "丹枫奖", "远航奖")
UNITS = {"万元": 10**4, "万": 10**4, "元": 1, "千元": 10**3}
LAST_MARKS = ("、", "和", "及", "以及")
CAPS = ("", "最高", "不超过")


@dataclass(frozen=True)
class Sum:
    """One figure as printed, and what it is in yuan."""

    printed: str
    yuan: Decimal


@dataclass(frozen=True)
class AwardList:
    """Names, as many figures, and how the sentence around them is worded."""

    names: tuple[str, ...]
    sums: tuple[Sum, ...]
    marks: tuple[str, str]  # before the last name, before the last figure
    cap: str
    per: str
    once: str
    once_first: bool

    @property
    def text(self) -> str:
        verb = "主导制定" if self.names[0] in STANDARDS else "获得"
        respectively = "分别" if len(self.sums) > 1 else ""
        first, last = (self.once, "") if self.once_first else ("", self.once)
        figures = joined([one.printed for one in self.sums], self.marks[1])
        subject = f"对{verb}{joined(self.names, self.marks[0])}的单位"
        return f"{subject}，{self.per}{respectively}{first}给予{self.cap}{figures}的{last}奖励。"


def joined(words: list[str] | tuple[str, ...], last_mark: str) -> str:
    """Words in a row: 甲、乙和丙."""
    return last_mark.join(filter(None, ["、".join(words[:-1]), words[-1]]))


@st.composite
def sums(draw: st.DrawFn) -> Sum:
    """A figure with its unit: 8万元, 1.5万, 3千元, 12000元."""
    unit = draw(st.sampled_from(sorted(UNITS)))
    if unit == "元":
        number = str(draw(st.integers(1000, 200000)))
    else:
        number = str(draw(st.integers(1, 300))) + draw(st.sampled_from(["", "", ".5", ".25"]))
    return Sum(number + unit, Decimal(number) * UNITS[unit])


@st.composite
def lists(draw: st.DrawFn, least: int = 1, most: int = 9, marks: tuple[str, ...] = LAST_MARKS) -> AwardList:
    """A list of awards of one family, each with a figure of its own."""
    count = draw(st.integers(least, most))
    names = draw(st.permutations(draw(st.sampled_from([STANDARDS, PRIZES]))))[:count]
    return AwardList(
        names=tuple(names),
        sums=tuple(draw(st.lists(sums(), min_size=count, max_size=count))),
        marks=(draw(st.sampled_from(marks)), draw(st.sampled_from(LAST_MARKS))),
        cap=draw(st.sampled_from(CAPS)),
        per=draw(st.sampled_from(["", "每项"])),
        once=draw(st.sampled_from(["", "一次性"])),
        once_first=draw(st.booleans()),
    )
