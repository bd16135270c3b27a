"""Scoring answers and estimates: for each rule one that keeps it, and some that break that rule and no other."""

from decimal import Decimal
from typing import Any

import pytest

from assistant.records import Answer, Step, Warning_
from evals.cases import ClaimGold, Gold
from evals.scoring import MEASURES, RULES, Attempt, Said, Verdict, find_wrong_amounts, judge, read_sums, to_fen
from tests.evals.made_up import DAY, SOURCES, amount, cited, estimate_of

GOLD = Gold(
    status="answered",
    yuan=(Decimal(300000),),
    kind="exact",
    must=(("每项", "单项"), "海棠"),
    must_not=("25万元", "并列"),
    document="haitang",
    quote=("制定海棠标准", "不在引文里的话"),
    warn=("expired",),
)
NOTHING_ELSE = {"yuan": (), "kind": None, "must": (), "must_not": (), "quote": (), "warn": ()}
REFUSED = NOTHING_ELSE | {"status": "not_found", "document": None}
RIGHT = cited("主导制定海棠标准的，")


def warned(*codes: str) -> tuple[Warning_, ...]:
    return tuple(Warning_(code=code, message="") for code in codes)


ANSWER = Answer(
    id="a",
    question="q",
    status="answered",
    answer="海 棠标准每项30万元[1]，不是25万元。",
    amounts=(amount("300000"),),
    citations=(RIGHT,),
    warnings=warned("expired", "source_anomaly"),
    as_of=DAY,
    elapsed_ms=1.0,
)


def attempt(type_: str = "award_calc", gold: dict[str, Any] | None = None, **answer: object) -> Attempt:
    said = Said.of_answer(ANSWER.model_copy(update=answer))
    return Attempt(type=type_, gold=GOLD.model_copy(update=gold or {}), said=said, sources=SOURCES)


def judged(type_: str = "award_calc", gold: dict[str, Any] | None = None, **answer: object) -> Verdict:
    return judge(attempt(type_, gold, **answer))


def test_a_right_answer_keeps_every_rule() -> None:
    verdict = judged()
    assert verdict.is_right and set(verdict.kept) == set(RULES) and verdict.broken == ()
    assert verdict.wrong_amounts == () and not verdict.is_withheld
    assert (verdict.expected, verdict.actual) == ("answered", "answered")


@pytest.mark.parametrize(
    ("rule", "answer"),
    [
        ("status", {"status": "needs_clarification"}),
        ("status", {"status": "error"}),
        ("amounts", {"amounts": (amount("300000"), amount("50000"))}),
        ("amounts", {"amounts": (amount("300000"), amount("300000.01"))}),
        ("kind", {"amounts": (amount("300000", "cap"),)}),
        ("kind", {"amounts": (amount("300000"), amount("300000", "cap"))}),
        ("must", {"answer": "海棠标准30万元"}),
        ("must", {"answer": "每项30万元"}),
        ("must_not", {"answer": "海棠标准每项30万元，并 列的平分"}),
        ("citation", {"citations": ()}),
        ("citation", {"citations": (cited("每项奖励三十贝。"),)}),
        ("citation", {"citations": (cited("海棠标准"),)}),
        ("verbatim", {"citations": (RIGHT, cited("每项奖励四十贝", start=15))}),
        ("verbatim", {"citations": (RIGHT, cited("", start=4))}),
        ("verbatim", {"citations": (cited("主导制定海棠标准的，", start=3),)}),
        ("verbatim", {"citations": (RIGHT.model_copy(update={"document": "yulan"}),)}),
        ("verbatim", {"citations": (RIGHT.model_copy(update={"document": "nowhere-1999"}),)}),
        ("verbatim", {"citations": (RIGHT.model_copy(update={"end": RIGHT.end + 1}),)}),
        ("verbatim", {"citations": (RIGHT.model_copy(update={"quote": "主导制定 海棠标准的，"}),)}),
        ("warn", {"warnings": warned("draft")}),
        ("warn", {"warnings": ()}),
    ],
)
def test_each_rule_is_broken_alone(rule: str, answer: dict[str, Any]) -> None:
    assert judged(**answer).broken == (rule,)


def test_without_the_sum_there_is_neither_amount_nor_kind() -> None:
    """A sum in the text alone is not stated as the answer."""
    assert judged(amounts=()).broken == ("amounts", "kind")
    assert judged(amounts=(amount("299999.98"),)).broken == ("amounts", "kind")


