"""What sort of thing is asked for: a fee, a number or a period is no award, whatever words of sums stand beside it."""

from collections.abc import Iterator

import pytest

from assistant.intents import Intent, read_intents
from assistant.rewording import reword
from tests.assistant.module_policies import Hear, hearing, places, sums

YUEYANG = """岳阳市标准化激励办法
第一条 主导制定国家标准的，每项奖励38万元。
第二条 良好行为评价达到AAAA级的企业，奖励8万元，评审结果公示7个工作日。
第三条 良好行为的评审不向企业收取费用，评审组由5名专家组成。
第四条 每家企业最多申请3项良好行为奖励。
第五条 本办法自2025年1月1日起施行，有效期至2028年12月31日。
"""


@pytest.fixture(scope="module")
def hear(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hear]:
    with hearing(tmp_path_factory.mktemp("intents"), {"yueyang-2025": YUEYANG}) as heard:
        yield heard


def asks(text: str) -> frozenset[Intent]:
    return read_intents(reword(text))


# —— fees


@pytest.mark.parametrize(
    "text",
    [
        "评审费多少钱",
        "评估费一共多少钱",
        "报名费多少元",
        "会员费几万",
        "要交多少评审费",
        "申请要收多少费",
        "评审要缴几个钱的费用",
        "收费标准是多少钱",
        "挂名费总共多少钱",
        "领跑者评估费多少钱",
    ],
)
def test_a_fee_that_the_asker_pays_is_no_award(text: str) -> None:
    assert Intent.AMOUNT not in asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "评审费奖励多少",
        "参展费补多少钱",
        "评估费资助多少",
        "交的会员费能补贴多少钱",
        "交了5万元评审费，能领多少钱",
        "翻译费用奖励多少",
        "主导制定国标多少钱",
        "主导制定国标奖励多少",
    ],
)
def test_what_is_paid_towards_a_fee_is_an_award(text: str) -> None:
    assert Intent.AMOUNT in asks(text)


# —— numbers and periods


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("评审组一共多少人", Intent.COUNT),
        ("评审专家合计几名", Intent.COUNT),
        ("一共几家单位参加评审", Intent.COUNT),
        ("总共得几分才达标", Intent.COUNT),
        ("领跑者一共几个", Intent.COUNT),
        ("公示总共多少天", Intent.DURATION),
        ("公示合计几个工作日", Intent.DURATION),
        ("总共几年", Intent.DURATION),
        ("领跑者合计公示多少天", Intent.DURATION),
        ("合计什么时候截止", Intent.DEADLINE),
    ],
)
def test_a_number_or_a_period_without_a_word_of_money_is_no_award(text: str, intent: Intent) -> None:
    assert Intent.AMOUNT not in asks(text) and intent in asks(text)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("3项国标一共奖励多少，几名专家评审", Intent.COUNT),
        ("两家一共给多少钱，公示几天", Intent.DURATION),
        ("国标合计多少万元，几月份申请", Intent.DEADLINE),
        ("几家并列，每家领多少", Intent.COUNT),
    ],
)
def test_beside_a_word_of_money_both_are_asked_for(text: str, intent: Intent) -> None:
    assert {Intent.AMOUNT, intent} <= asks(text)


@pytest.mark.parametrize("text", ["办法上写的是多少", "规定的是多少", "国标合计", "一共多少", "总共多少", "应得多少"])
def test_a_sum_without_a_number_of_anything_is_an_award(text: str) -> None:
    assert Intent.AMOUNT in asks(text)


# —— in answers


@pytest.mark.parametrize(
    ("question", "locator", "said"),
    [
        ("岳阳的企业参加良好行为评价，请问评审要交多少费用", "第三条", "不向企业收取费用"),
        ("岳阳良好行为的评审组一共多少名专家", "第三条", "5名专家"),
        ("岳阳良好行为评审结果合计公示多少天", "第二条", "7个工作日"),
        ("岳阳每家企业最多申请几项良好行为", "第四条", "3项"),
    ],
)
def test_a_question_for_a_fee_a_number_or_a_period_is_answered_without_a_sum(
    hear: Hear, question: str, locator: str, said: str
) -> None:
    [answer] = hear(question)
    assert (answer.status, sums(answer)) == ("answered", [])
    assert ("岳阳市", locator) in places(answer) and said in answer.answer


def test_the_award_beside_it_is_told_where_it_is_asked_for(hear: Hear) -> None:
    [answer] = hear("岳阳4A良好行为奖励多少？最后由谁评审？")
    assert sums(answer) == [8] and "5名专家" in answer.answer
