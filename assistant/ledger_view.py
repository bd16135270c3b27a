"""The ledger for people and programs: facts as JSON, CSV and lines; what `lint` says of the sources."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from assistant import messages
from assistant.award_fit import kinds_by_name
from assistant.naming import name_award
from assistant.reading import read_question
from assistant.sums import say_amount
from corpus.anomaly import Anomaly
from corpus.awards import AwardFact, Reject
from corpus.awards.malformed import LABELS
from corpus.folding import fold
from corpus.ledger import Ledger
from corpus.records import PolicyDocument, Region

_KINDS = ("standard", "act", "role", "organ", "seat", "item", "grade", "level")


class LedgerView:
    """A ledger with the documents it was read from."""

    def __init__(self, ledger: Ledger, documents: Iterable[PolicyDocument]) -> None:
        self.ledger = ledger
        self._documents = {document.id: document for document in documents}

    def document(self, document_id: str) -> PolicyDocument | None:
        """A document by its id; None when there is none."""
        return self._documents.get(document_id)

    def select(
        self, *, document: str | None = None, region: str | None = None, text: str | None = None
    ) -> list[AwardFact]:
        """The facts of a document, of a region (named at any level), whose words hold all words of a text."""
        within = self._within(region) if region else None
        words = fold(text or "").split()
        return [
            fact
            for fact in self.ledger.facts
            if (document is None or fact.document_id == document)
            and (within is None or fact.document_id in within)
            and all(word in self._searched(fact) for word in words)
        ]

    def document_of(self, fact: AwardFact) -> PolicyDocument:
        """The document that a fact stands in."""
        return self._documents[fact.document_id]

    def describe(self, fact: AwardFact) -> dict[str, Any]:
        """One fact as JSON takes it: its quote is the stored text at `start:end`."""
        document, amount = self._documents[fact.document_id], fact.amount
        kinds = kinds_by_name()
        return {
            "id": fact.id,
            "document": document.id,
            "title": document.title,
            "region": document.region.name,
            "locator": fact.locator,
            "subject": fact.subject,
            "name": name_award(fact),
            **{kind: [name for name in fact.labels if kinds[name] == kind] for kind in _KINDS},
            "inherited": list(fact.inherited),
            "who": fact.who,
            "kind": amount.kind.value,
            "yuan": _text(amount.yuan),
            "low": _text(amount.low),
            "rate": _text(amount.rate),
            "base": amount.base,
            "ceiling": _text(amount.ceiling),
            "noun": fact.noun,
            "per": fact.per,
            "once": fact.once,
            "yearly": fact.yearly,
            "budget": fact.budget,
            "ranks": list(fact.ranks),
            "conditions": list(fact.conditions),
            "rests_on": list(fact.rests_on),
            "anomalies": list(fact.anomalies),
            "construct": fact.construct,
            "in_force_from": document.in_force_from,
            "in_force_until": document.in_force_until,
            "status": document.status.value,
            "quote": document.text[fact.start : fact.end],
            "start": fact.start,
            "end": fact.end,
            "figure_start": fact.figure_start,
            "figure_end": fact.figure_end,
        }

    def as_json(self, facts: Iterable[AwardFact]) -> str:
        """One fact a line."""
        return "\n".join(json.dumps(self.describe(fact), ensure_ascii=False, default=str) for fact in facts)

    def as_csv(self, facts: Iterable[AwardFact]) -> str:
        """A table with a head; lists are joined by blanks. Cells never begin a formula in a spreadsheet."""
        rows = [self.describe(fact) for fact in facts]
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        if rows:
            writer.writerow(rows[0])
        writer.writerows([_cell(value) for value in row.values()] for row in rows)
        return out.getvalue().rstrip("\n")

    def as_lines(self, facts: Iterable[AwardFact]) -> str:
        """One fact a line, for the terminal."""
        return "\n".join(
            f"{self._documents[fact.document_id].region.name}  {fact.subject}  {say_amount(fact.amount)}"
            f"{f'  {fact.budget}' if fact.budget else ''}  {fact.locator}"
            for fact in facts
        )

    def findings(self) -> list[dict[str, Any]]:
        """All rejects and anomalies, by document and place."""
        found = [*map(self._reject, self.ledger.rejects), *map(self._anomaly, self.ledger.anomalies)]
        return sorted(found, key=lambda one: (one["document"], one["start"], one["code"]))

    def findings_as_lines(self, findings: Sequence[dict[str, Any]]) -> str:
        """One finding a line, for the terminal."""
        lines = [f"{f['region']}  {f['locator']}  [{f['code']}]  {f['message']}：“{f['text']}”" for f in findings]
        counts = messages.LINT_COUNTS.format(
            facts=len(self.ledger.facts),
            rules=len(self.ledger.rules),
            rejects=len(self.ledger.rejects),
            anomalies=len(self.ledger.anomalies),
        )
        return "\n".join([*lines, counts])

    def _within(self, region: str) -> set[str]:
        regions = read_question(region, [document.region for document in self._documents.values()]).regions
        wanted = regions or ((Region(),) if region in ("全国", "国家") else ())
        return {
            document.id
            for document in self._documents.values()
            if any(one.covers(document.region) and (one != Region() or document.region == one) for one in wanted)
        }

    def _searched(self, fact: AwardFact) -> str:
        document = self._documents[fact.document_id]
        quote, number = document.text[fact.start : fact.end], document.document_number or ""
        parts = (fact.subject, fact.context, *fact.labels, quote, document.title, document.region.name, number)
        return fold(" ".join(parts))

    def _reject(self, reject: Reject) -> dict[str, Any]:
        return self._finding(reject, reject.label, LABELS[reject.label][0])

    def _anomaly(self, anomaly: Anomaly) -> dict[str, Any]:
        return self._finding(anomaly, anomaly.code.value, anomaly.detail) | {"facts": list(anomaly.facts)}

    def _finding(self, place: Reject | Anomaly, code: str, message: str) -> dict[str, Any]:
        document = self._documents[place.document_id]
        return {
            "code": code,
            "kind": "reject" if isinstance(place, Reject) else "anomaly",
            "document": document.id,
            "region": document.region.name,
            "locator": place.locator,
            "message": message,
            "text": document.text[place.start : place.end],
            "start": place.start,
            "end": place.end,
        }


def _text(value: Any) -> str | None:  # noqa: ANN401 - Decimal or None
    return None if value is None else f"{value:f}"


def _cell(value: Any) -> str:  # noqa: ANN401 - what a fact holds
    if value is None:
        return ""
    said = " ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"'{said}" if said[:1] in ("=", "+", "-", "@", "\t") else said
