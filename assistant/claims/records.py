"""The records of the calculator: what is claimed, by which rules, and what comes out, step by step.

Money is `Decimal` yuan to the fen, rounded half up where a share does not divide evenly.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from corpus.awards import AmountKind, AwardFact, AwardRule

FEN = Decimal("0.01")
YUAN_MAX = Decimal(10) ** 15  # no award, cost or limit is larger; more is a slip of the pen
COUNT_MAX = 10_000


class Operation(StrEnum):
    """What a step does."""

    AWARD = "award"  # the sum that the clause prints
    RATE = "rate"  # a share of a stated cost, loan or sale
    CEILING = "ceiling"  # 最高100万元, 不超过实际费用
    SHARE = "share"  # 第2位按70%
    SPLIT = "split"  # 主导单位数分之一
    PART = "part"  # a share that the drafters agreed on
    INSTALMENT = "instalment"  # 启动建设时给予50%
    BUDGETS = "budgets"  # 市级 + 县级
    YEARS = "years"  # paid every year, for so many years
    IN_FULL = "in_full"  # 先低后高，分别给予
    TOP_UP = "top_up"  # what is paid after a lower award
    COUNT = "count"  # so many of the same
    HIGHEST = "highest"  # 就高不重复
    SUM = "sum"
    LIMIT = "limit"  # 每年不超过
    LEFT = "left"  # what a limit leaves
    GAP = "gap"  # the difference of two
    STAFF = "staff"  # 用于人员不得超过40%
    BUDGET_SHARE = "budget_share"  # 市级、县级按1:1分担


@dataclass(frozen=True, kw_only=True)
class Money:
    """A sum, and whether it is fixed, a ceiling or a range."""

    yuan: Decimal
    kind: AmountKind = AmountKind.EXACT
    low: Decimal | None = None  # of a range

    def times(self, factor: Decimal) -> "Money":
        """The sum by a factor, to the fen, half up.

        >>> Money(yuan=Decimal(500000)).times(Decimal(1) / 3).yuan
        Decimal('166666.67')
        """
        low = None if self.low is None else to_fen(self.low * factor)
        return Money(yuan=to_fen(self.yuan * factor), kind=self.kind, low=low)

    def at_most(self, limit: Decimal) -> "Money":
        """The sum under a limit; where the limit bites, it is a ceiling.

        >>> [Money(yuan=Decimal(yuan)).at_most(Decimal(50)).kind.value for yuan in (90, 40)]
        ['cap', 'exact']
        """
        return self if self.yuan <= limit else Money(yuan=to_fen(limit), kind=AmountKind.CAP)

    def less(self, received: Decimal) -> "Money":
        """What is left of it after a sum received; never below nothing."""
        low = None if self.low is None else to_fen(max(self.low - received, Decimal(0)))
        return Money(yuan=to_fen(max(self.yuan - received, Decimal(0))), kind=self.kind, low=low)


def to_fen(yuan: Decimal) -> Decimal:
    """Round to the fen, half up, without needless zeros.

    >>> to_fen(Decimal("0.005")), to_fen(Decimal("35000.00"))
    (Decimal('0.01'), Decimal('35000'))
    """
    rounded = yuan.quantize(FEN, ROUND_HALF_UP)
    return rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded.normalize()


def add(sums: Iterable[Money]) -> Money:
    """Add sums: fixed only where all are.

    >>> add([Money(yuan=Decimal(1)), Money(yuan=Decimal(2), kind=AmountKind.CAP)]).kind.value
    'cap'
    """
    listed = list(sums)
    kinds = {one.kind for one in listed}
    kind = AmountKind.CAP if kinds - {AmountKind.EXACT} else AmountKind.EXACT
    if AmountKind.RANGE in kinds and AmountKind.CAP not in kinds:
        low = sum((one.yuan if one.low is None else one.low for one in listed), Decimal(0))
        return Money(yuan=sum((one.yuan for one in listed), Decimal(0)), kind=AmountKind.RANGE, low=low)
    return Money(yuan=sum((one.yuan for one in listed), Decimal(0)), kind=kind)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule of the ledger with its words: its own, and the sentence around it, both normalised."""

    rule: AwardRule
    words: str
    sentence: str
    paragraph_has_awards: bool = False
    awards_before: str = ""  # id of the award that stands last before it in its clause


