"""A share of costs: each project's own, up to the ceiling of one, added up where several were done."""

from collections.abc import Iterator

import pytest

from tests.assistant.module_policies import Hear, hearing, sums

EZHOU = """鄂州市标准化补助细则
第一条 为编制国家标准、行业标准、地方标准开展试验验证的，按实际费用的40%给予补助，单个项目最高8万元，\
每家单位每年不超过2个项目。
第二条 主持制定国家标准的，每项补助20万元。
第三条 本细则自2025年1月1日起施行，有效期至2028年12月31日。
"""


@pytest.fixture(scope="module")
def hear(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hear]:
    with hearing(tmp_path_factory.mktemp("costs"), {"ezhou-2025": EZHOU}) as heard:
        yield heard


@pytest.mark.parametrize(
    ("told", "paid"),
    [
        ("为编制国家标准做了试验验证，实际花了15万元，补多少", [6]),
        ("为编制行业标准做了试验验证，实际花了25万元，补多少", [8]),
        ("为编国家标准做了两个试验验证项目，一个花了25万，一个花了10万，一共补多少", [12]),
        ("为编国家标准做了两个试验验证项目，一个花了15万，一个花了10万，一共补多少", [10]),
    ],
)
def test_each_project_has_the_share_of_its_own_cost(hear: Hear, told: str, paid: list[float]) -> None:
    [answer] = hear(f"鄂州{told}")
    assert (answer.status, sums(answer)) == ("answered", paid)


@pytest.mark.parametrize(
    ("told", "paid"),
    [
        ("主持制定国家标准3项，一共多少", [60]),
        ("为编国家标准做了3个试验验证项目，各花了10万，一共补多少", [8]),
    ],
)
def test_a_limit_of_number_is_for_the_awards_that_it_stands_beside(hear: Hear, told: str, paid: list[float]) -> None:
    [answer] = hear(f"鄂州{told}")
    assert (answer.status, sums(answer)) == ("answered", paid)
