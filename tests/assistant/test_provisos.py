"""What raises or bars an award is told beside its figure, once, and takes away a plain yes; elsewhere nothing is."""

from collections.abc import Iterator

import pytest

from assistant.messages import AS_SAID, EXCLUDED, PROVISO
from assistant.records import Answer
from tests.assistant.module_policies import Hear, hearing, sums

XIAOGAN = """孝感市标准化奖励办法
第一条 主持制定国家标准、行业标准的，每项分别奖励30万元、15万元；主持修订的，每项分别奖励15万元、7万元。\
修订行业标准的，不予奖励。
第二条 主持制定团体标准的，每项奖励5万元，其中属于纺织、食品产业的，奖励额度上浮20%。
第三条 入选国家级、省级企业标准“领跑者”名单的，分别奖励10万元、5万元。有效期满后再次入选的，不再奖励。
第四条 主持制定的标准属于北斗应用领域的，在第一条奖励额基础上增加50%。
第五条 获得标准化良好行为4A级证书的，奖励6万元。
第六条 本办法自2025年1月1日起施行，有效期至2028年12月31日。
"""
TOLD = PROVISO.partition("{")[0]


@pytest.fixture(scope="module")
def hear(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hear]:
    with hearing(tmp_path_factory.mktemp("provisos"), {"xiaogan-2025": XIAOGAN}) as heard:
        yield heard


def quotes(answer: Answer) -> str:
    return "\n".join(citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    ("question", "paid", "words"),
    [
        ("孝感主持制定团体标准奖多少", [5], "上浮20%"),
        ("孝感主持制定团体标准两项一共多少", [10], "上浮20%"),
        ("孝感国家级领跑者到期后又入选，奖多少", [10], "有效期满后再次入选的，不再奖励"),
        ("孝感主持制定国家标准奖多少", [30], "在第一条奖励额基础上增加50%"),
    ],
)
def test_what_is_not_reckoned_with_is_told_once(hear: Hear, question: str, paid: list[float], words: str) -> None:
    [answer] = hear(question)
    assert (answer.status, sums(answer)) == ("answered", paid)
    assert answer.answer.count(TOLD) == 1
    assert words in quotes(answer)


@pytest.mark.parametrize("question", ["孝感获得标准化良好行为4A级证书奖多少", "孝感4A良好行为是不是6万"])
def test_where_nothing_raises_or_bars_it_nothing_is_said(hear: Hear, question: str) -> None:
    [answer] = hear(question)
    assert (answer.status, sums(answer)) == ("answered", [6])
    assert TOLD not in answer.answer


def test_a_plain_yes_is_not_said_beside_one(hear: Hear) -> None:
    plain, barred = hear("孝感4A良好行为是不是6万")[0], hear("孝感国家级领跑者到期后又入选，是不是还能再拿10万")[0]
    assert plain.answer.startswith(AS_SAID)
    assert AS_SAID not in barred.answer and TOLD in barred.answer


@pytest.mark.parametrize("question", ["孝感主持修订行业标准奖多少", "孝感 行标 修订 主持"])
def test_what_is_barred_by_name_has_no_sum(hear: Hear, question: str) -> None:
    [answer] = hear(question)
    assert (answer.status, sums(answer)) == ("answered", [])
    assert EXCLUDED.format(case="修订行业标准", marker="") in answer.answer.replace("[1]", "")


@pytest.mark.parametrize(
    ("question", "paid"), [("孝感主持修订国家标准奖多少", [15]), ("孝感主持制定行业标准奖多少", [15])]
)
def test_what_stands_beside_it_keeps_its_sum(hear: Hear, question: str, paid: list[float]) -> None:
    [answer] = hear(question)
    assert (answer.status, sums(answer)) == ("answered", paid)
