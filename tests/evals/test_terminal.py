"""What stands in a terminal: tables that line up, verdicts in words, answers with their differences."""

import ast
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from evals import words
from evals.comparing import Comparison, compare, standings_of
from evals.gate import Gate
from evals.runs import Run
from evals.summary import summarise
from evals.terminal import (
    CHANGES_MAX,
    columns,
    text_of,
    write_changes,
    write_gate,
    write_run_line,
    write_summary,
    write_wrong,
)
from tests.evals.made_up import CLAIM, EIGHT, RIGHT, THIRTY, case, config, paid, place, run_of, says, stood


def run_in(folder: Path, name: str, told: dict[str, Any], *cases: dict[str, Any]) -> Run:
    (folder / name).mkdir()
    return run_of(folder / name, told, *cases)


def changes(folder: Path, before: dict[str, Any], after: dict[str, Any], *cases: dict[str, Any]) -> Comparison:
    return compare(*(standings_of(run_in(folder, name, told, *cases)) for name, told in (("a", before), ("b", after))))


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([["题集", "n"], ["abc", "10"]], ["题集  n", "abc   10"]),
        ([["a", "甲乙丙"], ["甲", "b"]], ["a   甲乙丙", "甲  b"]),
        ([["“甲”", "1"], ["甲，乙", "2"]], ["“甲”    1", "甲，乙  2"]),
        ([["", "x"], ["Ａ", ""]], ["    x", "Ａ"]),
    ],
)
def test_a_chinese_character_takes_two_columns(rows: list[list[str]], lines: list[str]) -> None:
    assert columns(rows).splitlines() == lines


def test_the_tables_have_every_suite_and_type_with_its_number(tmp_path: Path) -> None:
    run = run_of(tmp_path, RIGHT | {"乙": says("", "30")}, THIRTY, EIGHT, case("c", "丙", "not_found"))
    text = write_summary(run, summarise(run))
    assert "made-up  2/3   66.7%  20.8–93.9%  2/3       1         0" in text
    assert "查金额  1/2   50.0%" in text and "查无    1/1   100.0%" in text
    assert "应答类别 3/3，金额 2/3" in text and "查无：给出的里面应当给的 1/1（100.0%）" in text
    assert words.UNSTEADY not in text and "检索（" not in text and "台账：" not in text
    assert "答复用时（n=3，2 个同时）" in text


def test_a_run_of_several_rounds_says_how_many_were_unsteady(tmp_path: Path) -> None:
    run = run_of(tmp_path, RIGHT, THIRTY, repeat=2)
    head, row, *_ = write_summary(run, summarise(run)).splitlines()
    assert head.endswith(words.UNSTEADY) and row.endswith("0")


def test_a_suite_of_searches_has_ranks_and_no_times(tmp_path: Path) -> None:
    search = {"id": "r", "question": "谁报", "document": "yulan", "anchor": "花农自愿"}
    run = run_of(tmp_path, {"谁报": {"found": [place("第五条"), place("花农\n自愿", "yulan")]}}, search)
    text = write_summary(run, summarise(run))
    assert "检索（n=1）：hit@1 0.0% hit@3 100.0% hit@5 100.0% hit@10 100.0% MRR@10 0.500 nDCG@10 0.631" in text
    assert "答复用时" not in text and words.CONFUSION not in text


def test_a_wrong_answer_is_told_in_three_lines_and_a_right_one_in_none(tmp_path: Path) -> None:
    wrong = EIGHT | {"gold": paid(8, kind="cap", why="第五条"), "history": ["先"]}
    lines = list(write_wrong(run_of(tmp_path, RIGHT | {"乙": says("五\n贝", "5")}, THIRTY, wrong).rows))
    assert lines == [
        "made-up b [金额、固定或上限] 先 / 乙",
        "    应当： answered 8 cap 第五条",
        "    实际： answered 5 exact 五 贝",
    ]


def test_a_long_text_is_cut(tmp_path: Path) -> None:
    first, _, third = write_wrong(run_of(tmp_path, {"甲" * 300: says("长" * 300, "5")}, case("a", "甲" * 300)).rows)
    assert first.endswith("甲" * 100 + "…") and third.endswith("长" * 100 + "…")


