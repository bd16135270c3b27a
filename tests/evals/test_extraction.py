"""The hand-read ledgers: the program reads from the documents what people read, and the comparison is strict."""

import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus import derive
from corpus.awards import Amount, AmountKind, AwardFact, AwardRule, RuleKind
from corpus.ledger import Ledger
from corpus.vocabulary import concepts
from evals.cases import FigureCase
from evals.extraction import ALIASES, ReadFact, agrees, judge_beyond, judge_figure, look_beyond, look_up
from evals.loading import FOLDER, load_suite, packaged_sources
from evals.probes import probes_of
from evals.scoring import Verdict
from tests.evals.made_up import READ_BY_HAND as GOLD
from tests.evals.made_up import fact_of, under_test

FILES = sorted((FOLDER / "extraction").glob("*.yaml"))
ENTRY_KEYS = {"at", "facts", "rule", "yuan", "rate", "reject"}
FACT_KEYS = {"yuan", "low", "rate", "of", "kind", "labels", "words", "misprint"}
FACT_KEYS |= {"per", "once", "yearly", "budget", "who"}
SOURCES = packaged_sources()
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@cache
def judged() -> list[tuple[str, str, Verdict]]:
    """Every figure of the hand-read ledgers beside the ledger of the program: id, type, verdict."""
    to = under_test({}, derive(list(SOURCES.documents.values())).ledger)
    probes = probes_of(load_suite("extraction"))
    return [(probe.id, probe.type, probe.judge(probe.put(to), SOURCES)) for probe in probes]


def rule_of(kind: RuleKind, start: int, end: int, document: str = "made-up") -> AwardRule:
    plain = dict.fromkeys(AwardRule.__dataclass_fields__, "")
    return AwardRule(**{**plain, "document_id": document, "kind": kind, "start": start, "end": end})


def ledger_of(*facts: AwardFact, rules: tuple[AwardRule, ...] = ()) -> Ledger:
    return Ledger(facts=facts, rules=rules, rejects=(), anomalies=())


def figure(type_: str = "award", at: tuple[int, int] = (4, 8), rule: str = "", *gold: dict[str, Any]) -> FigureCase:
    facts = gold or ((GOLD,) if type_ == "award" else ())
    return FigureCase(id="f", type=type_, document="made-up", at=at, facts=facts, rule=rule)


def verdict(case: FigureCase, *facts: AwardFact, rules: tuple[AwardRule, ...] = ()) -> Verdict:
    return judge_figure(case, look_up(ledger_of(*facts, rules=rules), case))


def read(fact: AwardFact) -> ReadFact:
    return ReadFact.of(fact)


def test_no_fact_is_wrong() -> None:
    assert [(id_, one.wrong_amounts) for id_, _, one in judged() if not one.kept.get("no_other", True)] == []
    assert sum(int(one.measured.get("facts", 0)) for *_, one in judged()) >= 500


def test_hardly_any_fact_is_missed() -> None:
    gold, missed = (sum(int(one.measured.get(name, 0)) for *_, one in judged()) for name in ("gold", "missed"))
    assert gold >= 500
    assert Decimal(gold - missed) / gold >= Decimal("0.98"), [id_ for id_, _, one in judged() if not one.is_right]


def test_most_rules_are_found_and_no_torn_figure_is_guessed() -> None:
    rules = [one.is_right for _, type_, one in judged() if type_ == "rule"]
    assert len(rules) >= 80 and sum(rules) / len(rules) >= 0.9
    assert [id_ for id_, type_, one in judged() if type_ == "reject" and not one.is_right] == []


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
    text = SOURCES.documents[gold["document"]].text
    places = [tuple(entry["at"]) for entry in gold["entries"]]
    assert all(0 <= start < end <= len(text) for start, end in places)
    for entry in gold["entries"]:
        if "facts" in entry:
            printed = text[slice(*entry["at"])]
            assert re.search(r"[\d０-９一二三四五六七八九十百]|半|全额", printed), (printed, entry)


def test_a_fact_agrees_with_its_gold() -> None:
    assert agrees(read(fact_of()), GOLD)
    assert verdict(figure(), fact_of()).kept == {"read": True, "no_other": True, "labels": True}


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
    ids=["sum", "label", "label too few", "label too many", "cap", "rate", "no sum"],
)
def test_another_sum_kind_or_label_is_missed_and_one_too_many(fact: AwardFact) -> None:
    assert not agrees(read(fact), GOLD)
    found = verdict(figure(), fact)
    assert found.broken == ("read", "no_other")
    assert found.wrong_amounts == (() if fact.amount.yuan is None else (fact.amount.yuan,))
    assert found.measured == {"facts": 1, "right": 0, "gold": 1, "missed": 1}


