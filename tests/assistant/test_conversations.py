"""Conversations over two invented policies: each question takes over what it leaves unsaid, and nothing else.

What each question has to give was read from the policies. A turn is the question and the sums in its answer.
"""

from collections.abc import Iterator

import pytest

from tests.assistant.conftest import MONEY
from tests.assistant.module_policies import Hear, hearing, sums
from tests.assistant.talk_policies import POLICIES

ZHUZHOU, WUHU = "湖南省株洲市", "安徽省芜湖市"
LEADS = ("株洲主导制定国家标准激励多少", [34])
FOUR_A = ("株洲良好行为4A激励多少", [9])
PILOT = ("株洲国家级标准化试点激励多少", [28])


@pytest.fixture(scope="module")
def hear(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hear]:
    with hearing(tmp_path_factory.mktemp("talk"), POLICIES) as heard:
        yield heard


TALKS = {
    "a cost beside a number": [("株洲主导制定国标2项，花了20万元，能拿多少", [68])],
    "what was not done does not count": [("株洲没有参与行标，只主导制定国标1项，一共多少", [34])],
    "none of a thing does not count": [("株洲主导制定国标0项、行标1项，合计多少", [17])],
    "a failed one does not count": [("株洲国家级试点没通过验收，省级试点通过了，能拿多少", [14])],
    "what is announced is not counted twice": [("株洲国标2项，一项主导一项参与，合计多少", [45])],
    "besides is not without": [("株洲除了国标1项，行标2项也是主导制定的，一共多少", [68])],
    "a cost of 万 and 千": [("株洲承办国际会议花了70万8千元，能补多少", [21.24])],
    "one more is added": [("株洲主导制定国标2项，一共多少", [68]), ("再加一项行标呢", [85])],
    "alone after jointly": [("株洲两家并列主导制定国标每家多少", [17]), ("独家主导呢", [34])],
    "two levels": [("株洲国家级试点激励多少", [28]), ("省级和市级呢", [14, 5])],
    "two levels in one": [("株洲省级和市级试点一共多少", [19])],
    "a number alone": [LEADS, ("那2项呢", [68])],
    "a total of another region": [("株洲主导制定国标和4A良好行为一共多少", [43]), ("芜湖呢", [39])],
    "two ranks": [("株洲排名第二、第三的各一项国标，合计多少", [22])],
    "the grade changes": [FOUR_A, ("那5A呢", [13]), ("3A的呢", [4])],
    "the region changes": [FOUR_A, ("芜湖呢", [7]), ("那5A呢", [12]), ("回到株洲呢", [13])],
    "the level changes": [PILOT, ("省级的呢", [14]), ("要是市级呢", [5])],
    "region and level change at once": [PILOT, ("芜湖的省级呢", [10])],
    "region and thing change at once": [LEADS, ("换成芜湖，行业标准", [15])],
    "the role changes": [LEADS, ("参与呢", [11]), ("那行标呢", [6])],
    "the standard changes": [LEADS, ("国际标准呢", [72]), ("行标呢", [17])],
    "the organ changes": [("株洲承担全国TC秘书处激励多少", [42]), ("SC呢", [21])],
    "the number changes": [LEADS, ("2项呢", [68]), ("5项呢", [170])],
    "the number of joint leaders changes": [LEADS, ("那两家并列呢", [17]), ("要是四家并列呢", [8.5])],
    "the cost changes": [("株洲承办国际会议花了60万元，能补多少", [18]), ("要是花了50万元呢", [15])],
    "two things in one follow-up": [LEADS, ("行标和国际标准呢", [17, 72])],
    "two grades in one follow-up": [FOUR_A, ("5A和3A分别多少", [13, 4])],
    "two questions in one follow-up": [LEADS, ("那行标呢？和4A良好行为加起来呢？", [26])],
    "what was asked before is added up": [LEADS, ("行标呢", [17]), ("两个加起来呢", [51])],
    "what was asked before is compared": [FOUR_A, ("跟5A差多少", [4])],
    "a thing is added and summed at once": [LEADS, ("同年又拿了4A良好行为，合计多少", [43]), ("再加一项行标呢", [60])],
    "as many as are told of are added": [LEADS, ("行标呢", [17]), ("还有4A良好行为，三样一共多少", [60])],
    "two of three are added": [LEADS, ("行标呢", [17]), ("再算上4A良好行为，两样一共多少", [26])],
    "what is asked twice counts once": [LEADS, ("真的吗", [34]), ("行标呢", [17]), ("两个加起来呢", [51])],
    "what another did is not added": [
        LEADS,
        ("我同学的厂是参与的，他能拿多少", [11]),
        ("我们还主导了一项行标，光这个呢", [17]),
        ("我们这两笔一共多少", [51]),
    ],
    "it is unclear which two are meant": [LEADS, ("行标呢", [17]), ("国际标准呢", [72]), ("这两笔一共多少", [])],
    "a number put in place of another": [LEADS, ("2项呢", [68]), ("行标呢", [34]), ("一共多少", [102])],
    "another put in its place": [LEADS, ("换成行标", [17]), ("还有4A良好行为，一共多少", [26])],
    "one more joint leader": [("株洲四家并列主导制定国标每家多少", [8.5]), ("再加一家呢", [6.8]), ("退出三家呢", [17])],
    "joint leaders in so many words": [("株洲四家并列主导制定国标每家多少", [8.5]), ("那五家呢", [6.8])],
    "some of those counted": [
        ("株洲主导制定国标3项，一共多少", [102]),
        ("说错了，三项里头有一项是国际标准，另外两项才是国标，一共多少", [140]),
    ],
    "some of those counted, the rest unsaid": [
        ("株洲主导制定国标3项，一共多少", [102]),
        ("三项里头有一项是行标，一共多少", [85]),
    ],
    "some of those in one question": [("株洲主导制定国标3项，其中1项是参与的，一共多少", [79])],
    "a whole that is only announced": [("株洲主导制定3项标准，一项是国标，两项是行标，合计多少", [68])],
    "a part of which nothing else is told": [("株洲主导制定国标3项，其中两项是今年的，一共多少", [102])],
    "the number behind the thing": [("株洲国家级试点激励多少", [28]), ("省级的，两个项目共计多少", [28])],
    "a bare name": [("株洲参与行标激励多少", [6]), ("国标", [11])],
    "a mistake is put right": [LEADS, ("哎，我记岔了，是行标", [17])],
    "a partner's place is not asked about": [LEADS, ("我们跟芜湖一家公司并列第一，能分多少", [17])],
    "another thing drops the one before": [LEADS, ("那承担全国TC秘书处呢", [42]), ("那4A良好行为呢", [9])],
    "another topic is announced": [LEADS, ("换个问题，良好行为4A激励多少", [9])],
    "two regions stay two regions": [("株洲和芜湖主导制定国家标准分别多少", [34, 32]), ("行标呢", [17, 15])],
    "the region stays over a question that names all": [LEADS, ("通过验收的省级标准化试点激励多少", [14])],
}


