"""Which facts of the ledger somebody wants to see, and the facts with all that is needed to judge them.

The table on the page, the REST calls and the tool for other programs all filter here.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from assistant.award_fit import kinds_by_name
from assistant.ledger_view import LedgerView
from assistant.records import Record
from assistant.standing import StandingCode, standing_of
from assistant.sums import say_amount
from corpus.awards import AwardFact

KINDS = ("level", "item", "standard", "role", "organ", "grade")


class FactFilter(BaseModel):
    """What the facts wanted have in common; a field that is not given, or empty, leaves all."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    document: str = Field(default="", max_length=200, description="文件编号，如 longgang-2023")
    region: str = Field(default="", max_length=60, description="地区，写到省、市、县哪一级都可以；省名包括省内各地")
    text: str = Field(default="", max_length=200, description="含有的词，空格分开，须全部含有")
    level: str = Field(default="", max_length=40, description="级别，如 国家级")
    item: str = Field(default="", max_length=40, description="事项，如 创新贡献奖")
    standard: str = Field(default="", max_length=40, description="标准类别，如 国家标准")
    role: str = Field(default="", max_length=40, description="身份：主导、参与")
    organ: str = Field(default="", max_length=40, description="技术组织，如 技术委员会")
    grade: str = Field(default="", max_length=40, description="等级，如 一等奖")
    status: StandingCode | None = Field(default=None, description="文件在判断日期的效力")
    as_of: date | None = Field(default=None, description="判断日期，不写就是今天")


class Choice(Record):
    """A value that a filter may take, and how many facts have it."""

    value: str
    count: int


class Choices(Record):
    """All values that the filters may take, the most frequent first."""

    regions: tuple[Choice, ...]
    standards: tuple[Choice, ...]
    roles: tuple[Choice, ...]
    organs: tuple[Choice, ...]
    levels: tuple[Choice, ...]
    items: tuple[Choice, ...]
    grades: tuple[Choice, ...]


def select_facts(view: LedgerView, wanted: FactFilter, today: date) -> list[AwardFact]:
    """The facts wanted, in the ledger's order; the labels of each kind have to agree exactly."""
    labels = {value for kind in KINDS if (value := getattr(wanted, kind))}
    mistaken = any(kinds_by_name().get(getattr(wanted, kind), kind) != kind for kind in KINDS)
    if mistaken:  # role=国家标准: a label of another kind
        return []
    day = wanted.as_of or today
    return [
        fact
        for fact in view.select(document=wanted.document or None, region=wanted.region, text=wanted.text)
        if labels <= set(fact.labels)
        and (wanted.status is None or standing_of(view.document_of(fact), day).code == wanted.status)
    ]


def describe_facts(view: LedgerView, facts: Iterable[AwardFact], day: date) -> list[dict[str, Any]]:
    """Facts as JSON takes them, each with its issuer, its sum in words, and where its document stands on `day`."""
    return [_described(view, fact, day) for fact in facts]


def list_choices(view: LedgerView) -> Choices:
    """What the filters may be set to in this ledger."""
    names = kinds_by_name()
    kinds = {kind: Counter[str]() for kind in KINDS}
    for fact in view.ledger.facts:
        for name in fact.labels:
            if names[name] in kinds:
                kinds[names[name]][name] += 1
    regions = Counter(view.document_of(fact).region.name for fact in view.ledger.facts)
    return Choices(regions=_choices(regions), **{f"{kind}s": _choices(kinds[kind]) for kind in KINDS})


def _described(view: LedgerView, fact: AwardFact, day: date) -> dict[str, Any]:
    document = view.document_of(fact)
    return view.describe(fact) | {
        "issuer": document.issuer,
        "document_number": document.document_number,
        "published": document.published,
        "standing": standing_of(document, day).model_dump(),
        "sum": say_amount(fact.amount),
    }


def _choices(counts: Mapping[str, int]) -> tuple[Choice, ...]:
    return tuple(
        Choice(value=value, count=count) for value, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    )
