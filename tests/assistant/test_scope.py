"""A document that a question names for certain is the one that answers; one that it only resembles is not named so."""

from collections.abc import Iterator

import pytest

from assistant.reading import read_question
from assistant.scope import Scope, cites_title, find_scope
from corpus.records import PolicyDocument, Region
from tests.assistant.conftest import read_policy
from tests.assistant.module_policies import Hear, hearing, places, sums

YUEYANG_GEAR = """岳阳市渔具互认管理办法
第一条 渔具互认每三年开展一次，评审结果公示11个工作日。
第二条 本办法自2025年1月1日起施行，有效期至2028年12月31日。
"""
YUEYANG = """岳阳市标准化激励办法
第一条 主导制定国家标准的，每项奖励38万元。
第二条 评审结果公示7个工作日。
第三条 本办法自2025年1月1日起施行，有效期至2028年12月31日。
"""
CHANGDE_GEAR = """常德市渔具互认管理办法
第一条 渔具互认每两年开展一次，评审结果公示13个工作日。
第二条 本办法自2025年1月1日起施行，有效期至2028年12月31日。
"""
NATIONAL = """工业和信息化部等九部门关于推进海洋牧场标准提质的意见
一、海洋牧场标准每四年复审一次，复审结果公示17日。
二、本意见自2024年1月1日起施行。
"""
POLICIES = {
    "yueyang-gear": YUEYANG_GEAR,
    "yueyang": YUEYANG,
    "changde-gear": CHANGDE_GEAR,
    "national": NATIONAL,
}
GEAR = "岳阳市渔具互认管理办法"
SEA = "工业和信息化部等九部门关于推进海洋牧场标准提质的意见"
BRAND = "关于印发《绿色食品标准“品牌培植”行动方案（试行）》的通知"
SAILING = "全国“标准助航”行动方案"


@pytest.fixture(scope="module")
def policies() -> list[PolicyDocument]:
    return [read_policy(text, document_id) for document_id, text in POLICIES.items()]


@pytest.fixture(scope="module")
def hear(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hear]:
    with hearing(tmp_path_factory.mktemp("scope"), POLICIES) as heard:
        yield heard


def scope_of(question: str, policies: list[PolicyDocument]) -> Scope:
    known = {document.region for document in policies} - {Region()}
    return find_scope(read_question(question, known), policies)


# —— a title


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("《岳阳市渔具互认管理办法》公示几天", GEAR),
        ("《渔具互认管理办法》公示几天", GEAR),
        ("《绿色食品标准品牌培植行动方案》公示几天", BRAND),
        ("《绿色食品标准“品牌培植”行动方案（试行）》公示几天", BRAND),
        ("《绿色食品标准》公示几天", BRAND),
    ],
)
def test_words_of_a_title_in_its_marks_name_it(question: str, title: str) -> None:
    assert cites_title(question, title)


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("《绿色食品标》公示几天", BRAND),  # five characters; six are enough
        ("《岳阳市渔具互认管理办法实施细则》公示几天", GEAR),
        ("《常德市渔具互认管理办法》公示几天", GEAR),
        ("渔具公示几天", GEAR),
        ("公示几天", GEAR),
    ],
)
def test_other_words_do_not(question: str, title: str) -> None:
    assert not cites_title(question, title)


@pytest.mark.parametrize("said", ["九部门", "9部门", "九个部门", "9个部门", "九部委"])
def test_the_number_of_its_issuers_names_a_title(said: str) -> None:
    assert cites_title(f"{said}的意见怎么说", SEA)


@pytest.mark.parametrize("said", ["八部门", "十部门", "十九部门", "19部门", "部门", "九家单位"])
def test_another_number_of_issuers_does_not(said: str) -> None:
    assert not cites_title(f"{said}的意见怎么说", SEA)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("标准助航是干什么的", True),
        ("“标准助航”是干什么的", True),
        ("标准助是干什么的", False),
        ("助航是干什么的", False),
    ],
)
def test_a_word_that_a_title_quotes_names_it(question: str, named: bool) -> None:
    assert cites_title(question, SAILING) is named


