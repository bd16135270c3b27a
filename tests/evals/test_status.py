"""What is answered, refused or asked back, on all our labelled questions and the packaged documents."""

from pathlib import Path

import pytest

from assistant.answer import Assistant
from assistant.records import Question
from evals.asking import as_asked
from evals.cases import AS_OF, load_answer_cases, load_conversation_cases

OUTSIDE = Path(__file__).parents[2] / "evals" / "cases" / "outside.txt"


@pytest.fixture(scope="module")
def assistant(packaged_index):
    return Assistant(packaged_index)


def wrong_statuses(assistant, cases, least_cases):
    """The cases whose status is not the gold one, and their share."""
    assert len(cases) >= least_cases
    wrong = [c.id for c in cases if assistant.answer(as_asked(c).question, AS_OF).status != c.gold.status]
    return wrong, len(wrong) / len(cases)


@pytest.mark.parametrize(("status", "least"), [("answered", 0.95), ("not_found", 0.94), ("needs_clarification", 1.0)])
def test_the_status_is_right(assistant, status, least):
    """A question without an answer is refused, one that hangs on the region is asked back."""
    cases = [case for case in load_answer_cases() if case.gold.status == status and case.type != "award_calc"]
    wrong, share = wrong_statuses(assistant, cases, 15)
    assert 1 - share >= least, wrong


def test_the_status_of_a_sum_to_reckon_is_mostly_right(assistant):
    """Written by people who had not seen the program; what is asked back where a base is missing counts, too."""
    cases = [case for case in load_answer_cases() if case.type == "award_calc"]
    wrong, share = wrong_statuses(assistant, cases, 120)
    assert 1 - share >= 0.8, wrong


def test_the_status_of_a_later_question_is_right(assistant):
    wrong, share = wrong_statuses(assistant, load_conversation_cases(), 80)
    assert 1 - share >= 0.9, wrong


def test_questions_from_outside_the_field_are_refused(assistant):
    questions = [line for line in OUTSIDE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    answered = [q for q in questions if assistant.answer(Question(question=q), AS_OF).status == "answered"]
    assert len(answered) / len(questions) <= 0.1, answered


def test_a_refusal_never_offers_a_figure(assistant):
    for case in load_answer_cases():
        if case.gold.status == "not_found":
            answer = assistant.answer(as_asked(case).question, AS_OF)
            if answer.status == "not_found":
                assert answer.amounts == () and "万元" not in answer.answer, case.id
