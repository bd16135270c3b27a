"""`jiangbu eval` with a made-up assistant: what is kept and told, and the exit status that a release hangs on."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import click
import pytest
from click.testing import CliRunner, Result

from assistant.cli import main
from corpus import Library
from evals.cli import group
from evals.runs import OUTCOMES, find_run, runs_folder
from tests.evals.made_up import DOCUMENTS, EIGHT, RIGHT, THIRTY, Told, case, opened, paid, says, write

CASES = (THIRTY, EIGHT, case("c", "丙", "not_found"))
WORSE = RIGHT | {"乙": says("三十", "30")}


class Desk:
    """A home with two invented policies, a suite, and what the assistant says."""

    def __init__(self, home: Path, patch: pytest.MonkeyPatch) -> None:
        self.home, self._patch = home, patch
        self.suite = write(home / "s.jsonl", CASES, suite="花", version=1)
        Library(home).add(DOCUMENTS)
        self.says(RIGHT)

    def says(self, told: Told) -> None:
        self._patch.setattr("evals.commands.open_under_test", opened(told))

    def is_silent(self) -> None:
        """From now on nobody may be asked."""

        def refuse(*_: object) -> None:
            raise AssertionError("the assistant was opened")

        self._patch.setattr("evals.commands.open_under_test", refuse)

    def __call__(self, *arguments: object) -> Result:
        return CliRunner().invoke(group, [str(one) for one in arguments], env={"JIANGBU_HOME": str(self.home)})

    def run(self, *options: object) -> Result:
        return self("run", self.suite, *options)

    def kept(self) -> list[str]:
        folder = runs_folder(self.home)
        return sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path, monkeypatch)


def test_a_run_prints_its_figures_and_keeps_everything(desk: Desk) -> None:
    done = desk.run()
    assert (done.exit_code, done.stderr.count("运行记录")) == (0, 1)
    assert "花    3/3   100.0%" in done.stdout and "没有基线可比" in done.stdout and "运行记录" not in done.stdout
    [id_] = desk.kept()
    assert id_.endswith("-花") and id_ in done.stderr
    folder = runs_folder(desk.home) / id_
    names = ["config.json", "outcomes.jsonl", "report.html", "retrieved.jsonl", "summary.json"]
    assert sorted(one.name for one in folder.iterdir()) == names
    config = json.loads((folder / "config.json").read_text("utf-8"))
    assert config["suites"][0]["given"] == str(desk.suite) and config["suites"][0]["probes"] == 3


def test_wrong_answers_are_listed_when_asked_for(desk: Desk) -> None:
    desk.says(WORSE)
    assert "花 b [金额] 乙" in desk.run("-v").stdout
    assert "花 b [金额] 乙" not in desk.run().stdout


def test_a_regression_against_the_baseline_is_100(desk: Desk) -> None:
    assert desk.run().exit_code == 0
    blessed = desk("bless")
    assert blessed.exit_code == 0 and "已作为基线" in blessed.stderr
    same = desk.run()
    assert same.exit_code == 0 and "通过：没有比基线" in same.stdout
    desk.says(WORSE)
    worse = desk.run()
    assert worse.exit_code == 100 and "未通过：比基线" in worse.stdout and "## 新答错（1）" in worse.stdout
    assert desk.run("--no-baseline").exit_code == 0
    assert len(desk.kept()) == 4  # a run that fails the gate is kept as well


def test_a_blessed_regression_holds_from_then_on(desk: Desk) -> None:
    desk.run()
    desk("bless")
    desk.says(WORSE)
    assert [desk.run().exit_code, desk("bless", "latest").exit_code, desk.run().exit_code] == [100, 0, 0]


def test_a_baseline_may_lie_in_a_folder_of_its_own(desk: Desk) -> None:
    desk.run()
    folder = desk.home / "held"
    assert desk("bless", "latest", "--to", folder).exit_code == 0
    assert [one.name for one in folder.iterdir()] == ["花.jsonl"]
    desk.says(WORSE)
    assert desk.run().exit_code == 0
    assert desk.run("--baseline", folder).exit_code == 100
    assert desk("compare", folder, "latest").exit_code == 100


@pytest.mark.parametrize(("least", "status"), [("66.66", 0), ("66.67", 100), ("0", 0), ("100", 100)])
def test_below_a_threshold_is_100(desk: Desk, least: str, status: int) -> None:
    desk.says(WORSE)
    done = desk.run("--least", least)
    assert done.exit_code == status and ("低于下限（花 < " in done.stdout) == (status == 100)


def test_a_suite_may_bring_its_own_threshold(desk: Desk) -> None:
    write(desk.suite, CASES, suite="花", version=1, least=90)
    assert desk.run().exit_code == 0
    desk.says(WORSE)
    assert [desk.run().exit_code, desk.run("--least", "50").exit_code] == [100, 0]


def test_a_part_of_a_suite_is_held_to_its_part_of_the_baseline(desk: Desk) -> None:
    desk.run()
    desk("bless")
    part = desk.run("--filter", "id=a,c")
    assert part.exit_code == 0 and "花    2/2" in part.stdout
    refused = desk("bless")
    assert refused.exit_code == 1 and "不能作基线" in refused.stderr


def test_every_round_has_to_be_right(desk: Desk) -> None:
    done = desk.run("--repeat", 3)
    assert "前后不一" in done.stdout and "花    3/3" in done.stdout
    outcomes = (find_run(desk.home, "latest") / OUTCOMES).read_text("utf-8").splitlines()
    assert [json.loads(line)["round"] for line in outcomes] == [1, 1, 1, 2, 2, 2, 3, 3, 3]


def test_results_are_written_in_the_forms_that_are_asked_for(desk: Desk) -> None:
    desk.says(WORSE)
    files = [desk.home / f"out.{form}" for form in ("json", "html", "junit.xml")]
    assert desk.run(*(part for file in files for part in ("-o", file))).exit_code == 0
    found = json.loads(files[0].read_text("utf-8"))
    assert len(found["rows"]) == 3
    assert files[1].read_text("utf-8").lstrip().lower().startswith("<!doctype html>")
    cases = ElementTree.parse(files[2]).getroot().findall(".//testcase")
    assert len(cases) == 3


MISUSES: list[list[object]] = [
    ["--filter", "colour=red"],
    ["--filter", ""],
    ["--filter", "id=nobody"],
    ["--repeat", 0],
    ["--repeat", 21],
    ["--workers", 0],
    ["--engine", "magic"],
    ["--as-of", "2026-13-01"],
    ["--least", 101],
    ["--least", "many"],
    ["--baseline", "nowhere/at/all"],
    ["-o", "out.pdf"],
    ["-o", "nowhere/at/all/out.json"],
    ["--judge", "--judge-limit", 0],
    ["--gold", "x"],
]


@pytest.mark.parametrize("options", MISUSES, ids=lambda options: " ".join(map(str, options)))
def test_wrong_use_is_2_and_nothing_is_asked(desk: Desk, options: list[object]) -> None:
    desk.is_silent()
    done = desk.run(*options)
    assert (done.exit_code, desk.kept(), done.stdout) == (2, [], "")
    assert "Error: " in done.stderr


@pytest.mark.parametrize(
    "arguments", [["ru"], ["compare", "a"], ["run", "--nope"], ["import", "nowhere.xlsx", "-o", "x"]]
)
def test_a_command_that_does_not_exist_or_lacks_something_is_2(desk: Desk, arguments: list[str]) -> None:
    assert desk(*arguments).exit_code == 2


def test_a_suite_that_cannot_be_read_is_1_and_nothing_is_asked(desk: Desk) -> None:
    desk.is_silent()
    missing = desk("run", desk.home / "nowhere.jsonl")
    assert missing.exit_code == 1 and "找不到题集" in missing.stderr and "下一步" in missing.stderr
    write(desk.suite, [THIRTY, EIGHT | {"titel": "x"}])
    wrong = desk.run()
    assert wrong.exit_code == 1 and f"{desk.suite}:2：titel" in wrong.stderr
    assert desk.kept() == [] and wrong.stdout == ""


def test_golds_that_do_not_meet_the_documents_are_told_and_asked_all_the_same(desk: Desk) -> None:
    gone = EIGHT | {"gold": paid(8, document="peony-1999", quote=["第五条"])}
    search = {"id": "r", "question": "谁报", "document": "peony-1999", "anchor": "花农"}
    desk.says(RIGHT | {"谁报": {"found": []}})
    write(desk.suite, [THIRTY, gone, search], suite="花", version=1)
    done = desk.run("--filter", "id=a,b,r", "-o", desk.home / "out.html")
    assert done.exit_code == 0 and "2 题的标准答案与现在的文件对不上" in done.stderr
    assert "花    1/3" in done.stdout and desk("score").exit_code == desk("report").exit_code == 0
    assert "2 题" not in desk("run", write(desk.home / "t.jsonl", CASES)).stderr


def test_two_suites_of_one_name_are_refused(desk: Desk) -> None:
    other = write(desk.home / "t.jsonl", [case("z")], suite="花", version=1)
    done = desk("run", desk.suite, other)
    assert done.exit_code == 1 and "两个题集同名：花" in done.stderr
    assert desk("run", desk.suite, desk.suite).exit_code == 0


def test_what_this_version_cannot_do_is_told(desk: Desk) -> None:
    desk.is_silent()
    llm, judge = desk.run("--engine", "llm"), desk.run("--judge")
    assert (llm.exit_code, judge.exit_code) == (1, 1)
    assert "--engine rules" in llm.stderr and "JIANGBU_LLM_MODEL" in judge.stderr


def test_a_run_that_fails_leaves_none_behind(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("evals.running.write_lines", fail)
    assert isinstance(desk.run().exception, OSError) and desk.kept() == []


def test_a_kept_run_is_scored_by_the_cases_as_they_are_now(desk: Desk) -> None:
    desk.run()
    desk("bless")
    desk.is_silent()
    write(desk.suite, [THIRTY, EIGHT | {"gold": paid(5)}, CASES[2]], suite="花", version=1)
    done = desk("score")
    assert done.exit_code == 100 and "花    2/3" in done.stdout
    write(desk.suite, CASES, suite="花", version=1)
    assert desk("score", desk.kept()[0][:12]).exit_code == 0
    assert len(desk.kept()) == 1


def test_a_question_that_was_changed_is_told_and_no_loss(desk: Desk) -> None:
    desk.run()
    desk("bless")
    write(desk.suite, [THIRTY, EIGHT | {"question": "乙？"}, CASES[2]], suite="花", version=1)
    done = desk("score")
    assert done.exit_code == 0 and "1 题的问题在运行之后改过" in done.stderr and "花    2/2" in done.stdout
    assert desk("bless").exit_code == 1


def test_a_suite_is_found_again_from_another_folder(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk.home)
    assert desk("run", desk.suite.name).exit_code == 0
    monkeypatch.chdir(desk.home.parent)
    assert desk("score").exit_code == 0


def two_runs(desk: Desk) -> list[str]:
    desk.run()
    desk.says(WORSE)
    desk.run()
    desk.is_silent()
    return desk.kept()


def test_two_runs_are_compared_with_both_answers(desk: Desk) -> None:
    before, after = two_runs(desk)
    worse, better, same = (
        desk("compare", before, after),
        desk("compare", after, before),
        desk("compare", after, "latest"),
    )
    assert [one.exit_code for one in (worse, better, same)] == [100, 0, 0]
    assert "## 新答错（1）\n花 b [金额] 乙\n    [-八-]{+三十+}" in worse.stdout and f"比{before}差" in worse.stdout
    assert "## 新答对（1）" in better.stdout and "新答错 0，新出错误金额 0，新答对 0，说法变了 0" in same.stdout
    page = desk.home / "cmp.html"
    assert desk("compare", before, after, "-o", page).exit_code == 100 and page.is_file()


@pytest.mark.parametrize(
    "arguments", [["compare", "baseline", "latest"], ["compare", "1999", "latest"], ["score", "1999"]]
)
def test_a_side_that_is_not_there_is_1(desk: Desk, arguments: list[str]) -> None:
    desk.run()
    done = desk(*arguments)
    assert done.exit_code == 1 and "下一步" in done.stderr and done.stdout == ""


Damage = Callable[[Path], object]


@pytest.mark.parametrize("command", [["score"], ["report"], ["bless"], ["compare", "latest", "latest"]])
@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "outcomes.jsonl").unlink(),
        lambda folder: (folder / "outcomes.jsonl").write_text("{", encoding="utf-8"),
        lambda folder: (folder / "config.json").write_text("{}", encoding="utf-8"),
    ],
    ids=["no outcomes", "torn outcomes", "no settings"],
)
def test_a_damaged_run_is_1_and_told(desk: Desk, command: list[str], damage: Damage) -> None:
    desk.run()
    folder = runs_folder(desk.home) / desk.kept()[0]
    damage(folder)
    done = desk(*command)
    assert done.exit_code == 1 and f"运行记录 {folder} 不完整" in done.stderr and done.stdout == ""


def test_a_damaged_baseline_is_1_and_the_run_is_kept(desk: Desk) -> None:
    desk.run()
    desk("bless")
    [file] = (desk.home / "evals" / "baselines").iterdir()
    file.write_text("{}", encoding="utf-8")
    done = desk.run()
    assert done.exit_code == 1 and f"读不了基线 {file}" in done.stderr
    assert len(desk.kept()) == 2


def test_a_report_is_written_into_the_run_or_where_it_is_asked_for(desk: Desk) -> None:
    before, after = two_runs(desk)
    own = runs_folder(desk.home) / after / "report.html"
    own.unlink()
    first = desk("report")
    assert first.exit_code == 0 and own.is_file() and str(own) in first.stderr and first.stdout == ""
    other = desk.home / "other.html"
    assert desk("report", before, "-o", other, "--against", after).exit_code == 0
    assert other.is_file() and "b" in other.read_text("utf-8")


def test_suites_and_runs_are_listed(desk: Desk) -> None:
    empty = desk("list").stdout
    assert "还没有运行记录" in empty and "  retrieval  " in empty and "  robustness  " in empty
    desk.run("--filter", "id=a")
    listed = desk("list").stdout
    [id_] = desk.kept()
    assert f"{id_}  花  1 题 --filter id=a  rules" in listed


def test_the_day_of_the_option_reaches_the_question(desk: Desk) -> None:
    desk.run("--as-of", "2021-02-03")
    outcomes = (find_run(desk.home, "latest") / OUTCOMES).read_text("utf-8").splitlines()
    assert {json.loads(line)["back"]["as_of"] for line in outcomes} == {"2021-02-03"}


def test_jiangbu_finds_the_command_by_itself() -> None:
    context = click.Context(main)
    assert "eval" in main.list_commands(context) and main.get_command(context, "eval") is group
    assert main.get_command(context, "evaluate") is None
    shown = CliRunner().invoke(main, ["eval", "--help"])
    assert shown.exit_code == 0 and all(name in shown.stdout for name in ("run", "compare", "bless", "report", "score"))


def test_the_program_itself_does_without_the_evaluation() -> None:
    code = "import sys, assistant.cli, assistant.answer; print([name for name in sys.modules if name[:5] == 'evals'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "[]"


def test_help_of_every_command_is_chinese_and_names_its_options(desk: Desk) -> None:
    for name, command in group.commands.items():
        shown = desk(name, "--help")
        assert shown.exit_code == 0 and "".join((command.help or "?").split()) in "".join(shown.stdout.split()), name
        undescribed: list[Any] = [one for one in command.params if isinstance(one, click.Option) and not one.help]
        assert undescribed == [], name
