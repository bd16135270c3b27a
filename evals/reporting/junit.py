"""A judged run as JUnit XML, for whatever shows test results.

A suite is a test suite, a probe a test case. What was wrong before and still is, is skipped and says `known`, so that
the file is red exactly where the run is worse than its baseline; without one, every wrong answer is a failure.
"""

import io
import json

from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from evals.comparing import Comparison
from evals.reporting import wording
from evals.reporting.said import broken_sentences, is_faulty, is_withheld, said_text
from evals.reporting.written import clip, fit
from evals.runs import Row, Run

TEXT_MAX = 2000  # characters of a question, a gold and an answer each
Key = tuple[str, str]


def junit_xml(run: Run, comparison: Comparison | None) -> str:
    """The run as XML; control characters that XML cannot hold are replaced."""
    skipped = _skipped(comparison)
    report = JUnitXml(fit(run.config.id))
    for used in run.config.suites:
        suite = TestSuite(fit(used.name))
        suite.add_property("git_revision", run.config.git_revision)
        suite.add_testcases([_case(row, skipped) for row in run.rows if row.suite == used.name])
        suite.add_testcases(_gone(comparison, used.name))
        report.add_testsuite(suite)
    out = io.BytesIO()
    report.write(out)
    return out.getvalue().decode("utf-8")


def _skipped(comparison: Comparison | None) -> dict[Key, str] | None:
    """Why a wrong row is none of this run's faults, for those of another reason than `known`; None: all are."""
    if comparison is None:
        return None
    worse = {change.after.key: "" for change in (*comparison.newly_wrong, *comparison.newly_false)}
    added = {one.key: wording.JUNIT_NEW for one in comparison.added}
    return worse | added | {change.after.key: wording.JUNIT_OTHERWISE for change in comparison.put_otherwise}


def _case(row: Row, skipped: dict[Key, str] | None) -> TestCase:
    seconds = sum(one.outcome.ms for one in row.rounds) / 1000
    case = TestCase(fit(row.id), f"{fit(row.suite)}.{row.probe.type}", round(seconds, 4))
    if not is_faulty(row):
        return case
    if reason := "" if skipped is None else skipped.get(row.key, wording.JUNIT_KNOWN):
        case.result = [Skipped(reason)]
        return case
    told = "；".join(broken_sentences(row))
    result = Error(told, "withheld") if is_withheld(row) else Failure(told, "wrong")
    result.text = wording.JUNIT_TEXT.format(
        question=clip(row.described.question, TEXT_MAX),
        gold=clip(json.dumps(row.described.gold, ensure_ascii=False, default=str), TEXT_MAX),
        answer=clip(said_text(row), TEXT_MAX),
    )
    case.result = [result]
    return case


def _gone(comparison: Comparison | None, suite: str) -> list[TestCase]:
    """Answers that were right and are not there any more fail, as the gate has it."""
    cases = []
    for one in () if comparison is None else comparison.gone:
        if one.suite == suite and one.is_right:
            case = TestCase(fit(one.probe), f"{fit(suite)}.gone")
            case.result = [Failure(wording.JUNIT_GONE, "gone")]
            cases.append(case)
    return cases
