"""What is answered, refused or asked back, on all our labelled questions and the packaged documents."""

from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Assistant
from assistant.records import Question
from evals.cases import load_answer_cases

OUTSIDE = Path(__file__).parents[2] / "evals" / "cases" / "outside.txt"
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def assistant(packaged_index):
    return Assistant(packaged_index)


def statuses(assistant, status: str) -> list[tuple[str, str]]:
    asked = [case for case in load_answer_cases() if case.gold.status == status]
    assert len(asked) >= 15
    return [
        (case.id, assistant.answer(Question(question=case.question, history=case.history), TODAY).status)
        for case in asked
    ]


@pytest.mark.parametrize(("status", "least"), [("answered", 0.95), ("not_found", 0.94), ("needs_clarification", 1.0)])
def test_the_status_is_right(assistant, status, least):
    """A question without an answer is refused, one that hangs on the region is asked back."""
    got = statuses(assistant, status)
    wrong = [case for case, given in got if given != status]
    assert 1 - len(wrong) / len(got) >= least, wrong


def test_questions_from_outside_the_field_are_refused(assistant):
    questions = [line for line in OUTSIDE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    answered = [q for q in questions if assistant.answer(Question(question=q), TODAY).status == "answered"]
    assert len(answered) / len(questions) <= 0.1, answered


def test_a_refusal_never_offers_a_figure(assistant):
    for case in load_answer_cases():
        if case.gold.status == "not_found":
            answer = assistant.answer(Question(question=case.question, history=case.history), TODAY)
            if answer.status == "not_found":
                assert answer.amounts == () and "万元" not in answer.answer, case.id
