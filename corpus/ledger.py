"""All documents → everything read from them: clauses, passages, and the award ledger with what is wrong in the sources.

The one place that knows the order of the stages: documents → clauses → facts → passages.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.anomaly import Anomaly
from corpus.awards import AwardFact, AwardRule, Reject, extract_awards
from corpus.awards.coverage import find_uncovered
from corpus.lint import find_anomalies
from corpus.passages import make_fact_passages, make_passages
from corpus.records import Clause, Passage, PolicyDocument
from corpus.structure import read_clauses


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """Every figure that the policies grant, with its proof; rules; what could not be read; what looks misprinted."""

    facts: tuple[AwardFact, ...] = ()
    rules: tuple[AwardRule, ...] = ()
    rejects: tuple[Reject, ...] = ()
    anomalies: tuple[Anomaly, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Derived:
    """What is read from a set of documents, in their order."""

    clauses: tuple[Clause, ...]
    passages: tuple[Passage, ...]
    ledger: Ledger = field(default_factory=Ledger)


def derive(documents: Sequence[PolicyDocument]) -> Derived:
    """Read documents into clauses, passages and the ledger."""
    clauses = {document.id: read_clauses(document) for document in documents}
    ledger = read_ledger(documents, clauses)
    facts: dict[str, list[AwardFact]] = {}
    for fact in ledger.facts:
        facts.setdefault(fact.document_id, []).append(fact)
    return Derived(
        clauses=tuple(clause for document in documents for clause in clauses[document.id]),
        passages=tuple(
            passage
            for document in documents
            for passage in (
                *make_passages(document, clauses[document.id]),
                *make_fact_passages(document, clauses[document.id], facts.get(document.id, ())),
            )
        ),
        ledger=ledger,
    )


def read_ledger(documents: Sequence[PolicyDocument], clauses: dict[str, list[Clause]]) -> Ledger:
    """Read the ledger of documents whose clauses are known; facts that look misprinted say so."""
    extracted = {document.id: extract_awards(document, clauses[document.id]) for document in documents}
    anomalies: list[Anomaly] = find_anomalies(documents, clauses, extracted)
    for document in documents:
        anomalies += find_uncovered(document, clauses[document.id], extracted[document.id])
    codes: dict[str, list[str]] = {}
    for anomaly in anomalies:
        for fact_id in anomaly.facts:
            codes.setdefault(fact_id, []).append(anomaly.code.value)
    facts = [
        replace(fact, anomalies=tuple(dict.fromkeys(codes[fact.id]))) if fact.id in codes else fact
        for document in documents
        for fact in extracted[document.id].facts
    ]
    return Ledger(
        facts=tuple(facts),
        rules=tuple(rule for document in documents for rule in extracted[document.id].rules),
        rejects=tuple(reject for document in documents for reject in extracted[document.id].rejects),
        anomalies=tuple(anomalies),
    )
