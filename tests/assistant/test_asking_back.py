"""Who greets is greeted, who thanks is thanked, and what is no question about these policies is refused."""

import pytest

from assistant.answer import Assistant
from assistant.asking_back import greet
from assistant.draft import Draft
from assistant.messages import GREETING, NO_SUCH_COUNT, OUTSIDE, PAID_TO_OTHERS, THANKS
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


@pytest.mark.parametrize("question", ["萧山区", "萧山", "奖", "100", "萧山区奖励", "萧山奖励多少"])
def test_who_only_names_a_place_or_says_a_word_is_asked_what_is_meant(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert (answer.status, answer.amounts) == ("needs_clarification", ())
    assert answer.clarification is not None
    assert answer.clarification.missing == ("question",)


@pytest.mark.parametrize("count", ["负两项", "（就是-3项）", "0项", "零项", "2.5项", "三项半"])
def test_a_number_that_cannot_be_is_asked_again_and_never_reckoned_with(ask: Ask, count: str) -> None:
    answer = ask(f"萧山区主导制定国家标准 {count} 一共奖多少")
    assert (answer.status, answer.answer, answer.amounts) == ("needs_clarification", NO_SUCH_COUNT, ())


@pytest.mark.parametrize("told", ["2项", "零件厂做的2项", "第1.2条说的2项", "1-2项里做成的2项"])
def test_a_number_that_can_be_is_reckoned_with(ask: Ask, told: str) -> None:
    assert ask(f"萧山区主导制定国家标准 {told} 一共奖多少").answer != NO_SUCH_COUNT


@pytest.mark.parametrize(
    "question",
    ["隔壁那家公司去年从萧山领走了多少资助", "萧山哪些企业去年拿到了补助", "萧山某集团已经拿过多少标准化奖励"],
)
def test_what_others_were_paid_stands_in_no_policy(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert (answer.status, answer.answer, answer.citations) == ("not_found", PAID_TO_OTHERS, ())


@pytest.mark.parametrize(
    "question", ["朋友的公司在萧山主导制定了国家标准，拿了多少", "公司主导制定国家标准，萧山奖多少"]
)
def test_what_somebody_did_is_paid_by_the_policy(ask: Ask, question: str) -> None:
    assert ask(question).amounts
