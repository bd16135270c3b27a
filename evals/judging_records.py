"""What judged metrics are asked with and what they come to: endpoint, marks, figures. Plain records, stored as JSON."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

Metric = Literal["faithfulness", "correctness", "relevance"]
METRICS: tuple[Metric, ...] = get_args(Metric)
# Why there is no value: nothing to judge by; then what the endpoint did; then our own limit of time.
Skip = Literal["no_citations", "no_gold", "refused", "limited", "unreachable", "garbage", "timeout", "late"]
THOUSANDTH = Decimal("0.001")


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Endpoint(_Record):
    """An OpenAI-compatible chat endpoint; the key is sent there and shown nowhere. An empty key: none is needed."""

    model: Annotated[str, Field(min_length=1)]
    base_url: Annotated[str, Field(pattern=r"^https?://[^\s/]+\S*$")]
    api_key: SecretStr = SecretStr("")


class Mark(_Record):
    """What the model thinks of one answer in one respect, from 0 to 1; or why there is no value."""

    metric: Metric
    value: Annotated[Decimal, Field(ge=0, le=1)] | None = None
    skipped: Skip | None = None
    reason: str = ""  # the model's own words

    @model_validator(mode="after")
    def _one_of_both(self) -> "Mark":
        if (self.value is None) == (self.skipped is None):
            raise ValueError("a mark has a value, or says why it has none")
        return self


class JudgedRow(_Record):
    """The marks of one row of a run."""

    suite: str
    id: str
    marks: tuple[Mark, ...]


class MetricFigure(_Record):
    """The mean of one metric over the `n` rows that have a value; None where no row has."""

    metric: Metric
    mean: Decimal | None
    n: int
    skipped: int
    why: Mapping[Skip, int]  # how many were skipped for which reason


class JudgedReport(_Record):
    """What the judge said. It stands beside the exact rules and decides nothing."""

    model: str
    library: str  # whose criteria were used, with the version
    eligible: int  # rows with an answer in the run
    rows: tuple[JudgedRow, ...]  # the sample of them that was judged
    figures: tuple[MetricFigure, ...]
    seconds: float


def sum_up(rows: Sequence[JudgedRow]) -> tuple[MetricFigure, ...]:
    """One figure for each metric, means to the thousandth, half up."""
    marks = [mark for row in rows for mark in row.marks]
    return tuple(_figure(metric, [mark for mark in marks if mark.metric == metric]) for metric in METRICS)


def _figure(metric: Metric, marks: Sequence[Mark]) -> MetricFigure:
    values = [mark.value for mark in marks if mark.value is not None]
    why = Counter(mark.skipped for mark in marks if mark.skipped is not None)
    mean = (sum(values, Decimal()) / len(values)).quantize(THOUSANDTH, ROUND_HALF_UP) if values else None
    return MetricFigure(metric=metric, mean=mean, n=len(values), skipped=why.total(), why=dict(why))
