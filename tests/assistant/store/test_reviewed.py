"""Reviewed answers: found for the same question and region, until they are withdrawn."""

import pytest

from assistant.store.feedback import AlreadySettled, Remark, Settlement
from assistant.store.reviewed import ReviewedAnswers


@pytest.fixture
def reviewed(database, clock):
    return ReviewedAnswers(database, clock)


def put(reviewed, database, answer="按原文 30 万元", question="国标奖励，多少？", region=None):
    with database.writing() as connection:
        kept = reviewed.add(connection, question=question, region=region, answer=answer, reviewer="wang")
    reviewed.changed()
    return kept


def test_spacing_punctuation_and_width_make_no_difference(reviewed, database, clock):
    put(reviewed, database, question="ISO 奖励，多少？")
    clock.go(days=3)
    found = reviewed.find(" ｉｓｏ奖励 多少?", None)
    assert (found.answer, found.reviewer, f"{found.reviewed_on}") == ("按原文 30 万元", "wang", "2026-11-22")
    assert reviewed.find("ISO 奖励有多少？", None) is None


def test_that_of_the_region_comes_before_that_of_none(reviewed, database):
    put(reviewed, database, "哪里都一样")
    put(reviewed, database, "威海的", region="威海市")
    asked = "国标奖励多少"
    found = [reviewed.find(asked, region).answer for region in ("威海市", "济宁市", None)]
    assert found == ["威海的", "哪里都一样", "哪里都一样"]


def test_one_of_a_region_is_not_given_elsewhere(reviewed, database):
    put(reviewed, database, region="威海市")
    assert [reviewed.find("国标奖励多少", region) for region in ("济宁市", None)] == [None, None]


def test_the_newest_holds_and_one_withdrawn_no_longer_does(reviewed, database):
    old, new = put(reviewed, database, "旧的"), put(reviewed, database, "新的")
    assert reviewed.find("国标奖励多少", None).answer == "新的"
    assert (reviewed.withdraw(new), reviewed.withdraw(new), reviewed.withdraw(99)) == (True, False, False)
    assert reviewed.find("国标奖励多少", None).answer == "旧的"
    assert [found.id for found in reviewed.page()] == [old]


def test_pages_go_on(reviewed, database):
    for turn in range(3):
        put(reviewed, database, f"答{turn}", question=f"问{turn}")
    assert [found.answer for found in reviewed.page(limit=2)] == ["答2", "答1"]
    assert [found.answer for found in reviewed.page(limit=2, before=2)] == ["答0"]


def test_what_is_found_is_read_from_memory(reviewed, database):
    put(reviewed, database)
    reviewed.find("x", None)
    database.close()
    database.reading = None  # any reading would fail now
    assert reviewed.find("国标奖励多少", None).reviewer == "wang"


def test_settling_a_ticket_as_reviewed_puts_the_answer_in_force(store):
    asked = Remark(verdict="wrong", question="国标奖励？", answer="错的", status="answered", region="威海市")
    ticket = store.feedback.find(store.feedback.add(asked))
    assert store.reviewed.find("国标奖励", "威海市") is None
    settlement = Settlement(settled_as="reviewed", note="", by="wang")
    store.settle(ticket, settlement, answer="对的", documents=["weihai-2018"])
    found = store.reviewed.find("国标奖励", "威海市")
    assert (found.answer, found.reviewer, found.documents) == ("对的", "wang", ("weihai-2018",))


def test_a_ticket_settled_before_puts_no_answer_in_force(store):
    asked = Remark(verdict="wrong", question="国标奖励？", answer="错的", status="answered")
    ticket = store.feedback.find(store.feedback.add(asked))
    store.settle(ticket, Settlement(settled_as="noted", note="", by="wang"))
    with pytest.raises(AlreadySettled):
        store.settle(ticket, Settlement(settled_as="reviewed", note="", by="wang"), answer="对的")
    assert store.reviewed.find("国标奖励", None) is None
