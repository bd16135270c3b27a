"""The records of the award stage: what a clause grants, what limits it, what could not be read.

Money is `Decimal` yuan, a rate a `Decimal` ratio, a span a half-open stretch of `PolicyDocument.text`.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class AmountKind(StrEnum):
    """What a sum means."""

    EXACT = "exact"  # 给予50万元
    CAP = "cap"  # 不超过、不高于、最高50万元: what is paid may be less
    RANGE = "range"  # 10万元至20万元
    RATE = "rate"  # 实际费用的30%: the text alone does not give yuan


class RuleKind(StrEnum):
    """What a rule does to sums that facts grant."""

    YEARLY_LIMIT = "yearly_limit"  # 同一单位每年不超过…
    TOTAL_LIMIT = "total_limit"  # 累计、全区合计不超过…
    COUNT_LIMIT = "count_limit"  # 每类不超过5项, 每年不超过一次
    HIGHEST_ONLY = "highest_only"  # 就高, 按最高等级
    NON_CUMULATION = "non_cumulation"  # 不重复
    ONCE_PER_PROJECT = "once_per_project"  # 同一项目只享受一次
    CO_LEAD = "co_lead"  # 主导单位数分之一
    SHARE = "share"  # 第2位按70%, 建设和施工单位各50%
    INSTALMENT = "instalment"  # 启动50%、验收50%
    COST_CEILING = "cost_ceiling"  # 不超过实际发生的费用
    TOP_UP = "top_up"  # 补差额
    EACH_IN_FULL = "each_in_full"  # 先低后高的，各年度分别给予
    ON_TOP = "on_top"  # 另行奖补
    DEFINITION = "definition"  # 主导是指…
    USE_OF_FUNDS = "use_of_funds"  # 用于人员不得超过40%
    BUDGET_SHARE = "budget_share"  # 市级、县级按1:1分担
    NO_AWARD = "no_award"  # fines, budgets, fees: money of another sort


@dataclass(frozen=True, kw_only=True)
class Amount:
    """How much: a sum in yuan, or a rate whose base is known or named.

    `yuan` is None where the text alone does not tell it; `low` is the lower end of a range.
    """

    kind: AmountKind
    yuan: Decimal | None
    low: Decimal | None = None
    rate: Decimal | None = None
    ceiling: Decimal | None = None  # 且最高100万元, of a rate
    base: str = ""  # the words that name what the rate is taken of


@dataclass(frozen=True, kw_only=True)
class AwardFact:
    """One award: who gets how much for what, with its proof.

    `subject` is put together from the clause's own words (the shared head of a list, this entry, the
    shared end) and is for reading; the proof is the quote at `start:end` and the figure at
    `figure_start:figure_end`. `labels` are concepts of `corpus/vocabulary.toml` by name.
    """

    id: str  # document id and place of the figure: "longgang-2023@5120", with ".2" for the second fact there
    document_id: str
    clause_id: str
    locator: str
    subject: str
    context: str  # the heads that stand above it, and what it takes over, for reading and searching
    labels: tuple[str, ...]
    inherited: tuple[str, ...]  # those of `labels` that the entry takes over from words before it
    amount: Amount
    noun: str  # 奖励, 补助, 资助 … as printed; empty where none is
    who: str  # unit, person, government, team
    per: str  # 项, 家, 张 …; empty where not printed
    once: bool  # 一次性 is printed
    yearly: bool  # paid every year
    budget: str  # 市级, 县级 where the text keeps budgets apart
    ranks: tuple[int, ...]  # places among the drafters that it is for; empty: not told
    conditions: tuple[str, ...]  # words that bind it, as printed
    construct: str  # how it was written: single, list, labelled, table, relative …
    start: int
    end: int
    figure_start: int
    figure_end: int
    rests_on: tuple[str, ...] = ()  # ids of the facts that a relative sum is taken of
    anomalies: tuple[str, ...] = ()  # codes of what looks misprinted about it


@dataclass(frozen=True, kw_only=True)
class AwardRule:
    """A rule that limits or changes sums; `yuan` and `rate` where it holds such a figure."""

    id: str
    document_id: str
    clause_id: str
    locator: str
    kind: RuleKind
    labels: tuple[str, ...]
    yuan: Decimal | None
    rate: Decimal | None
    start: int
    end: int
    figures: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reject:
    """A place where an award is granted and what it grants cannot be told; nothing is guessed."""

    document_id: str
    clause_id: str
    locator: str
    label: str  # a key of corpus.awards.malformed.LABELS
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Extraction:
    """What was read from the clauses of one document, in order of the text."""

    facts: tuple[AwardFact, ...] = ()
    rules: tuple[AwardRule, ...] = ()
    rejects: tuple[Reject, ...] = ()