@pytest.mark.parametrize(("key", "value"), [("words", ["示范企业"]), ("low", "100000")])
def test_what_gold_says_beside_has_to_hold(key: str, value: object) -> None:
    assert not agrees(read(fact_of()), GOLD | {key: value})


def test_words_may_stand_in_subject_context_or_base() -> None:
    amount = Amount(kind=AmountKind.EXACT, yuan=Decimal(200000), base="研制经费")
    fact = read(fact_of(context="示范企业", amount=amount))
    assert agrees(fact, GOLD | {"words": ["示范企业", "研制经费", "牵头"]})
    assert not agrees(fact, GOLD | {"words": ["示范企业", "其他"]})


@pytest.mark.parametrize(("share", "same"), [("1/3", True), ("0.3333", True), ("0.5", False), ("0.33", False)])
def test_shares_are_compared_as_fractions(share: str, same: bool) -> None:
    amount = Amount(kind=AmountKind.RATE, yuan=None, rate=Decimal(1) / Decimal(3))
    gold = {"kind": "rate", "rate": share, "labels": GOLD["labels"]}
    assert agrees(read(fact_of(amount=amount)), gold) is same


def test_a_fact_at_another_place_is_missed_here_and_beyond_there() -> None:
    ledger = ledger_of(fact_of(figure_start=17, figure_end=21))
    here = judge_figure(figure(), look_up(ledger, figure()))
    assert here.broken == ("read",) and here.measured == {"facts": 0, "right": 0, "gold": 1, "missed": 1}
    beyond = judge_beyond(look_beyond(ledger, "made-up", [(4, 8)]))
    assert beyond.broken == ("no_other",) and beyond.wrong_amounts == (Decimal(200000),)
    assert judge_beyond(look_beyond(ledger, "made-up", [(4, 8), (17, 21)])).is_right
    assert judge_beyond(look_beyond(ledger, "another", [(4, 8)])).is_right


def test_a_fact_of_another_document_at_the_same_place_is_none() -> None:
    assert verdict(figure(), fact_of(document_id="another")).broken == ("read",)


def test_a_fact_beside_the_gold_one_is_wrong() -> None:
    found = verdict(figure(), fact_of(), fact_of(id="made-up@4.2", yuan=100000))
    assert found.broken == ("no_other",) and found.wrong_amounts == (Decimal(100000),)
    assert found.measured == {"facts": 2, "right": 1, "gold": 1, "missed": 0}


def test_one_fact_for_several_things_is_right_when_it_has_their_labels_and_no_other() -> None:
    two = (GOLD, GOLD | {"labels": ["参与", "制定", "国家标准"]})
    joint = {"subject": "牵头或参与制定国家标准的单位"}
    case = figure("award", (4, 8), "", *two)
    assert verdict(case, fact_of(labels="主导 参与 制定 国家标准", **joint)).is_right
    assert verdict(case, fact_of(labels="主导 参与 制定 国家标准 市级", **joint)).broken == ("labels",)
    assert verdict(case, fact_of(labels="主导 参与 制定 国家标准")).broken == ("read", "no_other")


def test_a_torn_figure_has_to_stay_unread() -> None:
    assert verdict(figure("reject")).kept == {"refused": True}
    guessed = verdict(figure("reject"), fact_of())
    assert guessed.broken == ("refused",) and guessed.wrong_amounts == (Decimal(200000),)


@pytest.mark.parametrize(
    ("kind", "start", "end", "found"),
    [
        (RuleKind.SHARE, 0, 5, True),
        (RuleKind.SHARE, 7, 9, True),
        (RuleKind.SHARE, 0, 4, False),
        (RuleKind.SHARE, 8, 12, False),
        (RuleKind.YEARLY_LIMIT, 4, 8, False),
    ],
)
def test_a_rule_is_found_by_kind_where_it_touches_the_place(kind: RuleKind, start: int, end: int, found: bool) -> None:
    for name in ("share", "rank_share"):
        assert verdict(figure("rule", (4, 8), name), rules=(rule_of(kind, start, end),)).kept == {"rule": found}
    assert not verdict(figure("rule", (4, 8), "share"), rules=(rule_of(kind, start, end, "another"),)).is_right
