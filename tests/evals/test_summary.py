"""The figures of a run, and the gate: made-up rows small enough to count by hand."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from corpus.ledger import Ledger
from evals.cases import FigureCase
from evals.comparing import compare
from evals.gate import HOLDS, REGRESSION, judge_gate
from evals.loading import Header, Suite
from evals.running import Plan, judge_all, put_all
from evals.runs import Run, SuiteUsed
from evals.summary import STATUSES, Counts, Share, Summary, count, summarise
from tests.evals.made_up import (
    READ_BY_HAND,
    SOURCES,
    THIRTY,
    case,
    config,
    fact_of,
    paid,
    place,
    run_of,
    says,
    stood,
    under_test,
)

ASK_BACK = {"status": "needs_clarification"}
EITHER = {"status": "not_found", "also_status": "needs_clarification"}


def shares(found: tuple[tuple[str, Share], ...]) -> dict[str, tuple[int, int]]:
    return {name: (share.part, share.n) for name, share in found}


def table(found: tuple[Counts, ...]) -> dict[str, tuple[int, int]]:
    return {one.name: (one.right.part, one.right.n) for one in found}


def summed(folder: Path, told: dict[str, Any], *cases: dict[str, Any]) -> Summary:
    return summarise(run_of(folder, told, *cases))


def test_rows_are_counted_by_suite_type_region_and_persona(tmp_path: Path) -> None:
    found = summed(
        tmp_path,
        {"甲": says("", "30"), "乙": says("", "5"), "丙": RuntimeError()},
        case("a", "甲", gold=paid(30, document="haitang"), persona="hotline"),
        case("b", "乙", "award_calc", gold=paid(8, document="yulan")),
        case("c", "丙", "award_calc", persona="hotline"),
        case("d", "丁", "not_found"),
    )
    assert table((found.total, *found.suites)) == {"": (2, 4), "made-up": (2, 4)}
    assert table(found.types) == {"award_calc": (0, 2), "award_lookup": (1, 1), "not_found": (1, 1)}
    assert table(found.regions) == {"东临省海棠市": (1, 1), "东临省玉兰市": (0, 1)}
    assert table(found.personas) == {"hotline": (1, 2), "evaluator": (1, 2)}
    assert [one.name for one in found.types] == ["award_calc", "award_lookup", "not_found"]
    assert (found.total.wrong_amounts, found.total.withheld, found.total.unsteady) == (1, 1, 0)


def test_a_case_is_right_when_all_its_probes_are(tmp_path: Path) -> None:
    right, wrong = ({"question": one, "gold": paid(30)} for one in ("甲", "乙"))
    talks = [
        {"id": f"t{at}", "turns": turns} for at, turns in enumerate(([right, right], [right, wrong], [wrong, right]))
    ]
    found = summed(tmp_path, {"甲": says("", "30"), "乙": says("", "8")}, *talks, THIRTY)
    [cases] = found.cases
    assert (cases.part, cases.n, found.total.right.part, found.total.right.n) == (2, 4, 5, 7)


def test_rules_and_measures_are_counted_where_they_apply(tmp_path: Path) -> None:
    found = summed(
        tmp_path,
        {"甲": says("三十", "30"), "乙": says("八", "8")},
        case("a", "甲", gold=paid(30, kind="exact", must=["三十"])),
        case("b", "乙", gold=paid(30, must=["三十"])),
        case("c", "丙"),
    )
    assert shares(found.rules) == {"status": (3, 3), "amounts": (2, 3), "must": (1, 2), "kind": (1, 1)}
    assert found.measures == ()


def test_of_what_never_applied_there_is_no_share(tmp_path: Path) -> None:
    """A share of nothing would look like a result."""
    found = summed(tmp_path, {}, case("a", "甲", "not_found"))
    refused, asked_back = found.refusals
    assert refused.precision.percent == refused.recall.percent == 100
    assert (asked_back.precision.n, asked_back.precision.percent, asked_back.recall.low) == (0, None, None)
    assert (found.retrieval, found.extraction, found.measures) == (None, (), ())
    assert Share.of(0, 0) == Share(part=0, n=0, low=None, high=None)


def test_the_figures_of_no_rows_are_none() -> None:
    found = summarise(Run(config=config(), rows=(), stale=3))
    assert (found.total.right.percent, found.latency, found.retrieval, found.confusion) == (None, None, None, ())
    assert found.stale == 3 and found.suites[0].right.n == 0
    assert judge_gate(found, None, {"made-up": Decimal(50)}).exit_status == HOLDS


def test_expected_and_actual_status_are_counted_against_each_other(tmp_path: Path) -> None:
    told = {
        "甲": says("", "30"),
        "乙": says("哪里", status="needs_clarification"),
        "丙": says("哪里", status="needs_clarification"),
        "丁": RuntimeError(),
        "戊": says("", "5"),
    }
    golds = {"甲": paid(30), "乙": paid(30), "丙": ASK_BACK, "丁": ASK_BACK, "戊": {"status": "not_found"}, "己": None}
    found = summed(
        tmp_path, told, *(case(f"q{at}", words, gold=gold) for at, (words, gold) in enumerate(golds.items()))
    )
    assert STATUSES == ("answered", "needs_clarification", "not_found", "error")
    assert dict(found.confusion) == {
        "answered": (1, 1, 0, 0),
        "needs_clarification": (0, 1, 0, 1),
        "not_found": (1, 0, 1, 0),
    }


def test_refusals_have_precision_and_recall(tmp_path: Path) -> None:
    """Given 查无: of a, b and c, where c should have been answered. Due: of a, b and d, where d was answered."""
    told = {"丁": says("", "5"), "戊": says("哪里", status="needs_clarification")}
    cases = (
        case("a", "甲", "not_found"),
        case("b", "乙", "not_found"),
        case("c", "丙", gold=paid(30)),
        case("d", "丁", "not_found"),
        case("e", "戊", "clarify", gold=ASK_BACK),
    )
    refused, asked_back = summed(tmp_path, told, *cases).refusals
    assert (refused.status, asked_back.status) == ("not_found", "needs_clarification")
    assert [(one.part, one.n) for one in (refused.precision, refused.recall)] == [(2, 3), (2, 3)]
    assert [(one.part, one.n) for one in (asked_back.precision, asked_back.recall)] == [(1, 1), (1, 1)]


def test_a_status_that_is_as_right_spoils_neither(tmp_path: Path) -> None:
    told = {"甲": says("哪里", status="needs_clarification")}
    refused, asked_back = summed(tmp_path, told, case("a", "甲", "not_found", gold=EITHER)).refusals
    assert [(one.part, one.n) for one in (refused.precision, refused.recall)] == [(0, 0), (1, 1)]
    assert [(one.part, one.n) for one in (asked_back.precision, asked_back.recall)] == [(1, 1), (0, 0)]


def test_times_are_those_of_answers_in_all_rounds(tmp_path: Path) -> None:
    search = {"id": "r", "question": "谁报", "document": "yulan", "anchor": "花农自愿"}
    run = run_of(tmp_path, {"谁报": {"found": []}}, *(case(f"q{n}") for n in range(5)), search, repeat=4)
    rows = []
    for at, row in enumerate(run.rows):
        timed = [
            replace(one, outcome=replace(one.outcome, ms=float(4 * at + nth + 1))) for nth, one in enumerate(row.rounds)
        ]
        rows.append(replace(row, rounds=tuple(timed)))
    took = summarise(replace(run, rows=tuple(rows))).latency
    assert took is not None
    assert (took.n, took.p50, took.p95, took.p99, took.slowest) == (20, 10, 19, 20, 20)


def test_ranks_are_summed_up_with_their_number(tmp_path: Path) -> None:
    gold = {"document": "yulan", "anchor": "花农自愿"}
    told = {
        "甲": {"found": [place("花农\n自愿", "yulan")]},
        "乙": {"found": [*[place("第五条")] * 3, place("花农\n自愿", "yulan")]},
        "丙": {"found": []},
        "丁": RuntimeError(),
    }
    found = summed(tmp_path, told, *({"id": f"r{at}", "question": words, **gold} for at, words in enumerate(told)))
    score = found.retrieval
    assert score is not None
    assert (score.n, score.hit_at_1, score.hit_at_3, score.hit_at_5, score.mrr) == (4, 0.25, 0.25, 0.5, 1.25 / 4)
    assert (found.total.right.part, found.total.withheld, found.latency) == (1, 1, None)


def test_the_ledger_has_precision_and_recall() -> None:
    """Right twice 20万 at 4; 10万 beside it and 5万 at 30 are wrong; what people read at 20 is missed."""
    beyond = fact_of(id="4", yuan=50000, figure_start=30, figure_end=32)
    facts = (fact_of(), fact_of(id="2"), fact_of(id="3", yuan=100000), beyond)
    ledger = Ledger(facts=tuple(replace(one, document_id="haitang") for one in facts))
    figures = tuple(
        FigureCase(id=f"f{at}", type="award", document="haitang", at=(at, at + 4), facts=(READ_BY_HAND,))
        for at in (4, 20)
    )
    suite = Suite(header=Header(suite="extraction", version=1), file="", sha256="", cases=figures)
    plan = Plan(suites=(("extraction", suite),))
    asked = plan.probes(SOURCES)
    rows = judge_all(asked, put_all(asked, plan, under_test({}, ledger)), SOURCES)
    used = (SuiteUsed(name="extraction", given="extraction", sha256="", probes=3),)
    found = summarise(Run(config=config(suites=used), rows=tuple(rows)))
    assert shares(found.extraction) == {"precision": (2, 4), "recall": (1, 2)}
    assert (found.total.right.part, found.total.right.n, found.total.wrong_amounts) == (0, 3, 2)


def test_unsteady_and_withheld_rows_count_once_each(tmp_path: Path) -> None:
    run = run_of(tmp_path, {"甲": RuntimeError()}, THIRTY, case("b"), repeat=3)
    first, second = run.rows
    one, *others = second.rounds
    torn = replace(one, outcome=replace(one.outcome, back=one.outcome.back | {"answer": "别的"}))
    found = count("", [first, replace(second, rounds=(torn, *others))])
    assert (found.withheld, found.unsteady, found.right.part, found.right.n) == (1, 1, 1, 2)


def made_up_summary(**right: tuple[int, int]) -> Summary:
    counts = tuple(
        Counts(name=name, right=Share.of(*share), wrong_amounts=0, withheld=0, unsteady=0)
        for name, share in right.items()
    )
    return replace(summarise(Run(config=config(), rows=())), suites=counts)


@pytest.mark.parametrize(
    ("right", "least", "below"),
    [
        ((95, 100), "95", False),
        ((94, 100), "95", True),
        ((2, 3), "66.66", False),
        ((2, 3), "66.67", True),
        ((999, 1000), "99.91", True),
        ((0, 5), "0", False),
        ((5, 5), "100", False),
        ((4, 5), "100", True),
    ],
)
def test_a_threshold_is_held_exactly(right: tuple[int, int], least: str, below: bool) -> None:
    gate = judge_gate(made_up_summary(花=right), None, {"花": Decimal(least)})
    assert gate.below == ((("花", Decimal(least)),) if below else ())
    assert gate.exit_status == (REGRESSION if below else HOLDS)


def test_a_threshold_is_of_its_suite_alone() -> None:
    gate = judge_gate(made_up_summary(花=(1, 2), 草=(1, 2)), None, {"草": Decimal(60), "树": Decimal(100)})
    assert gate.below == (("草", Decimal(60)),)


def test_a_regression_fails_and_nothing_to_compare_with_does_not() -> None:
    worse = compare([stood("a")], [stood("a", False)])
    better = compare([stood("a", False)], [stood("a")])
    statuses = [judge_gate(made_up_summary(花=(1, 1)), one, {}).exit_status for one in (worse, better, None)]
    assert statuses == [100, 0, 0]