@pytest.mark.parametrize("talk", TALKS.values(), ids=TALKS)
def test_a_follow_up_changes_what_it_names_and_keeps_the_rest(hear: Hear, talk: list[tuple[str, list[float]]]) -> None:
    answers = hear(*(question for question, _ in talk))
    assert [(answer.question, sums(answer)) for answer in answers] == talk
    assert {answer.status for answer in answers} == {"answered"}


def test_a_change_of_a_number_that_was_not_told_is_asked_about(hear: Hear) -> None:
    _, answer = hear(LEADS[0], "再加一家呢")
    assert (answer.status, sums(answer)) == ("needs_clarification", [])


def test_the_clauses_cited_are_of_the_region_that_was_named_last(hear: Hear) -> None:
    answers = hear(FOUR_A[0], "芜湖呢", "那5A呢", "株洲呢")
    assert [{one.region for one in answer.citations} for answer in answers] == [{ZHUZHOU}, {WUHU}, {WUHU}, {ZHUZHOU}]


def test_a_follow_up_that_no_rule_fits_borrows_no_figure(hear: Hear) -> None:
    elsewhere = [["株洲良好行为3A激励多少", "芜湖呢"], ["株洲参与制定国标激励多少", "芜湖呢"]]
    for talk in (*elsewhere, [LEADS[0], "地方标准呢"]):
        refused = hear(*talk)[-1]
        assert (refused.status, refused.citations) == ("not_found", ())
        assert MONEY.findall(refused.answer) == []


