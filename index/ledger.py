"""The award ledger of a snapshot as one SQLite file, with the documents it was read from. The only door to sqlite3.

The columns are for people and scripts that open the file themselves; the program reads the whole records back
from `record`, so that nothing is lost between writing and reading.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import asdict
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from corpus.anomaly import Anomaly, AnomalyCode
from corpus.awards import Amount, AmountKind, AwardFact, AwardRule, Reject, RuleKind
from corpus.ledger import Ledger
from corpus.records import PolicyDocument

_SCHEMA = """
CREATE TABLE document (id TEXT PRIMARY KEY, title TEXT, region TEXT, document_number TEXT, published TEXT,
  in_force_from TEXT, in_force_until TEXT, status TEXT, kind TEXT, text TEXT);
CREATE TABLE fact (id TEXT PRIMARY KEY, document TEXT REFERENCES document, locator TEXT, subject TEXT, labels TEXT,
  kind TEXT, yuan TEXT, low TEXT, rate TEXT, start INTEGER, end INTEGER, quote TEXT, record TEXT);
CREATE TABLE rule (id TEXT, document TEXT REFERENCES document, locator TEXT, kind TEXT, yuan TEXT, rate TEXT,
  start INTEGER, end INTEGER, quote TEXT, record TEXT);
CREATE TABLE reject (document TEXT REFERENCES document, locator TEXT, label TEXT, start INTEGER, end INTEGER,
  quote TEXT, record TEXT);
CREATE TABLE anomaly (code TEXT, document TEXT REFERENCES document, locator TEXT, detail TEXT, start INTEGER,
  end INTEGER, record TEXT);
"""


def write_ledger(path: Path, documents: Sequence[PolicyDocument], ledger: Ledger) -> None:
    """Write the file anew; `path` must not exist."""
    texts = {document.id: document.text for document in documents}
    with closing(sqlite3.connect(path)) as store, store:
        store.executescript(_SCHEMA)
        store.executemany(f"INSERT INTO document VALUES ({_marks(10)})", map(_document_row, documents))
        store.executemany(
            f"INSERT INTO fact VALUES ({_marks(13)})",
            (_fact_row(fact, texts[fact.document_id]) for fact in ledger.facts),
        )
        store.executemany(
            f"INSERT INTO rule VALUES ({_marks(10)})",
            (
                (r.id, r.document_id, r.locator, r.kind.value, _text(r.yuan), _text(r.rate), r.start, r.end)
                + (texts[r.document_id][r.start : r.end], _record(r))
                for r in ledger.rules
            ),
        )
        store.executemany(
            f"INSERT INTO reject VALUES ({_marks(7)})",
            (
                (r.document_id, r.locator, r.label, r.start, r.end, texts[r.document_id][r.start : r.end], _record(r))
                for r in ledger.rejects
            ),
        )
        store.executemany(
            f"INSERT INTO anomaly VALUES ({_marks(7)})",
            ((a.code.value, a.document_id, a.locator, a.detail, a.start, a.end, _record(a)) for a in ledger.anomalies),
        )


def read_ledger_file(path: Path) -> Ledger:
    """Read the ledger back, in the order it was written."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as store:
        return Ledger(
            facts=tuple(map(_fact, _records(store, "fact"))),
            rules=tuple(map(_rule, _records(store, "rule"))),
            rejects=tuple(Reject(**fields) for fields in _records(store, "reject")),
            anomalies=tuple(map(_anomaly, _records(store, "anomaly"))),
        )


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _plain(value: Any) -> Any:  # noqa: ANN401 - what json cannot write
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"Cannot write {value!r} into the ledger: no rule for {type(value).__name__}.")


def _record(record: AwardFact | AwardRule | Reject | Anomaly) -> str:
    return json.dumps(asdict(record), ensure_ascii=False, default=_plain)


def _document_row(document: PolicyDocument) -> tuple[object, ...]:
    days = (document.published, document.in_force_from, document.in_force_until)
    dates = tuple(day.isoformat() if day else None for day in days)
    head = (document.id, document.title, document.region.name, document.document_number)
    return (*head, *dates, document.status.value, document.kind.value, document.text)


def _fact_row(fact: AwardFact, text: str) -> tuple[object, ...]:
    amount = fact.amount
    sums = (amount.kind.value, _text(amount.yuan), _text(amount.low), _text(amount.rate))
    where = (fact.start, fact.end, text[fact.start : fact.end])
    return (fact.id, fact.document_id, fact.locator, fact.subject, " ".join(fact.labels), *sums, *where, _record(fact))


def _records(store: sqlite3.Connection, table: str) -> Iterable[dict[str, Any]]:
    return (json.loads(row[0]) for row in store.execute(f"SELECT record FROM {table} ORDER BY rowid"))


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _fact(fields: dict[str, Any]) -> AwardFact:
    amount = fields["amount"]
    numbers = {name: _number(amount[name]) for name in ("yuan", "low", "rate", "ceiling")}
    fields["amount"] = Amount(kind=AmountKind(amount["kind"]), base=amount["base"], **numbers)
    for name in ("labels", "inherited", "ranks", "conditions", "rests_on", "anomalies"):
        fields[name] = tuple(fields[name])
    return AwardFact(**fields)


def _rule(fields: dict[str, Any]) -> AwardRule:
    fields |= {"kind": RuleKind(fields["kind"]), "yuan": _number(fields["yuan"]), "rate": _number(fields["rate"])}
    fields |= {"labels": tuple(fields["labels"]), "figures": tuple((start, end) for start, end in fields["figures"])}
    return AwardRule(**fields)


def _anomaly(fields: dict[str, Any]) -> Anomaly:
    return Anomaly(**(fields | {"code": AnomalyCode(fields["code"]), "facts": tuple(fields["facts"])}))
