"""What may stand between the paragraphs of an answer: words that give, take, ask for and vouch for nothing."""

import pytest

from assistant.llm.allowed import allowed_words, names_in, strange_places, strange_words
from assistant.llm.prompts import prompt_for
from assistant.llm.rewording import LINE_MAX, Units
from corpus.words import words_of
from evals.hostile import honest, liars

RESULT = "主导制定国家标准：31万元（每项）[1]"
QUOTE = "根据《萧山区激励办法》第三条：“主导制定国际标准、国家标准的，分别奖励61万元、31万元；考核不合格的除外”[1]"
STEPS = "合计62万元。\n\n计算：\n1. 主导制定国家标准：31万元[1]\n2. 按数量：31万元×2＝62万元[1]"
ASKED = "萧山区主导制定国家标准奖励多少"
UNITS = Units.of(f"{RESULT}\n\n{QUOTE}", ASKED)


def faults(line: str) -> list[str]:
    """What is wrong with a line before the result."""
    return UNITS.faults_of(f"{line}\n{honest.LINK}")


@pytest.mark.parametrize(
    "line",
    [
        honest.OPENING,
        "您好，关于您咨询的国家标准奖励政策，规定如下：",
        "根据当地的奖励规定，结果如下：",
        "感谢您的咨询，具体内容如下：",
        "您好，您问到的主导制定国家标准奖补事项，文件中写明：",
        "1. 您好，具体规定如下：",
        "第1行：您好，具体规定如下：",
    ],
)
def test_words_that_lead_over_may_stand(line: str) -> None:
    assert faults(line) == []


@pytest.mark.parametrize("words", [words for role, words in prompt_for("reword").examples if role == "assistant"])
def test_the_examples_of_the_prompt_are_allowed(words: str) -> None:
    for line in words.split("\n"):
        assert Units((STEPS,), "").faults_of(line) == []


@pytest.mark.parametrize("lie", [*liars.FIGURES, *liars.IN_WORDS, *liars.DENIALS, *liars.PROMISES, *liars.MARKUP])
def test_no_lie_may_stand(lie: str) -> None:
    assert faults(lie) != []
    assert UNITS.faults_of(f"{honest.OPENING}\n{lie}") != []


@pytest.mark.parametrize(
    "line",
    [
        # money given, asked for, put in order, or vouched for
        "结论：奖励您",
        "以下为您的奖励：",
        "此项奖励以主管部门审核为准",
        "奖励在审核之后",
        "请附上全文",
        "您需要感谢我们",
        "以答复为准",
        "我们核实的结果如下",
        "以下为条文全文：",
        "其中一部分如下",
        "市和区的奖励一并如下",
        "奖补如下",
        "补如下",
        # other things, places, and conditions that only the clause names
        "关于行业标准，规定如下：",
        "关于国际标准，规定如下：",
        "您不合格，规定如下：",
        "关于杭州市的规定如下：",
        "关于苏州的规定如下：",
        "关于龙港，规定如下：",
        # numbers in every writing
        "结果如下：一",
        "两项规定如下：",
        "规定如下：百分之五十",
        "规定如下：叁",
        "规定如下：廿",
        "规定如下：½",
        "规定如下：٣",
        "规定如下：³",
        "规定如下：ⅷ",
        "规定如下：半",
        # others
        "OK，规定如下：",
        "您好😀，规定如下：",
        "规定如下：$",
        "以下为計算：",  # nothing is worked out in a result
        "您好\x07，规定如下：",
    ],
)
def test_whatever_else_may_not(line: str) -> None:
    assert faults(line) != []


@pytest.mark.parametrize(
    "word", ["奖励", "奖补", "补", "奖", "一", "万", "不", "没有", "能", "可以", "审核", "先", "已"]
)
def test_no_word_alone_gives_or_denies(word: str) -> None:
    assert word not in allowed_words("linking")


@pytest.mark.parametrize("word", ["奖励", "补贴", "钱", "资金", "万元", "能", "拿", "给", "银行", "不"])
def test_no_word_to_the_user_is_about_money(word: str) -> None:
    assert word not in allowed_words("asking_back")


@pytest.mark.parametrize(
    "written",
    ["", honest.OPENING, f"{honest.OPENING}\n{honest.LINK}\n{honest.LINK}", "1\n2", "1.\n2."],
)
def test_there_are_as_many_lines_as_paragraphs(written: str) -> None:
    assert UNITS.faults_of(written) != []


def test_a_line_is_short() -> None:
    line = ("您好，" * LINE_MAX)[:LINE_MAX]
    assert faults(line) == []
    assert faults(line + "您") != []


def test_what_is_worked_out_is_said_only_of_steps() -> None:
    assert Units.of(STEPS).texts == (STEPS,)
    assert Units.of(STEPS).faults_of("测算结果如下：") == []
    assert Units.of(RESULT).faults_of("测算结果如下：") != []


def test_the_paragraphs_are_put_back_as_they_were() -> None:
    made = UNITS.put_together(f"1. {honest.OPENING}\n\n 2、{honest.LINK} \n")
    assert made == f"{honest.OPENING}\n\n{RESULT}\n\n{honest.LINK}\n\n{QUOTE}"


def test_the_model_sees_no_paragraph() -> None:
    shown = UNITS.asked()
    assert ASKED in shown
    assert [part for part in ("31", "61", "[1]", "不合格", "第三条") if part in shown] == []


def test_a_text_names_what_traditional_and_wide_characters_say() -> None:
    assert {one.name for one in names_in("國家標準").concepts} == {"国家标准"}
    assert strange_places(names_in("蕭山區"), names_in("萧山")) == []
    assert strange_words(names_in("獎勵　１０萬").words, "linking") != []


def test_the_parts_of_an_allowed_word_are_words_of_it() -> None:
    """So that a word that is cut otherwise in its sentence is still one of the list; no part may be money."""
    parts = {part for word in allowed_words("linking") for part in words_of(word)}
    assert parts <= allowed_words("linking")
