"""Of an award paid in parts the part that is asked for: by its stage, its number, as the first or the last."""

from collections.abc import Iterator

import pytest

from tests.assistant.module_policies import Hear, hearing, places, sums

SUIZHOU = """随州市标准化补助办法
第一条 承担国家级、省级标准化试点项目的，分别补助20万元、10万元。补助资金分两次拨付，立项后拨付40%，验收合格后拨付60%。
第二条 主持制定国家标准的，每项补助30万元。
第三条 本办法自2025年1月1日起施行，有效期至2028年12月31日。
"""


@pytest.fixture(scope="module")
def hear(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hear]:
    with hearing(tmp_path_factory.mktemp("instalments"), {"suizhou-2025": SUIZHOU}) as heard:
        yield heard


@pytest.mark.parametrize(
    ("asked", "paid"),
    [
        ("立项后先拨多少", 8),
        ("立项后能拿到多少", 8),
        ("第一次拨付多少", 8),
        ("第一笔多少", 8),
        ("首笔拨多少", 8),
        ("验收后给多少", 12),
        ("第二次拨付多少", 12),
        ("尾款多少", 12),
        ("立项的，尾款多少", 12),
        ("补多少", 20),
        ("我们是第二次承担，补多少", 20),
    ],
)
def test_the_part_that_is_asked_for(hear: Hear, asked: str, paid: float) -> None:
    [answer] = hear(f"随州国家级标准化试点{asked}")
    assert (answer.status, sums(answer)) == ("answered", [paid])
    assert ("随州市", "第一条") in places(answer)


@pytest.mark.parametrize(("asked", "paid"), [("立项后先拨多少", 4), ("第二次拨付多少", 6)])
def test_of_the_level_that_is_asked_for(hear: Hear, asked: str, paid: float) -> None:
    [answer] = hear(f"随州省级标准化试点{asked}")
    assert (answer.status, sums(answer)) == ("answered", [paid])


def test_an_award_of_another_clause_is_paid_at_once(hear: Hear) -> None:
    [answer] = hear("随州主持制定国家标准立项后能拿到多少")
    assert sums(answer) == [30]
