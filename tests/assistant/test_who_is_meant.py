"""Who is meant: a person or a unit, the asker or another who leads, who made a standard or who revised it."""

from collections.abc import Iterator

import pytest

from tests.assistant.module_policies import Hear, hearing, sums

JINGMEN = """荆门市标准化奖励办法
第一条 主持起草国家标准、行业标准的单位，每项分别奖励42万元、22万元；\
主持修订国家标准、行业标准的单位，每项分别奖励21万元、11万元。
第二条 作为第二、第三起草单位参与制定国际标准、国家标准、行业标准的，每项分别奖励12万元、8万元、4万元。
第三条 获得省质量奖的单位，奖励50万元；获得省质量奖的个人，奖励5万元；获得省质量奖提名奖的单位，奖励20万元。
第四条 本办法自2025年1月1日起施行，有效期至2028年12月31日。
"""


@pytest.fixture(scope="module")
def hear(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hear]:
    with hearing(tmp_path_factory.mktemp("meant"), {"jingmen-2025": JINGMEN}) as heard:
        yield heard


@pytest.mark.parametrize(
    ("question", "paid"),
    [
        ("荆门我个人获得省质量奖，奖多少", [5]),
        ("荆门，我是一线员工，个人得了省质量奖，奖多少", [5]),
        ("荆门我们公司获得省质量奖，奖多少", [50]),
        ("荆门我们公司获得省质量奖提名奖，奖多少", [20]),
    ],
)
def test_a_person_and_a_unit_have_awards_of_their_own(hear: Hear, question: str, paid: list[float]) -> None:
    [answer] = hear(question)
    assert (answer.status, sums(answer)) == ("answered", paid)


@pytest.mark.parametrize(
    "question",
    ["荆门我个人获得省质量奖提名奖，奖多少", "荆门，我是一线员工，个人得了省质量奖提名奖，这20万能发给我本人吗"],
)
def test_what_units_are_paid_is_not_told_to_a_person(hear: Hear, question: str) -> None:
    [answer] = hear(question)
    assert (answer.status, sums(answer)) == ("not_found", [])


@pytest.mark.parametrize(
    ("question", "paid"),
    [
        ("一项制定的行标，第一起草是武汉的公司，我们荆门的公司排第三，荆门给我们多少", [4]),
        ("荆门，行标制定，牵头的是外地一家研究院，我们排第二，给多少", [4]),
        ("荆门，国标制定，第一起草单位是我们公司，给多少", [42]),
        ("荆门 国标 制定 第二起草单位 多少", [8]),
        ("荆门 国标 制定 第三起草单位 多少", [8]),
    ],
)
def test_who_leads_may_be_another(hear: Hear, question: str, paid: list[float]) -> None:
    [answer] = hear(question)
    assert (answer.status, sums(answer)) == ("answered", paid)


@pytest.mark.parametrize(
    ("question", "paid"),
    [("荆门 行标 主持修订 多少", [11]), ("荆门 国标 主持修订", [21]), ("荆门主持制定行业标准给多少", [22])],
)
def test_of_revising_only_what_is_paid_for_it_is_told(hear: Hear, question: str, paid: list[float]) -> None:
    [answer] = hear(question)
    assert (answer.status, sums(answer)) == ("answered", paid)


def test_a_fourth_has_nothing(hear: Hear) -> None:
    [answer] = hear("荆门 国标 制定 第四起草单位 多少")
    assert (answer.status, sums(answer)) == ("answered", [])
    assert "没有给排名第4位" in answer.answer
