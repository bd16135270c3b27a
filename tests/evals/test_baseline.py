"""The baseline: what is written is read back, only a whole run becomes it, the first folder that has one wins."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from evals.baseline import bless, find_baselines, read_baseline
from evals.comparing import Standing, compare, standings_of
from evals.runs import Run, RunError, SuiteUsed
from tests.evals.made_up import EIGHT, RIGHT, THIRTY, case, config, run_of, says

TODAY = date(2026, 11, 21)
NONE = Standing(
    suite="花", probe="q-1", put="p", said="s", is_right=True, broken=(), wrong_amounts=(), status="answered"
)
WRONG = replace(NONE, probe="q-2/1", is_right=False, broken=("amounts", "kind"), wrong_amounts=("30.00", "5.00"))
FIGURE = replace(NONE, probe="weihai@1.rule", status="")


def run_named(*suites: str, **fields: Any) -> Run:
    used = tuple(SuiteUsed(name=name, given=name, sha256="0", probes=1) for name in suites)
    stale = fields.pop("stale", 0)
    return Run(config=config(suites=used, git_revision="abc", **fields), rows=(), stale=stale)


def test_what_is_blessed_is_read_back(tmp_path: Path) -> None:
    [file] = bless(run_named("花"), [NONE, WRONG, FIGURE], tmp_path, TODAY)
    found = read_baseline(file)
    assert found.standings == (NONE, WRONG, FIGURE)
    assert (found.suite, found.blessed, found.run, found.git_revision) == ("花", TODAY, "run-1", "abc")


def test_a_run_that_is_blessed_is_no_regression_against_itself(tmp_path: Path) -> None:
    run = run_of(tmp_path, RIGHT | {"乙": says("三十", "30")}, THIRTY, EIGHT, case("c"))
    [file] = bless(run, standings_of(run), tmp_path, TODAY)
    found = compare(read_baseline(file).standings, standings_of(run))
    assert (found.n, found.is_regression, found.reworded, found.put_otherwise) == (3, False, (), ())
    head, *lines = map(json.loads, file.read_text("utf-8").splitlines())
    assert (head["right"], head["n"], len(lines)) == (2, 3, 3)


def test_a_baseline_has_no_text_in_it(tmp_path: Path) -> None:
    """Answers quote policies, whose wording stands in the documents alone."""
    run = run_of(tmp_path, {"甲": says("独一无二的说法", "30")}, THIRTY)
    [file] = bless(run, standings_of(run), tmp_path, TODAY)
    assert "独一无二" not in file.read_text("utf-8") and THIRTY["question"] not in file.read_text("utf-8")


def test_each_suite_has_a_file_of_its_own(tmp_path: Path) -> None:
    other = replace(NONE, suite="树 木/1")
    files = bless(run_named("花", "树 木/1"), [NONE, other], tmp_path / "new", TODAY)
    names = [file.name for file in files]
    assert names[0] == "花.jsonl" and names[1].startswith("树_木_1-")
    alike = bless(run_named("树_木_1"), [replace(NONE, suite="树_木_1")], tmp_path / "new", TODAY)
    assert alike[0].name == "树_木_1.jsonl"
    assert [one.standings for one in find_baselines([tmp_path / "new"], ["花", "树 木/1", "草"])] == [(NONE,), (other,)]


def test_a_blessed_run_replaces_the_one_before(tmp_path: Path) -> None:
    bless(run_named("花"), [NONE, WRONG], tmp_path, TODAY)
    [file] = bless(run_named("花"), [FIGURE], tmp_path, date(2026, 12, 1))
    assert read_baseline(file).standings == (FIGURE,) and read_baseline(file).blessed == date(2026, 12, 1)
    assert [one.name for one in tmp_path.iterdir()] == [file.name]


@pytest.mark.parametrize("fields", [{"filters": ("type=award_calc",)}, {"stale": 1}])
def test_a_part_of_a_suite_is_no_baseline(tmp_path: Path, fields: dict[str, Any]) -> None:
    with pytest.raises(RunError, match="不能作基线.*下一步"):
        bless(run_named("花", **fields), [NONE], tmp_path, TODAY)
    assert list(tmp_path.iterdir()) == []


def test_the_first_folder_that_has_a_baseline_wins(tmp_path: Path) -> None:
    own, packaged = tmp_path / "own", tmp_path / "packaged"
    bless(run_named("花"), [NONE], own, TODAY)
    bless(run_named("花", "草"), [WRONG, replace(FIGURE, suite="草")], packaged, TODAY)
    found = find_baselines([own, packaged], ["花", "草", "无"])
    assert [(one.suite, one.standings[0].probe) for one in found] == [("花", NONE.probe), ("草", FIGURE.probe)]
    assert find_baselines([packaged, own], ["花"])[0].standings[0].probe == WRONG.probe
    assert find_baselines([tmp_path / "nowhere"], ["花"]) == []


Change = Callable[[str], str]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "",
        lambda text: text[:-5],
        lambda text: text.replace('"version": 1', '"version": 2'),
        lambda text: text.replace('"put"', '"asked"'),
        lambda text: text.replace('"blessed": "2026', '"blessed": "20x6'),
        lambda text: text.replace('["amounts", "kind"]', '"amounts"'),
        lambda text: text + "[]\n",
        lambda text: text + "7\n",
        lambda text: "\n" + text,
    ],
    ids=["empty", "torn", "later version", "key", "day", "no list", "a list", "a number", "no head"],
)
def test_a_damaged_baseline_is_told(tmp_path: Path, change: Change) -> None:
    [file] = bless(run_named("花"), [NONE, WRONG], tmp_path, TODAY)
    file.write_text(change(file.read_text("utf-8")), encoding="utf-8")
    with pytest.raises(RunError, match="读不了基线 .*花.jsonl.*下一步：用 `jiangbu eval bless`"):
        read_baseline(file)


def test_a_name_with_a_separator_in_it_is_one_line(tmp_path: Path) -> None:
    run = run_named("花\u2028草")
    [file] = bless(run, [replace(NONE, suite="花\u2028草")], tmp_path, TODAY)
    assert read_baseline(file).suite == "花\u2028草"
