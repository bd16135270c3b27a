"""Lower rungs with greater sums: found as by comparing every pair, and in a table of thousands of rows at once."""

import random
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from corpus.awards import extract_awards
from corpus.awards.facts import AwardFact
from corpus.ladders import LADDERS, find_rungs, is_higher, lower_with_more
from corpus.records import PolicyDocument
from corpus.structure import read_clauses

NAMES = [name for ladder in LADDERS for name in ladder] + ["主导", "制定"]


@pytest.fixture
def made_up(make_document: Callable[..., PolicyDocument]) -> AwardFact:
    document = make_document("第一条 主导制定国家标准的，奖励43万元。\n")
    (fact,) = extract_awards(document, read_clauses(document)).facts
    return fact


def some(fact: AwardFact, count: int, chance: random.Random) -> list[AwardFact]:
    """Facts of random labels, payees and sums."""
    return [
        replace(
            fact,
            id=str(at),
            labels=tuple(chance.sample(NAMES, chance.randint(1, 3))),
            who=chance.choice(["unit", "team"]),
            amount=replace(fact.amount, yuan=Decimal(chance.randint(1, 6))),
        )
        for at, _ in enumerate(range(count))
    ]


@pytest.mark.parametrize("seed", range(20))
def test_the_same_is_found_as_by_comparing_every_pair(seed: int, made_up: AwardFact) -> None:
    facts = some(made_up, 80, random.Random(seed))
    rungs = find_rungs(facts)
    by_pairs = [
        next((o for o in facts if (one.amount.yuan or 0) < (o.amount.yuan or 0) and is_higher(one, o)), None)
        for one in facts
    ]
    assert any(by_pairs)
    assert [lower_with_more(one, rungs) for one in facts] == by_pairs


def test_thousands_of_rows_are_looked_through_at_once(made_up: AwardFact) -> None:
    """Each was compared with each other: a table of 4,000 rows took more than a minute."""
    facts = [replace(made_up, id=str(at), amount=replace(made_up.amount, yuan=Decimal(at))) for at in range(20_000)]
    began = time.process_time()
    rungs = find_rungs(facts)
    assert not any(lower_with_more(one, rungs) for one in facts)
    assert time.process_time() - began < 3.0
