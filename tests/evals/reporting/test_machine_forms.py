"""A run for programs: summary.json, every row of out.json, JUnit XML, and the line over runs."""

import json
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from junitparser import JUnitXml

from evals.comparing import compare, standings_of
from evals.judging_records import JudgedReport, JudgedRow, Mark, sum_up
from evals.reporting import TrendPoint, junit_xml, read_trend, render_html, summary_json
from evals.reporting.charts import latency_columns, trend_chart
from evals.runs import CONFIG, SUMMARY, SuiteUsed, runs_folder
from tests.evals.made_up import SOURCES, case, config, paid, run_of, says
from tests.evals.reporting.pages import Page, finding_of

SUMS = [case("good", gold=paid(30)), case("bad", gold=paid(30)), case("fault", gold=paid(30))]
TOLD = {"问题good": says("30元", "30"), "问题bad": says("99元", "99"), "问题fault": RuntimeError("broken")}
MARKS = [Mark(metric="faithfulness", value=Decimal("0.5")), Mark(metric="relevance", skipped="late")]


@pytest.fixture
def run(tmp_path):
    """Three questions: one right, one with a wrong sum, one that the program failed at."""
    return run_of(tmp_path, TOLD, *SUMS)


def results(xml: str) -> dict[str, str]:
    """Test cases by name, each with the kind of its result."""
    cases = [case for suite in JUnitXml.fromstring(xml.encode()) for case in suite]
    return {case.name: type(case.result[0]).__name__ if case.result else "" for case in cases}


def test_the_summary_has_counts_verdict_and_figures_by_suite(run):
    told = json.loads(summary_json(finding_of(run)))
    assert (told["right"], told["n"], told["wrong_amounts"], told["withheld"]) == (1, 3, 1, 1)
    assert (told["verdict"], told["comparison"], told["run"]["id"]) == ("no_baseline", None, "run-1")
    [suite] = told["figures"]["suites"]
    assert suite["name"] == "made-up" and suite["right"]["part"] == 1 and suite["cases"]["n"] == 3
    assert told["figures"]["confusion"]["answered"]["error"] == 1
    assert "rows" not in told


def test_the_rows_have_question_gold_verdict_and_answer(run):
    told = json.loads(summary_json(finding_of(run), with_rows=True))
    row = told["rows"][1]
    assert (row["question"], row["gold"]["yuan"], row["kept"]["amounts"]) == ("问题bad", ["30"], False)
    assert (row["wrong_amounts"], row["back"]["answer"], row["is_right"]) == (["99.00"], "99元", False)
    assert told["rows"][2]["withheld"]


def test_the_summary_names_what_changed_and_what_is_below(run):
    before = [replace(one, is_right=True) for one in standings_of(run)]
    told = json.loads(summary_json(finding_of(run, before, **{"made-up": Decimal(99)})))
    assert told["verdict"] == "regression"
    assert told["comparison"]["newly_wrong"][0] == {"suite": "made-up", "probe": "bad"}
    assert told["below"] == [{"suite": "made-up", "least_percent": "99"}]


def test_half_a_character_does_not_stop_the_summary(run):
    row = replace(run.rows[1], described=replace(run.rows[1].described, question="\ud800奖"))
    half = replace(run, rows=(row,))
    assert json.loads(summary_json(finding_of(half), with_rows=True))["rows"][0]["question"] == "?奖"


def test_without_a_baseline_every_wrong_answer_fails(run):
    assert results(junit_xml(run, None)) == {"good": "", "bad": "Failure", "fault": "Error"}


def test_what_was_wrong_before_is_skipped_as_known(run):
    assert results(junit_xml(run, compare(standings_of(run), standings_of(run)))) == {
        "good": "",
        "bad": "Skipped",
        "fault": "Skipped",
    }
    assert "known" in junit_xml(run, compare(standings_of(run), standings_of(run)))


def test_what_became_wrong_fails_and_so_does_a_right_answer_that_is_gone(run):
    good, bad, fault = standings_of(run)
    before = [good, replace(bad, is_right=True, wrong_amounts=()), fault, replace(good, probe="lost")]
    comparison = compare(before, standings_of(run))
    assert comparison.is_regression
    expected = {"good": "", "bad": "Failure", "fault": "Skipped", "lost": "Failure"}
    assert results(junit_xml(run, comparison)) == expected


def test_a_new_wrong_sum_in_an_answer_wrong_before_fails(run):
    good, bad, fault = standings_of(run)
    comparison = compare([good, replace(bad, wrong_amounts=()), fault], standings_of(run))
    assert results(junit_xml(run, comparison))["bad"] == "Failure"


def test_a_question_that_is_new_or_was_changed_is_skipped(run):
    good, bad, _ = standings_of(run)
    xml = junit_xml(run, compare([good, replace(bad, put="other")], standings_of(run)))
    assert results(xml) == {"good": "", "bad": "Skipped", "fault": "Skipped"}
    assert "new：" in xml and "changed：" in xml


