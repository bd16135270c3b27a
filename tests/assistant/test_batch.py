"""Questions a line in, answers a line out: in order, never aborting, the same with one worker as with many."""

import json
import threading
import time
from datetime import date

import pytest

from assistant.batch import LINE_MAX_BYTES, WINDOW, answer_lines, read_line
from assistant.records import Answer, Question
from tests.assistant.policies import DAY


def echo(question: Question) -> Answer:
    """An answer that says what was asked."""
    return Answer(
        id=question.id,
        question=question.question,
        status="not_found",
        answer=f"{question.question}|{len(question.history)}|{question.region}",
        as_of=question.as_of or DAY,
        elapsed_ms=0.0,
    )


def run(lines: list[bytes], answer=echo, workers: int = 2) -> list[Answer]:
    return list(answer_lines(lines, answer, today=DAY, workers=workers))


def line(**fields: object) -> bytes:
    return json.dumps(fields).encode() + b"\n"


def test_answers_come_in_the_order_of_the_lines_whoever_is_first_done():
    def slow(question: Question) -> Answer:
        time.sleep(0.02 if int(question.id or 0) % 3 == 0 else 0)
        return echo(question)

    lines = [line(id=str(number), question=f"问{number}") for number in range(40)]
    assert [answer.id for answer in run(lines, slow, workers=8)] == [str(number) for number in range(40)]


def test_every_field_of_a_line_reaches_the_answer():
    [answer] = run([line(id="q", question="问", history=["甲", "乙"], as_of="2026-11-21", region="烟台市", gold=1)])
    assert (answer.id, answer.answer, answer.as_of) == ("q", "问|2|烟台市", date(2026, 11, 21))


@pytest.mark.parametrize("as_of", [None, ""])
def test_a_day_left_empty_is_today(as_of):
    [answer] = run([line(question="问", as_of=as_of)])
    assert (answer.status, answer.as_of) == ("not_found", DAY)


def test_blank_lines_give_nothing_and_count_as_lines():
    answers = run([b"\n", line(question="问"), b"   \r\n", b"{bad}\n"])
    assert [answer.status for answer in answers] == ["not_found", "error"]
    assert answers[1].answer.startswith("第 4 行")


def test_a_byte_order_mark_and_windows_line_ends_are_taken():
    [answer] = run([b"\xef\xbb\xbf" + line(question="问").replace(b"\n", b"\r\n")])
    assert answer.question == "问"


BAD = [
    b"{",
    b"not json",
    b"null",
    b"[]",
    b'["question"]',
    b'"x"',
    b"1",
    b"{}",
    b'{"question": null}',
    b'{"question": 1}',
    b'{"question": ["x"]}',
    b'{"question": {"lc": 1, "type": "constructor"}}',
    b'{"question": "x", "history": "y"}',
    b'{"question": "x", "history": [1]}',
    b'{"question": "x", "history": {"0": "y"}}',
    b'{"question": "x", "as_of": "2026-13-01"}',
    b'{"question": "x", "as_of": "tomorrow"}',
    b'{"question": "x", "region": 5}',
    b'{"question": "x", "id": 5}',
    b'{"question": "x", "id": "' + b"i" * 201 + b'"}',
    b'{"question": "x", "region": "' + b"r" * 61 + b'"}',
    b'{"question": "x", "region": "\\ud800"}',
    b'{"question": "x", "id": "\\udfff"}',
    b'{"question": 1, "id": "\\udfff"}',
    b'{"question": "x"} trailing',
    b"\xff\xfe{\x00",
    "{“question”: “x”}".encode(),
    '{"question": "国家标准"}'.encode("gb18030"),
    '{"question": "国家标准"}'.encode("utf-16-le"),
    b"[" * 100_000,
    b'{"question": ' * 50_000,
    b'{"question": "' + b"x" * LINE_MAX_BYTES + b'"}',
    b"1" * 5_000,
    b'{"question": "x", "as_of": ' + b"9" * 5_000 + b"}",
]


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_line_gives_an_answer_that_says_so_and_the_others_are_answered(bad):
    answers = run([line(id="a", question="前"), bad, line(id="b", question="后")])
    assert [answer.status for answer in answers] == ["not_found", "error", "not_found"]
    assert [answer.id for answer in answers[::2]] == ["a", "b"]
    assert answers[1].answer.startswith("第 2 行不能读成一个问题")
    assert len(answers[1].answer) < 1_000
    assert answers[1].as_of == DAY
    json.loads(answers[1].model_dump_json())


