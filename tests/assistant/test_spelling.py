"""Words typed by their sound are read as the words meant; what is a word of its own stays as it is."""

import pytest

from assistant.reading import read_question
from assistant.spelling import correct
from corpus.vocabulary import concepts

SHORT = {
    **{"奖厉": "奖励", "补住": "补助", "资住": "资助", "激厉": "激励"},
    **{"国镖": "国标", "团镖": "团标", "行表": "行标", "主倒": "主导"},
    **{"制钉": "制定", "士点": "试点", "申抱": "申报", "验受": "验收"},
}
NAMES = {
    "技术委原会": "技术委员会",
    "良好行位": "良好行为",
    "质量讲": "质量奖",
    "标准创新贡现奖": "标准创新贡献奖",
    "秘书除": "秘书处",
}
OWN_WORDS = [
    *[
        "指定",
        "自助",
        "公式",
        "商标",
        "招标",
        "目标",
        "航标",
        "标注",
        "地表",
        "自治",
        "自主",
        "评价",
        "实施",
        "时点",
        "师范",
        "十点",
        "单味",
        "公事",
        "前沿",
    ],
    *["公司", "工资", "实验室", "将来", "专利", "重点", "施工", "研究", "世界", "资料"],
]


@pytest.mark.parametrize(("typed", "meant"), (SHORT | NAMES).items())
def test_a_word_typed_by_its_sound_is_the_word_wherever_it_stands(typed: str, meant: str) -> None:
    assert correct(typed) == meant
    assert correct(f"去年我们{typed}，多少？") == f"去年我们{meant}，多少？"


@pytest.mark.parametrize("word", OWN_WORDS)
def test_a_word_of_its_own_stays(word: str) -> None:
    assert correct(f"本市{word}的企业") == f"本市{word}的企业"


@pytest.mark.parametrize("meant", sorted({*SHORT.values(), *NAMES.values()}))
def test_what_is_typed_right_stays(meant: str) -> None:
    assert correct(meant) == meant


def test_no_name_of_the_vocabulary_is_taken_for_another() -> None:
    forms = [(form, concept.ask) for concept in concepts() for form in concept.ask]
    assert len(forms) > 100
    assert [form for form, its_own in forms if correct(form) not in (form, *its_own)] == []


@pytest.mark.parametrize(
    "text", ["主导制钉国镖奖厉多少", "Ａ奖厉B", "奖厉" * 20, "", "2025年1月", "𠮷奖厉", "TC秘书除"]
)
def test_the_length_stays_and_so_does_what_is_no_slip(text: str) -> None:
    corrected = correct(text)
    assert len(corrected) == len(text)
    assert corrected == correct(corrected)


def test_several_slips_in_one_question_are_all_put_right() -> None:
    assert correct("主倒制钉国镖、行表，奖厉多少") == "主导制定国标、行标，奖励多少"


def test_a_word_of_which_no_character_is_right_is_left() -> None:
    """将力 sounds like 奖励; with nothing typed right it may as well be something else."""
    assert correct("将力") == "将力"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("主倒制钉国镖", "主导制定国标"),
        ("企业标准领跑着", "企业标准领跑者"),
        ("承担全国技术委原会秘书初", "承担全国技术委员会秘书处"),
        ("良好行位AAAA级", "良好行为AAAA级"),
        ("通过验受的士点", "通过验收的试点"),
    ],
)
def test_a_question_with_slips_names_what_it_means(typed: str, meant: str) -> None:
    named = read_question(typed, ()).concepts
    assert named and set(named) == set(read_question(meant, ()).concepts)


def test_an_answer_to_a_question_with_slips_is_the_same(ask) -> None:
    typed, meant = ask("萧山主倒制钉国镖奖厉多少"), ask("萧山主导制定国标奖励多少")
    assert (typed.amounts, typed.citations) == (meant.amounts, meant.citations)
    assert [int(amount.yuan) for amount in typed.amounts] == [310_000]
