"""Answers and documents as text for the terminal."""

import json
from collections.abc import Sequence

from assistant.describing import describe_document
from assistant.estimating import EstimateReport
from assistant.records import Answer
from corpus.records import PolicyDocument

RULE = "─" * 40


def render(answer: Answer) -> str:
    """An answer as people read it: text, warnings, then each citation where it stands."""
    return _with_sources(answer.answer, answer)


def render_estimate(report: EstimateReport) -> str:
    """What a claim comes to, as people read it."""
    return _with_sources(report.text, report)


def _with_sources(text: str, said: Answer | EstimateReport) -> str:
    parts = [text, *(f"⚠ {warning.message}" for warning in said.warnings)]
    if said.citations:
        parts.append(RULE)
        parts += [f"[{c.marker}] {c.region} · {c.title} · {c.locator}" for c in said.citations]
    return "\n".join(parts)


def list_documents(documents: Sequence[PolicyDocument], *, as_json: bool) -> str:
    """Documents a line each: JSON without their texts, or id, region, title and dates."""
    if as_json:
        return "\n".join(_as_json(document) for document in documents)
    return "\n".join(
        f"{d.id}  {d.region.name}  {d.short_title}  "
        f"{d.in_force_from or '施行日期不明'} 至 {d.in_force_until or '未写明'}  {d.status.value}"
        for d in documents
    )


def _as_json(document: PolicyDocument) -> str:
    record = describe_document(document, ())
    record.pop("clauses")
    record["characters"] = len(record.pop("text"))
    return json.dumps(record, ensure_ascii=False, default=str)
