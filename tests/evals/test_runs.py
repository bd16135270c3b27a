"""The folders of runs: whole or not there, found by id, beginning or path, and told when they are damaged."""

import subprocess
import sys
from pathlib import Path

import pytest

from evals.runs import (
    CONFIG,
    OUTCOMES,
    PARTIAL,
    Outcome,
    RunError,
    find_run,
    list_runs,
    read_config,
    read_outcomes,
    runs_folder,
    told,
    write_lines,
    writing,
)
from tests.evals.made_up import config

FIRST, SECOND, OTHER = "20261120T100000.000-a", "20261121T100000.000-a", "20261121T110000.000-b"


def keep(home: Path, *ids: str) -> None:
    for id_ in ids:
        with writing(home, id_) as folder:
            (folder / CONFIG).write_text(config(id_).model_dump_json(), encoding="utf-8")


def names(home: Path) -> list[str]:
    return sorted(one.name for one in runs_folder(home).iterdir())


def test_a_run_takes_its_place_when_it_is_written(tmp_path: Path) -> None:
    with writing(tmp_path, FIRST) as folder:
        (folder / CONFIG).write_text(config(FIRST).model_dump_json(), encoding="utf-8")
        assert list_runs(tmp_path) == [] and not (runs_folder(tmp_path) / FIRST).exists()
        with pytest.raises(RunError, match="找不到运行记录"):
            find_run(tmp_path, "latest")
    assert names(tmp_path) == [FIRST] and read_config(runs_folder(tmp_path) / FIRST) == config(FIRST)


@pytest.mark.parametrize("fault", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_a_run_that_fails_leaves_nothing(tmp_path: Path, fault: type[BaseException]) -> None:
    keep(tmp_path, FIRST)
    with pytest.raises(fault), writing(tmp_path, SECOND) as folder:
        (folder / OUTCOMES).write_text("{}\n", encoding="utf-8")
        raise fault
    assert names(tmp_path) == [FIRST]


def test_what_a_killed_run_left_goes_with_the_next(tmp_path: Path) -> None:
    left = runs_folder(tmp_path) / f"{PARTIAL}{FIRST}"
    (left / "deeper").mkdir(parents=True)
    (left / CONFIG).write_text(config(FIRST).model_dump_json(), encoding="utf-8")
    assert list_runs(tmp_path) == []
    with pytest.raises(RunError):
        find_run(tmp_path, PARTIAL)
    keep(tmp_path, SECOND)
    assert names(tmp_path) == [SECOND]


def test_a_run_that_is_killed_is_swept_and_one_under_way_is_not(tmp_path: Path) -> None:
    """The first process dies in the midst of it; another one is still writing when the next begins."""
    script = (
        "import os, sys; from pathlib import Path; from evals.runs import writing\n"
        "with writing(Path(sys.argv[1]), sys.argv[2]) as folder:\n"
        "    (folder / 'outcomes.jsonl').write_text('half')\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(tmp_path), FIRST], check=False, timeout=60)
    assert killed.returncode == -9 and names(tmp_path) == [f"{PARTIAL}{FIRST}"]
    with writing(tmp_path, SECOND) as folder:
        keep(tmp_path, OTHER)
        assert names(tmp_path) == [f"{PARTIAL}{SECOND}", OTHER]
        (folder / CONFIG).write_text(config(SECOND).model_dump_json(), encoding="utf-8")
    assert names(tmp_path) == [SECOND, OTHER]


def test_runs_are_listed_latest_first(tmp_path: Path) -> None:
    assert list_runs(tmp_path) == []
    keep(tmp_path, SECOND, FIRST, OTHER)
    assert [folder.name for folder in list_runs(tmp_path)] == [OTHER, SECOND, FIRST]


@pytest.mark.parametrize(
    ("given", "found"),
    [("latest", OTHER), (FIRST, FIRST), ("20261120", FIRST), ("20261121T10", SECOND), ("20261121T110000.000-b", OTHER)],
)
def test_a_run_is_found_by_its_id_by_the_beginning_of_it_or_as_the_latest(
    tmp_path: Path, given: str, found: str
) -> None:
    keep(tmp_path, FIRST, SECOND, OTHER)
    assert find_run(tmp_path, given) == runs_folder(tmp_path) / found


def test_a_run_is_found_by_its_path(tmp_path: Path) -> None:
    keep(tmp_path / "elsewhere", FIRST)
    path = runs_folder(tmp_path / "elsewhere") / FIRST
    assert find_run(tmp_path, str(path)) == path


@pytest.mark.parametrize("given", ["20261121", "1999", "", "../runs", "*", "..", FIRST + "x"])
def test_what_fits_none_or_several_is_told(tmp_path: Path, given: str) -> None:
    keep(tmp_path, FIRST, SECOND, OTHER)
    with pytest.raises(RunError, match="找不到运行记录.*下一步：`jiangbu eval list`"):
        find_run(tmp_path, given)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"id": "a"}', "\udc80"])
def test_settings_that_are_damaged_are_told(tmp_path: Path, content: str) -> None:
    keep(tmp_path, FIRST)
    folder = runs_folder(tmp_path) / FIRST
    (folder / CONFIG).write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(RunError, match=f"{FIRST} 不完整：config.json"):
        read_config(folder)


def test_a_setting_that_is_not_known_is_told(tmp_path: Path) -> None:
    keep(tmp_path, FIRST)
    folder = runs_folder(tmp_path) / FIRST
    text = (folder / CONFIG).read_text("utf-8")
    (folder / CONFIG).write_text(text.replace('"engine"', '"motor"'), encoding="utf-8")
    with pytest.raises(RunError, match="不完整：config.json"):
        read_config(folder)


def test_outcomes_are_read_as_they_were_written(tmp_path: Path) -> None:
    outcomes = [
        Outcome(probe=id_, suite="花", round=1, digest="0", ms=1.5, back={"answer": "甲\u2028\n乙", "amounts": []})
        for id_ in ("a", "b/2")
    ]
    write_lines(tmp_path / OUTCOMES, (one.as_line() for one in outcomes))
    assert list(read_outcomes(tmp_path)) == outcomes


def test_outcomes_that_are_not_there_are_told(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="不完整：outcomes.jsonl"):
        list(read_outcomes(tmp_path))


def test_what_is_told_leaves_only_the_time_out() -> None:
    back = {"answer": "甲", "elapsed_ms": 1.0, "status": "answered"}
    assert told(back) == told(back | {"elapsed_ms": 2.0}) != told(back | {"status": "error"})
