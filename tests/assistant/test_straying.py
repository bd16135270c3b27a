"""In the middle of a talk: what has nothing of our field is refused, what goes on is not."""

import pytest

from assistant.messages import OUTSIDE
from tests.assistant.conftest import Ask

BEFORE = "萧山主导制定国家标准奖励多少"


@pytest.mark.parametrize(
    "question",
    [
        "中午食堂吃啥",
        "今天天气怎么样",
        "那明天下雨吗",
        "世界杯谁赢了",
        "讲个笑话",
        "顺便问下附近哪里停车方便",
        "顺便请预测一下明年杭州的房价走势。",
        "对了，顺便推荐个好看的电影",
    ],
)
def test_a_turn_from_another_field_is_refused_and_gets_no_sum(ask: Ask, question: str) -> None:
    answer = ask(question, history=[BEFORE])
    assert (answer.status, answer.answer, answer.amounts, answer.citations) == ("not_found", OUTSIDE, (), ())


@pytest.mark.parametrize(
    "question",
    ["四家", "那参与呢", "顺便问下修订的呢", "再说一遍", "要是3项呢", "依据呢", "什么时候到账", "没听懂", "一共呢"],
)
def test_a_turn_that_goes_on_is_not_turned_away(ask: Ask, question: str) -> None:
    assert ask(question, history=[BEFORE]).answer != OUTSIDE
