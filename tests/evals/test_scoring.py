"""Scoring answers: for each rule an answer that keeps it and answers that break that rule and no other."""

from datetime import date
from decimal import Decimal

import pytest

from assistant.records import Amount, Answer, Citation, Warning_
from evals.cases import Gold
from evals.scoring import RULES, STATED, Attempt, Verdict, find_wrong_amounts, judge, read_sums

SOURCE = "第五条主导制定海棠标准的，每项奖励三十贝。"
GOLD = Gold(
    status="answered",
    yuan=(Decimal(300000),),
    kind="exact",
    must=(("每项", "单项"), "海棠"),
    must_not=("25万元", "并列"),
    document="made-up",
    quote=("制定海棠标准", "不在答案里的话"),
    warn=("expired",),
)


def amount(yuan: str, kind: str = "exact") -> Amount:
    return Amount.model_validate({"yuan": Decimal(yuan), "kind": kind, "label": ""})


def cited(*quotes: str) -> tuple[Citation, ...]:
    one = {"marker": 1, "document": "made-up", "title": "", "region": "", "locator": "", "start": 0, "end": 0}
    return tuple(Citation.model_validate(one | {"quote": quote}) for quote in quotes)


def warned(*codes: str) -> tuple[Warning_, ...]:
    return tuple(Warning_(code=code, message="") for code in codes)


ANSWER = Answer(
    id="a",
    question="q",
    status="answered",
    answer="海 棠标准每项30万元，不是25万元。",
    amounts=(amount("300000"),),
    citations=cited("主导制定 海棠标准的，"),
    warnings=warned("expired", "source_anomaly"),
    as_of=date(2026, 11, 21),
    elapsed_ms=1.0,
)


def judged(type_: str = "award_calc", gold: dict | None = None, **answer: object) -> Verdict:
    attempt = Attempt(
        type=type_, gold=GOLD.model_copy(update=gold or {}), answer=ANSWER.model_copy(update=answer), sources=(SOURCE,)
    )
    return judge(attempt)


def test_a_right_answer_keeps_every_rule() -> None:
    verdict = judged()
    assert verdict.is_right and set(verdict.kept) == set(RULES)
    assert verdict.wrong_amounts == () and not verdict.is_withheld


@pytest.mark.parametrize(
    ("rule", "answer"),
    [
        ("status", {"status": "needs_clarification"}),
        ("amounts", {"amounts": (amount("300000"), amount("50000"))}),
        ("amounts", {"amounts": (amount("300000"), amount("300000.01"))}),
        ("kind", {"amounts": (amount("300000", "cap"),)}),
        ("kind", {"amounts": (amount("300000"), amount("300000", "cap"))}),
        ("must", {"answer": "海棠标准30万元"}),
        ("must", {"answer": "每项30万元"}),
        ("must_not", {"answer": "海棠标准每项30万元，并 列的平分"}),
        ("citation", {"citations": ()}),
        ("citation", {"citations": cited("每项奖励三十贝。")}),
        ("citation", {"citations": cited("海棠标准")}),
        ("verbatim", {"citations": cited("主导制定海棠标准的，", "每项奖励四十贝")}),
        ("verbatim", {"citations": cited("主导制定海棠标准的，", "")}),
        ("warn", {"warnings": warned("draft")}),
    ],
)
def test_each_rule_is_broken_alone(rule: str, answer: dict) -> None:
    assert judged(**answer).broken == (rule,)


def test_without_the_sum_there_is_neither_amount_nor_kind() -> None:
    """A sum in the text alone is not stated as the answer."""
    assert judged(amounts=()).broken == ("amounts", "kind")
    assert judged(amounts=(amount("299999.98"),)).broken == ("amounts", "kind")


def test_sums_are_equal_to_the_fen() -> None:
    third = Decimal(500000) / 3
    assert judged(gold={"yuan": (third,)}, amounts=(amount("166666.67"),)).is_right
    assert judged(gold={"yuan": (third,)}, amounts=(amount("166666.65"),)).broken == ("amounts", "kind")


@pytest.mark.parametrize("type_", ["award_compare", "aggregate", "anomaly", "follow_up"])
def test_more_sums_than_asked_for_are_welcome_in_some_types(type_: str) -> None:
    assert judged(type_, amounts=(amount("300000"), amount("50000"))).is_right
    assert judged(type_, amounts=(amount("50000"),)).broken == ("amounts", "kind")


@pytest.mark.parametrize("type_", ["award_calc", "follow_up"])
def test_a_question_without_an_answer_gets_no_sum(type_: str) -> None:
    gold = {"status": "not_found", "yuan": (), "kind": None, "must": (), "must_not": (), "quote": (), "warn": ()}
    assert judged(type_, gold, status="not_found", amounts=()).is_right
    verdict = judged(type_, gold, status="not_found")
    assert verdict.broken == ("amounts",) and verdict.wrong_amounts == (Decimal(300000),)


def test_what_the_gold_does_not_ask_for_is_not_judged() -> None:
    gold = {"yuan": (), "kind": None, "must": (), "must_not": (), "quote": (), "warn": ()}
    assert set(judged(gold=gold).kept) == {"status", "verbatim"}
    assert set(judged(gold=gold, citations=()).kept) == {"status"}


@pytest.mark.parametrize(("asked", "right"), [("300000元", True), ("0.3万元", False), ("三十万元", False)])
def test_a_sum_that_must_be_there_may_be_written_in_another_unit(asked: str, right: bool) -> None:
    assert judged(gold={"must": (asked,)}).is_right is right


def test_a_sum_that_must_not_be_the_answer_may_be_mentioned() -> None:
    assert judged().kept["must_not"]
    gold = {"yuan": (Decimal(250000),)}
    assert judged(gold=gold, amounts=(amount("250000"),)).broken == ("must_not",)


def test_a_citation_may_be_shorter_than_the_snippet_if_it_is_eight_characters() -> None:
    gold = {"quote": ("主导制定海棠标准的，每项奖励",)}
    assert judged(gold=gold, citations=cited("导制定海棠标准的")).is_right
    assert judged(gold=gold, citations=cited("制定海棠标准的")).broken == ("citation",)


def test_a_quote_stands_in_one_source_not_across_two() -> None:
    attempt = Attempt(type="award_calc", gold=GOLD, answer=ANSWER, sources=("主导制定海", "棠标准的，"))
    assert judge(attempt).broken == ("verbatim",)


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
    answer = ANSWER.model_copy(update={"amounts": tuple(map(amount, stated))})
    found = find_wrong_amounts(Attempt(type=type_, gold=GOLD, answer=answer, sources=()))
    assert found == tuple(map(Decimal, wrong))


def test_an_answer_that_is_an_error_is_withheld() -> None:
    verdict = judged(status="error", amounts=())
    assert verdict.is_withheld and not verdict.is_right


def test_what_is_stated_is_judged_apart_from_what_it_rests_on() -> None:
    assert judged(citations=(), warnings=()).keeps(STATED)
    assert not judged(amounts=()).keeps(STATED)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [("1，500 元", [1500]), ("0.8万", [8000]), ("1.2亿元", [120000000]), ("5千元", [5000]), ("第2位、50%", [])],
)
def test_sums_are_read_with_their_unit(text: str, yuan: list[int]) -> None:
    assert read_sums(text) == set(map(Decimal, yuan))
