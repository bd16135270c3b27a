"""The invented clauses of tests/cases/awards.yaml: each is read as people wrote it down before the program was."""

from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus.awards import AmountKind, AwardFact, Extraction, RuleKind
from corpus.vocabulary import concepts
from evals.extraction import ReadFact
from evals.extraction import agrees as read_agrees
from tests.corpus.awards.made_up import extract, extract_document, extract_table

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).resolve().parents[2] / "cases" / "awards.yaml").read_text(encoding="utf-8")
)
WHO = {"county": "government"}  # the cases call a county's government so
KEYS = {"name", "text", "table", "heads", "facts", "rules", "rejects"}
FACT_KEYS = {
    "yuan",
    "low",
    "rate",
    "of",
    "ceiling",
    "kind",
    "labels",
    "words",
    "per",
    "once",
    "yearly",
    "budget",
    "who",
}
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])


@cache
def _read(place: int) -> Extraction:
    case = CASES[place]
    if "table" in case:
        return extract_table(*[[cell or "" for cell in row] for row in case["table"]])
    if "\n" in case["text"]:
        return extract_document("\n".join([*case.get("heads", ()), case["text"]]))
    return extract(case["text"], case.get("heads", ()))


def agrees(fact: AwardFact, gold: dict[str, Any]) -> bool:
    return read_agrees(ReadFact.of(fact), gold)


def describe(fact: AwardFact) -> str:
    return f"{fact.amount.yuan} {fact.amount.kind.value} {'、'.join(fact.labels)} ({fact.subject[:40]})"


def read(case: dict[str, Any]) -> Extraction:
    return _read(CASES.index(case))


def gold_of(case: dict[str, Any]) -> list[dict[str, Any]]:
    return case.get("facts") or []


def pairs_of(case: dict[str, Any]) -> list[tuple[dict[str, Any], AwardFact | None]]:
    """Each expected fact with the one that says the same; a fact stands for two only where none is left."""
    facts = read(case).facts
    left, pairs = list(facts), []
    for gold in gold_of(case):
        found = next((fact for fact in (*left, *facts) if agrees(fact, gold)), None)
        if found in left:
            left.remove(found)
        pairs.append((gold, found))
    return pairs


@each_case
def test_every_expected_fact_is_extracted(case: dict[str, Any]) -> None:
    missed = [gold for gold, fact in pairs_of(case) if fact is None]
    assert missed == [], [describe(fact) for fact in read(case).facts]


@each_case
def test_every_extracted_fact_is_expected(case: dict[str, Any]) -> None:
    extra = [fact for fact in read(case).facts if not any(agrees(fact, gold) for gold in gold_of(case))]
    assert [describe(fact) for fact in extra] == []
    assert len(read(case).facts) <= len(gold_of(case)), "one award was extracted twice"


@each_case
def test_as_many_places_are_refused_as_expected(case: dict[str, Any]) -> None:
    rejects = read(case).rejects
    assert len(rejects) == (case.get("rejects") or 0), [reject.label for reject in rejects]


@each_case
def test_every_named_rule_is_found(case: dict[str, Any]) -> None:
    found = read(case).rules
    for gold in case.get("rules") or []:
        alike = [rule for rule in found if rule.kind.value == gold["rule"]]
        assert alike, (gold, [rule.kind.value for rule in found])
        for name in {"yuan", "rate"} & gold.keys():
            assert Decimal(gold[name]) in [getattr(rule, name) for rule in alike], gold


@each_case
def test_particulars_are_as_expected(case: dict[str, Any]) -> None:
    names = ("once", "yearly", "budget", "who")
    for gold, fact in pairs_of(case):
        if "per" in gold and fact is not None:  # 每个项目 is 个 in the cases, 项目 in the ledger
            assert fact.per == gold["per"] or f"每{gold['per']}{fact.per}" in case["text"], gold
        wanted = {name: WHO.get(gold[name], gold[name]) for name in names if name in gold}
        assert wanted == {name: getattr(fact, name, None) for name in wanted}, gold


@each_case
def test_a_share_of_another_sum_rests_on_that_sum(case: dict[str, Any]) -> None:
    sums = {fact.id: fact.amount.yuan for fact in read(case).facts}
    for gold, fact in pairs_of(case):
        if "of" in gold and fact is not None:
            assert [sums[id_] for id_ in fact.rests_on] == [Decimal(gold["of"])], gold


@each_case
def test_a_share_has_the_ceiling_behind_it(case: dict[str, Any]) -> None:
    for gold, fact in pairs_of(case):
        if "ceiling" in gold and fact is not None:
            assert fact.amount.ceiling == Decimal(gold["ceiling"]), gold


def test_cases_are_many_and_named_apart() -> None:
    assert len(CASES) >= 200
    assert [name for name, count in Counter(case["name"] for case in CASES).items() if count > 1] == []


def test_cases_say_only_what_is_looked_at() -> None:
    """A key or a label that is misspelt here would never be compared."""
    labels, kinds = {concept.name for concept in concepts()}, {kind.value for kind in RuleKind}
    for case in CASES:
        assert case.keys() <= KEYS and ("text" in case) != ("table" in case), case["name"]
        for fact in gold_of(case):
            assert fact.keys() <= FACT_KEYS and set(fact["labels"]) <= labels, (case["name"], fact)
            assert fact["kind"] in set(AmountKind), (case["name"], fact)
        assert {rule["rule"] for rule in case.get("rules") or []} <= kinds, case["name"]
