"""`python -m evals.bench [--json FILE]`: everything that is promised in figures, measured in one run.

Commands first, while this process is small, then answers, then the reading of awards, then retrieval: ours beside
the textbook chain, BM25 and the full-precision model. Takes some minutes; works in a temporary home. What each
figure means stands in `evals/README.md`.
"""

import argparse
import logging
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.config import Settings
from evals.bench.answers import measure_answers
from evals.bench.latency import measure_warm_answers
from evals.bench.questions import question_cases, retrieval_cases
from evals.bench.rankings import (
    LabelledQuestion,
    Ranking,
    dense_ranking,
    label_retrieval,
    lexical_ranking,
    our_ranking,
    search_ranking,
)
from evals.bench.reading import measure_reading
from evals.bench.report import BenchReport, Figure, RetrievalFigures, describe_machine, write_json, write_tables
from evals.bench.speed import measure_commands
from evals.cases import AS_OF
from evals.indexing import open_packaged_index
from evals.metrics import mean_agreement, rank_of_gold, score_ranks
from evals.places import Place
from evals.progress import show_progress
from index import open_embedder

WARM_UP_QUESTIONS = 5

logger = logging.getLogger("evals.bench")


@dataclass(frozen=True, kw_only=True)
class MeasuredRanking:
    """The figures of one ranking and the places behind them, question by question."""

    figures: RetrievalFigures
    places: list[list[Place]]


@dataclass(frozen=True, kw_only=True)
class MeasuredRetrieval:
    """All rankings, and how far the fast model ranks as the full one does."""

    rankings: tuple[RetrievalFigures, ...]
    agreement: tuple[Figure, ...]


def measure_ranking(name: str, ranking: Ranking, questions: Sequence[LabelledQuestion]) -> MeasuredRanking:
    """Put every question to a ranking; the first few twice, so that nothing is loaded while the clock runs."""
    logger.info("retrieval: %s …", name)
    for asked in questions[:WARM_UP_QUESTIONS]:
        ranking(asked)
    begun = time.perf_counter()
    places = [ranking(asked) for asked in questions]
    milliseconds = (time.perf_counter() - begun) * 1000 / len(questions)
    ranks = [rank_of_gold(found, asked.gold) for found, asked in zip(places, questions, strict=True)]
    figures = RetrievalFigures(name=name, score=score_ranks(ranks), ms_per_question=milliseconds)
    return MeasuredRanking(figures=figures, places=places)


def measure_retrieval(home: Path, questions: Sequence[LabelledQuestion]) -> MeasuredRetrieval:
    """Ours beside ours with parts left out, beside the full model, beside the textbook."""
    from evals.bench.full_model import FullEmbedder
    from evals.bench.textbook import open_textbook

    model = Settings(home=home).embedding_model
    fast = open_packaged_index(home, open_embedder(model, home=home))
    ours = measure_ranking("ours", our_ranking(fast), questions)
    ours_dense = measure_ranking("vectors alone, our passages", dense_ranking(fast), questions)
    parts = [
        measure_ranking("our search, nothing weighed", search_ranking(fast), questions),
        measure_ranking("BM25 alone, our passages", lexical_ranking(fast), questions),
    ]
    logger.info("embedding everything with the full model …")
    embedder = FullEmbedder(model)
    full = open_packaged_index(home / "full", embedder)
    full_ours = measure_ranking("ours, full model", our_ranking(full), questions)
    full_dense = measure_ranking("vectors alone, full model", dense_ranking(full), questions)
    textbook = open_textbook(fast.documents, embedder, home / "textbook")
    logger.info("%d passages of ours, %d textbook chunks", len(fast.passages), textbook.chunks)
    fast.close()
    full.close()
    rankings = [
        *(ours, *parts, ours_dense, full_ours, full_dense),
        measure_ranking("textbook LangChain chain", textbook.dense, questions),
        measure_ranking("BM25, textbook chunks", textbook.lexical, questions),
        measure_ranking("textbook chain and BM25, fused", textbook.fused, questions),
    ]
    agreement = (
        describe_agreement("ours, int8 and full model: top", 1, ours, full_ours),
        describe_agreement("ours, int8 and full model: top", 5, ours, full_ours),
        describe_agreement("vectors alone, int8 and full: top", 10, ours_dense, full_dense),
    )
    return MeasuredRetrieval(rankings=tuple(one.figures for one in rankings), agreement=agreement)


def describe_agreement(name: str, depth: int, fast: MeasuredRanking, full: MeasuredRanking) -> Figure:
    """How much of the full model's top few the fast model has among its own."""
    share = mean_agreement([found[:depth] for found in full.places], [found[:depth] for found in fast.places])
    return Figure(name=f"{name} {depth}", value=100 * share, unit="%", note="mean share of places in common")


def run_bench(home: Path) -> BenchReport:
    """Measure everything; writes only below `home`."""
    cases, answers = retrieval_cases(), question_cases()
    figures = measure_commands(home, cases, answers, AS_OF)
    figures += measure_warm_answers(home, cases, answers, AS_OF)
    figures += measure_answers(home)
    figures += measure_reading()
    retrieval = measure_retrieval(home, label_retrieval(cases))
    return BenchReport(
        machine=describe_machine(), retrieval=retrieval.rankings, figures=(*figures, *retrieval.agreement)
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; 0 when everything could be measured."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description="Measure retrieval, speed and memory.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to this file, too")
    options = parser.parse_args(arguments)
    show_progress()
    with tempfile.TemporaryDirectory(prefix="jiangbu-bench-") as folder:
        report = run_bench(Path(folder))
    if options.json is not None:
        options.json.write_text(write_json(report) + "\n", encoding="utf-8")
    sys.stdout.write(write_tables(report))
    return 0 if report.is_complete else 1


if __name__ == "__main__":
    sys.exit(main())
