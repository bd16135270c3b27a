"""Making runs: everything is put and kept, and a fault in one ends nothing."""

import json
import logging
import re
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from evals import running
from evals.filtering import read_filter
from evals.loading import load_file
from evals.running import Plan, git_revision, new_id, run_plan
from evals.runs import RETRIEVED, Run, read_config, read_outcomes
from evals.under_test import UnderTest
from tests.evals.made_up import (
    CLAIM,
    EIGHT,
    RIGHT,
    SOURCES,
    THIRTY,
    MadeUpAssistant,
    again,
    case,
    paid,
    place,
    run_of,
    says,
    suite_of,
    under_test,
    verdicts,
)


def test_a_run_keeps_what_came_back_in_the_order_of_the_suite(tmp_path: Path) -> None:
    run = run_of(tmp_path, RIGHT | {"乙": says("三十", "30")}, THIRTY, EIGHT)
    assert verdicts(run) == [("a", (), []), ("b", ("amounts",), [30])]
    kept = list(read_outcomes(tmp_path))
    assert [(one.probe, one.suite, one.round, one.back["answer"]) for one in kept] == [
        ("a", "made-up", 1, "三十"),
        ("b", "made-up", 1, "三十"),
    ]
    assert all(one.ms >= 0 and one.back["amounts"][0]["yuan"] == "30" for one in kept)


def test_a_run_says_what_it_depends_on(tmp_path: Path) -> None:
    run_of(tmp_path, RIGHT, THIRTY, EIGHT)
    config = read_config(tmp_path)
    [used] = config.suites
    assert (used.name, used.given, used.probes) == ("made-up", str(tmp_path / "made-up.jsonl"), 2)
    assert used.sha256 == load_file(tmp_path / "made-up.jsonl").sha256
    assert (config.id, config.engine, config.repeat, config.workers) == ("run-1", "rules", 1, 2)
    assert config.index["corpus_sha256"] == "made-up" and config.index["snapshot"] == "snapshot"
    assert config.models == {"embedding": "made-up", "answers": "rules"}
    assert config.program and config.machine


@pytest.mark.parametrize("fault", [KeyError("甲"), RuntimeError("made up"), RecursionError()])
def test_a_fault_is_withheld_and_the_others_are_put(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, fault: Exception
) -> None:
    """A fault in an estimate or a search once ended the whole run."""
    cases = (
        THIRTY,
        {"id": "c", "claim": CLAIM, "gold": {"status": "undetermined"}},
        {"id": "r", "question": "谁报", "document": "yulan", "anchor": "花农自愿"},
        EIGHT,
    )
    with caplog.at_level(logging.CRITICAL):
        run = run_of(tmp_path, RIGHT | {"甲": fault, "主导制定海棠标准": fault, "谁报": fault}, *cases)
    found = {row.id: row.worst.verdict for row in run.rows}
    assert [found[id_].is_withheld for id_ in "acrb"] == [True, True, True, False]
    assert [found[id_].is_right for id_ in "acrb"] == [False, False, False, True]
    assert found["a"].broken == ("status", "amounts") and found["a"].actual == "error"  # as users see it
    assert found["c"].broken == found["r"].broken == ("ran",)
    assert verdicts(again(tmp_path, *cases)) == verdicts(run)


def test_a_fault_is_logged_and_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    cases = ({"id": "c", "claim": CLAIM, "gold": {"status": "undetermined"}},)
    run = run_of(tmp_path, {"主导制定海棠标准": KeyError("花")}, *cases)
    assert run.rows[0].worst.outcome.back["text"] == "程序出错：KeyError: '花'"
    [logged] = [one for one in caplog.records if one.name == "evals.running"]
    assert "cannot put c" in logged.getMessage() and logged.exc_info is not None


def test_more_probes_than_a_window_come_back_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "WINDOW", 3)
    cases = [case(f"q{number}") for number in range(10)]
    run = run_of(tmp_path, {}, *cases)
    assert [row.id for row in run.rows] == [one["id"] for one in cases]


class Unsteady:
    """Says another sum each time that it is asked."""

    def __init__(self, *yuan: str) -> None:
        self.yuan = list(yuan)

    def answer(self, question: Any, today: date) -> Any:
        return MadeUpAssistant({question.question: says("", *self.yuan.pop(0).split())}).answer(question, today)

    def find_passages(self, *_: object) -> list[object]:
        return []


def rounds_of(folder: Path, *yuan: str) -> Run:
    to = UnderTest(under_test({}).index, Unsteady(*yuan))  # type: ignore[arg-type]
    return run_of(folder, {}, THIRTY, repeat=len(yuan), to=to)


