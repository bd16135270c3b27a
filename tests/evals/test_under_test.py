"""What an evaluation asks is what users meet: of several documents the one that counts on the day."""

from datetime import date
from pathlib import Path

import pytest

from assistant.records import Question
from evals.under_test import UnderTest
from index import open_index
from tests.assistant.conftest import CrowdedEmbedder, publish, read_policy
from tests.assistant.policies import POLICIES


@pytest.mark.parametrize(("day", "yuan"), [(date(2026, 6, 30), 210_000), (date(2026, 7, 1), 290_000)])
def test_a_question_is_put_to_the_document_that_counts_on_its_day(tmp_path: Path, day: date, yuan: int) -> None:
    publish(tmp_path, {id_: read_policy(POLICIES[id_], id_) for id_ in ("qingdao-2022", "qingdao-2026")})
    index = open_index(tmp_path, CrowdedEmbedder())
    answer = UnderTest(index).answer(Question(question="青岛牵头起草国家标准奖多少", as_of=day))
    index.close()
    assert [int(amount.yuan) for amount in answer.amounts] == [yuan]
