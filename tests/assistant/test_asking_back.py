"""Who greets is greeted, who thanks is thanked, and what is no question about these policies is refused."""

import pytest

from assistant.answer import Assistant
from assistant.asking_back import greet
from assistant.draft import Draft
from assistant.messages import GREETING, OUTSIDE, THANKS
from assistant.records import Answer, Question
from tests.assistant.conftest import Ask
from tests.assistant.policies import DAY

GREETINGS = (
    "你好",
    "您好！",
    "你们好",
    "嗨",
    "哈喽～",
    "在吗？",
    "有人吗",
    "早上好",
    "晚上好呀",
    "请问",
    "Hello",
    "HI!",
)
THANKING = (
    "谢谢",
    "谢谢您！",
    "多谢",
    "非常感谢",
    "好的，谢谢",
    "嗯，谢谢",
    "太感谢你啦",
    "辛苦了",
    "好的",
    "明白了",
    "再见",
)
FOREIGN = ("今天天气怎么样", "你好，今天天气怎么样", "谢谢，再讲个笑话", "你是谁", "好吃吗", "感谢信怎么写", "不谢")


def said(question: str) -> str | None:
    greeted: Answer | None = greet(question, Draft(Question(question=question), DAY))
    return greeted.answer if greeted is not None else None


@pytest.mark.parametrize(
    ("questions", "message"),
    [(GREETINGS, GREETING), (THANKING, THANKS), (FOREIGN, None)],
    ids=["你好", "谢谢", "别的"],
)
def test_greetings_thanks_and_other_talk_are_told_apart(questions: tuple[str, ...], message: str | None) -> None:
    assert {question: said(question) for question in questions} == dict.fromkeys(questions, message)


def test_thanks_in_a_talk_do_not_repeat_the_last_answer(ask: Ask) -> None:
    answer = ask("谢谢", history=["萧山主导制定国家标准奖励多少"])
    assert (answer.answer, answer.amounts) == (THANKS, ())


@pytest.mark.parametrize("question", [*GREETINGS, *THANKING])
def test_a_greeting_or_thanks_is_no_refusal_and_claims_nothing(assistant: Assistant, question: str) -> None:
    answer = assistant.answer(Question(question=question), DAY)
    assert answer.answer == (GREETING if question in GREETINGS else THANKS)
    assert answer.status not in ("not_found", "error")
    assert (answer.citations, answer.amounts, answer.calculation) == ((), (), ())


@pytest.mark.parametrize("question", FOREIGN)
def test_other_talk_is_refused_without_a_citation(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert (answer.status, answer.answer, answer.citations) == ("not_found", OUTSIDE, ())


@pytest.mark.parametrize(
    "question",
    [
        "您好，萧山主导制定国家标准奖励多少",
        "萧山主导制定国家标准奖励多少，谢谢",
        "请问萧山主导制定国家标准奖励多少？谢谢！",
    ],
)
def test_a_question_with_a_greeting_or_thanks_is_answered(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert (answer.status, [int(amount.yuan) for amount in answer.amounts]) == ("answered", [310_000])