def test_what_was_said_is_the_answer_the_estimate_or_why_there_is_none(tmp_path: Path) -> None:
    cases = (THIRTY, {"id": "c", "claim": CLAIM, "gold": {"status": "undetermined"}})
    for at, told in enumerate((RIGHT | {"主导制定海棠标准": says("合计", "30")}, {"甲": ValueError()})):
        first, second = map(text_of, run_in(tmp_path, str(at), told, *cases).rows)
        assert (first, second) == [("三十", "合计"), (first, "没有这样的成果")][at] and first
    assert text_of(None) == ""


def test_each_difference_is_told_with_both_answers_in_one(tmp_path: Path) -> None:
    after = {"甲": says("奖励8元\n见下", "8"), "乙": says("给8元", "8")}
    text = write_changes(
        changes(tmp_path, {"甲": says("奖励30元\n见下", "30"), "乙": says("八", "8")}, after, THIRTY, EIGHT)
    )
    assert text.splitlines() == [
        "可比 2 题：新答错 1，新出错误金额 0，新答对 0，说法变了 1",
        words.TOO_FEW,
        "",
        "## 新答错（1）",
        "made-up a [金额] 甲",
        "    奖励[-30-]{+8+}元",
        "    见下",
        "",
        "## 说法变了（1）",
        "made-up b 乙",
        "    [-八-]{+给8元+}",
    ]


def test_against_a_baseline_only_the_new_answer_is_told(tmp_path: Path) -> None:
    run = run_of(tmp_path, {"甲": says("八", "8")}, THIRTY)
    [now] = standings_of(run)
    before = stood("a", suite="made-up", put=now.put)
    assert "    实际： 八" in write_changes(compare([before], [now])).splitlines()


def test_what_is_not_compared_is_counted(tmp_path: Path) -> None:
    before = [stood("gone"), stood("other"), *(stood(str(n)) for n in range(10))]
    after = [stood("added"), stood("other", put="x"), *(stood(str(n), False) for n in range(10))]
    text = write_changes(compare(before, after))
    assert "未比：新增 1 题，缺少 1 题，问题改过 1 题" in text
    assert "McNemar 精确检验 p = 0.0020，差别不像偶然" in text


def test_a_long_list_is_cut_and_says_so() -> None:
    count = CHANGES_MAX + 3
    text = write_changes(compare([stood(str(n)) for n in range(count)], [stood(str(n), False) for n in range(count)]))
    assert f"新答错（{count}）" in text and text.count("\ns ") == CHANGES_MAX and "……另有 3 题，见报告" in text


@pytest.mark.parametrize(
    ("gate", "against", "told"),
    [
        (Gate(is_regression=False, below=()), "基线", "通过：没有比基线差。"),
        (Gate(is_regression=False, below=()), "", words.NOTHING_TO_HOLD),
        (Gate(is_regression=True, below=()), "基线", "未通过：比基线差。"),
        (Gate(is_regression=False, below=(("花", Decimal(95)),)), "", "未通过：低于下限（花 < 95%）。"),
        (Gate(is_regression=True, below=(("花", Decimal(95)),)), "A", "未通过：比A差。并低于下限（花 < 95%）。"),
    ],
)
def test_the_verdict_is_told_in_a_line(gate: Gate, against: str, told: str) -> None:
    assert write_gate(gate, against) == told


def test_a_run_is_told_in_a_line() -> None:
    line = write_run_line(config(filters=("type=x", "威海"), repeat=3, seconds=12.4))
    assert line == "run-1  made-up  3 题 --filter type=x 威海  rules  —  12 秒"


def test_no_sentence_takes_the_name_of_another() -> None:
    """Of two under one name the first is never said; it happened."""
    tree = ast.parse(Path(words.__file__).read_text("utf-8"))
    bound = [target for one in tree.body if isinstance(one, ast.Assign) for target in one.targets]
    names = Counter(name.id for one in bound for name in ast.walk(one) if isinstance(name, ast.Name))
    assert [name for name, count in names.items() if count > 1] == []
