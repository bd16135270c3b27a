"""How long building, starting and answering take, and in how much memory, measured as a user would meet it."""

import json
import logging
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from evals.cases import AnswerCase, RetrievalCase
from evals.commands import CommandFailed, run_jiangbu
from evals.metrics import percentile
from evals.report import Figure

COLD_RUNS = 5
WARM_UP_QUESTIONS = 20
BUILD_TIMEOUT_S = 300.0
ASK_TIMEOUT_S = 60.0
BATCH_TIMEOUT_S = 300.0
AS_OF = "2026-11-21"  # the day the answers are given as of, so that every run answers alike

logger = logging.getLogger("evals.bench")


def measure_commands(home: Path, retrieval: Sequence[RetrievalCase], answers: Sequence[AnswerCase]) -> list[Figure]:
    """Build, cold start and batch, each in a process of its own; builds the index of `home`."""
    questions = [*(case.question for case in retrieval), *(case.question for case in answers)]
    return [
        *_figures_or_why("index build", lambda: _measure_build(home)),
        *_figures_or_why("cold ask", lambda: _measure_cold_start(home, questions[0])),
        *_figures_or_why("ask --batch", lambda: _measure_batch(home, questions)),
    ]


def measure_warm_answers(home: Path, warm_up: Sequence[RetrievalCase], cases: Sequence[AnswerCase]) -> list[Figure]:
    """Answer every case once in this process, after some other questions."""
    return _figures_or_why("warm answer", lambda: _measure_warm(home, warm_up, cases))


def _figures_or_why(name: str, measure: Callable[[], list[Figure]]) -> list[Figure]:
    try:
        return measure()
    except (CommandFailed, ImportError) as error:
        logger.error("%s: %s", name, error)
        return [Figure(name=name, value=None, unit="", note=" ".join(str(error).split())[:160])]


def _measure_build(home: Path) -> list[Figure]:
    logger.info("building the index in a fresh home …")
    run = run_jiangbu(["build"], home=home, timeout_s=BUILD_TIMEOUT_S)
    return [
        Figure(name="index build, fresh home", value=run.seconds, unit="s", goal="<= 40 s"),
        Figure(name="index build, peak memory", value=run.peak_mb, unit="MB"),
    ]


def _measure_cold_start(home: Path, question: str) -> list[Figure]:
    logger.info("asking one question in %d fresh processes …", COLD_RUNS)
    asked = ["ask", question, "--as-of", AS_OF, "--json"]
    runs = [run_jiangbu(asked, home=home, timeout_s=ASK_TIMEOUT_S) for _ in range(COLD_RUNS)]
    note = f"median of {COLD_RUNS}, files in the page cache"
    return [
        Figure(name="cold ask", value=statistics.median(r.seconds for r in runs), unit="s", goal="<= 2 s", note=note),
        Figure(name="cold ask, peak memory", value=max(run.peak_mb for run in runs), unit="MB"),
    ]


def _measure_batch(home: Path, questions: Sequence[str]) -> list[Figure]:
    logger.info("answering %d questions by ask --batch …", len(questions))
    file = home / "questions.jsonl"
    rows = [{"id": str(number), "question": text, "as_of": AS_OF} for number, text in enumerate(questions)]
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    run = run_jiangbu(["ask", "--batch", str(file)], home=home, timeout_s=BATCH_TIMEOUT_S)
    answered = len(run.output.splitlines())
    if answered != len(questions):
        raise CommandFailed(f"ask --batch gave {answered} lines for {len(questions)} questions. Next: run it by hand.")
    note = f"{len(questions)} different questions, start-up included"
    return [
        Figure(name="ask --batch", value=len(questions) / run.seconds, unit="questions/s", note=note),
        Figure(name="ask --batch, peak memory", value=run.peak_mb, unit="MB"),
    ]


def _measure_warm(home: Path, warm_up: Sequence[RetrievalCase], cases: Sequence[AnswerCase]) -> list[Figure]:
    from assistant.answer import Assistant
    from assistant.config import Settings
    from assistant.records import Question

    logger.info("answering %d questions in one process …", len(cases))
    assistant = Assistant.open(Settings(home=home))
    for case in warm_up[:WARM_UP_QUESTIONS]:
        assistant.answer(Question(question=case.question))
    times = []
    for answer_case in cases:
        question = Question(question=answer_case.question, history=answer_case.history, as_of=answer_case.as_of)
        begun = time.perf_counter()
        assistant.answer(question)
        times.append((time.perf_counter() - begun) * 1000)
    note = f"{len(times)} questions, each asked once"
    kib = 1 if sys.platform == "darwin" else 1024
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * kib / 1e6
    return [
        Figure(name="warm answer p50", value=percentile(times, 0.5), unit="ms", goal="<= 15 ms", note=note),
        Figure(name="warm answer p95", value=percentile(times, 0.95), unit="ms", goal="<= 50 ms", note=note),
        Figure(name="warm answer, slowest", value=max(times), unit="ms", note=note),
        Figure(name="warm process, peak memory", value=peak_mb, unit="MB", note="the benchmark's own cases included"),
    ]
