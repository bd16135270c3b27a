"""What an evaluation asks is what users meet: of several documents the one that counts on the day."""

from datetime import date
from pathlib import Path

from assistant.records import Question
from evals.under_test import UnderTest
from index import open_index
from tests.assistant.conftest import CrowdedEmbedder, publish, read_policy
from tests.assistant.policies import POLICIES


def test_a_question_is_put_to_the_document_that_counts_on_its_day(tmp_path: Path) -> None:
    publish(tmp_path, {id_: read_policy(POLICIES[id_], id_) for id_ in ("qingdao-2022", "qingdao-2026")})
    index = open_index(tmp_path, CrowdedEmbedder())
    to, asked = UnderTest(index), "青岛牵头起草国家标准奖多少"
    before, after = (to.answer(Question(question=asked, as_of=day)) for day in (date(2026, 6, 30), date(2026, 7, 1)))
    index.close()
    # The day before, what is to come stands behind what holds; the day after, what was repealed is gone.
    assert [int(amount.yuan) for amount in before.amounts] == [210_000, 290_000]
    assert "not_in_force_yet" in {warning.code for warning in before.warnings}
    assert [int(amount.yuan) for amount in after.amounts] == [290_000]
