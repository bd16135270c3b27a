"""A follow-up that counts what was told before adds it up; what it only mentions by the way is no other thing.

The sums are of talk_policies.py; 芜湖's pays the first drafter alone.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.following import follow, those_before
from assistant.stated import Stated, Story, read_story
from tests.assistant.module_policies import Hear, hearing, places, sums
from tests.assistant.talk_policies import POLICIES

LEADS = "株洲主导制定国标激励多少"  # 34
FOUR_A = "良好行为4A激励多少"  # 9
SEAT = "承担全国TC秘书处激励多少"  # 42


@pytest.fixture(scope="module")
def hear(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hear]:
    with hearing(tmp_path_factory.mktemp("following"), POLICIES) as heard:
        yield heard


def things(story: Story) -> list[str]:
    """What the parts of a story are about."""
    return [dict(part.names).get("standard") or dict(part.names).get("item", "") for part in story.parts]


# —— those told of before


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("这两样都成了，另外还有省级试点1个，一共多少", 2),
        ("那两样都成了，另外还有省级试点1个，一共多少", 2),
        ("前面三样都成了，另外还有省级试点1个，一共多少", 3),
        ("上面的2项都成了，另外还有省级试点1个，一共多少", 2),
        ("刚才说的两件都成了，另外还有省级试点1个，一共多少", 2),
        ("这4笔都到账了，另外还有省级试点1个，一共多少", 4),
        ("这三样都成了，另外还有省级试点、行标各1项，一共多少", 3),
    ],
)
def test_those_told_of_before_are_counted(text: str, count: int) -> None:
    assert those_before(read_story(text)) == count


@pytest.mark.parametrize(
    "text",
    [
        "这两样都成了，一共多少",  # names nothing beside them
        "这两样，省级试点和行标，一共多少",  # names them itself
        "这两家单位还有省级试点，一共多少",
        "这两个人负责省级试点，一共多少",
        "两样都成了，另外还有省级试点1个，一共多少",
        "这一样成了，另外还有省级试点1个，一共多少",
        "这5样都成了，另外还有省级试点1个，一共多少",
        "另外还有省级试点1个，一共多少",
    ],
)
def test_other_words_count_nothing_told_before(text: str) -> None:
    assert those_before(read_story(text)) == 0


@pytest.mark.parametrize(("told", "added"), [(1, False), (2, True), (3, True)])
def test_only_as_many_as_were_told_of_are_added(told: int, added: bool) -> None:
    asked = [read_story(text) for text in ("主导制定行标多少", "主导制定国标多少", "4A良好行为多少")[3 - told :]]
    earlier = asked[0]
    for story in asked[1:]:
        earlier = replace(story, before=(*earlier.before, *earlier.parts))
    whole = follow(earlier, read_story("这两样都成了，另外还有省级试点1个，多少"))
    assert things(whole) == [*(["国家标准", "标准化良好行为"] if added else []), "试点示范"]


@pytest.mark.parametrize(
    ("talk", "total"),
    [
        ([LEADS, FOUR_A, "这两样都成了，另外还有省级试点1个，一共多少"], 57),
        ([LEADS, FOUR_A, "那两项都成了，另外还有省级试点1个，合计多少"], 57),
        ([LEADS, FOUR_A, "这两样都成了，一共多少"], 43),
        ([LEADS, FOUR_A, "另外还有省级试点1个，多少"], 14),
        ([LEADS, FOUR_A, SEAT, "这两样都成了，另外还有省级试点1个，一共多少"], 65),
        ([LEADS, FOUR_A, SEAT, "这三样都成了，另外还有省级试点1个，一共多少"], 99),
        ([LEADS, FOUR_A, "评审结果公示几天", "这两样都成了，另外还有省级试点1个，一共多少"], 57),
        (["株洲主导制定国标2项、行标1项，一共多少", "这两样都成了，另外还有省级试点1个，一共多少"], 99),
        ([LEADS, FOUR_A, "要是在芜湖，这两样都成了，另外还有省级试点1个，一共多少"], 49),
    ],
)
def test_what_was_told_of_before_is_added_to_the_sum(hear: Hear, talk: list[str], total: float) -> None:
    *_, answer = hear(*talk)
    assert (answer.status, sums(answer)) == ("answered", [total])


# —— a part without a name


def test_a_part_without_a_name_is_no_other_thing() -> None:
    story = read_story("那行标呢")
    by_the_way = Stated(text="两位工程师各当一个", count=2, counted=True)
    whole = follow(read_story("主导制定国标多少"), replace(story, parts=(*story.parts, by_the_way)))
    assert things(whole) == ["行业标准"]
    assert ("role", "主导") in whole.parts[0].names


def test_where_no_part_has_a_name_they_stay() -> None:
    alone = replace(read_story("多少"), parts=(Stated(text="甲类3张", count=3, counted=True),))
    whole = follow(read_story("主导制定国标多少"), alone)
    assert [part.count for part in whole.parts] == [3]


@pytest.mark.parametrize(
    ("talk", "paid"),
    [
        ([LEADS, "那国际标准呢，我们两位工程师各当一个秘书"], [72]),
        ([LEADS, "那行标呢，另外工程师各写了三个章节"], [17]),
        (["株洲承担全国TC秘书处激励多少", "那SC呢，两位工程师各当一个召集人"], [21]),
        ([LEADS, "那三位工程师各写一章呢"], [34]),
    ],
)
def test_people_told_of_by_the_way_change_no_sum(hear: Hear, talk: list[str], paid: list[float]) -> None:
    *_, answer = hear(*talk)
    assert (answer.status, sums(answer)) == ("answered", paid)


# —— a later drafter, where only the first is paid


@pytest.mark.parametrize(
    ("question", "paid", "unpaid"),
    [
        ("芜湖主导制定国标1项，行标1项排第二，一共多少", 32, 2),
        ("芜湖国标1项排第一，行标1项排第三，一共多少", 32, 3),
        ("芜湖行标1项排第二，主导制定国标1项，一共多少", 32, 2),
        ("芜湖主导制定国标2项、国际标准1项，行标1项排第二，一共多少", 130, 2),
        ("芜湖行标1项排第二，4A良好行为1个，一共多少", 7, 2),
    ],
)
def test_a_later_drafter_adds_nothing_and_is_told_so(hear: Hear, question: str, paid: float, unpaid: int) -> None:
    [answer] = hear(question)
    assert (answer.status, sums(answer)) == ("answered", [paid])
    assert f"没有给排名第{unpaid}位的奖补" in answer.answer and ("芜湖市", "第一条") in places(answer)


@pytest.mark.parametrize(
    ("question", "paid"),
    [("株洲主导制定国标1项，行标1项排第二，一共多少", 40), ("株洲国标1项排第一，行标1项排第三，一共多少", 40)],
)
def test_where_later_drafters_are_paid_they_are_added(hear: Hear, question: str, paid: float) -> None:
    [answer] = hear(question)
    assert (answer.status, sums(answer)) == ("answered", [paid])


def test_a_later_drafter_alone_is_paid_nothing(hear: Hear) -> None:
    [answer] = hear("芜湖行标1项排第二，能拿多少")
    assert (answer.status, sums(answer)) == ("not_found", [])
