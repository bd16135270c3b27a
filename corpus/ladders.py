"""Ladders: kinds of standards, levels and grades of which one stands above the next, and gets more.

Where a lower rung has the greater sum, something is misprinted, or meant; `corpus.lint` tells of it.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from corpus.awards.facts import AwardFact

LADDERS: tuple[tuple[str, ...], ...] = (
    ("国际标准", "国家标准", "行业标准", "地方标准"),
    ("国际级", "国家级", "省级", "市级", "县级"),
    ("特等奖", "一等奖", "二等奖", "三等奖"),
    ("5A", "4A", "3A", "2A", "1A"),
    ("优秀", "良好", "合格"),
)
Comparable = tuple[str, int, frozenset[str]]  # who is paid, the ladder, the labels besides its rung
Rungs = Mapping[Comparable, Mapping[int, Sequence[tuple[Decimal, int, AwardFact]]]]


def is_higher(one: AwardFact, other: AwardFact) -> bool | None:
    """Whether one award stands above another on a ladder; None where no ladder tells, or they differ otherwise."""
    if one.who != other.who:
        return None
    for ladder in LADDERS:
        own, theirs = ({name for name in fact.labels if name in ladder} for fact in (one, other))
        if len(own) == len(theirs) == 1 and own != theirs and set(one.labels) - own == set(other.labels) - theirs:
            return ladder.index(own.pop()) < ladder.index(theirs.pop())
    return None


def find_rungs(entries: Sequence[AwardFact]) -> Rungs:
    """What stands on each rung of each ladder, in order, each with a greater sum than all before it there.

    A table has thousands of rows: to compare each with each other would take minutes.
    """
    found: dict[Comparable, dict[int, list[tuple[Decimal, int, AwardFact]]]] = defaultdict(lambda: defaultdict(list))
    for order, fact in enumerate(entries):
        own = fact.amount.yuan or Decimal(0)
        for key, rung in _places(fact):
            higher = found[key][rung]
            if not higher or own > higher[-1][0]:
                higher.append((own, order, fact))
    return found


def _places(fact: AwardFact) -> Iterator[tuple[Comparable, int]]:
    """The ladders on which a fact has one rung, with that rung; 0 is the highest."""
    labels = set(fact.labels)
    for at, ladder in enumerate(LADDERS):
        named = [rung for rung, name in enumerate(ladder) if name in labels]
        if len(named) == 1:
            yield (fact.who, at, frozenset(labels - {ladder[named[0]]})), named[0]


def lower_with_more(one: AwardFact, rungs: Rungs) -> AwardFact | None:
    """The first fact below another on a ladder that has a greater sum; None where there is none."""
    own = one.amount.yuan or Decimal(0)
    first: list[tuple[Decimal, int, AwardFact]] = []
    for key, rung in _places(one):
        for lower, held in rungs.get(key, {}).items():
            at = bisect_right(held, own, key=lambda other: other[0])
            if lower > rung and at < len(held):
                first.append(held[at])
    return min(first, key=lambda other: other[1])[2] if first else None
