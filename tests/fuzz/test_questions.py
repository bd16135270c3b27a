"""Hundreds of made-up questions: an answer for each, no sum without a source, no number taken for another."""

from decimal import Decimal
from random import Random

import pytest

from assistant.records import Question
from evals.bench.questions import question_cases
from evals.fuzz.inputs import said_number
from evals.fuzz.invariants import Broken, check_answer
from evals.fuzz.targets import question_target
from tests.assistant.policies import DAY
from tests.fuzz.hunting import hunt_down

EACH = Decimal(310_000)  # what 萧山区 pays for leading a national standard
YEARLY = Decimal(2_100_000)  # and no more than that to one unit in a year
CAPITALS = str.maketrans("一二三四五六七八九十百", "壹贰叁肆伍陆柒捌玖拾佰")
UNCERTAIN = (
    "三五",
    "七八",
    "两三",
    "几",
    "十几",
    "1½",
    "½",
    "2.5",
    "-2",
    "−2",
    "负二",
    "1_0",
    "0x2",
    "2~3",
    "3²",
    "٣",
    "１.５",
    "好多",
    "2e1",
)


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """Real questions, from which others are spoilt."""
    return [case.question for case in question_cases()]


@pytest.fixture(scope="module")
def target(assistant, documents, asked):
    return question_target(assistant, documents.values(), DAY, asked)


def test_500_questions_are_answered_without_a_fault(target) -> None:
    hunt_down(target, 500)


@pytest.mark.parametrize("seed", range(60))
def test_a_number_of_things_is_that_number_or_is_asked_for(assistant, seed: int) -> None:
    rng = Random(seed)
    number = rng.randrange(1, 40)
    written = rng.choice((str, said_number, lambda n: said_number(n).translate(CAPITALS), wide))(number)
    amounts = _amounts(assistant, f"萧山区主导制定{written}项国家标准，一共奖励多少")
    assert amounts <= {min(EACH * number, YEARLY), EACH * number, EACH, YEARLY}, written


@pytest.mark.parametrize("written", UNCERTAIN)
def test_a_number_that_is_not_certain_multiplies_nothing(assistant, written: str) -> None:
    assert _amounts(assistant, f"萧山区主导制定{written}项国家标准，一共奖励多少") <= {EACH}


def wide(number: int) -> str:
    """１２ for 12."""
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


def _amounts(assistant, question: str) -> set[Decimal]:
    return {amount.yuan for amount in assistant.answer(Question(question=question), DAY).amounts}


def test_the_invariants_notice_a_sum_without_a_source(assistant, documents) -> None:
    question = "萧山区主导制定国家标准奖励多少"
    answer = assistant.answer(Question(question=question), DAY)
    check_answer(answer, documents, question)
    for wrong in (
        answer.model_copy(update={"answer": answer.answer + "另奖励77万元。"}),
        answer.model_copy(update={"amounts": (answer.amounts[0].model_copy(update={"yuan": Decimal(32)}),)}),
        answer.model_copy(update={"citations": (answer.citations[0].model_copy(update={"start": 0}),)}),
    ):
        with pytest.raises(Broken):
            check_answer(wrong, documents, question)
