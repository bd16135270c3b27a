"""What a question says was not done is not read as done; what only stands beside a denial is."""

from collections.abc import Iterator

import pytest

from assistant.denials import is_denied
from assistant.rewording import reword
from assistant.stated import read_story
from tests.assistant.module_policies import Hear, hearing, sums


@pytest.fixture(scope="module")
def hear(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hear]:
    with hearing(tmp_path_factory.mktemp("denials")) as heard:
        yield heard


def denied(text: str, word: str) -> bool:
    plain = reword(text)
    at = plain.index(word)
    return is_denied(plain, at, at + len(word))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("没有参与行标，只主导国标1项", "行标"),
        ("没参加团标，主导国标1项", "团标"),
        ("未主导国标，只参与行标", "国标"),
        ("不是主导国标，是参与", "国标"),
        ("国标0项、行标1项", "国标"),
        ("国标 0 项，行标1项", "国标"),
        ("国标零项，行标1项", "国标"),
        ("国标都没做，行标1项", "国标"),
        ("试点没通过验收，行标1项", "试点"),
        ("试点未验收，行标1项", "试点"),
        ("领跑者没评上，行标1项", "领跑者"),
        ("领跑者没能拿到，行标1项", "领跑者"),
        ("行标没发布，国标发布了", "行标"),
        ("除了国标，行标1项多少", "国标"),
    ],
)
def test_what_was_not_done_is_denied(text: str, word: str) -> None:
    assert denied(text, word)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("没有参与行标，只主导国标1项", "国标"),
        ("没参加团标，主导国标1项", "国标"),
        ("国标0项、行标1项", "行标"),
        ("国标10项，行标1项", "国标"),
        ("国标20项，行标1项", "国标"),
        ("试点没通过验收，行标1项", "行标"),
        ("试点通过验收，行标没发布", "试点"),
        ("国标1项，行标没发布", "国标"),
        ("国标发布了，没有别的", "国标"),
        ("试点没验收的时候，奖多少", "试点"),
        ("试点没验收之前，奖多少", "试点"),
        ("除了国标1项，行标也主导了", "国标"),
        ("除了国标1项，还主导了行标2项", "国标"),
    ],
)
def test_what_stands_beside_a_denial_is_not(text: str, word: str) -> None:
    assert not denied(text, word)


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("主导制定国标1项，行标没发布，一共多少", ["国家标准"]),
        ("没有主导国标，主导行标2项，一共多少", ["行业标准"]),
        ("主导国标10项、行标0项，一共多少", ["国家标准"]),
        ("除了国标1项，行标1项也是主导制定的，一共多少", ["国家标准", "行业标准"]),
    ],
)
def test_a_story_tells_only_of_what_was_done(text: str, things: list[str]) -> None:
    assert [dict(part.names).get("standard") for part in read_story(text).parts] == things


@pytest.mark.parametrize(
    ("question", "paid"),
    [
        ("襄阳没有主导国际标准，主导制定行标2项，一共多少", 32),
        ("襄阳主导制定国标1项，4A良好行为没评上，一共多少", 28),
        ("襄阳主导制定国标1项，4A良好行为评上了，一共多少", 32),
        ("襄阳国标0项，主导制定行标1项、团标1项，一共多少", 19),
        ("襄阳除了国标1项，行标1项也是主导制定的，一共多少", 44),
    ],
)
def test_a_total_leaves_out_what_was_not_done(hear: Hear, question: str, paid: float) -> None:
    assert [sums(answer) for answer in hear(question)] == [[paid]]
