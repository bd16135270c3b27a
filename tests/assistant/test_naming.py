"""What an award is called: each entry of a list in words of its own, with what the list says once for all of them."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.naming import END_MIN, PLAIN_MAX, SUBJECT_MAX, name_award
from assistant.texts import Texts
from corpus.awards import extract_awards
from tests.assistant.claim_policies import fact_of

Names = Callable[[str], dict[int, str]]
FILLER = "贝"  # says nothing


@pytest.fixture
def names(texts_of: Callable[[str], Texts]) -> Names:
    """The names of the awards that a sentence grants, by their sums in 万元."""

    def named(sentence: str) -> dict[int, str]:
        texts = texts_of(f"临湘市标准化激励办法\n第一条 {sentence}\n第二条 本办法自2025年1月1日起施行。")
        facts = extract_awards(texts.documents["made-up"], texts.of("made-up")).facts
        return {int((fact.amount.yuan or 0) / 10_000): name_award(fact) for fact in facts}

    return named


def grown(words: str, length: int) -> str:
    """Some words in which one character is put in until they have a length."""
    return words.replace(FILLER, FILLER * (length - len(words) + 1))


# —— what a list says once


@pytest.mark.parametrize(
    ("sentence", "awards"),
    [
        (
            "主持制定国家标准、行业标准的，每项分别激励32万元、17万元；参与制定的，每项分别激励11万元、6万元。",
            {32: "主持制定国家标准", 17: "主持制定行业标准", 11: "参与制定国家标准", 6: "参与制定行业标准"},
        ),
        (
            "主持制定国家标准的，每项激励32万元；参与的，每项激励11万元。",
            {32: "主持制定国家标准", 11: "参与制定国家标准"},
        ),
        (
            "对主持制定国家标准的单位，每项激励32万元；对参与的，每项激励11万元。",
            {32: "主持制定国家标准", 11: "参与制定国家标准"},
        ),
        (
            "参与制定国家标准的，每项激励11万元；主持的，每项激励32万元。",
            {11: "参与制定国家标准", 32: "主持制定国家标准"},
        ),
        (
            "牵头制定国家标准的，激励32万元；牵头修订的，激励15万元；协助修订的，激励4万元。",
            {32: "牵头制定国家标准", 15: "牵头修订国家标准", 4: "协助修订国家标准"},
        ),
        (
            "主导制定国家标准、行业标准的，分别激励32万元、17万元；修订的，分别激励16万元、8万元。",
            {32: "主导制定国家标准", 17: "主导制定行业标准", 16: "主导修订国家标准", 8: "主导修订行业标准"},
        ),
        (
            "主导制定国家标准的，每项奖励34万元；主导修订的，按主导制定数额的50%奖励。",
            {34: "主导制定国家标准", 17: "主导修订国家标准"},
        ),
    ],
)
def test_an_entry_with_only_a_role_or_an_act_is_named_in_its_heads_words(
    names: Names, sentence: str, awards: dict[int, str]
) -> None:
    assert names(sentence) == awards


@pytest.mark.parametrize(
    ("sentence", "awards"),
    [
        (
            "承担全国专业标准化技术委员会秘书处、分技术委员会秘书处的，分别激励46万元、27万元。",
            {46: "承担全国专业标准化技术委员会秘书处", 27: "承担分技术委员会秘书处（国家级）"},
        ),
        (
            "获得国家级标准化试点项目、示范项目的，分别激励28万元、33万元。",
            {28: "获得国家级标准化试点项目", 33: "获得示范项目（国家级）"},
        ),
        (
            "通过验收的国家级、省级标准化试点项目，分别激励28万元、14万元。",
            {28: "通过验收的国家级标准化试点项目", 14: "通过验收的省级标准化试点项目"},
        ),
    ],
)
def test_the_level_of_a_list_is_said_with_each_entry_once(names: Names, sentence: str, awards: dict[int, str]) -> None:
    assert names(sentence) == awards


def test_the_act_of_a_list_is_said_with_each_entry(names: Names) -> None:
    named = names("主导制定国家标准，每项激励32万元；行业标准，每项激励17万元；团体标准，每项激励4万元。")
    assert named[32] == "主导制定国家标准"
    assert named[17].startswith("行业标准") and "制定" in named[17]
    assert named[4].startswith("团体标准") and "制定" in named[4]


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("对，每家承担标准化试点的单位", "每家承担标准化试点"),
        ("对，承担标准化试点的企业", "承担标准化试点"),
        ("对每家承担标准化试点的企业", "每家承担标准化试点"),
        ("对于承担标准化试点的", "承担标准化试点"),
        ("凡承担标准化试点的企事业单位", "承担标准化试点"),
        ("每承担一个标准化试点的", "承担一个标准化试点"),
        ("每个标准化试点", "每个标准化试点"),
        ("对标准化试点的验收", "标准化试点的验收"),
        ("承担并分技术委员会秘书处的", "承担分技术委员会秘书处"),
    ],
)
def test_words_that_only_join_an_entry_to_its_sentence_are_left_out(subject: str, name: str) -> None:
    assert name_award(replace(fact_of(Decimal(90_000)), subject=subject)) == name


def test_an_entry_for_a_rank_keeps_its_own_words(names: Names) -> None:
    named = names("主持制定国家标准，署名第1位的激励32万元；署名第2位的激励11万元。")
    assert "第1位" in named[32] and "第2位" in named[11]


# —— long words


@pytest.mark.parametrize(("length", "kept"), [(SUBJECT_MAX - 1, True), (SUBJECT_MAX, True), (SUBJECT_MAX + 1, False)])
def test_words_too_long_for_a_line_are_cut_to_their_last_pieces(names: Names, length: int, kept: bool) -> None:
    own = grown(f"在本区登记满三年{FILLER}，主持制定国家标准", length)
    assert names(f"对{own}的单位，每项激励32万元。") == {32: own if kept else "主持制定国家标准"}


def test_of_the_last_pieces_as_many_are_kept_as_have_room(names: Names) -> None:
    sentence = f"对在本区登记满三年，没有欠缴过税款，当年产值{FILLER * 20}，承担全国专业标准化技术委员会秘书处的单位"
    assert names(f"{sentence}，激励46万元。") == {46: sentence[len("对在本区登记满三年，没有欠缴过税款，") : -3]}


@pytest.mark.parametrize("length", [SUBJECT_MAX, SUBJECT_MAX + 1])
def test_an_end_that_does_not_tell_all_is_replaced_by_labels(names: Names, length: int) -> None:
    own = grown(f"主持制定国家标准，在本区登记满三年而且没有{FILLER}", length)
    assert names(f"对{own}的单位，每项激励32万元。") == {32: own if length <= SUBJECT_MAX else "主导制定国家标准"}


@pytest.mark.parametrize(("end", "stands"), [("在码头建成实验室", True), ("在码头建成冷库", False)])
def test_a_short_end_stands_for_long_words_only_where_it_names_the_award(end: str, stands: bool) -> None:
    subject = f"{FILLER * SUBJECT_MAX}，{end}"
    name = name_award(replace(fact_of(Decimal(90_000), 0, "实验室"), subject=subject))
    assert name == (end if stands else subject)


@pytest.mark.parametrize(("length", "stands"), [(END_MIN - 1, False), (END_MIN, True)])
def test_an_end_that_does_not_name_the_award_has_to_say_enough(length: int, stands: bool) -> None:
    end = grown(f"在码头建成{FILLER}冷库", length)
    subject = f"{FILLER * SUBJECT_MAX}，{end}"
    name = name_award(replace(fact_of(Decimal(90_000), 0, "实验室"), subject=subject))
    assert name == (end if stands else subject)


def test_what_neither_an_end_nor_labels_tell_is_cut_behind_two_lines() -> None:
    name = name_award(replace(fact_of(Decimal(90_000)), subject=FILLER * (2 * SUBJECT_MAX + 1)))
    assert name == FILLER * 2 * SUBJECT_MAX


@pytest.mark.parametrize("length", [PLAIN_MAX, PLAIN_MAX + 1])
def test_a_later_entry_of_a_long_head_is_named_by_its_labels(names: Names, length: int) -> None:
    head = grown(f"主持制定{FILLER}国家标准", length)
    later = head.replace("主持", "参与") if length <= PLAIN_MAX else "参与制定国家标准"
    assert names(f"{head}的，激励32万元；参与制定的，激励11万元。") == {32: head, 11: later}
