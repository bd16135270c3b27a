"""The report on answers: what is asked, what is counted, what is printed."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.records import Amount, Answer, Question
from evals import answers
from evals.answers import SetScore, describe_wrong, main, write_score
from evals.asking import GoldQuestion, JudgedAnswer, as_asked, ask, ask_all, each_wording
from evals.cases import AS_OF, Gold, load_answer_cases, load_wording_cases
from evals.scoring import Attempt, judge
from evals.wordings import group_wordings, score_wordings, write_wordings

GOLD = Gold(status="answered", yuan=(Decimal(300000),), kind="exact")


class MadeUp:
    """An assistant that states the sums it finds in the question, and fails at an exclamation mark."""

    def answer(self, question: Question, today: date) -> Answer:
        if "!" in question.question:
            raise RuntimeError("made up")
        return answer_of(question.question)


def answer_of(sums: str) -> Answer:
    amounts = tuple(Amount(yuan=Decimal(one), kind="exact", label="") for one in sums.split())
    return Answer(id="a", question=sums, status="answered", answer=sums, amounts=amounts, as_of=AS_OF, elapsed_ms=0.0)


def judged(sums: str, id_: str = "a") -> JudgedAnswer:
    asked = GoldQuestion(question=Question(id=id_, question=sums), type="award_calc", gold=GOLD)
    attempt = Attempt(type="award_calc", gold=GOLD, answer=answer_of(sums), sources=())
    return JudgedAnswer(asked=asked, answer=attempt.answer, verdict=judge(attempt))


def test_a_case_is_asked_on_its_own_day_else_on_the_common_one() -> None:
    cases = load_answer_cases()
    dated = next(case for case in cases if case.as_of)
    plain = next(case for case in cases if case.history and not case.as_of)
    assert as_asked(dated).question.as_of == dated.as_of
    assert as_asked(plain).question.as_of == AS_OF and as_asked(plain).question.history == plain.history


def test_wordings_are_asked_in_their_order() -> None:
    case = load_wording_cases()[0]
    asked = each_wording(case)
    assert [one.question.question for one in asked] == list(case.wordings)
    assert [one.question.id for one in asked] == [f"{case.id}/{number}" for number in range(1, 6)]


def test_a_failure_is_a_withheld_answer_and_the_next_question_is_asked() -> None:
    asked = [
        GoldQuestion(question=Question(id=id_, question=text), type="award_calc", gold=GOLD)
        for id_, text in (("a", "!"), ("b", "300000"))
    ]
    failed, right = ask_all(MadeUp(), asked, "made-up")
    assert failed.verdict.is_withheld and not failed.verdict.is_right
    assert right.verdict.is_right and ask(MadeUp(), asked[1]).verdict.is_right


def test_the_table_counts_by_type_and_in_all() -> None:
    table = write_score(SetScore(name="answers", judged=(judged("300000"), judged("50000"), judged(""))))
    head, calc, total, kept = table.splitlines()
    assert calc.split() == ["award_calc", "1/3", "33.3", "%", "1", "0"]
    assert total.split() == ["all", "1/3", "33.3", "%", "1", "0"]
    assert "right" in head and "status 3/3, amounts 1/3" in kept


def test_a_wrong_answer_is_told_in_two_lines_and_a_right_one_in_none() -> None:
    first, second = describe_wrong([judged("300000"), judged("50000", "b")])
    assert first == "b award_calc: amounts, kind | 50000"
    assert second.split(" | ") == ["    gold answered 300000 exact", "got answered 50000 exact: 50000"]


def test_wordings_are_counted_together_and_one_by_one() -> None:
    same = ["300000"] * 5
    silent = ["300000", "", "300000", "", "300000"]
    torn = ["300000", "50000", "300000", "", "50000"]
    score = score_wordings(group_wordings([judged(sums) for sums in (*same, *silent, *torn)]))
    assert (score.n, score.all_stated, score.all_right) == (3, 1, 1)
    assert score.stated == score.right == (3, 1, 3, 1, 2)
    assert (score.differing, score.contradicting) == (2, 1)
    text = write_wordings(score)
    assert "differ between the wordings of 2 of 3 questions: 1 times" in text and "all five  1/3" in text


def test_five_wordings_that_agree_on_a_wrong_sum_do_not_differ() -> None:
    score = score_wordings(group_wordings([judged("50000")] * 5))
    assert (score.all_stated, score.differing) == (0, 0)


def test_the_chosen_set_is_printed_and_written(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setattr(answers, "open_assistant", lambda home: _Opened())
    monkeypatch.setattr(answers, "load_conversation_cases", lambda: load_answer_cases()[:3])
    file = tmp_path / "scores.json"
    assert main(["conversations", "-v", "--json", str(file)]) == 0
    report = json.loads(file.read_text("utf-8"))
    assert list(report["sets"]) == ["conversations"] and report["sets"]["conversations"]["total"] == 3
    assert [row["id"] for row in report["sets"]["conversations"]["rows"]] == [c.id for c in load_answer_cases()[:3]]
    assert "all            0/3" in capsys.readouterr().out


class _Opened:
    def __enter__(self) -> MadeUp:
        return _Silent()

    def __exit__(self, *_: object) -> None:
        return None


class _Silent(MadeUp):
    def answer(self, question: Question, today: date) -> Answer:
        return answer_of("")


def test_a_set_that_does_not_exist_is_a_wrong_use(capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["retrieval"])
    assert ended.value.code == 2 and "choose from answers, conversations, further, wordings" in capsys.readouterr().err
