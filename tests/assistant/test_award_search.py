"""An award question finds the limb of the rule it asks for, and nothing where the documents have none."""

from collections.abc import Callable

import pytest

from assistant.award_search import AwardSearch
from assistant.ranking import Ranker
from assistant.reading import read_conversation
from assistant.scope import find_scope
from corpus.records import Region
from index import open_index
from tests.assistant.conftest import CrowdedEmbedder

Find = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def find(assistant, answering_home, documents) -> Find:
    """The limbs that a question finds in the documents of its regions, as `document: words`, best first."""
    search = AwardSearch(assistant.texts, Ranker(open_index(answering_home, CrowdedEmbedder())))
    known = {document.region for document in documents.values()} - {Region()}

    def found(question: str) -> list[str]:
        reading = read_conversation([question], known)
        scope = find_scope(reading, list(documents.values()))
        limbs = search.find(reading, [*scope.own, *scope.below])
        return [
            f"{limb.clause.document_id}: {documents[limb.clause.document_id].text[limb.start : limb.end]}"
            for limb in limbs
        ]

    return found


STANDARDS = ("国际标准", "国家标准", "行业标准")


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize(
    ("role", "act", "figure"),
    [("主导", "制定", "61万元、31万元、18万元"), ("参与", "制定", "24万元、12万元、7万元"), ("主导", "修订", "50%")],
)
def test_role_act_and_standard_stand_together_in_the_limb(find, role, act, standard, figure):
    assert figure in find(f"萧山区{role}{act}{standard}奖励多少")[0]


@pytest.mark.parametrize("standard", STANDARDS)
def test_a_role_that_an_act_is_not_paid_for_finds_nothing(find, standard):
    """Clause 3 pays revising to the lead alone."""
    assert find(f"萧山区参与修订{standard}奖励多少") == []


def test_a_limb_that_names_one_standard_is_not_taken_for_another(find):
    [limb] = find("萧山主导制定团体标准奖励多少")
    assert "4万元" in limb
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
    ("question", "figure"),
    [
        ("萧山承担全国TC秘书处奖励多少", "45万元"),
        ("萧山承担全国SC秘书处奖励多少", "26万元"),
        ("萧山承担全国标准化工作组奖励多少", "9万元"),
        ("萧山4A良好行为奖励多少", "8万元、5万元"),
        ("苏州标准创新贡献奖一等奖多少钱", "38万元"),
        ("苏州主持江苏省地方标准补贴多少", "13万元"),
        ("苏州市主持制定苏州市地方标准补贴多少", "6万元"),
    ],
)
def test_organ_grade_and_level_pick_their_own_limb(find, question, figure):
    limbs = find(question)
    assert figure in limbs[0]
    assert len(limbs) == 1


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("青岛国家级标准化试点扶持多少", "标准化试点\t国家级项目\t22"),
        ("青岛省级标准化试点扶持多少", "省级项目\t11"),
        ("青岛承担山东省级技术委员会秘书处扶持多少", "山东省专业类\t17"),
        ("青岛承担全国技术委员会秘书处扶持多少", "技术委员会秘书处\t全国专业类\t52"),
    ],
)
def test_a_row_is_found_by_the_category_it_takes_over(find, question, row):
    assert find(question) == [f"qingdao-2026: {row}"]


def test_a_yearly_limit_never_answers_for_an_award(find):
    assert not any("210" in limb for limb in find("萧山国家标准奖励多少"))
    assert not any("210" in limb for limb in find("萧山一个单位奖励多少"))


def test_each_of_two_regions_gives_its_own_limb(find):
    limbs = find("萧山和烟台牵头制定国家标准奖励多少")
    assert {limb.split(":")[0] for limb in limbs} == {"xiaoshan-2024", "yantai-undated"}
    assert {figure for figure in ("31万元", "27万元", "29万元", "33万元") if any(figure in one for one in limbs)} == {
        "31万元",
        "27万元",
    }
