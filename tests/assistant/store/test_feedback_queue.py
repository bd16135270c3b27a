"""The queue: tickets, what is masked, what is counted instead of repeated, how a ticket is settled."""

import pytest

from assistant.store.feedback import AlreadySettled, FeedbackQueue, QueueFull, Remark, Settlement

NOTED = Settlement(settled_as="noted", note="看过", by="wang")


@pytest.fixture
def queue(database, clock):
    return FeedbackQueue(database, clock, open_max=5)


def remark(question="国标奖励多少？", **fields):
    given = {"verdict": "wrong", "question": question, "answer": "30 万元", "status": "answered"}
    return Remark(**{**given, **fields})


def unanswered(queue, database, question="没有的事？", **fields):
    job = queue.unanswered(remark(question, verdict="unanswered", status="not_found", **fields))
    with database.writing() as connection:
        job(connection)


def settle(queue, database, ticket, settlement=NOTED):
    with database.writing() as connection:
        queue.settle(connection, queue.find(ticket), settlement)


def test_tickets_bear_the_day_in_china_and_a_number_that_never_repeats(queue, clock):
    assert queue.add(remark()) == "F-20261122-0001"
    clock.go(hours=15)
    assert queue.add(remark()) == "F-20261123-0002"


def test_a_ticket_gives_back_what_was_said(queue, clock):
    ticket = queue.add(remark(history=("先问", "再问"), region="威海市", reason="少了", expected="50 万元"))
    found = queue.find(ticket)
    assert (found.question, found.history, found.region) == ("国标奖励多少？", ["先问", "再问"], "威海市")
    assert (found.verdict, found.reason, found.expected, found.at) == ("wrong", "少了", "50 万元", clock.now)
    assert (found.state, found.times, found.settled_as, found.gold) == ("open", 1, None, None)


@pytest.mark.parametrize("name", ["F-20261122-0002", "F-20261121-0001", "F-20261122-00001", "x", "", "F-1-1"])
def test_no_other_name_finds_a_ticket(queue, name):
    queue.add(remark())
    assert queue.find(name) is None


def test_personal_data_is_masked_wherever_it_is_typed(queue):
    typed = "我是13800138000"
    ticket = queue.add(remark(typed, history=(typed,), reason=typed, expected=typed, answer=typed, region=typed))
    found = queue.find(ticket)
    kept = [found.question, *found.history, found.reason, found.expected, found.answer, found.region]
    assert kept == ["我是〔手机号〕"] * 6


def test_the_same_unanswered_question_is_counted(queue, database):
    for question in ("没有的事？", " 没有 的事", "没有的事!"):
        unanswered(queue, database, question)
    unanswered(queue, database, region="威海市")
    unanswered(queue, database, history=("先问",))
    assert [(found.region, found.history, found.times) for found in queue.page()] == [
        (None, ["先问"], 1),
        ("威海市", [], 1),
        (None, [], 3),
    ]


def test_an_unanswered_question_that_was_settled_is_a_ticket_again(queue, database):
    unanswered(queue, database)
    settle(queue, database, queue.page()[0].ticket)
    unanswered(queue, database)
    assert [(found.state, found.times) for found in queue.page()] == [("open", 1), ("settled", 1)]


def test_pages_are_filtered_newest_first_and_go_on(queue, database):
    tickets = [queue.add(remark(verdict=verdict)) for verdict in ("up", "down", "wrong")]
    settle(queue, database, tickets[1])
    assert [found.verdict for found in queue.page()] == ["wrong", "down", "up"]
    assert [found.verdict for found in queue.page(limit=1, before=3)] == ["down"]
    assert [found.verdict for found in queue.page(state="open")] == ["wrong", "up"]
    assert [found.verdict for found in queue.page(verdict="up", state="settled")] == []
    assert queue.count_open() == 2


def test_a_ticket_is_settled_once(queue, database, clock):
    ticket = queue.add(remark())
    settle(queue, database, ticket)
    found = queue.find(ticket)
    assert (found.state, found.settled_as, found.note) == ("settled", "noted", "看过")
    assert (found.settled_by, found.settled_at) == ("wang", clock.now)
    with pytest.raises(AlreadySettled):
        settle(queue, database, ticket)


def test_cases_are_kept_with_what_a_right_answer_holds(queue, database):
    ticket = queue.add(remark())
    queue.add(remark())
    settle(queue, database, ticket, Settlement(settled_as="case", note="", by="wang", gold={"status": "not_found"}))
    assert [(found.ticket, found.gold) for found in queue.cases()] == [(ticket, {"status": "not_found"})]


def test_no_more_tickets_are_open_than_may_be(queue, database):
    for turn in range(5):
        unanswered(queue, database, f"第{turn}问")
    unanswered(queue, database, "第六问")
    with pytest.raises(QueueFull):
        queue.add(remark())
    unanswered(queue, database, "第0问")
    assert [found.times for found in queue.page()] == [1, 1, 1, 1, 2]
