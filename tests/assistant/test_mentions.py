"""What a question mentions, in order, and which mentions belong to one thing done."""

import pytest

from assistant.figures import find_sums
from assistant.grouping import carry_over, group
from assistant.mentions import find_tokens
from assistant.rewording import reword


def tokens(text: str, *kinds: str) -> list[str]:
    """The names of the mentions of some kinds; of all of them, where none is given."""
    plain = reword(text)
    return [one.name for one in find_tokens(plain, find_sums(plain)) if not kinds or one.kind in kinds]


def groups(text: str) -> list[set[str]]:
    plain = reword(text)
    return [set(one.own.values()) for one in carry_over(group(find_tokens(plain, find_sums(plain)), plain), plain)]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        *[("国标2项", ["2"]), ("两个国标", ["2"]), ("三十项团标", ["30"]), ("国标1、行标2", ["1", "2"])],
        *[("国标×3", ["3"]), ("领跑者产品4个", ["4"]), ("3名委员", ["3"]), ("国际会议2场", ["2"])],
        *[("员工200人", []), ("第2项", []), ("每项多少", []), ("2个工作日", []), ("3个月", []), ("5个城市", [])],
        *[("一个产品奖5万元", []), ("一项都没有", []), ("0项", []), ("2025年", []), ("GB/T 20000", [])],
        *[("每个产品算一项", []), ("票据一张张对过", []), ("国标一项项做了3项", ["3"])],
    ],
)
def test_numbers_of_things_done_are_counts_and_other_numbers_are_not(text: str, counts: list[str]) -> None:
    assert tokens(text, "count", "each") == counts


@pytest.mark.parametrize(
    ("text", "ranks"),
    [
        *[("排名第2位", ["2"]), ("排第三", ["3"]), ("第二起草单位", ["2"]), ("位列第四", ["4"])],
        *[
            ("排名第十位", ["10"]),
            ("第1、2、3位", ["1", "2", "3"]),
            ("第2位和第5位", ["2", "5"]),
            ("第二至第四位都是我们", ["2", "3", "4"]),
        ],
        *[("第二条", []), ("第三章", []), ("第2项国标", []), ("不是排第二", []), ("2位专家", []), ("前三名", [])],
        *[("第一位老师生病，第二位出国", []), ("第一位专家来过，第二位起草单位是我们", ["2"])],
    ],
)
def test_ranks_among_the_drafters_are_told_from_other_ordinals(text: str, ranks: list[str]) -> None:
    assert tokens(text, "rank") == ranks


def test_mentions_come_in_order_and_stand_where_they_are_said() -> None:
    plain = reword("参与国标2项，排第3位，4A良好行为")
    found = find_tokens(plain, ())
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert [one.name for one in found] == ["参与", "国家标准", "2", "3", "4A", "标准化良好行为"]
    assert all(plain[one.start : one.end] == one.form for one in found if one.kind in ("standard", "role", "item"))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("不是国家标准，是行业标准", ["行业标准"]),
        ("国家标准没做，行业标准做了", ["行业标准"]),
        ("除了国家标准，还有行业标准", ["行业标准"]),
        ("国家标准化管理委员会", []),
        ("国家标准创新贡献奖", []),
        ("企业标准领跑者", []),
        ("国标、行标", ["国家标准", "行业标准"]),
    ],
)
def test_a_standard_that_is_denied_or_only_part_of_a_name_is_not_meant(text: str, named: list[str]) -> None:
    assert tokens(text, "standard") == named


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("浙江省级试点", ["省级"]),
        ("市级财政出多少", []),
        ("市级试点", ["市级"]),
        ("国家级和省级试点", ["国家级", "省级"]),
        ("萧山区省级试点", ["省级"]),  # the district pays for one of the province
        ("苏州省级的分技术委员会秘书处", ["省级"]),
        ("黄埔区市级质量奖", ["市级"]),
        ("浙江省的试点", ["省级"]),
    ],
)
def test_a_level_is_of_an_award_and_not_of_a_budget(text: str, levels: list[str]) -> None:
    assert tokens(text, "level") == levels


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("主导制定国标", [{"主导", "制定", "国家标准"}]),
        ("主导制定国标，这项国标奖多少", [{"主导", "制定", "国家标准"}]),
        ("国标和行标", [{"国家标准"}, {"行业标准"}]),
        ("4A和5A良好行为", [{"4A", "标准化良好行为"}, {"5A", "标准化良好行为"}]),
        ("国家级和省级试点", [{"国家级", "试点示范"}, {"省级", "试点示范"}]),
        ("全国TC秘书处和全国SC秘书处", [{"国家级", "技术委员会", "秘书处"}, {"国家级", "分技术委员会", "秘书处"}]),
        ("主导国标；参与行标", [{"主导", "国家标准"}, {"参与", "行业标准"}]),
        ("两个国标：一个制定，一个修订", [{"国家标准", "制定"}, {"国家标准", "修订"}]),
        ("评审公示几天", []),
    ],
)
def test_what_belongs_together_is_one_thing_done(text: str, expected: list[set[str]]) -> None:
    assert groups(text) == expected


def test_a_thing_that_the_vocabulary_has_no_name_for_is_a_thing_of_its_own() -> None:
    plain = reword("主导制定国标1项，另外我们的木雕技艺入选名录1项，一共多少")
    read = carry_over(group(find_tokens(plain, ()), plain), plain)
    assert [one.unnamed for one in read] == [False, True]
    assert "国家标准" not in read[1].own.values()