@dataclass(frozen=True, kw_only=True)
class Achievement:
    """One thing that the applicant did, with the awards that the ledger holds for it and what was stated about it."""

    name: str
    facts: tuple[AwardFact, ...]  # several only where several budgets pay for the same
    count: int = 1
    rank: int = 0  # place among the drafters; 0: not stated
    co_leads: int = 0  # units listed jointly as first, the applicant among them; 0: not stated
    part: Decimal | None = None  # share agreed among them, as a ratio
    base: Decimal | None = None  # yuan that a rate is taken of: cost, loan, sales
    base_rate: Decimal | None = None  # an interest rate that the rule's rate is taken of
    cost: Decimal | None = None  # what was really spent, under which an award may have to stay
    received: Decimal = Decimal(0)  # for the same thing before, at a lower level
    stage: str = ""  # 启动, 验收: the instalment asked for
    budget: str = ""  # 市级 or 县级 where only what that budget bears is claimed
    years: int = 1  # for how many years an award that is paid every year is claimed
    project: str = ""  # achievements of one project are named alike
    words: str = ""  # how the applicant tells it, normalised


@dataclass(frozen=True, kw_only=True)
class Claim:
    """All that one applicant claims for one year in one region."""

    achievements: tuple[Achievement, ...]
    received: Decimal = Decimal(0)  # under the same limits, in the same time, before


@dataclass(frozen=True, kw_only=True)
class ClaimStep:
    """One step: what was done to which inputs, what came out, and the fact or rule that says so."""

    operation: Operation
    about: str
    expression: str
    result: Money
    source: AwardFact | Rule | None = None


class Lack(StrEnum):
    """Why a sum cannot be told."""

    BASE = "base"  # the cost, loan or sale that a rate is taken of was not stated
    INTEREST = "interest"  # the interest rate was not stated
    NO_SPLIT_RULE = "no_split_rule"  # the document does not say how joint leaders share
    NO_SHARE = "no_share"  # the clause grants no share to this rank
    RANK = "rank"  # shares hang on the rank, which was not stated
    PART = "part"  # joint leaders agree among themselves, and the share was not stated
    NO_BUDGET_RULE = "no_budget_rule"  # the document does not say which budget bears what
    NO_TOP_UP = "no_top_up"  # the document does not say what becomes of a lower award received before
    NOT_TWICE = "not_twice"  # what was paid elsewhere is not paid again; whether it was, the clause has to be held to
    CO_LEADS = "co_leads"  # joint leaders, but not how many


@dataclass(frozen=True, kw_only=True)
class Missing:
    """What has to be known before a sum can be told; `source` is the clause that asks for it."""

    lack: Lack
    about: str
    source: AwardFact | Rule


@dataclass(frozen=True, kw_only=True)
class Line:
    """What one achievement comes to."""

    achievement: Achievement
    each: Money | None  # of one of them; None: undetermined
    total: Money | None
    steps: tuple[ClaimStep, ...] = ()
    missing: tuple[Missing, ...] = ()
    counted: int = 1  # how many of them count
    rules: tuple[Rule, ...] = ()  # conditions that were not applied, because nothing was stated about them


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """What a claim comes to. `total` is None where a line is undetermined."""

    lines: tuple[Line, ...]
    total: Money | None
    steps: tuple[ClaimStep, ...] = ()
    limits: tuple[Rule, ...] = ()  # limits that were looked at, whether they bite or not
    missing: tuple[Missing, ...] = ()
    rules: tuple[Rule, ...] = field(default=())  # conditions to show: named, not applied
