"""Whether what was said holds what its gold asks for: one rule for each thing that is asked.

A rule says whether it is kept, or `None` where the gold asks for nothing of the kind. An answer is right when no rule
is broken. Beside the rules stand measures, which decide nothing: whether all gold clauses are cited, whether anything
is cited that is not needed. Pure: the documents that quotes have to stand in are an argument.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

from assistant.estimating import EstimateReport
from assistant.records import Answer, Citation
from evals.cases import ClaimGold, Gold
from evals.loading import Sources
from evals.places import squeeze

# Their answers may rightly state more figures than the ones asked for: both sides of a difference, each item of a sum.
OPEN_ENDED = frozenset({"award_compare", "aggregate", "anomaly", "follow_up"})
FEN = Decimal("0.01")  # sums are compared to the fen, exactly: a third is rounded before, on both sides
SENTENCE_MIN = 8  # characters of a citation that count when it is shorter than the gold snippet

_SUM = re.compile(r"(\d[\d,，]*(?:\.\d+)?)\s*(亿元|万元|千元|亿|万|元)")
_UNITS = {"亿": Decimal(10) ** 8, "万": Decimal(10) ** 4, "千": Decimal(1000), "元": Decimal(1)}
_MARKER = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, kw_only=True)
class Said:
    """What an answer or an estimate says, as far as it is judged."""

    status: str
    text: str
    amounts: tuple[tuple[Decimal, str], ...]  # to the fen, with exact or cap
    citations: tuple[Citation, ...]
    warnings: tuple[str, ...]
    markers_used: frozenset[int]

    @classmethod
    def of_answer(cls, answer: Answer) -> "Said":
        """What an answer says."""
        used = {int(number) for number in _MARKER.findall(answer.answer)}
        return cls(
            status=answer.status,
            text=answer.answer,
            amounts=tuple((to_fen(amount.yuan), amount.kind) for amount in answer.amounts),
            citations=answer.citations,
            warnings=tuple(warning.code for warning in answer.warnings),
            markers_used=frozenset(used | {step.citation for step in answer.calculation if step.citation}),
        )

    @classmethod
    def of_estimate(cls, report: EstimateReport) -> "Said":
        """What an estimate says: its one total, if there is one."""
        used = {int(number) for number in _MARKER.findall(report.text)}
        return cls(
            status=report.status,
            text=report.text,
            amounts=((to_fen(report.total.yuan), report.total.kind),) if report.total else (),
            citations=report.citations,
            warnings=tuple(warning.code for warning in report.warnings),
            markers_used=frozenset(used | {step.citation for step in report.calculation if step.citation}),
        )

    @property
    def stated(self) -> tuple[Decimal, ...]:
        """The sums that are given as the answer."""
        return tuple(yuan for yuan, _ in self.amounts)


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """What was said, and what should have been."""

    type: str
    gold: Gold | ClaimGold
    said: Said
    sources: Sources

    @property
    def wanted(self) -> tuple[Decimal, ...]:
        """The gold sums, to the fen."""
        return tuple(map(to_fen, self.gold.yuan))


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The rules that apply, each with whether it is kept; the sums that should not have been stated; the measures."""

    kept: Mapping[str, bool]
    expected: str = ""  # the status that is right, where there is one
    actual: str = ""
    wrong_amounts: tuple[Decimal, ...] = ()
    measured: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def is_right(self) -> bool:
        """Whether every rule that applies is kept."""
        return all(self.kept.values())

    @property
    def is_withheld(self) -> bool:
        """Whether the program found a fault in its answer, or failed, and said so instead."""
        return self.actual == "error"

    @property
    def broken(self) -> tuple[str, ...]:
        """The rules that apply and are not kept."""
        return tuple(name for name, kept in self.kept.items() if not kept)


def judge(attempt: Attempt) -> Verdict:
    """Put what was said to every rule and every measure; what keeps every rule states no wrong amount."""
    kept = {name: held for name, rule in RULES.items() if (held := rule(attempt)) is not None}
    return Verdict(
        kept=kept,
        expected=attempt.gold.status,
        actual=attempt.said.status,
        wrong_amounts=() if all(kept.values()) else find_wrong_amounts(attempt),
        measured={name: Decimal(value) for name, take in MEASURES.items() if (value := take(attempt)) is not None},
    )


def to_fen(yuan: Decimal) -> Decimal:
    """A sum as it is paid: rounded half up to the fen.

    >>> to_fen(Decimal(500000) / 3), to_fen(Decimal("0.005"))
    (Decimal('166666.67'), Decimal('0.01'))
    """
    return yuan.quantize(FEN, ROUND_HALF_UP)


