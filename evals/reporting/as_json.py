"""A judged run as JSON: the figures for `summary.json`, and every row besides for `-o out.json`.

Sums are text, so that no float touches them; shares come as counts with their 95 % interval in percent.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from evals.comparing import Comparison, Standing
from evals.reporting.finding import Finding, verdict_of
from evals.reporting.said import is_withheld
from evals.runs import Row
from evals.summary import STATUSES, Summary

VERSION = 1  # of this form


def summary_json(finding: Finding, *, with_rows: bool = False) -> str:
    """The figures of a run, and with `with_rows` each question with its gold, verdict and answer."""
    run, total = finding.run, finding.summary.total
    told: dict[str, Any] = {
        "version": VERSION,
        "run": run.config.model_dump(mode="json"),
        "verdict": verdict_of(finding),
        "against": finding.against,
        "below": [{"suite": suite, "least_percent": least} for suite, least in finding.gate.below],
        "right": total.right.part,
        "n": total.right.n,
        "wrong_amounts": total.wrong_amounts,
        "withheld": total.withheld,
        "unsteady": total.unsteady,
        "stale": run.stale,
        "figures": _figures(finding.summary),
        "comparison": None if finding.comparison is None else _compared(finding.comparison),
        "judged": finding.judged,
    }
    if with_rows:
        told["rows"] = [_row(row) for row in run.rows]
    text = json.dumps(told, ensure_ascii=False, indent=1, default=_plain)
    return text.encode("utf-8", "replace").decode("utf-8") + "\n"  # half a character can be in a question


def _figures(summary: Summary) -> dict[str, Any]:
    suites = [{**asdict(one), "cases": asdict(cases)} for one, cases in zip(summary.suites, summary.cases, strict=True)]
    return {
        "suites": suites,
        **{name: [asdict(one) for one in getattr(summary, name)] for name in ("types", "regions", "personas")},
        **{name: dict(getattr(summary, name)) for name in ("rules", "measures", "extraction")},
        "confusion": {expected: dict(zip(STATUSES, counts, strict=True)) for expected, counts in summary.confusion},
        "refusals": {one.status: {"precision": one.precision, "recall": one.recall} for one in summary.refusals},
        "latency_ms": summary.latency,
        "retrieval": summary.retrieval,
    }


def _compared(comparison: Comparison) -> dict[str, Any]:
    changes = ("newly_right", "newly_wrong", "newly_false", "reworded", "put_otherwise")
    return {
        "n": comparison.n,
        "p_value": comparison.p_value,
        "is_regression": comparison.is_regression,
        **{name: _keys(change.after for change in getattr(comparison, name)) for name in changes},
        **{name: _keys(getattr(comparison, name)) for name in ("added", "gone")},
    }


def _keys(standings: Iterable[Standing]) -> list[dict[str, str]]:
    return [{"suite": one.suite, "probe": one.probe} for one in standings]


def _row(row: Row) -> dict[str, Any]:
    worst, case = row.worst, row.probe.case
    return {
        "suite": row.suite,
        "probe": row.id,
        "case": row.case_id,
        "type": row.probe.type,
        "persona": case.persona if case is not None else "",
        "region": row.region,
        "question": row.described.question,
        "history": row.described.history,
        "gold": row.described.gold,
        "is_right": row.is_right,
        "is_steady": row.is_steady,
        "withheld": is_withheld(row),
        "kept": dict(worst.verdict.kept),
        "wrong_amounts": worst.verdict.wrong_amounts,
        "measured": dict(worst.verdict.measured),
        "ms": [one.outcome.ms for one in row.rounds],
        "back": worst.outcome.back,
        "retrieved": row.retrieved,
    }


def _plain(value: object) -> object:
    """What JSON has no form for."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"Cannot write {type(value).__name__} as JSON (summary_json). Next: give it a form in _plain.")
