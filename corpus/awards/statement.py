"""One award phrase with the words around it: what it is for, what binds it, what a rate in it is taken of."""

import re
from dataclasses import dataclass

from corpus.awards.facts import AmountKind
from corpus.awards.labelling import HEADS, label
from corpus.awards.limbs import BLANK, Limb
from corpus.awards.particulars import conditions_of, is_cost
from corpus.awards.phrases import Figure, Phrase

PER_MAX = 6  # characters; a longer 每… names what the award is for: 每个单位推动标准海外应用
OBJECT_BEFORE_MAX = 8  # characters before a figure that may name the payer only: 市财政
OBJECT_MAX = 60  # characters behind a figure that may name what it is for
END_MAX = 30  # characters at the end of a limb that may say how its sums are paid
BASE_MAX = 30  # characters before a rate that may name what it is taken of
EDGE = re.compile(rf"^[、，；：。的和及或且并但与以由{BLANK}]+|[、，：{BLANK}]+(?:可以?|将|则|并|以)?$")
_PER_PART = re.compile(r"^每[^，]{1,8}$")
_CRITERIA = re.compile(r"^(?:根据|视|结合|综合|优先|鼓励|按照?项目进度)")
_BASE_PART = re.compile("经费的?$|资金的?$|费用的?$|金额的?$|收入的?$")
_AROUND_BASE = re.compile("^(?:按照?|参照|比照)|(?:的|比例|(?<!国家|国际|行业|地方|团体|企业|区域)标准)+$")
_BUDGET = re.compile(r"，?由?([省市县区])级?财政(?:部门)?(?:再|另|另外)?$")
_BUDGETS = {"省": "省级", "市": "市级", "县": "县级", "区": "县级"}
_NEW_SUM = re.compile(r"^(?:提高|增加|调整|上调|提升)(?:到|至|为)$")
_HALF = re.compile("减半|折半|一半|全额|执行|报销|贴息|计算")
_ONCE_LAST = re.compile("，[^，；]{0,8}一次性(?:兑现|发放|拨付|支付|给予)[^，；]{0,4}$")
_CAP_NEAR = re.compile("(?:最高|最多|至多|不超过|不高于|上限)[^，。；\\d]{0,8}$")


