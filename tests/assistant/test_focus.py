"""A term that a policy says what it means by is explained by that sentence, whatever else speaks of the thing."""

from collections.abc import Iterator

import pytest

from assistant.focus import DEFINED_MIN, defines_term
from corpus.folding import fold
from tests.assistant.module_policies import Hear, hearing, places

YUEYANG = """岳阳市渔业标准化激励办法
第一条 主导制定国家标准的，每项奖励38万元。
第二条 绿色渔具的生产企业到码头登记，登记结果公示7个工作日。
第三条 本办法所称“绿色渔具”包括可降解的网具和竹笼。
第四条 绿色渔具由市农业农村局抽查，抽查不合格的，一年内不得再次登记。
第五条 本办法自2025年1月1日起施行，有效期至2028年12月31日。
"""


@pytest.fixture(scope="module")
def hear(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hear]:
    with hearing(tmp_path_factory.mktemp("focus"), {"yueyang-2025": YUEYANG}) as heard:
        yield heard


def explained(question: str, text: str) -> bool:
    return defines_term(fold(question), fold(text))


@pytest.mark.parametrize(
    "text",
    [
        "所称“绿色渔具”包括可降解的网具。",
        "所称绿色渔具是指可降解的网具。",
        "本办法所称的绿色渔具是可降解的网具。",
        "本办法所称“ 绿色 渔具 ”系指可降解的网具。",
        "前款所指的“绿色渔具”为可降解的网具。",
        "第二条所称“绿色渔具”指可降解的网具。",
    ],
)
def test_a_text_that_says_what_it_means_by_a_term_explains_it(text: str) -> None:
    assert explained("竹笼算绿色渔具吗", text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("竹笼算什么", "所称“绿色渔具”包括竹笼。"),
        ("竹笼算渔具吗", "所称“绿色渔具”包括竹笼。"),
        ("竹笼算绿色渔具吗", "绿色渔具是指可降解的网具。"),
        ("竹笼算绿色渔具吗", "绿色渔具包括竹笼。"),
        ("竹笼算绿色渔具吗", "所称“绿色渔具企业”是指三年内没有违规的企业。"),
        ("竹笼算绿色渔具吗", "所称“绿色渔具”到码头登记。"),
    ],
)
def test_a_text_that_does_not_say_what_it_means_by_it_does_not(question: str, text: str) -> None:
    assert not explained(question, text)


@pytest.mark.parametrize(("term", "long_enough"), [("渔" * (DEFINED_MIN - 1), False), ("渔" * DEFINED_MIN, True)])
def test_a_term_of_two_characters_is_too_common_to_be_meant(term: str, long_enough: bool) -> None:
    assert explained(f"竹笼算{term}吗", f"所称“{term}”包括竹笼。") is long_enough


@pytest.mark.parametrize(
    "question",
    [
        "岳阳绿色渔具指的是什么",
        "岳阳的绿色渔具包括哪些",
        "岳阳竹笼属于绿色渔具吗",
        "岳阳，买来的尼龙网算不算绿色渔具",
        "岳阳绿色渔具怎么界定",
        "岳阳登记过的企业生产的尼龙网算绿色渔具吗",  # two words of the second clause
        "岳阳码头登记的绿色渔具包括什么",
    ],
)
def test_what_falls_under_a_term_is_answered_by_what_the_policy_means_by_it(hear: Hear, question: str) -> None:
    [answer] = hear(question)
    assert (answer.status, places(answer)[0]) == ("answered", ("岳阳市", "第三条"))
    assert "可降解的网具和竹笼" in answer.answer


@pytest.mark.parametrize(
    ("question", "locator"),
    [("岳阳绿色渔具登记结果公示几天", "第二条"), ("岳阳绿色渔具由哪个局抽查", "第四条")],
)
def test_another_question_about_the_thing_is_answered_by_its_own_clause(
    hear: Hear, question: str, locator: str
) -> None:
    [answer] = hear(question)
    assert (answer.status, places(answer)[0]) == ("answered", ("岳阳市", locator))
