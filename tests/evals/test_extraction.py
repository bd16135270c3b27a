"""The hand-read ledgers: the program reads from the documents what people read, and the comparison is strict."""

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus import packaged_documents
from corpus.awards import Amount, AmountKind, AwardFact, Extraction, RuleKind
from corpus.records import PolicyDocument
from corpus.vocabulary import concepts
from evals.extraction import ALIASES, LEDGER, Report, agrees, compare, compare_documents, describe, lines_of

FILES = sorted(LEDGER.glob("*.yaml"))
ENTRY_KEYS = {"at", "facts", "rule", "yuan", "rate", "reject"}
FACT_KEYS = {"yuan", "low", "rate", "of", "kind", "labels", "words", "misprint"}
FACT_KEYS |= {"per", "once", "yearly", "budget", "who"}
GOLD: dict[str, Any] = {"yuan": "200000", "kind": "exact", "labels": ["主导", "制定", "国家标准"]}
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@cache
def reports() -> dict[str, Report]:
    return compare_documents()


@cache
def document_of(id_: str) -> PolicyDocument:
    return next(document for document in packaged_documents() if document.id == id_)


def fact_of(yuan: int = 200000, labels: str = "主导 制定 国家标准", **fields: Any) -> AwardFact:
    values: dict[str, Any] = {
        **dict.fromkeys(("document_id", "clause_id", "locator", "context", "noun", "per", "budget"), ""),
        **dict.fromkeys(("inherited", "ranks", "conditions"), ()),
        **dict.fromkeys(("once", "yearly"), False),
        **{"id": "made-up@4", "subject": "牵头制定国家标准的单位", "who": "unit", "construct": "single"},
        **{"start": 0, "end": 20, "figure_start": 4, "figure_end": 8},
    }
    amount = Amount(kind=AmountKind.EXACT, yuan=Decimal(yuan))
    return AwardFact(**{**values, "labels": tuple(labels.split()), "amount": amount, **fields})


def compared(facts: list[AwardFact], entries: list[dict[str, Any]]) -> Report:
    document = replace(document_of(FILES[0].stem), id="made-up", text="主导制定国家标准的奖励20万元，行业标准10万元")
    return compare(document, Extraction(facts=tuple(facts)), entries)


def test_no_fact_is_wrong() -> None:
    wrong = [line for report in reports().values() for line in report.differences if line.startswith("+")]
    assert {report.precision for report in reports().values()} == {Fraction(1)}, wrong


def test_hardly_any_fact_is_missed() -> None:
    missed = [line for report in reports().values() for line in report.differences if line.startswith("-")]
    gold = sum(report.gold for report in reports().values())
    assert gold >= 500
    assert 1 - Fraction(sum(report.missed for report in reports().values()), gold) >= Fraction(98, 100), missed


def test_most_rules_are_found() -> None:
    right, gold = (sum(getattr(one, name) for one in reports().values()) for name in ("rules_right", "rules_gold"))
    assert right / gold >= 0.9


def test_the_report_ends_with_all_documents_together() -> None:
    lines = list(lines_of(reports()))
    total = next(line for line in lines if line.startswith("all"))
    assert int(total.split()[1]) == sum(report.gold for report in reports().values())


@each_file
def test_gold_names_only_what_there_is(path: Path) -> None:
    """A misspelt key or label would never be compared, or never be right."""
    gold = yaml.safe_load(path.read_text("utf-8"))
    labels, kinds = {concept.name for concept in concepts()}, set(RuleKind)
    assert gold.keys() == {"document", "entries"} and gold["document"] == path.stem
    for entry in gold["entries"]:
        assert entry.keys() <= ENTRY_KEYS and len(entry.keys() & {"facts", "rule", "reject"}) == 1, entry
        assert ALIASES.get(entry.get("rule"), entry.get("rule", "share")) in kinds, entry
        for fact in entry.get("facts", ()):
            assert fact.keys() <= FACT_KEYS and set(fact["labels"]) <= labels, entry
            assert fact["kind"] in set(AmountKind), entry


@each_file
def test_gold_stands_at_figures_of_its_document(path: Path) -> None:
    gold = yaml.safe_load(path.read_text("utf-8"))
    text = document_of(gold["document"]).text
    places = [tuple(entry["at"]) for entry in gold["entries"]]
    assert all(0 <= start < end <= len(text) for start, end in places)
    for entry in gold["entries"]:
        if "facts" in entry:
            printed = text[slice(*entry["at"])]
            assert re.search(r"[\d０-９一二三四五六七八九十百]|半|全额", printed), (printed, entry)


def test_a_fact_agrees_with_its_gold() -> None:
    assert agrees(fact_of(), GOLD)


@pytest.mark.parametrize(
    "fact",
    [
        fact_of(yuan=20000),
        fact_of(labels="主导 制定 行业标准"),
        fact_of(labels="主导 制定"),
        fact_of(labels="主导 制定 国家标准 市级"),
        fact_of(amount=Amount(kind=AmountKind.CAP, yuan=Decimal(200000))),
        fact_of(amount=Amount(kind=AmountKind.RATE, yuan=None, rate=Decimal("0.2"))),
        fact_of(amount=Amount(kind=AmountKind.EXACT, yuan=None)),
    ],
    ids=describe,
)
def test_another_sum_kind_or_label_does_not_agree(fact: AwardFact) -> None:
    assert not agrees(fact, GOLD)


@pytest.mark.parametrize(("key", "value"), [("words", ["示范企业"]), ("low", "100000")])
def test_what_gold_says_beside_has_to_hold(key: str, value: object) -> None:
    assert not agrees(fact_of(), GOLD | {key: value})


@pytest.mark.parametrize(("share", "same"), [("1/3", True), ("0.5", False), ("0.33", False)])
def test_shares_are_compared_as_fractions(share: str, same: bool) -> None:
    amount = Amount(kind=AmountKind.RATE, yuan=None, rate=Decimal(1) / Decimal(3))
    gold = {"kind": "rate", "rate": share, "labels": GOLD["labels"]}
    assert agrees(fact_of(amount=amount), gold) is same


def test_a_fact_at_another_place_is_missed_and_wrong() -> None:
    report = compared([fact_of(figure_start=17, figure_end=21)], [{"at": [11, 15], "facts": [GOLD]}])
    assert (report.missed, report.wrong.total(), report.precision, report.recall) == (1, 1, Fraction(0), Fraction(0))


def test_a_fact_beside_the_gold_one_is_wrong() -> None:
    facts = [fact_of(), fact_of(id="made-up@4.2", yuan=100000)]
    report = compared(facts, [{"at": [4, 8], "facts": [GOLD]}])
    assert (report.right.total(), report.wrong.total(), report.missed) == (1, 1, 0)


def test_nothing_read_has_no_precision() -> None:
    report = compared([], [{"at": [4, 8], "facts": [GOLD]}])
    assert (report.precision, report.recall) == (None, Fraction(0))