def test_every_sum_that_is_asked_for_has_to_be_stated() -> None:
    gold = {"yuan": (Decimal(300000), Decimal(50000))}
    assert judged(gold=gold).broken == ("amounts",)
    assert judged(gold=gold, amounts=(amount("50000"), amount("300000"))).is_right


@pytest.mark.parametrize(
    ("yuan", "paid"),
    [("166666.666", "166666.67"), ("0.005", "0.01"), ("0.004999", "0.00"), ("2.675", "2.68"), ("12", "12.00")],
)
def test_sums_are_rounded_half_up_to_the_fen(yuan: str, paid: str) -> None:
    assert str(to_fen(Decimal(yuan))) == paid


def test_sums_are_equal_to_the_fen() -> None:
    third = Decimal(500000) / 3
    assert judged(gold={"yuan": (third,)}, amounts=(amount("166666.67"),)).is_right
    assert judged(gold={"yuan": (third,)}, amounts=(amount("166666.66"),)).broken == ("amounts", "kind")
    assert judged(gold={"yuan": (Decimal("166666.67"),)}, amounts=(amount(str(third)),)).is_right


@pytest.mark.parametrize("type_", ["award_compare", "aggregate", "anomaly", "follow_up"])
def test_more_sums_than_asked_for_are_welcome_in_some_types(type_: str) -> None:
    assert judged(type_, amounts=(amount("300000"), amount("50000"))).is_right
    assert judged(type_, amounts=(amount("50000"),)).broken == ("amounts", "kind")


@pytest.mark.parametrize("type_", ["award_lookup", "award_calc", "procedure", "validity"])
def test_in_the_others_they_are_not(type_: str) -> None:
    assert judged(type_, amounts=(amount("300000"), amount("50000"))).broken == ("amounts",)


@pytest.mark.parametrize("type_", ["award_calc", "follow_up"])
def test_a_question_without_an_answer_gets_no_sum(type_: str) -> None:
    assert judged(type_, REFUSED, status="not_found", amounts=()).is_right
    verdict = judged(type_, REFUSED, status="not_found")
    assert verdict.broken == ("amounts",) and verdict.wrong_amounts == (Decimal(300000),)


def test_every_warning_that_is_asked_for_has_to_be_given() -> None:
    gold = {"warn": ("expired", "draft")}
    assert judged(gold=gold).broken == ("warn",)
    assert judged(gold=gold, warnings=warned("draft", "expired")).is_right


def test_another_status_may_be_as_right() -> None:
    gold = REFUSED | {"also_status": "needs_clarification"}
    for status, right in (("not_found", True), ("needs_clarification", True), ("answered", False), ("error", False)):
        verdict = judged(gold=gold, status=status, amounts=())
        assert (verdict.is_right, verdict.expected, verdict.actual) == (right, "not_found", status)


def test_what_the_gold_does_not_ask_for_is_not_judged() -> None:
    assert set(judged(gold=NOTHING_ELSE).kept) == {"status", "verbatim"}
    assert set(judged(gold=NOTHING_ELSE, citations=()).kept) == {"status"}


def test_a_sum_that_the_gold_is_silent_about_is_wrong_only_where_a_rule_is_broken() -> None:
    """An answer that keeps every rule may mention a sum; beside a broken rule it is what misleads."""
    silent = judged(gold=NOTHING_ELSE)
    assert silent.is_right and silent.wrong_amounts == ()
    broken = judged(gold=NOTHING_ELSE | {"must": ("不在答案里",)})
    assert broken.broken == ("must",) and broken.wrong_amounts == (Decimal(300000),)


@pytest.mark.parametrize(
    ("asked", "right"), [("300000元", True), ("0.00300亿", True), ("0.3万元", False), ("三十万元", False)]
)
def test_a_sum_that_must_be_there_may_be_written_in_another_unit(asked: str, right: bool) -> None:
    assert judged(gold={"must": (asked,)}).is_right is right


def test_a_sum_that_must_be_there_may_be_stated_alone() -> None:
    gold = {"must": ("30万元",)}
    assert judged(gold=gold, answer="见下").is_right
    assert judged(gold=gold, answer="见下", amounts=()).broken == ("amounts", "kind", "must")


def test_a_sum_that_must_not_be_the_answer_may_be_mentioned() -> None:
    assert judged().kept["must_not"]
    gold = {"yuan": (Decimal(250000),)}
    assert judged(gold=gold, amounts=(amount("250000"),)).broken == ("must_not",)


