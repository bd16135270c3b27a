"""Whether an answer holds what its gold asks for: one rule for each thing that is asked.

A rule says whether it is kept, or `None` where the gold asks for nothing of the kind. An answer is right when no
rule is broken. Pure: the texts that quotes have to stand in are an argument.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from assistant.records import Answer
from evals.cases import Gold, QuestionType
from evals.places import squeeze

# Their answers may rightly state more figures than the ones asked for: both sides of a difference, each item of a sum.
OPEN_ENDED = frozenset({"award_compare", "aggregate", "anomaly", "follow_up"})
FEN = Decimal("0.01")  # sums nearer than this are the same: a third may be printed rounded
SENTENCE_MIN = 8  # characters of a citation that count when it is shorter than the gold snippet

_SUM = re.compile(r"(\d[\d,，]*(?:\.\d+)?)\s*(亿元|万元|千元|亿|万|元)")
_UNITS = {"亿": Decimal(10) ** 8, "万": Decimal(10) ** 4, "千": Decimal(1000), "元": Decimal(1)}


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """An answer, what it should have been, and all that may be quoted, white space removed."""

    type: QuestionType
    gold: Gold
    answer: Answer
    sources: tuple[str, ...]

    @property
    def stated(self) -> tuple[Decimal, ...]:
        """The sums that are given as the answer."""
        return tuple(amount.yuan for amount in self.answer.amounts)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The rules that apply, each with whether it is kept, and the sums that should not have been stated."""

    kept: Mapping[str, bool]
    wrong_amounts: tuple[Decimal, ...]
    is_withheld: bool  # the program found a fault in its answer, or failed, and said so instead

    @property
    def is_right(self) -> bool:
        """Whether every rule that applies is kept."""
        return all(self.kept.values())

    @property
    def broken(self) -> tuple[str, ...]:
        """The rules that apply and are not kept."""
        return tuple(name for name, kept in self.kept.items() if not kept)

    def keeps(self, names: Iterable[str]) -> bool:
        """Whether none of these rules is broken."""
        return set(names).isdisjoint(self.broken)


def judge(attempt: Attempt) -> Verdict:
    """Put an answer to every rule."""
    kept = {name: held for name, rule in RULES.items() if (held := rule(attempt)) is not None}
    return Verdict(kept=kept, wrong_amounts=find_wrong_amounts(attempt), is_withheld=attempt.answer.status == "error")


def read_sums(text: str) -> frozenset[Decimal]:
    """The sums of money in a text, in yuan; figures without a unit of money are none.

    >>> sorted(read_sums("3 万元，加 1,500元，第2位")) == [1500, 30000]
    True
    """
    return frozenset(Decimal(re.sub("[,，]", "", number)) * _UNITS[unit[0]] for number, unit in _SUM.findall(text))


def find_wrong_amounts(attempt: Attempt) -> tuple[Decimal, ...]:
    """The sums stated as the answer that the gold has not, where more than it asks for is not welcome."""
    more = tuple(yuan for yuan in attempt.stated if not _is_among(yuan, attempt.gold.yuan))
    is_answer = attempt.gold.status == "answered" and _all_among(attempt.gold.yuan, attempt.stated)
    return () if attempt.type in OPEN_ENDED and is_answer else more


def _keeps_status(attempt: Attempt) -> bool:
    return attempt.answer.status == attempt.gold.status


def _keeps_amounts(attempt: Attempt) -> bool | None:
    gold = attempt.gold
    if gold.yuan:
        is_more_welcome = attempt.type in OPEN_ENDED
        return _all_among(gold.yuan, attempt.stated) and (is_more_welcome or _all_among(attempt.stated, gold.yuan))
    return None if gold.status == "answered" else not attempt.stated


def _keeps_kind(attempt: Attempt) -> bool | None:
    gold = attempt.gold
    if not (gold.yuan and gold.kind):
        return None
    kinds = {amount.kind for amount in attempt.answer.amounts if _is_among(amount.yuan, gold.yuan)}
    return kinds == {gold.kind}


def _keeps_must(attempt: Attempt) -> bool | None:
    if not attempt.gold.must:
        return None
    text = squeeze(attempt.answer.answer)
    sums = read_sums(attempt.answer.answer) | set(attempt.stated)

    def appears(words: str) -> bool:
        asked = read_sums(words)
        return squeeze(words) in text or (bool(asked) and asked <= sums)

    return all(any(map(appears, [one] if isinstance(one, str) else one)) for one in attempt.gold.must)


def _keeps_must_not(attempt: Attempt) -> bool | None:
    if not attempt.gold.must_not:
        return None
    text = squeeze(attempt.answer.answer)

    def appears(words: str) -> bool:
        """A sum may be mentioned, and not be the answer; other words may not be there at all."""
        banned = read_sums(words)
        return not banned.isdisjoint(attempt.stated) if banned else squeeze(words) in text

    return not any(map(appears, attempt.gold.must_not))


def _keeps_citation(attempt: Attempt) -> bool | None:
    gold = attempt.gold
    if gold.status != "answered" or not gold.quote:
        return None
    return any(_covers(cited, squeeze(snippet)) for cited in _quotes(attempt) for snippet in gold.quote)


def _keeps_verbatim(attempt: Attempt) -> bool | None:
    quotes = _quotes(attempt)
    if not quotes:
        return None
    return all(quote and any(quote in source for source in attempt.sources) for quote in quotes)


def _keeps_warn(attempt: Attempt) -> bool | None:
    if not attempt.gold.warn:
        return None
    return {warning.code for warning in attempt.answer.warnings} >= set(attempt.gold.warn)


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
STATED = ("status", "amounts", "must", "must_not")  # the rules about what is said, whatever it rests on


def _quotes(attempt: Attempt) -> list[str]:
    return [squeeze(citation.quote) for citation in attempt.answer.citations]


def _covers(cited: str, snippet: str) -> bool:
    return snippet in cited or (len(cited) >= SENTENCE_MIN and cited in snippet)


def _all_among(some: Iterable[Decimal], others: Iterable[Decimal]) -> bool:
    others = tuple(others)
    return all(_is_among(yuan, others) for yuan in some)


def _is_among(yuan: Decimal, others: Iterable[Decimal]) -> bool:
    return any(abs(yuan - other) < FEN for other in others)
