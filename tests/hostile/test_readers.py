"""Hostile texts at the readers themselves, past the door that keeps questions short: bounded time, no look-alike."""

import time

import pytest

from assistant.masking import mask
from assistant.reading import read_question
from assistant.rewording import reword
from assistant.stated import read_story
from assistant.tidying import tidy
from assistant.unclear_numbers import has_unclear_number

LONG = {
    "(a+)+$": "(a+)+$" + "a" * 40 + "!",
    "第": "第" * 5_000,
    "（": "（" * 5_000,
    "，": "，" * 10_000,
    "一": "一" * 5_000,
    "9": "9" * 5_000,
    "1.": "1." * 2_500,
    "1,": "1," * 2_500,
    "1项": "1项" * 2_500,
    "½": "½" * 5_000,
    "<b": "<b" * 2_500,
    "&#": "&#" * 2_500,
    "百零": "百零" * 2_500,
    "已领": "已领" * 2_500,
    "排第": "排第" * 2_500,
    "两家并列": "两家并列" * 1_250,
    "国家标准": "国家标准" * 1_250,
    "@": "a@" * 2_500,
    "138": "138 " * 1_250,
}
READERS = {
    "tidy": tidy,
    "reword": reword,
    "mask": mask,
    "story": read_story,
    "unclear": has_unclear_number,
    "question": lambda text: read_question(text, ()),
}
GROWS_MAX = (
    30  # four times the text may take so many times the time; a power of two takes 16, an exponential one forever
)
FREE_S = 0.2


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("text", LONG)
def test_no_reader_takes_time_out_of_bounds(reader, text):
    began = time.process_time()
    READERS[reader](LONG[text][:500])
    short = time.process_time() - began
    began = time.process_time()
    READERS[reader](LONG[text][:2_000])
    took = time.process_time() - began
    assert took < FREE_S or took < GROWS_MAX * short


@pytest.mark.parametrize("written", ["ᴳᴮ/Ｔ", "СВ/Т", "6B/T", "GВ/T", "ＧＢ/T", "gb/t"])
def test_look_alikes_of_gb_are_not_taken_for_it_unless_unicode_says_so(written):
    names = {concept.name for concept in read_question(f"萧山{written}奖励多少", ()).concepts}
    assert names == ({"国家标准"} if written in ("ᴳᴮ/Ｔ", "ＧＢ/T", "gb/t") else set())


@pytest.mark.parametrize(
    ("earlier", "current", "unclear"),
    [
        ("萧山主导制定2-3项国家标准", "一共多少呢", True),
        ("萧山主导制定2-3项国家标准", "那2项呢", False),
        ("萧山主导制定2项国家标准", "一共多少呢", False),
    ],
)
def test_a_follow_up_rests_on_the_number_before_until_it_names_its_own(stand, earlier, current, unclear):
    from assistant.records import Question
    from tests.assistant.policies import DAY

    answer = stand.assistant.answer(Question(question=current, history=(earlier,)), DAY)
    assert (answer.clarification is not None and answer.clarification.missing == ("number",)) is unclear
