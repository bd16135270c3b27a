"""Of awards that stand under one head, the one whose entry is named is meant; where none is named, all of them are."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.award_question import read_asked
from assistant.award_search import LOOSE_PAIRS_MIN, AwardSearch
from assistant.nearness import named_entries
from assistant.ranking import Ranker
from assistant.reading import read_question
from assistant.texts import Texts
from corpus.awards import AwardFact
from index import open_index
from tests.assistant.claim_policies import fact_of
from tests.assistant.conftest import CrowdedEmbedder, publish, read_policy
from tests.assistant.module_policies import Hear, hearing, sums

YUEYANG = """岳阳市标准化激励办法
第一条 良好行为评价达到AAAA级的企业，奖励14万元；餐饮企业，奖励3万元。
第二条 承担标准化试点的单位，奖励19万元；其中养老机构，奖励27万元。
第三条 牵头制定国家标准的企业，奖励31万元；小微企业，奖励35万元。
第四条 建成古街慢行示范街区的单位，奖励6万元。
第五条 推行色标管理并且把作业指导书张贴上墙的企业，奖励2万元；餐饮企业，奖励5万元。
第六条 本办法自2025年1月1日起施行，有效期至2028年12月31日。
"""
HEAD = "推行色标管理的企业"


@pytest.fixture(scope="module")
def hear(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hear]:
    with hearing(tmp_path_factory.mktemp("nearness"), {"yueyang-2025": YUEYANG}) as heard:
        yield heard


def facts_of(subjects: Sequence[str]) -> list[AwardFact]:
    return [replace(fact_of(Decimal(10_000), number), subject=one) for number, one in enumerate(subjects)]


def entries(subjects: Sequence[str], *words: str) -> list[str]:
    return [fact.subject for fact in named_entries(facts_of(subjects), words)]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["餐饮"], ["餐饮门店"]),
        (["餐饮门店"], ["餐饮门店"]),
        (["色标管理", "学校食堂"], ["学校食堂"]),
        (["餐饮", "食堂"], ["餐饮门店", "学校食堂"]),
    ],
)
def test_the_entries_that_are_named_are_meant(words: list[str], named: list[str]) -> None:
    subjects = [HEAD, f"{HEAD}：餐饮门店", f"{HEAD}：学校食堂"]
    assert entries(subjects, *words) == [f"{HEAD}：{one}" for one in named]


@pytest.mark.parametrize("words", [[], ["色标管理"], ["化工厂"], ["餐"]])
def test_where_no_entry_is_named_all_are_meant(words: list[str]) -> None:
    subjects = [HEAD, f"{HEAD}：餐饮门店", f"{HEAD}：学校食堂"]
    assert entries(subjects, *words) == subjects


@pytest.mark.parametrize(
    "subjects",
    [
        [HEAD, "餐饮门店"],
        [f"{HEAD}：餐饮门店", f"{HEAD}：学校食堂"],  # their head grants nothing itself
        [HEAD, f"没有{HEAD}：餐饮门店"],
        [HEAD, f"{HEAD}里的餐饮门店"],
        [],
    ],
)
def test_what_stands_under_no_head_is_no_entry(subjects: list[str]) -> None:
    assert entries(subjects, "餐饮") == subjects


@pytest.mark.parametrize(
    ("question", "paid"),
    [
        ("岳阳餐饮企业4A良好行为奖励多少", [3]),
        ("岳阳4A良好行为奖励多少", [14, 3]),
        ("岳阳化工企业4A良好行为奖励多少", [14, 3]),
        ("岳阳养老机构标准化试点奖励多少", [27]),
        ("岳阳标准化试点奖励多少", [19, 27]),
        ("岳阳推行色标管理并且把作业指导书张贴上墙的餐饮企业奖励多少", [5]),
        ("岳阳推行色标管理并且把作业指导书张贴上墙奖励多少", [2, 5]),
        ("岳阳小微企业牵头制定国标奖励多少", [35]),
        ("岳阳牵头制定国标奖励多少", [31, 35]),
    ],
)
def test_an_entry_answers_alone_where_it_is_named(hear: Hear, question: str, paid: list[float]) -> None:
    [answer] = hear(question)
    assert (answer.status, sums(answer)) == ("answered", paid)


@pytest.mark.parametrize(
    ("question", "paid"),
    [
        ("岳阳古街慢行街区示范奖励多少", [6]),
        ("岳阳古街慢行的示范奖励多少", [6]),
        ("岳阳标准化示范奖励多少", [19, 27]),
        ("岳阳示范奖励多少", [19, 27]),
    ],
)
def test_an_award_without_a_name_is_meant_only_by_more_than_a_common_word(
    hear: Hear, question: str, paid: list[float]
) -> None:
    [answer] = hear(question)
    assert (answer.status, sums(answer)) == ("answered", paid)


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., list[int]]]:
    """What is found for a 示范 with some further words, in 万元."""
    document = read_policy(YUEYANG, "yueyang-2025")
    home = tmp_path_factory.mktemp("street")
    publish(home, {document.id: document})
    index = open_index(home, CrowdedEmbedder())
    search = AwardSearch(Texts(index), Ranker(index), index.ledger)

    def found(*words: str) -> list[int]:
        asked = replace(read_asked(read_question("示范奖励多少", ())), words=words, forms=(), stretches=words)
        return [int((fact.amount.yuan or 0) / 10_000) for fact in search.find_asked(asked, [document]).facts]

    yield found
    index.close()


@pytest.mark.parametrize("pairs", range(LOOSE_PAIRS_MIN + 2))
def test_one_pair_of_characters_does_not_mean_an_award_without_a_name(
    street: Callable[..., list[int]], pairs: int
) -> None:
    words = ["古街慢行"[: pairs + 1]] if pairs else []
    assert street(*words) == ([6] if pairs >= LOOSE_PAIRS_MIN else [19, 27])


def test_two_words_of_one_pair_each_mean_it_too(street: Callable[..., list[int]]) -> None:
    assert street("古街", "慢行") == [6]
