"""Judging a kept run anew: by the cases and rules as they are now, asking nobody, and no answer to another question."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from evals.cases import FigureCase
from evals.loading import load_suite
from evals.probes import probes_of
from evals.running import Plan, digest_of, run_plan
from evals.runs import OUTCOMES, RETRIEVED, RunError
from evals.under_test import UnderTest
from tests.evals.made_up import (
    CLAIM,
    EIGHT,
    RIGHT,
    SOURCES,
    THIRTY,
    again,
    case,
    cited,
    paid,
    place,
    run_of,
    says,
    suite_of,
    under_test,
    verdicts,
)


def test_judging_anew_asks_nobody_and_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = {
        "甲": says("三十[1]", "30") | {"citations": [cited("每项奖励三十贝")]},
        "谁报": {"found": [place("第五条")]},
    }
    cases = (
        THIRTY | {"gold": paid(30, document="haitang", quote=["奖励三十贝"])},
        EIGHT,
        {"id": "c", "claim": CLAIM, "gold": paid(30)},
        {"id": "r", "question": "谁报", "document": "yulan", "anchor": "花农自愿"},
    )
    run = run_of(tmp_path, told | {"主导制定海棠标准": says("合计", "30")}, *cases)

    def refuse(*_: object) -> None:
        raise AssertionError("asked again")

    for name in ("answer", "estimate", "find"):
        monkeypatch.setattr(UnderTest, name, refuse)
    anew = again(tmp_path, *cases)
    assert verdicts(anew) == verdicts(run) and anew.stale == 0
    assert [row.is_right for row in anew.rows] == [True, False, True, False]
    assert anew.config == run.config and [row.retrieved for row in anew.rows] == [row.retrieved for row in run.rows]


def test_a_gold_that_was_changed_is_applied(tmp_path: Path) -> None:
    run_of(tmp_path, RIGHT, THIRTY, EIGHT)
    anew = again(tmp_path, THIRTY, EIGHT | {"gold": paid(5)})
    assert verdicts(anew) == [("a", (), []), ("b", ("amounts",), [8])] and anew.stale == 0


@pytest.mark.parametrize(
    "change",
    [{"question": "乙？"}, {"history": ["甲"]}, {"as_of": "2020-01-01"}, {"region": "海棠市"}],
    ids=["question", "history", "day", "region"],
)
def test_a_question_that_was_changed_is_stale_and_not_judged(tmp_path: Path, change: dict[str, Any]) -> None:
    run_of(tmp_path, RIGHT, THIRTY, EIGHT)
    anew = again(tmp_path, THIRTY, EIGHT | change)
    assert ([row.id for row in anew.rows], anew.stale, anew.is_part) == (["a"], 1, True)


def test_a_case_that_was_removed_is_stale_and_one_that_was_added_is_not_there(tmp_path: Path) -> None:
    run_of(tmp_path, RIGHT, THIRTY, EIGHT)
    anew = again(tmp_path, THIRTY, case("c", "丙"))
    assert ([row.id for row in anew.rows], anew.stale) == (["a"], 1)


def test_a_claim_and_a_search_that_were_changed_are_stale(tmp_path: Path) -> None:
    claim = {"id": "c", "claim": CLAIM, "gold": {"status": "undetermined"}}
    search = {"id": "r", "question": "谁报", "document": "yulan", "anchor": "花农自愿"}
    run_of(tmp_path, {"谁报": {"found": []}}, claim, search)
    assert again(tmp_path, claim, search | {"anchor": "第七条"}).stale == 0  # a gold place is no question
    assert again(tmp_path, claim | {"claim": CLAIM | {"received": 5}}, search | {"question": "谁"}).stale == 2


def test_a_figure_at_another_place_is_another_question() -> None:
    """What is beyond the known figures, too, depends on which are known."""
    suite = load_suite("extraction")
    known = {probe.id: digest_of(probe) for probe in probes_of(suite)}
    first = suite.cases[0]
    assert isinstance(first, FigureCase)
    moved = first.model_copy(update={"at": (first.at[0], first.at[1] + 1)})
    changed = replace(suite, cases=(moved, *suite.cases[1:]))
    other = [probe.id for probe in probes_of(changed) if digest_of(probe) != known[probe.id]]
    assert other == [first.id, f"{first.document}@beyond"]


def test_every_probe_of_a_suite_has_a_digest_of_its_own(tmp_path: Path) -> None:
    cases = (
        THIRTY,
        EIGHT,
        {"id": "c", "claim": CLAIM, "gold": paid(30)},
        {"id": "t", "turns": [{"question": "甲", "gold": paid(30)}] * 2},
    )
    digests = [digest_of(probe) for probe in probes_of(suite_of(tmp_path, *cases))]
    assert len(set(digests)) == 4  # the first turn is the question of case a, put in the same way
    assert digests[3] == digests[0] != digests[4]


def test_the_day_that_a_run_was_given_holds_when_it_is_judged_anew(tmp_path: Path) -> None:
    suite = suite_of(tmp_path, THIRTY)
    plan = Plan(suites=(("made-up", suite),), as_of=date(2020, 5, 5))
    assert (
        run_plan(plan, under_test(RIGHT), SOURCES, tmp_path, "run-1").rows[0].worst.outcome.back["as_of"]
        == "2020-05-05"
    )
    anew = again(tmp_path, THIRTY)
    assert (len(anew.rows), anew.stale) == (1, 0)


def damage(folder: Path, name: str, change: Callable[[str], str]) -> None:
    file = folder / name
    file.write_text(change(file.read_text("utf-8")), encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-20],
        lambda text: text.splitlines()[0] + "\n",
        lambda text: text.replace('"answered"', '"unheard"'),
        lambda text: text.replace('"round"', '"turn"'),
        lambda text: text.replace('"amounts"', '"sums"'),
        lambda text: "",
        lambda text: "[1]\n" * 2,
    ],
    ids=["torn", "a line short", "another status", "another key", "another answer", "empty", "no objects"],
)
def test_outcomes_that_are_damaged_are_told(tmp_path: Path, change: Callable[[str], str]) -> None:
    run_of(tmp_path, RIGHT, THIRTY, EIGHT)
    damage(tmp_path, OUTCOMES, change)
    with pytest.raises(RunError, match="不完整：outcomes.jsonl.*下一步：重新运行"):
        again(tmp_path, THIRTY, EIGHT)


def test_a_list_of_found_clauses_that_is_damaged_is_told(tmp_path: Path) -> None:
    run_of(tmp_path, RIGHT, THIRTY)
    (tmp_path / RETRIEVED).write_text('{"suite": "made-up"}\n', encoding="utf-8")
    with pytest.raises(RunError, match="不完整：retrieved.jsonl"):
        again(tmp_path, THIRTY)
    (tmp_path / RETRIEVED).unlink()
    assert len(again(tmp_path, THIRTY).rows) == 1
