"""The corpus records as one compact JSON text, and back.

The bytes depend on the records alone, so their digest names the corpus. A passage's text is stored as its
place in the document; context lines and heads, which repeat, are stored once.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from corpus.records import Clause, Doubt, Kind, Passage, PolicyDocument, Region, Status, Superseded
from index.errors import BuildFailed


@dataclass(frozen=True, kw_only=True)
class CorpusRecords:
    """All records of a snapshot; the row of a passage here is its row in every other part."""

    documents: tuple[PolicyDocument, ...]
    clauses: tuple[Clause, ...]
    passages: tuple[Passage, ...]


class _Numbers:
    """Gives each distinct value a number, in order of appearance."""

    def __init__(self) -> None:
        self._known: dict[Any, int] = {}

    def of(self, value: Any) -> int:  # noqa: ANN401 - any hashable
        return self._known.setdefault(value, len(self._known))

    def values(self) -> list[Any]:
        return list(self._known)


def check_records(records: CorpusRecords) -> None:
    """Refuse records that cannot be indexed: none at all, ids twice, or texts not at their place.

    Raises:
        BuildFailed: Names the first such record.
    """
    if not records.passages:
        raise _refusal("there are no passages", "add a policy with `jiangbu add`")
    for group in (records.documents, records.clauses, records.passages):
        seen: set[str] = set()
        for record in group:
            if record.id in seen:
                raise _refusal(f"the id {record.id} stands twice", "give each record its own id")
            seen.add(record.id)
    texts = {document.id: document.text for document in records.documents}
    clauses = {clause.id for clause in records.clauses}
    for passage in records.passages:
        text = texts.get(passage.document_id, "")
        if not passage.text.strip() or text[passage.start : passage.end] != passage.text:
            place = f"{passage.document_id}, chars {passage.start}–{passage.end}"
            raise _refusal(f"passage {passage.id} is not the text at {place}", "segment the document again")
        if passage.clause_id not in clauses:
            raise _refusal(f"passage {passage.id} names no clause ({passage.clause_id})", "segment again")


def pack(records: CorpusRecords) -> bytes:
    """Return the records as UTF-8 JSON.

    Raises:
        BuildFailed: A text holds a lone surrogate, which no file can hold.
    """
    heads, contexts = _Numbers(), _Numbers()
    document_rows = {document.id: row for row, document in enumerate(records.documents)}
    clause_rows = {clause.id: row for row, clause in enumerate(records.clauses)}
    clauses = [
        [item.id, document_rows[item.document_id], item.locator, heads.of(item.heads), item.start, item.end]
        for item in records.clauses
    ]
    passages = [
        [item.id, clause_rows[item.clause_id], document_rows[item.document_id], item.start, item.end]
        + [contexts.of(item.context)]
        for item in records.passages
    ]
    record = {
        "documents": [asdict(document) for document in records.documents],
        "heads": heads.values(),
        "contexts": contexts.values(),
        "clauses": clauses,
        "passages": passages,
    }
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"), default=date.isoformat)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        place = f"{text[max(0, error.start - 20) : error.start]!r}"
        raise _refusal(f"there is half a character (a lone surrogate) after {place}", "mend that text") from error


def unpack(packed: bytes) -> CorpusRecords:
    """Return the records that `pack` wrote."""
    record = json.loads(packed)
    documents = tuple(_document(fields) for fields in record["documents"])
    heads = [tuple(row) for row in record["heads"]]
    contexts = record["contexts"]
    clauses = tuple(
        Clause(id=id_, document_id=documents[row].id, locator=locator, heads=heads[head], start=start, end=end)
        for id_, row, locator, head, start, end in record["clauses"]
    )
    passages = tuple(
        Passage(
            id=id_,
            clause_id=clauses[clause].id,
            document_id=documents[row].id,
            start=start,
            end=end,
            text=documents[row].text[start:end],
            context=contexts[context],
        )
        for id_, clause, row, start, end, context in record["passages"]
    )
    return CorpusRecords(documents=documents, clauses=clauses, passages=passages)


def _document(fields: dict[str, Any]) -> PolicyDocument:
    for name in ("published", "in_force_from", "in_force_until", "supersedes_from"):
        fields[name] = date.fromisoformat(fields[name]) if fields.get(name) else None
    fields["region"] = Region(**fields["region"])
    fields["status"] = Status(fields["status"])
    fields["kind"] = Kind(fields["kind"])
    fields["repeals"] = tuple(fields["repeals"])
    fields["doubts"] = tuple(Doubt(**doubt) for doubt in fields.get("doubts", ()))
    fields["supersedes"] = tuple(fields.get("supersedes", ()))
    if told := fields.get("superseded"):
        fields["superseded"] = Superseded(**(told | {"since": date.fromisoformat(told["since"])}))
    return PolicyDocument(**fields)


def _refusal(reason: str, remedy: str) -> BuildFailed:
    return BuildFailed(
        f"Cannot index the corpus: {reason} (records handed to build_index). "
        f"Next: {remedy}, then run `jiangbu build`. The index published before still serves."
    )
