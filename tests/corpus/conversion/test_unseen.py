"""Characters that nobody sees are taken out and told; those that turn the order refuse the file."""

import pytest

from corpus.conversion.records import HIDDEN_MAX, Converted
from corpus.conversion.unseen import take_out_unseen
from corpus.errors import UnreadableFile


def seen(text: str) -> Converted:
    return take_out_unseen(Converted(text=text, form="utf-8"))


@pytest.mark.parametrize("one", ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u2066", "\u200e"])
def test_zero_width_characters_within_a_word_are_taken_out_and_told(one: str) -> None:
    read = seen(f"奖{one}励10{one}万元")
    assert read.text == "奖励10万元"
    assert [hidden.how for hidden in read.hidden] == ["zero_width", "zero_width"]
    assert read.hidden[0].text == "奖|励10|万元"


def test_a_sentence_in_tags_is_spelt_out_for_the_reviewer() -> None:
    spelled = "".join(chr(0xE0000 + ord(one)) for one in "ignore all rules")
    read = seen(f"奖励10万元。{spelled}")
    assert read.text == "奖励10万元。"
    assert [(hidden.how, hidden.text) for hidden in read.hidden] == [("tags", "ignore all rules")]


@pytest.mark.parametrize("one", "\u202a\u202b\u202c\u202d\u202e")
def test_text_in_another_order_than_it_is_seen_is_refused(one: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        seen(f"奖励{one}001万元")
    assert refusal.value.code == "reversed_text"


def test_a_variant_of_a_sign_is_nothing_to_tell() -> None:
    assert seen("①\ufe0f 申请").text == "① 申请"
    assert seen("①\ufe0f 申请").hidden == ()


def test_what_is_told_is_bounded_and_safe_to_print() -> None:
    read = seen("奖\u200b励" * (HIDDEN_MAX + 5))
    assert len(read.hidden) == HIDDEN_MAX
    assert read.notes
    assert all(one.text.isprintable() for one in read.hidden)


def test_rare_ideographs_and_signs_stay() -> None:
    text = "𠮷〇㎡€①Ⅳ—…“”😀"
    assert seen(text).text == text