@dataclass(frozen=True)
class Statement:
    """One phrase with the words before it (up to the phrase before) and behind it (up to the next)."""

    limb: Limb
    phrase: Phrase
    before: str
    ahead: str
    sentence: str

    @property
    def parts(self) -> list[str]:
        return [part for part in EDGE.sub("", self.before).split("，") if part not in ("", "按", "按照")]

    @property
    def per_part(self) -> str:
        """每完成一项 before a comma says per what, not what for."""
        parts = self.parts
        last = parts[-1] if len(parts) > 1 else ""
        return last if _PER_PART.match(last) and not label(last) else ""

    @property
    def object_behind(self) -> str:
        """奖励20万元给主导制定国家标准的单位: what it is for stands behind the figure, and nothing before it."""
        before = EDGE.sub("", self.before)
        if HEADS & label(before).keys() or len(before) > OBJECT_BEFORE_MAX or not self.limb.text:
            return ""
        rest = self.limb.text[self.phrase.end : self.phrase.end + OBJECT_MAX]
        behind = re.match(r"，?(?:用于(?:支持|奖励)?|给)?[^，。；]*", rest)
        text = behind.group() if behind else ""
        named = re.match("给|，用于", text) or (not before and HEADS & label(text).keys())
        return text if named and label(text) and not re.search("[万元]", text) else ""

    @property
    def subject(self) -> str:
        if behind := self.object_behind:
            return EDGE.sub("", re.sub("^，?(?:用于(?:支持|奖励)?|给)", "", behind))
        parts = self.parts[:-1] if self.per_part else self.parts
        if self.base_part:
            parts = parts[:-1]
        if parts and not self.is_new_sum:
            parts = [*parts[:-1], _BUDGET.sub("", parts[-1])]
        parts = [
            part for part in parts if part and not _CRITERIA.match(part)
        ] or parts  # what a sum depends on is not what it is for
        text = "，".join(parts).replace(BLANK, "")
        text = EDGE.sub("", text.rpartition("：")[2] or text)
        per = self.phrase.per
        return f"{text}，{per}" if len(per) > PER_MAX or HEADS & label(per).keys() else text

    @property
    def base_part(self) -> str:
        """安排与下拨经费的1：1: the words before a rate that name what it is taken of, where 按 does not."""
        is_rate = any(figure.rate is not None for figure in self.phrase.figures) and not self.phrase.base
        last = self.parts[-1] if len(self.parts) > 1 else ""
        return last if is_rate and _BASE_PART.search(last) else ""

    def kind_of(self, figure: Figure) -> AmountKind:
        """最高可以得到50万元 is a ceiling, though free words stand between."""
        capped = figure.kind is AmountKind.EXACT and _CAP_NEAR.search(self.before)
        return AmountKind.CAP if capped else figure.kind

    @property
    def budget(self) -> str:
        """Whose money it is, where the words say so: 县级财政奖励10万元."""
        found = _BUDGET.search(self.parts[-1]) if self.parts else None
        return _BUDGETS[found.group(1)] if found else ""

    @property
    def is_share(self) -> bool:
        """Whether a ratio is a share of an award or of costs, and no target or turnout."""
        return bool(self.phrase.words & {"BASE", "GIVES"} or self.base_part or _HALF.search(self.text))

    @property
    def is_new_sum(self) -> bool:
        """由20万元提高到40万元: the second figure holds."""
        return _NEW_SUM.search(EDGE.sub("", self.before)) is not None

    @property
    def prefix(self) -> str:
        """What stands before a colon within the words before the figures: 获得省级奖：某奖一、二等奖."""
        return EDGE.sub("", "，".join(self.parts)).rpartition("：")[0]

    @property
    def text(self) -> str:
        text = f"{self.before}{self.limb.text[self.phrase.start : self.phrase.end]}{self.phrase.tail}"
        return EDGE.sub("", text.replace(BLANK, ""))

    @property
    def bare_before(self) -> bool:
        return not EDGE.sub("", self.before)

    @property
    def borrows(self) -> bool:
        """国家级50万元、省级20万元给予奖励: the words of award stand behind a later figure."""
        return not self.phrase.says("GIVES")

    @property
    def is_paid_once(self) -> bool:
        """一次性 before the phrase, behind it, or at the end: 主导单位20万元、参与单位5万元，由市财政一次性兑现."""
        if self.borrows and "一次性" in self.ahead or "一次性" in self.before[-6:]:
            return True
        return self.borrows and _ONCE_LAST.search(self.limb.text[-END_MAX:]) is not None

    @property
    def borrowed_noun(self) -> str:
        found = re.search("奖励|补助|资助|补贴|激励|扶持|奖补", self.sentence) if self.borrows else None
        return found.group() if found else ""

    @property
    def base(self) -> str:
        if not any(figure.rate is not None for figure in self.phrase.figures):
            return ""
        bare = _AROUND_BASE.sub("", self.phrase.base)
        if bare or self.base_part:
            return bare or self.base_part[-BASE_MAX:]
        return self.subject[-BASE_MAX:] if is_cost(self.subject[-BASE_MAX:]) else ""

    @property
    def conditions(self) -> tuple[str, ...]:
        parts = [part.replace(BLANK, "") for part in self.parts if part != self.per_part]
        return conditions_of(parts)

    @property
    def span(self) -> tuple[int, int]:
        """From the first of the words before it to the end of its tail."""
        start = self.phrase.start - len(self.before)
        start += len(self.before) - len(self.before.lstrip(f"、，；：。的和及或且并但与{BLANK}"))
        end = min(self.phrase.end + len(self.phrase.tail), len(self.limb.text))
        while end > self.phrase.end and self.limb.text[end - 1] == BLANK:
            end -= 1
        return start, end

    def construct(self, count: int) -> str:
        if any(figure.kind is AmountKind.RATE for figure in self.phrase.figures):
            return "rate"
        if count > 1:
            return "list"
        return "labelled" if self.borrows else "single"
