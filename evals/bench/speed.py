"""How long the commands take, and in how much memory: each measured in a process of its own, as a user meets it."""

import json
import logging
import statistics
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from evals.bench.commands import CommandFailed, run_jiangbu
from evals.bench.report import Figure
from evals.cases import QuestionCase, RetrievalCase

COLD_RUNS = 5
BUILD_TIMEOUT_S = 300.0
ASK_TIMEOUT_S = 60.0
BATCH_TIMEOUT_S = 300.0

logger = logging.getLogger("evals.bench")


def measure_commands(
    home: Path, retrieval: Sequence[RetrievalCase], answers: Sequence[QuestionCase], today: date
) -> list[Figure]:
    """Build, cold start and batch, each in a process of its own; builds the index of `home`."""
    questions = [*(case.question for case in retrieval), *(case.question for case in answers)]
    return [
        *_figures_or_why("index build", lambda: _measure_build(home)),
        *_figures_or_why("cold ask", lambda: _measure_cold_start(home, questions, today)),
        *_figures_or_why("ask --batch", lambda: _measure_batch(home, questions, today)),
    ]


def _figures_or_why(name: str, measure: Callable[[], list[Figure]]) -> list[Figure]:
    try:
        return measure()
    except CommandFailed as error:
        logger.error("%s: %s", name, error)
        return [Figure(name=name, value=None, unit="", note=" ".join(str(error).split())[:160])]


def _measure_build(home: Path) -> list[Figure]:
    logger.info("building the index in a fresh home …")
    run = run_jiangbu(["build"], home=home, timeout_s=BUILD_TIMEOUT_S)
    return [
        Figure(name="index build, fresh home", value=run.seconds, unit="s", goal="<= 40 s"),
        Figure(name="index build, peak memory", value=run.peak_mb, unit="MB"),
    ]


def _measure_cold_start(home: Path, questions: Sequence[str], today: date) -> list[Figure]:
    """Different questions, spread over the cases: some need a vector of the question and load more, some do not."""
    logger.info("asking %d questions in fresh processes …", COLD_RUNS)
    asked = questions[:: len(questions) // COLD_RUNS][:COLD_RUNS]
    options = ["--as-of", today.isoformat(), "--json"]
    runs = [run_jiangbu(["ask", question, *options], home=home, timeout_s=ASK_TIMEOUT_S) for question in asked]
    _check_answers([run.output for run in runs])
    seconds = [run.seconds for run in runs]
    note = f"median of {COLD_RUNS} different questions, files in the page cache"
    return [
        Figure(name="cold ask", value=statistics.median(seconds), unit="s", goal="<= 2 s", note=note),
        Figure(name="cold ask, slowest", value=max(seconds), unit="s"),
        Figure(name="cold ask, peak memory", value=max(run.peak_mb for run in runs), unit="MB"),
    ]


def _measure_batch(home: Path, questions: Sequence[str], today: date) -> list[Figure]:
    logger.info("answering %d questions by ask --batch …", len(questions))
    file = home / "questions.jsonl"
    rows = [{"id": str(number), "question": text, "as_of": today.isoformat()} for number, text in enumerate(questions)]
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    run = run_jiangbu(["ask", "--batch", str(file)], home=home, timeout_s=BATCH_TIMEOUT_S)
    lines = run.output.splitlines()
    if len(lines) != len(questions):
        raise CommandFailed(
            f"ask --batch gave {len(lines)} answers to {len(questions)} questions. Next: run it by hand."
        )
    _check_answers(lines)
    note = f"{len(questions)} different questions, start-up included"
    return [
        Figure(name="ask --batch", value=len(questions) / run.seconds, unit="questions/s", note=note),
        Figure(name="ask --batch, peak memory", value=run.peak_mb, unit="MB"),
    ]


def _check_answers(answers: Sequence[str]) -> None:
    """A program that fails at once would be measured as a fast one."""
    failed = [answer for answer in answers if json.loads(answer)["status"] == "error"]
    if failed:
        raise CommandFailed(f"{len(failed)} of {len(answers)} answers are errors. Next: run it by hand.")
