"""Numbers put right in a sentence, words of a region, numerals of cheques, English: answered as the plain question."""

from collections.abc import Iterator

import pytest

from assistant.rewording import reword
from tests.assistant.module_policies import Hear, hearing, places, sums

TOTAL = "襄阳主导制定国标1项、行标1项，一共多少"


@pytest.fixture(scope="module")
def hear(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hear]:
    with hearing(tmp_path_factory.mktemp("otherwise")) as heard:
        yield heard


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("两家，不对，是三家", "三家"),
        ("七个——不是七个，八个", "八个"),
        ("七个，不是七个，是八个", "八个"),
        ("七项，记错了，八项", "八项"),
        ("两项，更正：五项", "五项"),
        ("3项，说错了，应该是2项", "2项"),
        ("拢共几钿", "一共多少"),
        ("统共几多钱", "一共多少"),
        ("我哋攞咗", "我们拿了"),
        ("阿拉勿是打头的", "我们不是主导的"),
        ("叁万陆仟元", "三万六千元"),
        ("伍拾陆万元", "五十六万元"),
        ("柒佰捌拾元", "七百八十元"),
    ],
)
def test_it_is_read_in_plain_words(said: str, meant: str) -> None:
    assert reword(said) == meant


@pytest.mark.parametrize(
    "text", ["两家和三家", "七个、八个", "阿里巴巴", "两家不是主导的", "几个国标", "第一家,第三家", "伍子胥故里"]
)
def test_what_is_plain_stays(text: str) -> None:
    assert reword(text) == text


@pytest.mark.parametrize(
    ("question", "paid"),
    [
        ("襄阳主导制定国标一项，不对，是两项，一共多少", [56]),
        ("襄阳主导制定国标一项，不对，是两项，拢共几钿", [56]),
        ("襄阳主导制定行标七个——不是七个，两个，一共多少", [32]),
        ("襄阳主导制定行标七个，不是七个，是两个，一共多少", [32]),
        ("遵义三家单位起草国家标准，三家，不对，是两家总共能拿多少", [48]),
    ],
)
def test_only_the_number_that_was_put_right_counts(hear: Hear, question: str, paid: list[float]) -> None:
    assert [sums(answer) for answer in hear(question)] == [paid]


@pytest.mark.parametrize(
    "question",
    [
        "襄阳主导制定国标1项、行标1项，拢共几钿",
        "襄阳阿拉主导制定国标1项、行标1项，统共几钿",
        "襄阳我哋主导制定国标1项，行标1项，统共几多钱",
        "襄阳俺们打头制定国标1项、行标1项，合着几多",
        "响阳市主导制定国标1项、行标1项，一共多少",
        "襄阳主导制定国标壹项、行标壹项，一共多少",
        "How much in total for one national standard and one industry standard we led in Xiangyang",
    ],
)
def test_words_of_a_region_or_a_language_change_nothing(hear: Hear, question: str) -> None:
    [plain], [said] = hear(TOTAL), hear(question)
    assert sums(plain) == [44]
    assert (sums(said), places(said)) == (sums(plain), places(plain))


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("襄阳今年已领叁万陆仟元，主导制定国际标准2项，还能拿多少", 66.4),
        ("襄阳今年已领伍拾陆万元，主导制定行标1项，还能拿多少", 14),
        ("襄阳今年已领陆拾万零伍仟元，主导制定行标1项，还能拿多少", 9.5),
    ],
)
def test_a_sum_in_the_numerals_of_cheques_is_a_sum(hear: Hear, question: str, left: float) -> None:
    assert [sums(answer) for answer in hear(question)] == [[left]]


@pytest.mark.parametrize(
    ("question", "paid", "place"),
    [
        ("In Xiangyang, how much for leading a national standard?", [28], ("襄阳市", "第一条")),
        ("Xiangyang: we led two national standards, how much in total?", [56], ("襄阳市", "第一条")),
        ("What is the award for taking part in an industry standard in Xiangyang?", [5], ("襄阳市", "第一条")),
        ("Xiangyang: participated in an international standard, how much?", [19], ("襄阳市", "第一条")),
        ("Zunyi ranked 2nd on a national standard, how much?", [18], ("遵义市", "第一条")),
        ("How much is the secretariat of a national technical committee in Zunyi", [24], ("遵义市", "第四条")),
    ],
)
def test_an_english_question_is_answered(hear: Hear, question: str, paid: list[float], place: tuple[str, str]) -> None:
    [answer] = hear(question)
    assert (answer.status, sums(answer)) == ("answered", paid)
    assert places(answer)[0] == place


def test_an_english_follow_up_keeps_the_place(hear: Hear) -> None:
    *_, answer = hear("襄阳主导制定国标奖多少", "What about an industry standard?")
    assert (sums(answer), [region for region, _ in places(answer)]) == ([16], ["襄阳市"])
