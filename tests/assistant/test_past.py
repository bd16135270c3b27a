"""What is over, and what is set apart: neither is claimed again, and what it took of a limit is not left."""

from collections.abc import Iterator

import pytest

from assistant.past import is_apart, is_past
from assistant.stated import read_story
from tests.assistant.module_policies import Hear, hearing, places, sums


@pytest.fixture(scope="module")
def hear(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hear]:
    with hearing(tmp_path_factory.mktemp("past")) as heard:
        yield heard


def over(text: str) -> list[bool]:
    story = read_story(text)
    return [is_past(part, story) for part in story.parts]


@pytest.mark.parametrize(
    "text",
    [
        "前年拿过国标的奖，今年主导制定行标1项，还能拿多少",
        "去年领了国标的奖励，今年主导制定行标1项，还能拿多少",
        "国标1项已经拿了28万元，今年主导制定行标1项，还能拿多少",
        "除了主导制定国标2项，主导制定行标1项，还能再拿多少",
        "去年凭省级领跑者拿了8万元，今年升到国家级领跑者，能补多少差额",
    ],
)
def test_what_was_paid_or_is_set_apart_is_over_and_the_rest_is_not(text: str) -> None:
    assert over(text) == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "主导制定国标1项、行标1项，一共多少",
        "主导制定国标1项、行标1项，还能拿多少",
        "去年拿过国标的奖，今年主导制定行标1项，两年一共多少",
        "除了国标1项，行标1项也是主导制定的，一共多少",
    ],
)
def test_nothing_is_over_where_a_total_is_asked_or_nothing_was_paid(text: str) -> None:
    assert over(text) == [False, False]


def test_one_thing_alone_is_never_over() -> None:
    assert over("去年拿过国标的奖，还能拿多少") == [False]


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("除了主导制定国标2项，主导制定行标1项，还能再拿多少", [True, False]),
        ("除去上面主导制定的国标，主导制定行标1项，还能再拿多少", [True, False]),
        ("主导制定国标2项，主导制定行标1项，还能再拿多少", [False, False]),
        ("除了国标1项，行标1项也是主导制定的，一共多少", [False, False]),
    ],
)
def test_a_part_is_apart_only_where_what_is_left_is_asked(text: str, apart: list[bool]) -> None:
    story = read_story(text)
    assert [is_apart(part, story) for part in story.parts] == apart


# —— in answers; a unit gets no more than 70万元 a year


@pytest.mark.parametrize(
    ("talk", "left"),
    [
        (["襄阳除了主导制定国标2项，主导制定行标2项，还能再拿多少"], 14),
        (["襄阳除了主导制定国标1项，主导制定行标2项，还能再拿多少"], 32),
        (["襄阳除了主导制定国标2项，主导制定团标2项，还能再拿多少"], 6),
        (["襄阳主导制定国标2项，一共多少", "又主导制定行标2项，除了上面国标的，还能再拿多少"], 14),
        (["襄阳今年已经拿了56万元，主导制定行标1项，还能再拿多少"], 14),
        (["襄阳今年已经拿了54万元，主导制定行标1项，还能再拿多少"], 16),
        (["襄阳今年已经拿了54.1万元，主导制定行标1项，还能再拿多少"], 15.9),
    ],
)
def test_what_is_set_apart_is_taken_off_the_limit_of_the_year(hear: Hear, talk: list[str], left: float) -> None:
    *_, answer = hear(*talk)
    assert (answer.status, sums(answer)) == ("answered", [left])
    assert ("襄阳市", "第八条") in places(answer)


def test_an_award_of_another_year_takes_nothing_off(hear: Hear) -> None:
    [answer] = hear("襄阳去年已领4A良好行为4万元，今年主导制定行标1项，还能拿多少")
    assert sums(answer) == [16]
