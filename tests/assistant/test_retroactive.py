"""What was achieved before the day from which a policy pays is not paid for; without such a day everything is."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from assistant.compose import Composer
from assistant.retroactive import Retroactivity, told_day
from assistant.texts import Texts
from tests.assistant.conftest import MONEY
from tests.assistant.module_policies import DAY, Hear, hearing, places, sums

TextsOf = Callable[[str], Texts]
POLICY = """{region}标准化激励细则
第一条 主导制定国家标准、行业标准的，每项分别奖励{sums}万元。
第二条 良好行为评价达到AAAA级的企业，奖励{award}万元。
第三条 {sentence}
第四条 本细则自2024年3月1日起施行，有效期至2028年12月31日。
"""
FROM_FORCE = "本细则生效前取得的成果，不予奖励。"
FROM_JULY = "本细则对2023年7月1日以后发布的标准具有溯及力。"
SILENT = "申请表由市市场监管局标准化科受理。"
POLICIES = {
    "yiyang-2024": POLICY.format(region="益阳市", sums="38万元、21", award=8, sentence=FROM_FORCE),
    "shaoyang-2024": POLICY.format(region="邵阳市", sums="39万元、22", award=9, sentence=FROM_JULY),
    "yongzhou-2024": POLICY.format(region="永州市", sums="41万元、23", award=7, sentence=SILENT),
}


@pytest.fixture(scope="module")
def hear(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hear]:
    with hearing(tmp_path_factory.mktemp("retroactive"), POLICIES) as heard:
        yield heard


def told_off(texts_of: TextsOf, sentence: str, *months: str) -> list[str]:
    """The months in which a standard was published too early by a policy with some sentence."""
    texts = texts_of(POLICY.format(region="益阳市", sums="38万元、21", award=8, sentence=sentence))
    pays = Retroactivity(texts, texts.documents)
    documents = list(texts.documents.values())
    return [one for one in months if pays.say(f"{one}发布的国标奖励多少", documents, Composer(texts, DAY))]


# —— what a policy says


@pytest.mark.parametrize(
    "sentence",
    [
        FROM_FORCE,
        "本细则施行之日前获得的奖项，不再给予奖励。",
        "在本细则施行前发布的标准，不适用本细则。",
        "本细则印发以前认定的试点，不享受上述奖励。",
        "实施之前通过验收的项目不予奖励。",
    ],
)
def test_what_came_before_the_policy_was_in_force_is_not_paid_for(texts_of: TextsOf, sentence: str) -> None:
    assert told_off(texts_of, sentence, "2023年12月", "2024年2月", "2024年3月") == ["2023年12月", "2024年2月"]


@pytest.mark.parametrize(
    ("sentence", "early"),
    [
        (FROM_JULY, ["2022年12月", "2023年6月"]),
        ("对2023年7月1日之后获得的证书，本细则有溯及力。", ["2022年12月", "2023年6月"]),
        ("对2023年1月1日起取得的成果溯及适用。", ["2022年12月"]),
    ],
)
def test_a_day_that_the_policy_names_counts_and_not_that_of_its_coming_into_force(
    texts_of: TextsOf, sentence: str, early: list[str]
) -> None:
    assert told_off(texts_of, sentence, "2022年12月", "2023年6月", "2023年7月", "2024年2月") == early


@pytest.mark.parametrize(("day", "early"), [("6月29日", False), ("6月30日", False), ("7月1日", True)])
def test_a_month_that_holds_the_day_is_not_too_early(texts_of: TextsOf, day: str, early: bool) -> None:
    assert told_off(texts_of, f"本细则对2023年{day}起取得的成果溯及适用。", "2023年6月") == ["2023年6月"] * early


@pytest.mark.parametrize(
    "sentence",
    [
        SILENT,
        "本细则施行前取得的成果，照样给予奖励。",
        "本细则施行前已经提交的申请，不予退回。",
        "弄虚作假的单位，不予奖励。",
        "原细则自本细则施行之日起不再执行。",
    ],
)
def test_a_policy_that_sets_no_such_day_turns_nothing_away(texts_of: TextsOf, sentence: str) -> None:
    assert told_off(texts_of, sentence, "2019年1月", "2024年2月") == []


def test_a_policy_without_a_day_of_its_own_turns_nothing_away(texts_of: TextsOf) -> None:
    texts = texts_of(f"益阳市标准化激励细则\n第一条 主导制定国家标准的，奖励38万元。\n第二条 {FROM_FORCE}")
    pays = Retroactivity(texts, texts.documents)
    assert not pays.say("2019年发布的国标奖励多少", texts.documents.values(), Composer(texts, DAY))


def test_only_documents_that_are_asked_about_and_grant_awards_are_looked_at(texts_of: TextsOf) -> None:
    texts = texts_of(POLICIES["yiyang-2024"])
    composer = Composer(texts, DAY)
    asked = "2023年发布的国标奖励多少"
    assert not Retroactivity(texts, texts.documents).say(asked, [], composer)
    assert not Retroactivity(texts, []).say(asked, texts.documents.values(), composer)
    assert (composer.text(), composer.citations()) == ("", ())


# —— what a question tells


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("2023年11月发布的国标奖励多少", date(2023, 11, 30)),
        ("国标2024年2月批准，奖励多少", date(2024, 2, 29)),
        ("国标2023年2月批准，奖励多少", date(2023, 2, 28)),
        ("2023年通过验收的试点奖励多少", date(2023, 12, 31)),
        ("2023年底拿到了证书", date(2023, 12, 31)),
        ("2023年5月份获评4A", date(2023, 5, 31)),
        ("2022年立项、2023年4月发布的国标", date(2023, 4, 30)),
        ("2023年5月发布，同样是2023年5月获评", date(2023, 5, 31)),
    ],
)
def test_the_last_day_of_the_month_or_year_told_is_the_day(question: str, day: date) -> None:
    assert told_day(question) == day


@pytest.mark.parametrize(
    "question",
    [
        "主导制定国标奖励多少",
        "按2023年的细则，国标奖励多少",
        "2023年度的申报什么时候开始",
        "2023年13月发布的国标",
        "2023年0月发布的国标",
        "2023年发布了一项，2024年又获评一项",
        "预计2026年能发布",
    ],
)
def test_a_question_that_tells_no_single_time_of_an_achievement_has_no_day(question: str) -> None:
    assert told_day(question) is None


# —— in answers


@pytest.mark.parametrize("told", ["2023年6月", "2023年", "2024年2月"])
def test_what_came_too_early_is_answered_by_the_clause_and_without_a_sum(hear: Hear, told: str) -> None:
    [answer] = hear(f"益阳主导制定的国标{told}发布，奖励多少")
    assert (answer.status, sums(answer), places(answer)) == ("answered", [], [("益阳市", "第三条")])
    assert "2024年3月1日" in answer.answer and "不予" in answer.answer
    assert MONEY.findall(answer.answer) == []


@pytest.mark.parametrize(
    ("question", "paid"),
    [
        ("益阳主导制定的国标2024年3月发布，奖励多少", 38),
        ("益阳主导制定的国标2024年发布，奖励多少", 38),
        ("益阳主导制定国标奖励多少", 38),
        ("邵阳主导制定的国标2023年7月发布，奖励多少", 39),
        ("邵阳主导制定的国标2024年2月发布，奖励多少", 39),
        ("永州主导制定的国标2019年发布，奖励多少", 41),
        ("永州2024年2月获得4A良好行为，奖励多少", 7),
    ],
)
def test_what_came_in_time_or_where_no_day_is_set_is_paid(hear: Hear, question: str, paid: float) -> None:
    [answer] = hear(question)
    assert (answer.status, sums(answer)) == ("answered", [paid])


def test_the_day_that_a_policy_names_is_told(hear: Hear) -> None:
    [answer] = hear("邵阳主导制定的国标2023年6月发布，奖励多少")
    assert (sums(answer), places(answer)) == ([], [("邵阳市", "第三条")])
    assert "2023年7月1日" in answer.answer and "2024年3月1日" not in answer.answer