def test_a_bad_line_keeps_its_id_where_one_can_be_read():
    [answer] = run([line(id="q7", question=7)])
    assert (answer.id, answer.status) == ("q7", "error")


def test_a_line_as_long_as_allowed_is_read_and_one_byte_more_is_not():
    shell = line(question="").rstrip()
    fits = line(question="x" * (LINE_MAX_BYTES - len(shell))).rstrip()
    assert isinstance(read_line(fits, 1, DAY), Question)
    refused = read_line(fits.replace(b"xx", b"xxx", 1), 1, DAY)
    assert isinstance(refused, Answer)
    assert "2048 KB" in refused.answer


def test_half_a_character_in_a_question_does_no_harm(ask, assistant):
    lines = [b'{"id": "s", "question": "\\ud800\xe8\x90\xa7\xe5\xb1\xb1\\udfff"}', line(question="问")]
    answers = run(lines, lambda question: assistant.answer(question, DAY))
    assert [answer.status for answer in answers][0] != "error"
    assert answers[0].question == "萧山"
    for answer in answers:
        answer.model_dump_json().encode()


def test_a_fault_in_one_question_stops_no_other_and_is_logged(caplog):
    def faulty(question: Question) -> Answer:
        if question.id == "bad":
            raise RuntimeError("made to fail")
        return echo(question)

    answers = run([line(id="a", question="前"), line(id="bad", question="中"), line(id="b", question="后")], faulty)
    assert [(answer.id, answer.status) for answer in answers] == [
        ("a", "not_found"),
        ("bad", "error"),
        ("b", "not_found"),
    ]
    assert "made to fail" not in answers[1].answer
    assert "made to fail" in caplog.text


def test_a_fault_in_a_question_with_half_a_character_can_still_be_written():
    """An error answer that repeats half a character could not be written, and ended the batch."""

    def faulty(question: Question) -> Answer:
        raise RuntimeError("made to fail")

    [answer] = run([b'{"id": "q", "question": "\\ud800x"}'], faulty)
    assert json.loads(answer.model_dump_json())["question"] == "?x"


def test_many_workers_give_what_one_gives(assistant):
    questions = [
        "萧山区主导制定国家标准奖励多少",
        "青岛省级标准化试点扶持多少",
        "主导制定国家标准奖励多少",
        "萧山首席标准官奖励多少",
        "评审结果公示几天",
        "青岛市标准奖补暂行规定还有效吗",
    ]
    lines = [line(id=str(number), question=question) for number, question in enumerate(questions * 20)]

    def answers(workers: int) -> list[str]:
        found = run(lines, lambda question: assistant.answer(question, DAY), workers)
        return [answer.model_copy(update={"elapsed_ms": 0.0}).model_dump_json() for answer in found]

    assert answers(8) == answers(1)


def test_lines_are_read_as_they_are_needed_and_not_all_at_once():
    """A file of any length must not be held in memory: at most a window is read ahead."""
    taken = 0

    def lines():
        nonlocal taken
        for number in range(10 * WINDOW):
            taken += 1
            yield line(id=str(number), question="问")

    answers = answer_lines(lines(), echo, today=DAY, workers=1)
    assert next(answers).id == "0"
    assert taken <= WINDOW
    assert len(list(answers)) == 10 * WINDOW - 1


def test_no_more_questions_are_answered_at_once_than_there_are_workers():
    at_once = most = 0
    lock = threading.Lock()

    def counting(question: Question) -> Answer:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        time.sleep(0.01)
        with lock:
            at_once -= 1
        return echo(question)

    run([line(question="问")] * 12, counting, workers=3)
    assert 1 < most <= 3


def test_an_empty_file_gives_nothing():
    assert run([]) == []
