"""`python -m evals.bench [--json FILE]`: everything that is promised in figures, measured in one run.

Commands first, while this process is small, then answers, then retrieval: ours beside the textbook chain,
BM25 and the full-precision model. Takes some minutes; works in a temporary home. What each figure means
stands in `evals/README.md`.
"""

import argparse
import logging
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from assistant.config import Settings
from evals.cases import load_answer_cases, load_retrieval_cases
from evals.indexing import open_packaged_index
from evals.metrics import mean_agreement, rank_of_gold, score_ranks
from evals.progress import show_progress
from evals.rankings import (
    LabelledQuestion,
    Ranking,
    dense_ranking,
    label_retrieval,
    lexical_ranking,
    our_ranking,
    rank_all,
    search_ranking,
)
from evals.report import BenchReport, Figure, RetrievalFigures, describe_machine, write_json, write_tables
from evals.speed import measure_commands, measure_warm_answers
from index import open_embedder

logger = logging.getLogger("evals.bench")


def measure_ranking(name: str, ranking: Ranking, questions: Sequence[LabelledQuestion]) -> RetrievalFigures:
    """Put every question to a ranking, once to warm up and once to measure."""
    logger.info("retrieval: %s …", name)
    rank_all(ranking, questions[:5])
    begun = time.perf_counter()
    ranks = [rank_of_gold(ranking(asked), asked.gold) for asked in questions]
    milliseconds = (time.perf_counter() - begun) * 1000 / len(questions)
    return RetrievalFigures(name=name, score=score_ranks(ranks), ms_per_question=milliseconds)


def measure_retrieval(home: Path, questions: Sequence[LabelledQuestion]) -> tuple[list[RetrievalFigures], Figure]:
    """Ours and what it is compared with, and how far the fast model's neighbours are the full one's."""
    from evals.full_model import FullEmbedder
    from evals.textbook import open_textbook

    model = Settings(home=home).embedding_model
    fast = open_packaged_index(home, open_embedder(model, home=home))
    rows = [
        measure_ranking("ours", our_ranking(fast), questions),
        measure_ranking("our search alone", search_ranking(fast), questions),
        measure_ranking("BM25, our clauses", lexical_ranking(fast), questions),
        measure_ranking("vectors int8, our clauses", dense_ranking(fast), questions),
    ]
    logger.info("embedding everything with the full model …")
    embedder = FullEmbedder(model)
    full = open_packaged_index(home / "full", embedder)
    textbook = open_textbook(fast.documents, embedder, home / "textbook")
    rows += [
        measure_ranking("vectors fp32, our clauses", dense_ranking(full), questions),
        measure_ranking("ours, fp32 model", our_ranking(full), questions),
        measure_ranking("textbook LangChain chain, fp32", textbook.dense, questions),
        measure_ranking("BM25, textbook chunks", textbook.lexical, questions),
        measure_ranking("textbook chain + BM25, fused", textbook.fused, questions),
    ]
    agreement = mean_agreement(rank_all(dense_ranking(full), questions), rank_all(dense_ranking(fast), questions))
    note = f"{len(questions)} questions, {len(fast.passages)} passages; textbook has {textbook.chunks} chunks"
    fast.close()
    full.close()
    return rows, Figure(name="int8 top 10 in fp32 top 10", value=100 * agreement, unit="%", note=note)


def run_bench(home: Path) -> BenchReport:
    """Measure everything; writes only below `home`."""
    retrieval, answers = load_retrieval_cases(), load_answer_cases()
    figures = measure_commands(home, retrieval, answers)
    figures += measure_warm_answers(home, retrieval, answers)
    rows, agreement = measure_retrieval(home, label_retrieval(retrieval))
    return BenchReport(machine=describe_machine(), retrieval=tuple(rows), figures=(*figures, agreement))


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
