"""What is over, and what is set apart: neither is claimed again, and what it took of a limit is not left."""

from collections.abc import Iterator

import pytest

from assistant.past import is_apart, is_past, not_understood, tells_of_several
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
        "先有市质量奖提名奖，后来首次拿了市质量奖，奖多少",
        "获得市质量奖提名奖后首次获得市质量奖，奖多少",
        "获得“市质量奖提名奖”之后，又首次获得“市质量奖”，奖多少",
        "市质量奖提名奖升为市质量奖，奖多少",
        "3A之后又评上4A良好行为，奖多少",
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
        "国标发布后奖多少，行标发布后奖多少",
        "市质量奖提名奖和市质量奖分别奖多少",
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


@pytest.mark.parametrize("told", ["先有省级领跑者，后来评上国家级领跑者", "获得省级领跑者后又获得国家级领跑者"])
def test_no_sum_where_the_higher_award_follows_and_no_difference_is_granted(hear: Hear, told: str) -> None:
    """第五条 says 不重复享受 and nothing of a difference: neither 12 nor 4 can be told."""
    [answer] = hear(f"襄阳{told}，奖多少")
    assert (answer.status, sums(answer), places(answer)) == ("answered", [], [("襄阳市", "第五条")])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("先拿省优质工程奖，区里已经给过奖励了，现在同一工程又得了鲁班奖，还能补多少", "鲁班奖"),
        ("先评上省级领跑者，现在又拿了蓝天奖，还能补多少", "蓝天奖"),
        ("先评上省级领跑者，今年又评上国家级领跑者，还能补多少", ""),
        ("去年拿过国标的奖，今年主导制定行标1项，还能拿多少", ""),
        ("A产品是国家级领跑者，B产品是省级领跑者，一共多少", ""),
        ("今年又拿了4A良好行为，多少", ""),
    ],
)
def test_what_hangs_on_words_that_are_not_known_is_told(text: str, words: str) -> None:
    assert not_understood(read_story(text)) == words


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("A产品去年拿省级领跑者，今年升国家级；B产品今年新拿国家级领跑者，各补多少", True),
        ("A产品去年拿省级领跑者，今年升国家级，补多少", False),
        ("A产品是国家级领跑者，B产品是省级领跑者，一共多少", False),
    ],
)
def test_products_with_a_past_of_their_own_are_told_apart(text: str, several: bool) -> None:
    assert tells_of_several(read_story(text)) is several


def test_then_there_is_no_sum_for_any_of_them(hear: Hear) -> None:
    [answer] = hear("襄阳A产品去年拿省级领跑者，今年升国家级领跑者；B产品今年新拿国家级领跑者，各补多少，一共呢")
    assert sums(answer) == []


def test_then_there_is_no_sum(hear: Hear) -> None:
    [answer] = hear("襄阳先评上省级领跑者，现在又拿了蓝天奖，还能补多少")
    assert (answer.status, sums(answer)) == ("not_found", [])
    assert "蓝天奖" in answer.answer


NINGDE = """宁德市质量奖励办法
第一条 首次获得“市质量奖”和“市质量奖提名奖”的单位，分别奖励90万元和40万元；\
获得“市质量奖提名奖”后首次获得“市质量奖”的，补发差额50万元。
第二条 评为标准化良好行为3A级、4A级的企业，分别奖励6万元、11万元。\
已获较低等级奖励的，升级后补齐差额。
第三条 本办法自2025年1月1日起施行，有效期至2028年12月31日。
"""


@pytest.fixture(scope="module")
def hear_ningde(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hear]:
    with hearing(tmp_path_factory.mktemp("ningde"), {"ningde-2025": NINGDE}) as heard:
        yield heard


@pytest.mark.parametrize(
    ("told", "paid"),
    [
        ("先有市质量奖提名奖，后来首次拿了市质量奖", [50]),
        ("获得“市质量奖提名奖”后首次获得“市质量奖”", [50]),
        ("获得市质量奖提名奖后，又首次获得市质量奖", [50]),
        ("市质量奖提名奖升为市质量奖", [50]),
        ("首次获得市质量奖", [90]),
        ("首次获得市质量奖提名奖", [40]),
        ("3A之后又评上4A良好行为", [5]),
        ("市质量奖提名奖和市质量奖分别", [40, 90]),
    ],
)
def test_the_difference_is_paid_after_the_lower_award(hear_ningde: Hear, told: str, paid: list[float]) -> None:
    [answer] = hear_ningde(f"宁德{told}，奖多少")
    assert (answer.status, sorted(sums(answer))) == ("answered", paid)


def test_an_award_of_another_year_takes_nothing_off(hear: Hear) -> None:
    [answer] = hear("襄阳去年已领4A良好行为4万元，今年主导制定行标1项，还能拿多少")
    assert sums(answer) == [16]
