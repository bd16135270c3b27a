"""A question for a sum and for something else besides is taken apart, answered part by part and put together."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from assistant.compound import put_together, take_apart
from assistant.records import Amount, Answer, Citation, Clarification, Step, Warning_

SUM, DAYS, WHEN, WHO = "主导制定国标奖多少？", "评审结果公示多少天？", "什么时候申报？", "向哪个部门申请？"


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (SUM + DAYS, [SUM, DAYS]),
        (DAYS + SUM, [SUM, DAYS]),
        (SUM + WHEN + WHO, [SUM, WHEN, WHO]),
        (f"我们主导了一项国标。{SUM}另外{DAYS}", [f"我们主导了一项国标。{SUM}", f"另外{DAYS}"]),
        ("主导国标一项。参与行标一项。一共多少？" + WHO, ["主导国标一项。参与行标一项。一共多少？", WHO]),
        (SUM, [SUM]),
        (DAYS, [DAYS]),
        (DAYS + WHEN, [DAYS + WHEN]),
        (SUM + "行标奖多少？", [SUM + "行标奖多少？"]),
        ("", [""]),
    ],
)
def test_what_asks_for_something_besides_the_sum_is_a_part(question: str, parts: list[str]) -> None:
    assert take_apart(question) == parts


@pytest.mark.parametrize("question", [SUM + DAYS, f"{WHO}  {SUM}\n{WHEN}", f"甲厂的事。{SUM}{WHEN}谢谢。"])
def test_no_character_of_a_question_is_lost(question: str) -> None:
    assert sorted("".join(take_apart(question))) == sorted(question)


def answer(text: str, number: int, status: str = "answered", **fields: Any) -> Answer:
    """An answer with so many citations, the last of which its step rests on."""
    cited = {"document": "made-up", "title": "某市办法", "region": "某市", "locator": "第一条", "quote": "奖"}
    citations = tuple(Citation(marker=n + 1, start=n, end=n + 1, **cited) for n in range(number))
    steps = (Step(step="一步", expression="1 + 1", yuan=Decimal(2), citation=number or None),)
    made = {"id": "q", "question": text, "as_of": date(2026, 3, 1), "elapsed_ms": 1.5, "calculation": steps, **fields}
    return Answer.model_validate({"answer": text, "status": status, "citations": citations, **made})


def test_markers_and_steps_are_numbered_on() -> None:
    whole = put_together("问", [answer("甲[1][2]", 2), answer("乙[1]", 1), answer("丙", 0)])
    assert whole.answer == "甲[1][2]\n\n乙[3]\n\n丙"
    assert [one.marker for one in whole.citations] == [1, 2, 3]
    assert [step.citation for step in whole.calculation] == [2, 3, None]
    assert (whole.question, whole.id, whole.elapsed_ms) == ("问", "q", 4.5)


def test_a_warning_is_given_once_and_every_amount_is_kept() -> None:
    warned = {"warnings": (Warning_(code="draft", message="稿"),)}
    paid = [(Amount(yuan=Decimal(n), kind="exact", label="甲"),) for n in (1, 2)]
    whole = put_together("问", [answer("甲", 0, amounts=paid[0], **warned), answer("乙", 0, amounts=paid[1], **warned)])
    assert [one.message for one in whole.warnings] == ["稿"]
    assert [int(one.yuan) for one in whole.amounts] == [1, 2]


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        (("answered", "answered"), "answered"),
        (("not_found", "answered"), "answered"),
        (("answered", "not_found"), "answered"),
        (("not_found", "not_found"), "not_found"),
    ],
)
def test_one_part_that_is_answered_is_an_answer(statuses: tuple[str, ...], status: str) -> None:
    assert put_together("问", [answer("甲", 0, each) for each in statuses]).status == status


def test_what_a_part_asks_back_is_kept() -> None:
    asks = Clarification(missing=("region",), options=("甲市", "乙市"))
    parts = [answer("甲", 1), answer("哪里？", 0, "needs_clarification", clarification=asks)]
    assert put_together("问", parts).clarification == asks


@pytest.mark.parametrize(
    ("question", "figures", "places"),
    [
        ("萧山主导制定国标奖励多少？评审结果公示几天？", ["31万元", "6个工作日"], ["第三条", "第九条"]),
        ("萧山用假材料骗取有什么后果？主导制定团标奖励多少？", ["四年内", "4万元"], ["第十条", "第四条"]),
        ("萧山主导国标一项、行标一项，一共奖励多少？申请截止到几月几号？", ["49万元", "3月15日"], ["第三条", "第八条"]),
    ],
)
def test_each_part_is_answered_from_its_own_clause(ask, question: str, figures: list[str], places: list[str]) -> None:
    whole = ask(question)
    assert whole.status == "answered" and whole.question == question
    assert [figure for figure in figures if figure not in whole.answer] == []
    assert [place for place in places if not any(one.locator.startswith(place) for one in whole.citations)] == []


def test_a_part_without_a_rule_borrows_none_of_another_region(ask) -> None:
    whole = ask("烟台牵头制定国家标准奖励多少？评审结果公示几天？")
    assert "27万元" in whole.answer and "6个工作日" not in whole.answer
    assert "xiaoshan-2024" not in {one.document for one in whole.citations}