def test_a_split_that_one_region_rules_is_not_taken_to_another(hear: Hear) -> None:
    own, other = hear("株洲两家并列第一主导制定国标，每家多少", "芜湖呢")
    assert sums(own) == [17]
    assert (other.status, sums(other)) == ("not_found", [])


def test_a_question_of_another_sort_is_answered_by_its_own_clause(hear: Hear) -> None:
    _, days = hear(LEADS[0], "评审结果公示几天")
    assert ([one.locator for one in days.citations], sums(days)) == (["第九条"], [])
    assert "8个工作日" in days.answer
    *_, there = hear(LEADS[0], "评审结果公示几天", "芜湖呢")
    assert "12个工作日" in there.answer and "8个工作日" not in there.answer


def test_a_case_that_is_not_paid_for_is_told_in_a_follow_up_too(hear: Hear) -> None:
    _, answer = hear(FOUR_A[0], "复评的呢，激励多少")
    assert ([one.locator for one in answer.citations], sums(answer)) == (["第七条"], [])


# —— answers to what was asked back


@pytest.mark.parametrize(
    ("asked", "reply", "sum_"),
    [
        ("株洲承办国际标准化会议能补多少", "60万元", 18),
        ("株洲承办国际标准化会议能补多少", "一共60万", 18),
        ("株洲几家并列第一主导制定国标，我们能拿多少", "四家", 8.5),
        ("株洲几家并列第一主导制定国标，我们能拿多少", "4", 8.5),
    ],
)
def test_a_bare_figure_is_what_was_asked_for(hear: Hear, asked: str, reply: str, sum_: float) -> None:
    first, then = hear(asked, reply)
    assert first.status == "needs_clarification"
    assert (then.status, sums(then)) == ("answered", [sum_])


ASKED_BACK = {
    "the region": ("主导制定国家标准激励多少", "region", "株洲", [34]),
    "the region, with its province": ("主导制定国家标准激励多少", "region", "湖南省株洲市", [34]),
    "the region, of two things": ("主导制定国标和行标分别激励多少", "region", "芜湖", [32, 15]),
    "the cost": ("株洲承办国际标准化会议能补多少", "base", "花了60万元", [18]),
    "the cost, above the ceiling": ("株洲承办国际标准化会议能补多少", "base", "实际支出是100万元", [24]),
    "the joint leaders": ("株洲几家并列第一主导制定国标，我们能拿多少", "co_leads", "四家并列", [8.5]),
}


@pytest.mark.parametrize(("first", "missing", "reply", "given"), ASKED_BACK.values(), ids=ASKED_BACK)
def test_the_answer_to_a_question_asked_back_completes_the_first(
    hear: Hear, first: str, missing: str, reply: str, given: list[float]
) -> None:
    asks, answer = hear(first, reply)
    assert (asks.status, asks.amounts) == ("needs_clarification", ())
    assert asks.clarification is not None and asks.clarification.missing == (missing,)
    assert (answer.status, sums(answer)) == ("answered", given)


def test_every_option_that_is_offered_can_be_taken_up(hear: Hear) -> None:
    [asks] = hear("良好行为4A激励多少")
    assert asks.clarification is not None and set(asks.clarification.options) == {ZHUZHOU, WUHU}
    taken = {option: sums(hear("良好行为4A激励多少", option)[-1]) for option in asks.clarification.options}
    assert taken == {ZHUZHOU: [9], WUHU: [7]}


def test_a_region_taken_up_stays_for_the_next_question(hear: Hear) -> None:
    *_, last = hear("主导制定国家标准激励多少", "芜湖", "那行标呢")
    assert sums(last) == [15]
