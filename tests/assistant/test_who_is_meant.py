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
        ("荆门本人的公司获得省质量奖提名奖，奖多少", [20]),
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


SERVING = """咸宁市标准化资助办法
第一条 承担国家级标准化试点项目的单位，资助40万元。
第二条 协助完成国家级标准化试点项目的标准化专业服务机构，资助9万元。
第三条 通过验收的省级、市级标准化试点项目，分别一次性给予5元、3万元的资助。
第四条 本办法自2025年1月1日起施行，有效期至2028年12月31日。
"""


@pytest.fixture(scope="module")
def hear_xianning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hear]:
    policies = {"xianning-2025": SERVING, "jingmen-2025": JINGMEN}
    with hearing(tmp_path_factory.mktemp("serving"), policies) as heard:
        yield heard


@pytest.mark.parametrize(
    ("question", "paid"),
    [
        ("我们是荆门的标准化服务公司，帮咸宁A厂完成了国家级试点，咸宁补我们多少", [9]),
        ("咸宁国家级标准化试点补多少", [40]),
        ("咨询老师帮我们公司完成了国家级试点，咸宁补我们多少", [40]),
    ],
)
def test_who_helps_is_paid_as_a_helper_by_the_place_that_is_asked(
    hear_xianning: Hear, question: str, paid: list[float]
) -> None:
    [answer] = hear_xianning(question)
    assert (answer.status, sums(answer)) == ("answered", paid)


@pytest.mark.parametrize(
    "question", ["咸宁省级试点、市级试点各一个都过了验收，一共多少", "咸宁省级试点2个过了验收，一共多少"]
)
def test_what_looks_misprinted_is_added_to_nothing(hear_xianning: Hear, question: str) -> None:
    [answer] = hear_xianning(question)
    assert "疑似有误" in answer.answer and "5元" in answer.answer
    assert "合计" not in answer.answer.split("以上是单项的规定")[0]
    assert sums(answer) == []
