"""Talks: each account's own, masked, bounded."""

import pytest

from assistant.store.talks import TALKS_MAX, Talks, TooMuchKept

TURN = {"question": "国标奖励？", "answer": "30 万元", "status": "answered"}


@pytest.fixture
def talks(database, clock):
    return Talks(database, clock)


@pytest.fixture
def owners(store):
    """The ids of two accounts."""
    return [store.accounts.by_token(store.accounts.add(name, "staff")).id for name in ("wang", "zhao")]


def test_a_talk_comes_back_and_is_replaced(talks, owners, clock):
    talks.save(owners[0], "a", "题", [TURN])
    clock.go(minutes=1)
    talks.save(owners[0], "a", "新题", [TURN, {**TURN, "question": "行标呢？"}])
    found = talks.find(owners[0], "a")
    assert (found.title, len(found.turns), found.updated) == ("新题", 2, clock.now)
    assert found.turns[0] == TURN


def test_nobody_reaches_anothers_talk(talks, owners):
    talks.save(owners[0], "a", "题", [TURN])
    assert talks.find(owners[1], "a") is None
    assert (talks.rename(owners[1], "a", "x"), talks.delete(owners[1], "a"), talks.list(owners[1])) == (
        False,
        False,
        [],
    )
    talks.save(owners[1], "a", "另一人的", [])
    assert [talks.find(owner, "a").title for owner in owners] == ["题", "另一人的"]


def test_lists_renames_and_deletes(talks, owners, clock):
    for name in ("a", "b"):
        talks.save(owners[0], name, name, [TURN])
        clock.go(seconds=1)
    assert talks.rename(owners[0], "a", "改了")
    assert [(one.id, one.title) for one in talks.list(owners[0])] == [("b", "b"), ("a", "改了")]
    assert (talks.delete(owners[0], "b"), talks.delete(owners[0], "b")) == (True, False)
    assert [one.id for one in talks.list(owners[0])] == ["a"]


def test_what_is_kept_is_masked(talks, owners):
    typed = "我是13800138000"
    talks.save(owners[0], "a", typed, [{**TURN, "question": typed, "answer": typed}])
    found = talks.find(owners[0], "a")
    assert [found.title, found.turns[0]["question"], found.turns[0]["answer"]] == ["我是〔手机号〕"] * 3


def test_a_title_that_grows_by_masking_still_fits(talks, owners):
    talks.save(owners[0], "a", "长" * 96 + "我叫张三", [])
    assert talks.list(owners[0])[0].title == "长" * 96 + "我叫〔姓"


def test_a_talk_has_at_most_64_kilobytes(talks, owners):
    talks.save(owners[0], "a", "题", [{"answer": "x" * 65_520}])
    with pytest.raises(TooMuchKept):
        talks.save(owners[0], "a", "题", [{"answer": "x" * 65_530}])
    assert len(talks.find(owners[0], "a").turns[0]["answer"]) == 65_520


def test_an_account_keeps_at_most_two_hundred(talks, owners):
    for number in range(TALKS_MAX):
        talks.save(owners[0], f"t{number}", "题", [])
    with pytest.raises(TooMuchKept):
        talks.save(owners[0], "more", "题", [])
    talks.save(owners[0], "t0", "改", [])  # one that is there may still be changed
    talks.save(owners[1], "more", "题", [])
    assert len(talks.list(owners[0])) == 200
