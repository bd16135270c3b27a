"""A sum received for the very thing asked about is taken off its award, not off a limit of the year.

From another purse, in advance, or before a standard was converted: the difference where the policy grants one, and no
sum where it does not.
"""

from collections.abc import Iterator

import pytest

from assistant.paid_elsewhere import is_of_the_same
from corpus.records import Region
from tests.assistant.module_policies import Hear, hearing, sums

ROWS = """第一条 主导制定国家标准、行业标准的，每项分别奖励40万元、20万元；主导制定团体标准的，每项奖励3万元。
第二条 同一单位每年奖励总额不超过150万元。
{rule}
第四条 本办法自2025年1月1日起施行，有效期至2028年12月31日。
"""
TOPS_UP = "第三条 已获得上级同类奖励，低于本办法标准的，由本市补足差额；团体标准转化为国家标准的，补足差额。"
NOT_TWICE = "第三条 已获得各级财政资助或奖励的标准化项目，不再重复奖励。"
CITY = Region(province="湖北省", city="黄石市")


@pytest.fixture(scope="module")
def tops_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hear]:
    policy = {"huangshi-2025": "黄石市标准化奖励办法\n" + ROWS.format(rule=TOPS_UP)}
    with hearing(tmp_path_factory.mktemp("tops-up"), policy) as heard:
        yield heard


@pytest.fixture(scope="module")
def not_twice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hear]:
    policy = {"huangshi-2025": "黄石市标准化奖励办法\n" + ROWS.format(rule=NOT_TWICE)}
    with hearing(tmp_path_factory.mktemp("not-twice"), policy) as heard:
        yield heard


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ("主导制定了一项国家标准，省里已经奖了25万，黄石还给多少", [15]),
        ("主导制定了一项国家标准，区里以前已经就这项标准奖过10万，市里还能补多少", [30]),
        ("我们主导的团体标准拿过3万，现在转成国家标准了，还是我们主导，还能再补多少", [37]),
        ("今年已经拿了120万，又主导制定国家标准1项，还能拿多少", [30]),
        ("今年已经拿了120万，又把成果转化为主导制定的国家标准1项，还能拿多少", [30]),
        ("今年市里已经给了我们120万，又主导制定国家标准1项，还能拿多少", [30]),
    ],
)
def test_the_difference_is_paid_where_the_policy_says_so(tops_up: Hear, told: str, left: list[float]) -> None:
    [answer] = tops_up(f"黄石{told}")
    assert (answer.status, sums(answer)) == ("answered", left)


@pytest.mark.parametrize(
    "told",
    [
        "主导制定了一项国家标准，省里已经奖了25万，黄石还给多少",
        "我们的国标项目已经拿过事前资助35万，现在主导制定的国标发布了，还能再领40万吗",
        "主导制定国标，上限40万，区里以前已经就这项标准奖过10万，市里能补我们30万差额吗",
    ],
)
def test_no_sum_where_the_policy_pays_nothing_twice(not_twice: Hear, told: str) -> None:
    [answer] = not_twice(f"黄石{told}")
    assert (answer.status, sums(answer)) == ("answered", [])


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("省里已经奖了30万", True),
        ("区里以前已经就这项标准奖过10万", True),
        ("国家已经给了30万", True),
        ("鄂州市里已经奖了30万", True),
        ("市里已经奖了30万", False),
        ("黄石市里已经奖了30万", False),
        ("今年已经拿了30万", False),
        ("省里还没有给", False),
    ],
)
def test_another_purse_pays_for_the_same_its_own_may_have_paid_for_another(text: str, same: bool) -> None:
    assert is_of_the_same(text, CITY) is same
