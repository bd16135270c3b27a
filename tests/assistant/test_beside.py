"""Awards on top of others: added to a total where a story tells of them, for the same standard alone, once."""

from collections.abc import Iterator

import pytest

from assistant.beside import AwardsOnTop
from assistant.texts import Texts
from corpus.awards import AwardFact
from corpus.ledger import Ledger, derive
from tests.assistant.conftest import read_policy
from tests.assistant.module_policies import Hear, hearing, places, sums

POLICY = """某市标准化激励办法
第一条 主导制定国家标准、行业标准的，每项分别奖励37万元、17万元。
第二条 将科技成果转化为国家标准的，每项{words}6万元。
第三条 本办法自2025年1月1日起施行。
"""
STORY = "主导制定国标1项，我们把科技成果转化为国家标准了，一共多少"


@pytest.fixture(scope="module")
def hear(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hear]:
    with hearing(tmp_path_factory.mktemp("beside")) as heard:
        yield heard


def ledger_of(text: str) -> Ledger:
    return derive([read_policy(text, "made-up")]).ledger


def paid_of(ledger: Ledger, standard: str) -> list[AwardFact]:
    return [fact for fact in ledger.facts if standard in fact.labels and "主导" in fact.labels]


def told(texts_of, text: str, story: str, standard: str = "国家标准") -> list[int]:
    texts: Texts = texts_of(text)
    ledger = ledger_of(text)
    found = AwardsOnTop(texts, ledger).told(story, paid_of(ledger, standard))
    return [int(fact.amount.yuan or 0) for fact in found]


@pytest.mark.parametrize("words", ["追加奖励", "另行奖励", "额外奖励", "再给予奖励", "再奖励"])
def test_words_of_addition_make_an_award_on_top(texts_of, words: str) -> None:
    assert told(texts_of, POLICY.format(words=words), STORY) == [60_000]


@pytest.mark.parametrize(
    ("story", "added"),
    [
        ("主导制定国标1项，科技成果也converted过来了，奖励加追加一共多少", [60_000]),
        ("主导制定国标1项，科技成果也converted过来了，奖励一共多少", []),
        ("主导制定国标1项，奖励加追加一共多少", []),
    ],
)
def test_a_story_that_says_on_top_may_be_shorter(texts_of, story: str, added: list[int]) -> None:
    assert told(texts_of, POLICY.format(words="追加奖励"), story) == added


def test_an_award_of_its_own_is_none_on_top(texts_of) -> None:
    assert told(texts_of, POLICY.format(words="奖励"), STORY) == []


@pytest.mark.parametrize(
    "story",
    [
        "主导制定国标1项，一共多少",
        "主导制定国标1项，我们的科技成果很多，一共多少",
        "主导制定国标1项，转化的事还没有办，一共多少",
    ],
)
def test_what_a_story_does_not_tell_is_not_added(texts_of, story: str) -> None:
    assert told(texts_of, POLICY.format(words="追加奖励"), story) == []


def test_it_goes_with_its_own_standard_only(texts_of) -> None:
    assert told(texts_of, POLICY.format(words="追加奖励"), STORY, "行业标准") == []


def test_what_is_paid_already_is_not_added_again(texts_of) -> None:
    text = POLICY.format(words="追加奖励")
    ledger = ledger_of(text)
    assert AwardsOnTop(texts_of(text), ledger).told(STORY, ledger.facts) == []


def test_of_two_different_sums_none_is_chosen(texts_of) -> None:
    text = POLICY.format(words="追加奖励").replace("第三条", "第三条 将科技成果转化为国家标准的，追加5万元。\n第四条")
    assert told(texts_of, text, STORY) == []


# —— in answers


@pytest.mark.parametrize(
    ("question", "paid"),
    [
        ("襄阳主导制定国标1项，并将自有知识产权转化为该标准，合计多少", 35),
        ("襄阳主导制定国标1项，用自己的专利转化成国标，一共多少", 35),
        ("襄阳主导制定国标1项、行标1项，国标是自有知识产权转化来的，一共多少", 51),
    ],
)
def test_a_total_adds_what_the_story_tells_of(hear: Hear, question: str, paid: float) -> None:
    [answer] = hear(question)
    assert sums(answer) == [paid]
    assert ("襄阳市", "第三条") in places(answer)


@pytest.mark.parametrize(
    ("question", "paid"),
    [
        ("襄阳主导制定国标1项、行标1项，一共多少", 44),
        ("襄阳主导制定行标1项，并将自有知识产权转化为该标准，合计多少", 16),
    ],
)
def test_a_total_adds_nothing_that_is_not_told_or_not_for_its_standard(hear: Hear, question: str, paid: float) -> None:
    [answer] = hear(question)
    assert sums(answer) == [paid]
    assert ("襄阳市", "第三条") not in places(answer)
