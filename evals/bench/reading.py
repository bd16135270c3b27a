"""How fast, and how well, awards are read: the packaged documents, many times over, and against the gold ledgers."""

import logging
import time
from collections.abc import Sequence
from dataclasses import replace

from corpus import derive, packaged_documents
from corpus.awards import labelling
from corpus.records import PolicyDocument
from evals.bench.neighbour import count_neighbours
from evals.bench.report import Figure
from evals.cases import FigureCase
from evals.extraction import judge_figure, look_beyond, look_up
from evals.loading import load_suite

SCALES = (1, 10, 50)  # times as many documents as are packaged

logger = logging.getLogger("evals.bench")


def measure_reading() -> list[Figure]:
    """Reading of documents into clauses, passages and the ledger with its lint; then precision and recall."""
    documents = packaged_documents()
    return [*(_measure_scale(documents, times) for times in SCALES), *_measure_ledgers(documents)]


def _measure_scale(documents: Sequence[PolicyDocument], times: int) -> Figure:
    logger.info("reading %d documents …", times * len(documents))
    copies = [replace(one, id=f"{one.id}-{copy}") for copy in range(times) for one in documents]
    for cached in (labelling.label, labelling.is_bare, labelling.ranks_of):
        cached.cache_clear()
    begun = time.perf_counter()
    facts = len(derive(copies).ledger.facts)
    seconds = time.perf_counter() - begun
    return Figure(
        name=f"awards read, documents x {times}",
        value=seconds,
        unit="s",
        goal="<= 3 s" if times == 1 else "",
        note=f"{len(copies)} documents, {facts} facts; clauses, passages and lint included",
    )


def _measure_ledgers(documents: Sequence[PolicyDocument]) -> list[Figure]:
    logger.info("comparing with the gold ledgers …")
    cases: dict[str, list[FigureCase]] = {}
    for case in load_suite("extraction").cases:
        if isinstance(case, FigureCase):
            cases.setdefault(case.document, []).append(case)
    ledger = derive(documents).ledger
    measured = [judge_figure(case, look_up(ledger, case)).measured for some in cases.values() for case in some]
    beyond = sum(len(look_beyond(ledger, name, [case.at for case in some])["facts"]) for name, some in cases.items())
    told, right, gold, missed = (
        int(sum(one.get(name, 0) for one in measured)) for name in ("facts", "right", "gold", "missed")
    )
    told += beyond
    by_id = {document.id: document for document in documents}
    counts = [count_neighbours(by_id[name], some) for name, some in cases.items()]
    naive_told, naive_right = (sum(column) for column in zip(*counts, strict=True))
    note = f"{gold} facts read by hand out of {len(cases)} documents"
    return [
        Figure(name="ledger, precision", value=100 * right / told, unit="%", goal="100 %", note=f"{told} facts"),
        Figure(name="ledger, recall", value=100 * (gold - missed) / gold, unit="%", goal=">= 98 %", note=note),
        Figure(
            name="the words before a sum, precision",
            value=100 * naive_right / naive_told,
            unit="%",
            note=f"{naive_told} sums, no list aligned",
        ),
        Figure(name="the words before a sum, recall", value=100 * naive_right / gold, unit="%", note=note),
    ]