def test_a_leader_in_quotation_marks_stands_in_many_titles_and_names_none() -> None:
    assert not cites_title("岳阳的领跑者怎么评", "岳阳市企业标准“领跑者”评选细则")


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("渔具互认办法公示几天", True),
        ("新出的渔具互认办法公示几天", True),
        ("具互认办法公示几天", True),
        ("互认办法公示几天", False),  # two characters; three are enough
        ("渔具互认意见公示几天", False),  # another sort of document
        ("渔具互认公示几天", False),  # no sort of document
        ("网具互换办法公示几天", False),
    ],
)
def test_some_characters_of_a_title_with_its_sort_name_it(question: str, named: bool) -> None:
    assert cites_title(question, GEAR) is named


@pytest.mark.parametrize("name", ["标准化激励", "质量奖励", "岳阳市", "领跑者评选"])
def test_words_of_many_titles_are_no_short_name(name: str) -> None:
    assert not cites_title(f"{name}办法公示几天", f"{name}实施办法")


# —— the scope of a question


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("《岳阳市渔具互认管理办法》公示几天", ["yueyang-gear"]),
        ("岳阳的渔具互认办法公示几天", ["yueyang-gear"]),
        ("常德的渔具互认办法公示几天", ["changde-gear"]),
        ("九部门的意见里公示几天", ["national"]),
        ("岳阳想知道九部门的意见里公示几天", ["national"]),
    ],
)
def test_a_document_named_for_certain_is_sure(policies: list[PolicyDocument], question: str, named: list[str]) -> None:
    scope = scope_of(question, policies)
    assert ([document.id for document in scope.named], scope.is_sure, scope.is_meant) == (named, True, True)


@pytest.mark.parametrize(
    ("question", "named", "meant"),
    [
        ("渔具互认办法公示几天", ["yueyang-gear", "changde-gear"], True),  # of two places, and none is named
        ("海洋牧场标准提质怎么说", ["national"], False),
        ("海洋牧场标准提质的方案怎么说", ["national"], True),
        ("岳阳市渔具互认公示几天", ["yueyang-gear"], False),
        ("岳阳公示几天", [], False),
        ("岳阳的办法公示几天", [], False),
    ],
)
def test_a_title_that_is_only_resembled_is_not(
    policies: list[PolicyDocument], question: str, named: list[str], meant: bool
) -> None:
    scope = scope_of(question, policies)
    assert ([document.id for document in scope.named], scope.is_sure, scope.is_meant) == (named, False, meant)


# —— in answers


@pytest.mark.parametrize(
    ("question", "days", "place"),
    [
        ("《岳阳市渔具互认管理办法》评审结果公示几天", 11, ("岳阳市", "第一条")),
        ("岳阳渔具互认办法的评审结果公示几天", 11, ("岳阳市", "第一条")),
        ("《岳阳市标准化激励办法》评审结果公示几天", 7, ("岳阳市", "第二条")),
        ("常德的渔具互认办法里评审结果公示几天", 13, ("常德市", "第一条")),
        ("九部门的意见里复审结果公示几天", 17, ("全国", "一、")),
        ("岳阳，九部门的意见里复审结果公示几天", 17, ("全国", "一、")),
    ],
)
def test_the_document_that_is_named_answers(hear: Hear, question: str, days: int, place: tuple[str, str]) -> None:
    [answer] = hear(question)
    assert (answer.status, places(answer)) == ("answered", [place])
    assert str(days) in answer.answer


def test_a_named_document_borrows_no_sum_from_another_of_its_place(hear: Hear) -> None:
    own, other = (hear(f"{title}主导制定国标奖励多少")[0] for title in ("《岳阳市标准化激励办法》", f"《{GEAR}》"))
    assert (own.status, sums(own)) == ("answered", [38])
    assert (other.status, sums(other), other.citations) == ("not_found", [], ())
