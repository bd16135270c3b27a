"""A share of a sum that its own clause states, 20万元的1.5倍, is told as what it comes to, with the reckoning."""

from decimal import Decimal
from pathlib import Path

from assistant.answer import Assistant
from assistant.records import Question
from index import open_index
from tests.assistant.conftest import CrowdedEmbedder, publish, read_policy
from tests.assistant.policies import DAY

POLICY = """萧山区标准化奖励办法
第一条 主导制定国家标准的，按22万元的1.5倍给予一次性奖励。
第二条 参与制定国家标准的，奖励7万元。
第三条 本办法自2024年1月1日起施行，有效期至2026年12月31日。
"""


def test_the_sum_is_told_with_its_step(tmp_path: Path) -> None:
    publish(tmp_path, {"stated": read_policy(POLICY, "stated")})
    index = open_index(tmp_path, CrowdedEmbedder())
    answer = Assistant(index).answer(Question(question="萧山区主导制定国家标准奖励多少钱？"), DAY)
    index.close()
    assert [amount.yuan for amount in answer.amounts] == [Decimal(330000)]
    assert [(step.expression, step.yuan) for step in answer.calculation] == [("220000 * 1.5", Decimal(330000))]
    assert "33万元" in answer.answer and "22万元×150%" in answer.answer
