"""Judged metrics: what a language model thinks of a sample of the answers. Reported apart; no verdict depends on it.

Bounded three ways: rows, requests at once, seconds. Every mark that does not come about is counted, with the reason.
"""

import asyncio
import sys
import time
from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

from evals.judging_material import Material, read_material
from evals.judging_model import Judge, JudgingUnavailable, library, open_judge
from evals.judging_records import METRICS, Endpoint, JudgedReport, JudgedRow, Mark, Metric, sum_up
from evals.probes import AnswerProbe
from evals.runs import Row

__all__ = ["LIMIT", "Endpoint", "JudgedReport", "JudgingUnavailable", "judge_rows", "sample_rows"]

LIMIT = 50  # rows; each takes a request for each metric
CALL_S = 60.0  # seconds for one mark, its retry included
Item = TypeVar("Item")


def judge_rows(
    rows: Sequence[Row], endpoint: Endpoint, *, limit: int = LIMIT, workers: int = 2, timeout_s: float = 600.0
) -> JudgedReport:
    """Have a sample of the answers judged. Not to be called from within an event loop.

    Args:
        rows: A run's; those that are no answers to questions are let pass.
        endpoint: The model that judges.
        limit: Rows judged at most.
        workers: Requests at once.
        timeout_s: Seconds for everything; what was not asked by then is skipped.

    Returns:
        Marks and their means. Means rest on the marks that have a value; the others are counted beside them.

    Raises:
        JudgingUnavailable: The extra `judge` is not installed.
        ValueError: A limit that leaves nothing to do.
    """
    if limit < 1 or workers < 1 or timeout_s <= 0:
        raise ValueError(f"Cannot judge {limit} rows by {workers} workers in {timeout_s} s. Next: 1 or more of each.")
    began = time.monotonic()
    answers = [row for row in rows if isinstance(row.probe, AnswerProbe)]
    chosen = sample_rows(answers, limit)
    judged = asyncio.run(_judge_all(chosen, endpoint, workers, began + timeout_s))
    return JudgedReport(
        model=endpoint.model,
        library=library(),
        eligible=len(answers),
        rows=judged,
        figures=sum_up(judged),
        seconds=round(time.monotonic() - began, 1),
    )


def sample_rows(rows: Sequence[Row], limit: int) -> tuple[Row, ...]:
    """At most `limit` rows, spread over suites and, within each, over types; the same ones for the same ids.

    Suites take turns, and so do the types of a suite; within a type the order is that of a digest of the id, which no
    order of the file biases.
    """
    suites: dict[str, dict[str, list[Row]]] = {}
    for row in sorted(rows, key=_lot):
        suites.setdefault(row.suite, {}).setdefault(row.probe.type, []).append(row)
    lanes = [_take_turns([types[name] for name in sorted(types)]) for _, types in sorted(suites.items())]
    return tuple(_take_turns(lanes)[:limit])


def _lot(row: Row) -> str:
    return sha256("/".join(row.key).encode("utf-8", "replace")).hexdigest()


def _take_turns(lanes: Sequence[Sequence[Item]]) -> list[Item]:
    """The first of each lane, then the second of each that has one, and so on.

    >>> _take_turns(["ab", "c", "def"])
    ['a', 'c', 'd', 'b', 'e', 'f']
    """
    longest = max(map(len, lanes), default=0)
    return [lane[turn] for turn in range(longest) for lane in lanes if turn < len(lane)]


async def _judge_all(rows: Sequence[Row], endpoint: Endpoint, workers: int, deadline: float) -> tuple[JudgedRow, ...]:
    """Put every row in every respect; `deadline` is a moment of the monotonic clock."""
    from tqdm import tqdm

    gate = asyncio.Semaphore(workers)
    total = len(rows) * len(METRICS)
    with tqdm(total=total, desc="judge", unit="项", disable=not sys.stderr.isatty()) as bar:
        async with open_judge(endpoint) as judge:

            async def mark(metric: Metric, material: Material) -> Mark:
                async with gate:
                    done = await _mark(judge, metric, material, deadline - time.monotonic())
                bar.update()
                return done

            async def judge_row(row: Row) -> JudgedRow:
                assert isinstance(row.probe, AnswerProbe)
                material = read_material(row, row.probe)
                marks = await asyncio.gather(*(mark(metric, material) for metric in METRICS))
                return JudgedRow(suite=row.suite, id=row.id, marks=tuple(marks))

            return tuple(await asyncio.gather(*map(judge_row, rows)))


async def _mark(judge: Judge, metric: Metric, material: Material, left_s: float) -> Mark:
    if lacking := material.lacks(metric):
        return Mark(metric=metric, skipped=lacking)
    if left_s <= 0:
        return Mark(metric=metric, skipped="late")
    return await judge.mark(metric, material, min(left_s, CALL_S))
