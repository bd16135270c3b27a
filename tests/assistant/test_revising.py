"""An award that says it is not for revising: who asks for revising is told so, and it adds nothing to a total."""

from collections.abc import Iterator

import pytest

from assistant import messages
from tests.assistant.conftest import MONEY
from tests.assistant.module_policies import Hear, hearing, places, sums

TOLD = messages.NOT_FOR_REVISING.partition("{about}”")[2]
LEFT_OUT = messages.CLAIM_NOT_FOR_REVISING.partition("{about}”：")[2].partition("{")[0]


@pytest.fixture(scope="module")
def hear(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hear]:
    with hearing(tmp_path_factory.mktemp("revising")) as heard:
        yield heard


@pytest.mark.parametrize(
    "question",
    [
        "襄阳主导修订团标奖多少",
        "襄阳修订团体标准多少钱",
        "襄阳我们牵头修订了一项团体标准，能拿多少",
        "襄阳团标修订给奖励吗，多少",
    ],
)
def test_who_revised_is_told_that_it_is_not_meant_and_no_sum(hear: Hear, question: str) -> None:
    [answer] = hear(question)
    assert (answer.status, sums(answer), places(answer)) == ("answered", [], [("襄阳市", "第二条")])
    assert TOLD in answer.answer
    said = answer.answer.partition("根据")[0]  # the clause that is quoted prints its sum
    assert MONEY.findall(said) == []


@pytest.mark.parametrize(
    ("question", "paid"),
    [
        ("襄阳主导修订团标1项、主导制定国标1项，一共多少", 28),
        ("襄阳主导制定国标1项，主导修订团标1项，一共多少", 28),
        ("襄阳主导制定团标1项，主导修订团标1项，一共多少", 3),
        ("襄阳主导修订团标2项，另有4A良好行为证书1张，一共多少", 4),
    ],
)
def test_in_a_total_it_is_left_out_and_said_to_be(hear: Hear, question: str, paid: float) -> None:
    [answer] = hear(question)
    assert (answer.status, sums(answer)) == ("answered", [paid])
    assert LEFT_OUT in answer.answer
    assert ("襄阳市", "第二条") in places(answer)


@pytest.mark.parametrize(
    ("question", "paid"),
    [
        ("襄阳主导制定团标奖多少", 3),
        ("襄阳主导制定团标1项、主导制定国标1项，一共多少", 31),
    ],
)
def test_who_made_one_is_paid_and_hears_nothing_of_it(hear: Hear, question: str, paid: float) -> None:
    [answer] = hear(question)
    assert sums(answer) == [paid]
    assert TOLD not in answer.answer and LEFT_OUT not in answer.answer


def test_a_follow_up_for_revising_is_told_so_too(hear: Hear) -> None:
    _, answer = hear("襄阳主导制定团标奖多少", "那修订的呢")
    assert (sums(answer), TOLD in answer.answer) == ([], True)
