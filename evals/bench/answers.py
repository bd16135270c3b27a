"""How much is right, suite by suite, in one process."""

import logging
from pathlib import Path

from assistant.config import Settings
from evals.bench.questions import sources
from evals.bench.report import Figure
from evals.indexing import open_packaged_index
from evals.loading import SUITES, load_suite
from evals.running import Plan, judge_all, put_all
from evals.summary import count
from evals.under_test import UnderTest
from index import open_embedder

logger = logging.getLogger("evals.bench")


def measure_answers(home: Path) -> list[Figure]:
    """The share of right answers of each suite."""
    logger.info("asking the suites …")
    plan = Plan(suites=tuple((name, load_suite(name)) for name in SUITES))
    index = open_packaged_index(home, open_embedder(Settings(home=home).embedding_model, home=home))
    try:
        asked = plan.probes(sources())
        rows = judge_all(asked, put_all(asked, plan, UnderTest(index)), sources())
    finally:
        index.close()
    figures = []
    for name in SUITES:
        found = count(name, [row for row in rows if row.suite == name])
        beside = f"{found.wrong_amounts} state a wrong amount, {found.withheld} withheld"
        note = f"{found.right.part} of {found.right.n}; {beside}"
        figures.append(Figure(name=f"{name} right", value=found.right.percent, unit="%", note=note))
    return figures
