"""`jiangbu eval check`, `import`, `template` and `feedback`: what they write, and when they write nothing."""

import csv
import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from assistant.store import StoreError
from corpus import Library
from evals.cli import group
from evals.loading import load_file
from tests.evals.made_up import DOCUMENTS, case, paid, write

HEADS = ("编号", "问题", "标准答案", "依据条款", "文件", "说明")
ROW = ("a", "参与的呢", "5元", "参与制定的，每项奖励五贝", "haitang", "第六条")
TICKET = SimpleNamespace(
    ticket=7,
    question="主导制定海棠标准奖多少",
    history=(),
    as_of=date(2026, 1, 2),
    gold={"status": "answered", "yuan": ["30"], "kind": "exact", "document": "haitang", "quote": ["奖励三十贝"]}
    | {"must": [], "must_not": []},
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    Library(tmp_path).add(DOCUMENTS)
    return tmp_path


def call(home: Path, *arguments: object) -> Result:
    return CliRunner().invoke(group, [str(one) for one in arguments], env={"JIANGBU_HOME": str(home)})


def table(file: Path, *rows: tuple[str, ...]) -> Path:
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows([HEADS, *rows])
    return file


def test_a_sound_suite_is_checked_and_0(home: Path) -> None:
    sound = case("a", "奖多少", gold=paid(3, document="haitang", quote=["第五条"], how=["3"], why="第五条"))
    done = call(home, "check", write(home / "s.jsonl", [case("b", gold={"status": "not_found", "why": "没有"}), sound]))
    assert "s：复核 2 题" in done.stderr
    faulty = write(home / "t.jsonl", [sound | {"gold": paid(3, document="peony", quote=["第五条"], why="x")}])
    told = call(home, "check", faulty)
    assert told.exit_code == 1 and "t a misplaced: " in told.stdout and "t：复核 1 题" in told.stderr


def test_what_is_checked_without_a_name_are_the_projects_suites(home: Path) -> None:
    done = call(home, "check")
    assert [line.split("：")[0] for line in done.stderr.splitlines() if "复核" in line][:2] == [
        "retrieval",
        "extraction",
    ]
    assert done.exit_code == 0, done.stdout


def test_a_table_becomes_a_suite(home: Path) -> None:
    output = home / "花.jsonl"
    done = call(home, "import", table(home / "t.csv", ROW), "-o", output, "--as-of", "2025-06-07")
    assert done.exit_code == 0 and f"已写入 1 题：{output}" in done.stderr, done.stderr
    suite = load_file(output)
    assert (suite.name, suite.header.as_of, [one.id for one in suite.cases]) == ("花", date(2025, 6, 7), ["a"])
    assert call(home, "import", home / "t.csv", "-o", output, "--suite", "草").exit_code == 0
    assert load_file(output).name == "草"


def test_a_table_with_a_fault_writes_nothing_unless_it_may_be_skipped(home: Path) -> None:
    output = home / "s.jsonl"
    file = table(home / "t.csv", ROW, ("b", "", "5元", "", "", ""))
    refused = call(home, "import", file, "-o", output)
    assert refused.exit_code == 1 and not output.exists()
    assert "1 行有错，没有写出文件" in refused.stderr and "t.csv" in refused.stderr
    assert call(home, "import", file, "-o", output, "--skip-faulty").exit_code == 0
    assert [one.id for one in load_file(output).cases] == ["a"]


def test_a_table_without_a_case_is_1(home: Path) -> None:
    done = call(home, "import", table(home / "t.csv"), "-o", home / "s.jsonl")
    assert done.exit_code == 1 and not (home / "s.jsonl").exists()


@pytest.mark.parametrize("name", ["t.xlsx", "t.csv", "T.XLSX"])
def test_the_table_to_fill_in_can_be_imported(home: Path, name: str) -> None:
    assert call(home, "template", "-o", home / name).exit_code == 0
    done = call(home, "import", home / name, "-o", home / "s.jsonl")
    assert done.exit_code == 0 and load_file(home / "s.jsonl").cases, done.stderr


def test_a_table_of_another_form_is_wrong_use(home: Path) -> None:
    done = call(home, "template", "-o", home / "t.ods")
    assert done.exit_code == 2 and not (home / "t.ods").exists()


def keep(monkeypatch: pytest.MonkeyPatch, *tickets: Any) -> None:
    store = SimpleNamespace(feedback=SimpleNamespace(cases=lambda: tickets), close=lambda: None)
    monkeypatch.setattr("evals.case_commands.open_store", lambda *_, **__: store)


def test_settled_feedback_becomes_a_suite(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(monkeypatch, TICKET, SimpleNamespace(**{**vars(TICKET), "ticket": 8, "history": ("先",), "as_of": None}))
    output = home / "feedback.jsonl"
    done = call(home, "feedback", "-o", output)
    assert done.exit_code == 0 and "已写入 2 题" in done.stderr
    suite = load_file(output)
    assert [(one.id, one.type) for one in suite.cases] == [("feedback-7", "award_lookup"), ("feedback-8", "follow_up")]
    assert json.loads(output.read_text("utf-8").splitlines()[0])["suite"] == "feedback"


def test_without_feedback_there_is_no_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(monkeypatch)
    done = call(home, "feedback", "-o", home / "f.jsonl")
    assert done.exit_code == 0 and "还没有转为评测用例的反馈" in done.stderr and not (home / "f.jsonl").exists()


def test_a_store_that_cannot_be_opened_is_1(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise StoreError("打不开")

    monkeypatch.setattr("evals.case_commands.open_store", refuse)
    done = call(home, "feedback", "-o", home / "f.jsonl")
    assert done.exit_code == 1 and "打不开" in done.stderr