def read_sums(text: str) -> frozenset[Decimal]:
    """The sums of money in a text, in yuan; figures without a unit of money are none.

    >>> sorted(read_sums("3 万元，加 1,500元，第2位")) == [1500, 30000]
    True
    """
    found = ((re.sub("[,，]", "", number), unit) for number, unit in _SUM.findall(text))
    return frozenset(to_fen(Decimal(number) * _UNITS[unit[0]]) for number, unit in found)


def find_wrong_amounts(attempt: Attempt) -> tuple[Decimal, ...]:
    """The sums stated as the answer that the gold has not, where more than it asks for is not welcome."""
    more = tuple(yuan for yuan in attempt.said.stated if yuan not in attempt.wanted)
    is_answer = attempt.gold.status == "answered" and set(attempt.wanted) <= set(attempt.said.stated)
    return () if attempt.type in OPEN_ENDED and is_answer else more


def _keeps_status(attempt: Attempt) -> bool:
    also = attempt.gold.also_status if isinstance(attempt.gold, Gold) else None
    return attempt.said.status in (attempt.gold.status, also)


def _keeps_amounts(attempt: Attempt) -> bool | None:
    stated, wanted = set(attempt.said.stated), set(attempt.wanted)
    if wanted:
        return wanted <= stated if attempt.type in OPEN_ENDED else wanted == stated
    return None if attempt.gold.status == "answered" else not stated


def _keeps_kind(attempt: Attempt) -> bool | None:
    if not (attempt.wanted and attempt.gold.kind):
        return None
    return {kind for yuan, kind in attempt.said.amounts if yuan in attempt.wanted} == {attempt.gold.kind}


def _keeps_must(attempt: Attempt) -> bool | None:
    if not attempt.gold.must:
        return None
    text = squeeze(attempt.said.text)
    sums = read_sums(attempt.said.text) | set(attempt.said.stated)

    def appears(words: str) -> bool:
        asked = read_sums(words)
        return squeeze(words) in text or (bool(asked) and asked <= sums)

    return all(any(map(appears, [one] if isinstance(one, str) else one)) for one in attempt.gold.must)


def _keeps_must_not(attempt: Attempt) -> bool | None:
    if not attempt.gold.must_not:
        return None
    text = squeeze(attempt.said.text)

    def appears(words: str) -> bool:
        """A sum may be mentioned, and not be the answer; other words may not be there at all."""
        banned = read_sums(words)
        return not banned.isdisjoint(attempt.said.stated) if banned else squeeze(words) in text

    return not any(map(appears, attempt.gold.must_not))


def _keeps_citation(attempt: Attempt) -> bool | None:
    """One gold clause at least is cited."""
    covered = _covered(attempt)
    return None if covered is None else any(covered)


def _keeps_verbatim(attempt: Attempt) -> bool | None:
    """Every quote is what stands at its place in its document, character for character."""
    if not attempt.said.citations:
        return None
    documents = attempt.sources.documents
    return all(
        cited.quote
        and cited.document in documents
        and documents[cited.document].text[cited.start : cited.end] == cited.quote
        for cited in attempt.said.citations
    )


def _keeps_warn(attempt: Attempt) -> bool | None:
    return set(attempt.gold.warn) <= set(attempt.said.warnings) if attempt.gold.warn else None


def _is_complete(attempt: Attempt) -> bool | None:
    """Every gold clause is cited."""
    covered = _covered(attempt)
    return None if covered is None else all(covered)


def _is_needed(attempt: Attempt) -> bool | None:
    """Every citation is used, in the text or in a step, and is of a gold document where those are named."""
    if attempt.gold.status != "answered" or not attempt.said.citations:
        return None
    ids = attempt.gold.ids if attempt.type not in OPEN_ENDED else ()
    return all(
        cited.marker in attempt.said.markers_used and (not ids or cited.document in ids)
        for cited in attempt.said.citations
    )


RULES: Mapping[str, Callable[[Attempt], bool | None]] = MappingProxyType(
    {
        "status": _keeps_status,
        "amounts": _keeps_amounts,
        "kind": _keeps_kind,
        "must": _keeps_must,
        "must_not": _keeps_must_not,
        "citation": _keeps_citation,
        "verbatim": _keeps_verbatim,
        "warn": _keeps_warn,
    }
)
MEASURES: Mapping[str, Callable[[Attempt], bool | None]] = MappingProxyType(
    {"complete": _is_complete, "needed": _is_needed}
)


def _covered(attempt: Attempt) -> list[bool] | None:
    """For each gold snippet whether a citation has it in it, or is a part of it."""
    if attempt.gold.status != "answered" or not attempt.gold.quote:
        return None
    cited = [squeeze(citation.quote) for citation in attempt.said.citations]
    return [any(_covers(one, squeeze(snippet)) for one in cited) for snippet in attempt.gold.quote]


def _covers(cited: str, snippet: str) -> bool:
    return snippet in cited or (len(cited) >= SENTENCE_MIN and cited in snippet)
