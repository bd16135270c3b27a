"""An award question finds the facts about all that it names, and nothing where the documents have none."""

from collections.abc import Callable

import pytest

from assistant.award_question import Asked, read_asked
from assistant.award_search import AwardSearch
from assistant.ranking import Ranker
from assistant.reading import read_conversation, read_question
from assistant.scope import find_scope
from corpus.records import Region
from index import open_index
from tests.assistant.conftest import CrowdedEmbedder

Find = Callable[[str], list[tuple[str, int]]]


@pytest.fixture(scope="module")
def search(assistant, answering_home) -> AwardSearch:
    index = open_index(answering_home, CrowdedEmbedder())
    return AwardSearch(assistant.texts, Ranker(index), index.ledger)


@pytest.fixture(scope="module")
def find(search, documents) -> Find:
    """The awards that a question finds in the documents of its regions: document and yuan, in order of the text."""
    known = {document.region for document in documents.values()} - {Region()}

    def found(question: str) -> list[tuple[str, int]]:
        reading = read_conversation([question], known)
        scope = find_scope(reading, list(documents.values()))
        facts = search.find(reading, [*scope.own, *scope.below]).facts
        return [(fact.document_id, int(fact.amount.yuan or 0)) for fact in facts]

    return found


def in_xiaoshan(*figures: int) -> list[tuple[str, int]]:
    return [("xiaoshan-2024", figure) for figure in figures]


STANDARDS = ("国际标准", "国家标准", "行业标准")


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize(
    ("role", "act", "figures"),
    [
        ("主导", "制定", (610_000, 310_000, 180_000)),
        ("参与", "制定", (240_000, 120_000, 70_000)),
        ("主导", "修订", (305_000, 155_000, 90_000)),
    ],
)
def test_role_act_and_standard_pick_one_figure_of_the_list(find, role, act, figures, place):
    assert find(f"萧山区{role}{act}{STANDARDS[place]}奖励多少") == in_xiaoshan(figures[place])


@pytest.mark.parametrize("standard", STANDARDS)
def test_a_role_that_an_act_is_not_paid_for_finds_nothing(find, standard):
    """Clause 3 pays revising to the lead alone."""
    assert find(f"萧山区参与修订{standard}奖励多少") == []


def test_an_award_for_one_standard_is_not_taken_for_another(find):
    assert find("萧山主导制定团体标准奖励多少") == in_xiaoshan(40_000)
    assert find("萧山区参与制定团体标准奖励多少") == []


@pytest.mark.parametrize(
    "question",
    [
        "萧山区主导制定地方标准奖励多少",  # a standard that is not in the list
        "萧山区主导制定企业标准奖励多少",
        "萧山5A良好行为奖励多少",  # a grade
        "萧山2A良好行为奖励多少",
        "苏州标准创新贡献奖三等奖多少钱",
        "萧山承担国际TC秘书处奖励多少",  # a level
        "萧山承担浙江省专业标准化技术委员会秘书处奖励多少",
        "青岛县级标准化试点扶持多少",
        "萧山承担全国对口单位奖励多少",  # a seat
        "青岛承担全国SC秘书处扶持多少",  # an organ
        "苏州参与制定国家标准补贴多少",  # a role
        "萧山首席标准官奖励多少",  # another region has it
        "烟台主导制定地方标准奖励多少",
    ],
)
def test_what_the_list_does_not_name_finds_nothing(find, question):
    assert find(question) == []


@pytest.mark.parametrize(
    ("question", "document", "figure"),
    [
        ("萧山承担全国TC秘书处奖励多少", "xiaoshan-2024", 450_000),
        ("萧山承担全国SC秘书处奖励多少", "xiaoshan-2024", 260_000),
        ("萧山承担全国标准化工作组奖励多少", "xiaoshan-2024", 90_000),
        ("萧山4A良好行为奖励多少", "xiaoshan-2024", 80_000),
        ("萧山3A良好行为奖励多少", "xiaoshan-2024", 50_000),
        ("苏州标准创新贡献奖一等奖多少钱", "suzhou-2020", 380_000),
        ("苏州标准创新贡献奖二等奖多少钱", "suzhou-2020", 190_000),
        ("苏州主持江苏省地方标准补贴多少", "suzhou-2020", 130_000),
        ("苏州市主持制定苏州市地方标准补贴多少", "suzhou-2020", 60_000),
        ("苏州市协助制定苏州市地方标准补贴多少", "suzhou-2020", 30_000),
    ],
)
def test_organ_grade_level_and_role_pick_their_own_figure(find, question, document, figure):
    assert find(question) == [(document, figure)]


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("青岛国家级标准化试点扶持多少", 220_000),
        ("青岛省级标准化试点扶持多少", 110_000),
        ("青岛承担山东省级技术委员会秘书处扶持多少", 170_000),
        ("青岛承担全国技术委员会秘书处扶持多少", 520_000),
    ],
)
def test_a_row_is_found_by_the_category_it_takes_over(find, question, figure):
    assert find(question) == [("qingdao-2026", figure)]


def test_a_yearly_limit_never_answers_for_an_award(find):
    assert find("萧山国家标准奖励多少") == in_xiaoshan(310_000, 120_000)
    assert find("萧山一个单位奖励多少") == []


def test_a_revised_standard_is_found_where_the_question_says_so(find):
    """A standard without more is a new one; the clause, quoted whole, tells of revising."""
    assert find("萧山修订国家标准奖励多少") == in_xiaoshan(155_000)
    assert find("萧山制修订国家标准奖励多少") == in_xiaoshan(310_000, 120_000, 155_000)


@pytest.mark.parametrize("asked", ["奖励多少", "各奖多少", "各给多少", "分别奖多少"])
def test_each_of_two_regions_gives_its_own_figure(find, asked):
    """各 is said of the places here: it once asked for all sorts of standards."""
    assert find(f"萧山和烟台牵头制定国家标准{asked}") == [("xiaoshan-2024", 310_000), ("yantai-undated", 270_000)]


# —— a later drafter, where only the first is paid


def asked_for(question: str) -> Asked:
    return read_asked(read_question(question, ()))


def of_the_first(search, documents, question: str) -> tuple[list[int], set[tuple[int, ...]], int]:
    found = search.for_the_first(asked_for(question), [documents["xiaoshan-2024"], documents["yantai-undated"]])
    assert found.facts == ()
    return [int(one.fact.amount.yuan) for one in found.beyond], {one.ranks for one in found.beyond}, found.rank


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("团体标准排名第二奖励多少", [40_000]),
        ("主导制定团体标准排名第三奖励多少", [40_000]),
        ("参与制定行业标准排名第五奖励多少", [180_000, 160_000]),
        ("地方标准排名第二奖励多少", []),
        ("承担全国标准化工作组排名第二奖励多少", []),  # is not for drafters
    ],
)
def test_for_a_later_drafter_the_awards_for_the_first_are_those_it_lies_beyond(search, documents, question, figures):
    found, ranks, rank = of_the_first(search, documents, question)
    assert (found, rank) == (figures, asked_for(question).rank)
    assert ranks == ({(1,)} if figures else set())
