"""How long a warm assistant takes for an answer, and how much memory the process that holds it."""

import logging
import resource
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from assistant.answer import Assistant
from assistant.config import Settings
from assistant.records import Question
from evals.bench.commands import peak_mb
from evals.bench.report import Figure
from evals.cases import QuestionCase, RetrievalCase
from evals.indexing import open_packaged_index
from evals.metrics import percentile
from index import open_embedder

WARM_UP_QUESTIONS = 20  # about as many

logger = logging.getLogger("evals.bench")


def measure_warm_answers(
    home: Path, warm_up: Sequence[RetrievalCase], cases: Sequence[QuestionCase], today: date
) -> list[Figure]:
    """Answer every case once in this process, after some other questions; no question is asked twice."""
    logger.info("answering %d questions in one process …", len(cases))
    index = open_packaged_index(home, open_embedder(Settings(home=home).embedding_model, home=home))
    assistant = Assistant(index)
    # Spread over the cases: some name a region and some do not, and they load different parts.
    for case in warm_up[:: max(1, len(warm_up) // WARM_UP_QUESTIONS)]:
        assistant.answer(Question(question=case.question), today)
    times_ms = [_answer_ms(assistant, case, today) for case in cases]
    index.close()
    peak = peak_mb(resource.getrusage(resource.RUSAGE_SELF))
    note = f"{len(cases)} questions, each asked once"
    return [
        Figure(name="warm answer p50", value=percentile(times_ms, 0.5), unit="ms", goal="<= 15 ms", note=note),
        Figure(name="warm answer p95", value=percentile(times_ms, 0.95), unit="ms", goal="<= 50 ms", note=note),
        Figure(name="warm answer, slowest", value=max(times_ms), unit="ms", note=note),
        Figure(name="warm process, peak memory", value=peak, unit="MB", note="with the benchmark's own cases"),
    ]


def _answer_ms(assistant: Assistant, case: QuestionCase, today: date) -> float:
    question = Question(question=case.question, history=case.history, as_of=case.as_of)
    begun = time.perf_counter()
    assistant.answer(question, today)
    return (time.perf_counter() - begun) * 1000
