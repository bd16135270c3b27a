"""Which limit a question means, and when the one for an exception belongs beside it."""

from decimal import Decimal

import pytest

from assistant.limits_asked import limits_asked, limits_named
from assistant.reading import read_question
from corpus.ledger import derive
from tests.assistant.conftest import read_policy

POLICY = """\
抚州市标准化补助办法
第一条 主导制定国际标准、国家标准的，每项分别补助60万元、20万元。
第二条 单个企业每年累计领到的补助，总额不超过40万元（有国际标准的，不超过90万元）。
第三条 本办法自2025年1月1日起施行。
"""
GENERAL, OF_INTERNATIONAL = Decimal(400_000), Decimal(900_000)


@pytest.mark.parametrize(
    ("question", "sums"),
    [
        ("抚州同一单位一年最多补助多少", [GENERAL]),
        ("抚州同一单位一年最多补助多少，有没有例外", [GENERAL, OF_INTERNATIONAL]),
        ("抚州一年封顶40万，特殊情况呢", [GENERAL, OF_INTERNATIONAL]),
    ],
)
def test_an_exception_stands_beside_the_limit_where_it_is_asked_for(question: str, sums: list[Decimal]) -> None:
    document = read_policy(POLICY, "fuzhou-2025")
    found = limits_asked(derive([document]).ledger.rules, document, read_question(question, [document.region]))
    assert [rule.yuan for rule in found] == sums


def test_a_limit_for_one_thing_says_for_which() -> None:
    rules = derive([read_policy(POLICY, "fuzhou-2025")]).ledger.rules
    said = {rule.yuan: limits_named(rule) for rule in rules if rule.yuan}
    assert said == {GENERAL: "", OF_INTERNATIONAL: "（国际标准）"}
