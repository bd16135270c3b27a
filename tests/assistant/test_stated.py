"""What an asker states towards a sum: what was done, how often, at what rank, and what a follow-up keeps of it."""

import pytest

from assistant.following import follow
from assistant.stated import Story, Wanted, read_story


def parts(story: Story) -> list[tuple[int, int, set[str]]]:
    """Number, rank and names of each thing done."""
    return [(part.count, part.rank, {name for _, name in part.names}) for part in story.parts]


def names(text: str) -> list[set[str]]:
    return [each for _, _, each in parts(read_story(text))]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("主导制定国家标准2项、行业标准3项，一共多少", [2, 3]),
        ("主导制定2项国家标准、3项行业标准，一共多少", [2, 3]),
        ("主导制定两项国标和一项行标，合计多少", [2, 1]),
        ("国际标准和国家标准各两项，一共多少", [2, 2]),
        ("主导制定国际标准x2、国家标准×3，总计多少", [2, 3]),
        ("国家级试点3个、省级试点1个，合计多少", [3, 1]),
        ("员工300人，2025年3月主导制定国标1项", [1]),
        ("主导制定国家标准，第三条怎么规定", [1]),
        ("主导制定五项团体标准，其中三项是今年的，合计多少", [5]),
        ("主导制定两项国家标准，听说能拿80万元", [2]),
    ],
)
def test_each_thing_done_has_its_own_number(text: str, counts: list[int]) -> None:
    assert [count for count, _, _ in parts(read_story(text))] == counts


def test_a_thing_done_takes_over_what_is_said_once_for_all() -> None:
    assert names("主导制定国家标准2项，行业标准3项，一共多少") == [
        {"主导", "制定", "国家标准"},
        {"主导", "制定", "行业标准"},
    ]
    assert names("国家标准2项、行业标准1项，都是主导制定，合计多少") == [
        {"主导", "制定", "国家标准"},
        {"主导", "制定", "行业标准"},
    ]


def test_a_thing_done_keeps_its_own_role_and_act() -> None:
    assert names("主导国标一项，参与行标两项，合计多少") == [{"主导", "国家标准"}, {"参与", "行业标准"}]
    assert names("主导修订行标两项和制定行标一项，一共多少") == [
        {"主导", "修订", "行业标准"},
        {"主导", "制定", "行业标准"},
    ]


def test_what_is_of_another_sort_takes_over_nothing_of_drafting() -> None:
    assert names("主导制定国标和4A良好行为一共多少") == [{"主导", "制定", "国家标准"}, {"4A", "标准化良好行为"}]
    assert names("国家级试点和主导制定国标一共多少")[0] == {"国家级", "试点示范"}


@pytest.mark.parametrize(
    ("text", "ranks"),
    [
        ("国标两项分别排第2位和第3位，合计多少", [2, 3]),
        ("参与制定国家标准，排名第2位和第4位，各得多少", [2, 4]),
        ("国标排第三", [3]),
        ("我们是第二起草单位，国家标准多少", [2]),
        ("主导制定国标多少", [0]),
    ],
)
def test_each_rank_is_a_thing_done_of_its_own(text: str, ranks: list[int]) -> None:
    assert [rank for _, rank, _ in parts(read_story(text))] == ranks


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("主导制定国标、行标，一共多少", Wanted.TOTAL),
        ("主导制定国标、行标，分别多少", Wanted.EACH),
        ("主导制定国标、行标，分别多少，合计多少", Wanted.EACH_AND_TOTAL),
        ("已经领了20万元，还能拿多少", Wanted.LEFT),
        ("5A比4A多多少", Wanted.GAP),
        ("奖励里给个人的最多多少", Wanted.STAFF),
        ("4A升5A补多少差额", Wanted.TOTAL),
    ],
)
def test_what_is_to_be_worked_out_is_told(text: str, wanted: Wanted) -> None:
    assert read_story(text).wanted is wanted


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("主导制定国标奖励多少", False),
        ("主导制定国标和行标分别多少", False),
        ("主导制定国标和行标一共多少", True),
        ("主导制定国标2项多少", True),
        ("三家并列主导制定国标多少", True),
        ("承办国际会议花了60万元，能补多少", True),
        ("市县两级加起来多少", True),
        ("4A升5A补多少差额", True),
    ],
)
def test_a_claim_is_what_no_clause_prints(text: str, claim: bool) -> None:
    assert read_story(text).is_claim is claim


def test_joint_leaders_rate_and_sums_are_the_storys() -> None:
    story = read_story("三家并列主导制定国标，贷款800万元，LPR是3.1%，已领5万元，按6:4分")
    assert (story.co_leads, str(story.interest), str(story.part)) == (3, "0.031", "0.6")
    assert [(one.role, int(one.yuan)) for one in story.sums] == [("base", 8_000_000), ("received", 50_000)]


def test_a_rule_quoted_by_the_asker_states_nothing() -> None:
    assert read_story("“主导制定2项国标的奖80万元”，这句怎么理解").parts == ()
    assert read_story("“主导制定2项国标的奖80万元”，这句怎么理解").sums == ()


# —— follow-ups

FIRST = read_story("主导制定国标，三家并列，多少")


def test_a_follow_up_names_one_thing_anew_and_keeps_the_rest() -> None:
    assert parts(follow(FIRST, read_story("那参与呢"))) == [(1, 0, {"参与", "制定", "国家标准"})]
    assert parts(follow(FIRST, read_story("那行标呢"))) == [(1, 0, {"主导", "制定", "行业标准"})]
    assert parts(follow(FIRST, read_story("2项呢"))) == [(2, 0, {"主导", "制定", "国家标准"})]


def test_a_follow_up_of_two_things_completes_both() -> None:
    assert parts(follow(FIRST, read_story("行标和国际标准呢"))) == [
        (1, 0, {"主导", "制定", "行业标准"}),
        (1, 0, {"主导", "制定", "国际标准"}),
    ]


def test_joint_leaders_are_kept_for_the_same_thing_and_not_for_another() -> None:
    assert follow(FIRST, read_story("2项呢")).co_leads == 3
    assert follow(FIRST, read_story("那五家并列呢")).co_leads == 5
    assert follow(FIRST, read_story("那4A良好行为呢")).co_leads == 0


def test_a_thing_of_another_sort_keeps_nothing_of_the_one_before() -> None:
    assert parts(follow(FIRST, read_story("那国家级试点呢"))) == [(1, 0, {"国家级", "试点示范"})]
    assert parts(follow(FIRST, read_story("那全国TC秘书处呢"))) == [(1, 0, {"国家级", "技术委员会", "秘书处"})]


def test_a_cost_is_kept_and_a_sum_believed_in_is_not() -> None:
    earlier = read_story("承办国际会议花了60万元，听说补30万元吧")
    assert [(one.role, int(one.yuan)) for one in follow(earlier, read_story("那两次呢")).sums] == [("base", 600_000)]
    assert [int(one.yuan) for one in follow(earlier, read_story("要是花了90万元呢")).sums] == [900_000]


def test_all_that_was_named_is_added_where_a_total_is_asked_for() -> None:
    second = follow(read_story("主导制定国标多少"), read_story("行标呢"))
    assert [each for _, _, each in parts(follow(second, read_story("两个加起来呢")))] == [
        {"主导", "制定", "国家标准"},
        {"主导", "制定", "行业标准"},
    ]