@pytest.mark.parametrize(
    ("yuan", "right", "steady", "worst"),
    [
        (("30", "30", "30"), True, True, 1),
        (("30", "8", "30"), False, False, 2),
        (("8", "30", "30"), False, False, 1),
        (("8", "8", "8"), False, True, 1),
    ],
)
def test_a_question_is_right_when_every_round_is(
    tmp_path: Path, yuan: tuple[str, ...], right: bool, steady: bool, worst: int
) -> None:
    run = rounds_of(tmp_path, *yuan)
    [row] = run.rows
    assert [one.outcome.round for one in row.rounds] == [1, 2, 3]
    assert (row.is_right, row.is_steady, row.worst.outcome.round) == (right, steady, worst)
    assert verdicts(again(tmp_path, THIRTY)) == verdicts(run)


def test_a_round_that_states_a_wrong_sum_is_worse_than_one_that_breaks_more_rules(tmp_path: Path) -> None:
    cases = (THIRTY | {"gold": paid(30, kind="exact", must=["三十"])},)
    to = UnderTest(under_test({}).index, Unsteady("", "30 5"))  # type: ignore[arg-type]
    [row] = run_of(tmp_path, {}, *cases, repeat=2, to=to).rows
    assert [len(one.verdict.broken) for one in row.rounds] == [3, 2]
    assert row.states_wrong_amount and row.worst.outcome.round == 2


def test_times_do_not_make_an_answer_unsteady(tmp_path: Path) -> None:
    class Slow(Unsteady):
        def answer(self, question: Any, today: date) -> Any:
            elapsed = float(len(self.yuan))
            return super().answer(question, today).model_copy(update={"elapsed_ms": elapsed})

    to = UnderTest(under_test({}).index, Slow("30", "30"))  # type: ignore[arg-type]
    assert run_of(tmp_path, {}, THIRTY, repeat=2, to=to).rows[0].is_steady


def test_only_what_passes_every_filter_is_put(tmp_path: Path) -> None:
    suite = suite_of(tmp_path, THIRTY, EIGHT, case("c", "丙", "procedure"))
    plan = Plan(suites=(("made-up", suite),), filters=(read_filter("type=award_lookup"), read_filter("乙")))
    run = run_plan(plan, under_test(RIGHT), SOURCES, tmp_path, "run-1")
    assert [row.id for row in run.rows] == ["b"]
    assert run.config.filters == ("type=award_lookup", "乙") and run.config.suites[0].probes == 1 and run.is_part


def test_what_a_search_finds_is_kept_for_the_wrong_ones(tmp_path: Path) -> None:
    told = {**RIGHT, "乙": says("", "3") | {"found": [place("第五条")] * 7}}
    to = UnderTest(under_test({}).index, _Finding(told))  # type: ignore[arg-type]
    run = run_of(tmp_path, {}, THIRTY, EIGHT, to=to)
    assert [len(row.retrieved) for row in run.rows] == [0, 5]
    assert run.rows[1].retrieved[0] == ("haitang", 0, 3, "第五条")
    [line] = (tmp_path / RETRIEVED).read_text("utf-8").splitlines()
    assert json.loads(line)["probe"] == "b"


class _Finding:
    """Answers and finds for the same question, which the made-up assistant cannot."""

    def __init__(self, told: dict[str, Any]) -> None:
        plain = {words: {key: value for key, value in one.items() if key != "found"} for words, one in told.items()}
        self.answer = MadeUpAssistant(plain).answer
        self.find_passages = MadeUpAssistant(told).find_passages


def test_a_row_has_the_region_of_its_documents(tmp_path: Path) -> None:
    cases = (
        THIRTY | {"gold": paid(30, document="haitang")},
        EIGHT | {"gold": paid(8, document="haitang", documents=["haitang", "yulan"])},
        case("c"),
    )
    assert [row.region for row in run_of(tmp_path, RIGHT, *cases).rows] == ["东临省海棠市", "多地", ""]


def test_the_id_of_a_run_tells_the_moment_and_the_suites(tmp_path: Path) -> None:
    one, other = suite_of(tmp_path, THIRTY, name="花 卉"), suite_of(tmp_path, THIRTY, name="b")
    ids = [new_id([one] * count + [other]) for count in range(3)]
    assert [id_.split("-", 1)[1] for id_ in ids] == ["b", "花_卉-b", "3suites"]
    assert [re.fullmatch(r"\d{8}T\d{6}\.\d{3}", id_.split("-")[0]) is not None for id_ in ids] == [True] * 3


def test_the_revision_is_that_of_the_checkout_and_none_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {"rev-parse": "abc123\n", "status": ""}

    def answer(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 0, said[command[1]], "")

    monkeypatch.setattr(subprocess, "run", answer)
    assert git_revision() == "abc123"
    said["status"] = " M evals/cases.py"
    assert git_revision() == "abc123+"
    monkeypatch.setattr(subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 128, "", "fatal"))
    assert git_revision() == ""

    def missing(*_: object, **__: object) -> None:
        raise FileNotFoundError("git")

    monkeypatch.setattr(subprocess, "run", missing)
    assert git_revision() == ""