def test_the_failure_says_what_is_wrong_with_gold_and_answer(run):
    [suite] = ElementTree.fromstring(junit_xml(run, None).encode())
    failure = suite.find("testcase[@name='bad']/failure")
    assert failure.get("message") == "给出了不该给的金额：99元；金额与标准答案不符"
    assert "问：问题bad" in failure.text and '"yuan": ["30"]' in failure.text and "实际：99元" in failure.text
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("3", "1", "1")


def test_xml_holds_whatever_a_question_holds(tmp_path):
    hostile = "]]><a>&\x00\x0b\ufffe奖"
    run = run_of(tmp_path, {}, case("n\x01", hostile, gold=paid(1)))
    [suite] = ElementTree.fromstring(junit_xml(run, None).encode())
    [found] = suite.findall("testcase")
    assert found.get("name") == "n\ufffd"
    assert "]]><a>&\ufffd\ufffd\ufffd奖" in found.find("failure").text


def keep(home, one, **summary) -> None:
    """A run of a home with these figures; none: a run without."""
    folder = runs_folder(home) / one.id
    folder.mkdir(parents=True)
    (folder / CONFIG).write_text(one.model_dump_json(), "utf-8")
    if summary:
        (folder / SUMMARY).write_text(json.dumps(summary), "utf-8")


def at(day: int, **fields):
    """The config of a run of a day."""
    started = config().started.replace(day=day)
    return config(f"202611{day:02}T000000.000-made-up", started=started, **fields)


def test_the_line_has_earlier_runs_of_the_same_suites_oldest_first(tmp_path):
    counts = {"right": 9, "n": 10, "wrong_amounts": 1}
    other = SuiteUsed(name="other", given="other", sha256="0", probes=1)
    for day, fields in (
        (3, {}),
        (2, {}),
        (4, {"filters": ("id=a",)}),
        (5, {"suites": (other,)}),
        (6, {"engine": "llm"}),
    ):
        keep(tmp_path, at(day, **fields), **counts)
    keep(tmp_path, at(9), **counts)
    points = read_trend(tmp_path, at(8))
    assert [(point.started.day, point.right, point.n, point.wrong_amounts) for point in points] == [
        (2, 9, 10, 1),
        (3, 9, 10, 1),
    ]
    assert read_trend(tmp_path, at(8, filters=("id=a",))) == []


def test_runs_without_figures_or_with_damaged_ones_are_passed_over(tmp_path):
    keep(tmp_path, at(1))
    keep(tmp_path, at(2), right="x", n=1, wrong_amounts=0)
    keep(tmp_path, at(3), right=0, n=0, wrong_amounts=0)
    keep(tmp_path, at(4), right=1, n=1, wrong_amounts=0)
    (runs_folder(tmp_path) / at(1).id / SUMMARY).write_text("[]")
    broken = runs_folder(tmp_path) / "broken"
    broken.mkdir()
    (broken / CONFIG).write_text("{", "utf-8")
    assert [point.started.day for point in read_trend(tmp_path, at(9))] == [4]


def test_a_small_change_is_seen_on_the_axis():
    points = [
        TrendPoint(run="r", started=config().started, right=right, n=1000, wrong_amounts=0) for right in (980, 990)
    ]
    chart = trend_chart(points)
    assert [tick.label for tick in chart.ticks] == ["97%", "98%", "99%", "100%"]
    assert chart.dots[0].y - chart.dots[1].y > 30
    assert trend_chart(points[:1]) is None


def test_columns_count_answers_by_their_time(run):
    rows = [
        replace(row, rounds=(replace(row.rounds[0], outcome=replace(row.rounds[0].outcome, ms=ms)),))
        for row, ms in zip(run.rows, (4.9, 5.0, 9000.0), strict=True)
    ]
    columns = latency_columns(rows)
    assert [(one.label, one.count) for one in columns if one.count] == [("<5", 1), ("<10", 1), ("≥5000", 1)]
    assert latency_columns([]) == ()


def test_judged_metrics_stand_apart_with_their_number_and_what_was_skipped(run):
    rows = (JudgedRow(suite="made-up", id="good", marks=tuple(MARKS)),)
    judged = JudgedReport(model="m<1>", library="lib 1", eligible=3, rows=rows, figures=sum_up(rows), seconds=1.0)
    finding = replace(finding_of(run), judged=judged)
    text = Page(render_html(finding, trend=(), sources=SOURCES)).text
    assert "语言模型的评判（只供参考，不影响通过与否）" in text and "m<1>" in text
    assert "0.500 1 0" in text and "总时间已到" in text
    assert json.loads(summary_json(finding))["judged"]["figures"][0]["mean"] == "0.500"
