"""Markup, emoji, blanks, line breaks and syllables in a question change nothing; a question without them stays."""

import pytest

from assistant.tidying import tidy

TYPED = {
    "<p>某市</p><p>主持制定<strong>国家标准</strong></p>": "某市 主持制定国家标准",
    '<div class="q">某市&nbsp;行业标准</div>': "某市 行业标准",
    "<region>某市</region><item>领跑者</item>": "某市 领跑者",
    "某市🏭主导制定📘行业标准✅能拿💰多少🙏": "某市主导制定行业标准能拿多少",
    "国标2项🎉行标1项": "国标2项，行标1项",
    "国标1️⃣项，行标2️⃣项": "国标1项，行标2项",
    "1️⃣国标奖多少": "国标奖多少",
    "某 市   主 导 制 定 国 家 标 准": "某市 主导制定国家标准",
    "某市\n\n专业标准化技术委员会\n补助\n？": "某市 专业标准化技术委员会 补助？",
    "国标国标主导修订主导修订资助资助多少多少": "国标主导修订资助多少",
    "主chi修订hang业标准 jiang励多少": "主持修订行业标准 奖励多少",
    "zhu持制定国biao": "主持制定国标",
}
PLAIN = (
    "某市主导制定国家标准奖多少？",
    "费用<50万元且>30万元",
    "承担全国SC、TC秘书处，QC小组",
    "A类3张、AAAA级1张",
    "国标 2 项，行标 3 项",
    "①主导国标 ②参与行标",
    "好好学习，多少多少",
    "问" * 600,
    "two national standards in total",
    "GB/T 20000 与 ISO 9001",
)


@pytest.mark.parametrize(("typed", "meant"), TYPED.items())
def test_marks_around_and_within_words_are_no_words(typed: str, meant: str) -> None:
    assert " ".join(tidy(typed).split()) == meant


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_text_stays(text: str) -> None:
    assert tidy(text) == text


@pytest.mark.parametrize("text", [*TYPED, *PLAIN])
def test_what_is_tidy_stays_tidy(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


def test_a_pasted_question_is_answered_as_the_plain_one(ask) -> None:
    plain = ask("萧山区主导制定国家标准奖励多少？")
    pasted = ask("<b>萧山区</b>&nbsp;主导制定<i>国家标准</i>🏅奖励多少？")
    assert plain.amounts
    assert [one.yuan for one in pasted.amounts] == [one.yuan for one in plain.amounts]