def test_a_citation_may_be_shorter_than_the_snippet_if_it_is_eight_characters() -> None:
    gold = {"quote": ("主导制定海棠标准的，每项奖励",)}
    assert judged(gold=gold, citations=(cited("导制定海棠标准的"),)).is_right
    assert judged(gold=gold, citations=(cited("制定海棠标准的"),)).broken == ("citation",)


def test_a_quote_stands_in_one_document_not_across_two() -> None:
    across = cited("五贝。\n第五条", start=SOURCES.documents["haitang"].text.index("五贝。"))
    assert judged(citations=(RIGHT, across)).broken == ("verbatim",)


def test_whether_every_clause_is_cited_is_measured_and_decides_nothing() -> None:
    assert judged().measured["complete"] == 0 and judged().is_right
    gold = {"quote": ("主导制定", "每项奖励五贝")}
    both = (RIGHT, cited("参与制定的，每项奖励五贝。", marker=2))
    assert judged(gold=gold, citations=both, answer=ANSWER.answer + "[2]").measured == {"complete": 1, "needed": 1}
    assert judged(gold=gold).measured == {"complete": 0, "needed": 1}


def test_a_citation_that_nothing_rests_on_is_not_needed() -> None:
    more = (RIGHT, cited("参与制定的，", marker=2))
    assert judged(citations=more).measured["needed"] == 0 and judged(citations=more).is_right
    assert judged(citations=more, answer=ANSWER.answer + "[2]").measured["needed"] == 1
    step = Step(step="参与", expression="1", yuan=Decimal(1), citation=2)
    assert judged(citations=more, calculation=(step,)).measured["needed"] == 1


def test_a_citation_of_another_document_is_not_needed_unless_all_are_asked_for() -> None:
    more = {"citations": (RIGHT, cited("主导制定玉兰标准", "yulan", 2)), "answer": ANSWER.answer + "[2]"}
    assert judged(**more).measured["needed"] == 0
    assert judged("award_compare", **more).measured["needed"] == 1
    assert judged(gold={"documents": ("haitang", "yulan")}, **more).measured["needed"] == 1
    assert judged(gold={"document": None}, **more).measured["needed"] == 1


def test_of_a_refusal_no_citation_is_measured() -> None:
    assert judged(gold=REFUSED, status="not_found", amounts=()).measured == {}
    assert set(judged().measured) == set(MEASURES)


@pytest.mark.parametrize(
    ("type_", "stated", "wrong"),
    [
        ("award_calc", ["300000"], []),
        ("award_calc", ["300000", "50000"], ["50000"]),
        ("award_calc", [], []),
        ("follow_up", ["300000", "50000"], []),
        ("follow_up", ["50000"], ["50000"]),
    ],
)
def test_wrong_amounts_are_those_that_the_gold_has_not(type_: str, stated: list[str], wrong: list[str]) -> None:
    found = find_wrong_amounts(attempt(type_, amounts=tuple(map(amount, stated))))
    assert found == tuple(map(Decimal, wrong))


def test_an_answer_that_is_an_error_is_withheld() -> None:
    verdict = judged(status="error", amounts=())
    assert verdict.is_withheld and not verdict.is_right


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("1，500 元", [1500]),
        ("0.8万", [8000]),
        ("1.2亿元", [120000000]),
        ("5千元", [5000]),
        ("166,666.67元", ["166666.67"]),
        ("30万元、5万元和30万元", [300000, 50000]),
        ("第2位、50%、2024年、3项", []),
    ],
)
def test_sums_are_read_with_their_unit(text: str, yuan: list[Any]) -> None:
    assert read_sums(text) == set(map(Decimal, yuan))


def estimated(gold: ClaimGold, *yuan: int, text: str = "合计30万元") -> Verdict:
    report = estimate_of(text, *map(Decimal, yuan), citations=(RIGHT,))
    return judge(Attempt(type="award_calc", gold=gold, said=Said.of_estimate(report), sources=SOURCES))


def test_an_estimate_is_judged_by_its_total() -> None:
    gold = ClaimGold(status="answered", yuan=(Decimal(300000),), kind="exact", quote=("主导制定",), must=("合计",))
    assert estimated(gold, 300000).is_right
    assert estimated(gold, 50000).broken == ("amounts", "kind")
    assert estimated(gold, 300000, text="共30万元").broken == ("must",)
    assert estimated(gold).broken == ("status", "amounts", "kind")


def test_a_claim_that_cannot_be_told_has_no_total() -> None:
    gold = ClaimGold(status="undetermined")
    assert estimated(gold).is_right
    told = estimated(gold, 300000)
    assert told.broken == ("status", "amounts") and told.wrong_amounts == (Decimal(300000),)
