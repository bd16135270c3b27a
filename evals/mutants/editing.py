"""An opened index with other records in it: documents lost, cut or misread, facts of the ledger changed.

In memory only: an edit gives a copy, and neither the files nor the index that it was made from know of it.
"""

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import replace

import numpy as np

from corpus.awards import AwardFact
from corpus.ledger import Ledger, read_ledger
from corpus.records import Clause, PolicyDocument
from evals.mutants.patching import MutantError
from index.records import Hit, Query
from index.search import Index

Edit = Callable[[Index], Index]
_DERIVED = ("_documents_by_id", "_clauses_by_id", "_document_rows", "_row_of")  # kept by an index once it is asked


class _WithoutSome(Index):
    """An index of which some passages are gone; rows stay, since vectors and words are found by them."""

    def search(self, query: Query) -> list[Hit]:
        """Search among what is left."""
        left = frozenset(self._document_rows)
        return super().search(replace(query, documents=left if query.documents is None else query.documents & left))


def without_document(document_id: str) -> Edit:
    """A document that never came in."""

    def edit(index: Index) -> Index:
        _document(index, document_id)
        return _left(index, lambda id_, end: id_ != document_id, documents=_others(index, document_id))

    return edit


def cut_before(document_id: str, words: str) -> Edit:
    """A document that ends before the last place of some words."""

    def edit(index: Index) -> Index:
        document = _document(index, document_id)
        at = document.text.rfind(words)
        if at < 0:
            raise _gone(f"{words!r} in {document_id}")
        shorter = replace(document, text=document.text[:at])
        documents = [shorter if one is document else one for one in index.documents]
        return _left(index, lambda id_, end: id_ != document_id or end <= at, documents=documents)

    return edit


def misread(document_id: str, printed: str, read: str) -> Edit:
    """Other characters, as many, at the one place where a document prints some; its awards are read from those."""
    if len(printed) != len(read):
        raise ValueError(f"{printed!r} and {read!r} differ in length, which would move every place behind")

    def edit(index: Index) -> Index:
        document = _document(index, document_id)
        if document.text.count(printed) != 1:
            raise _gone(f"the one place of {printed!r} in {document_id}")
        other = replace(document, text=document.text.replace(printed, read))
        documents = tuple(other if one is document else one for one in index.documents)
        clauses: dict[str, list[Clause]] = {one.id: [] for one in documents}
        for clause in index.clauses:
            clauses[clause.document_id].append(clause)
        passages = tuple(
            replace(one, text=other.text[one.start : one.end]) if one.document_id == document_id else one
            for one in index.passages
        )
        return _with(index, documents=documents, passages=passages, ledger=read_ledger(documents, clauses))

    return edit


def document_changed(document_id: str, change: Callable[[PolicyDocument], PolicyDocument]) -> Edit:
    """What is known of a document beside its text, otherwise."""

    def edit(index: Index) -> Index:
        document = _document(index, document_id)
        return _with(index, documents=tuple(change(one) if one is document else one for one in index.documents))

    return edit


def ledger_changed(change: Callable[[Ledger], Ledger]) -> Edit:
    """Another ledger."""

    def edit(index: Index) -> Index:
        ledger = change(index.ledger)
        if ledger == index.ledger:
            raise _gone("the ledger")
        return _with(index, ledger=ledger)

    return edit


def facts_changed(change: Callable[[AwardFact], AwardFact | None], document_id: str | None = None) -> Edit:
    """Each fact of a document, or of all, changed, or lost where the change gives none."""

    def changed(ledger: Ledger) -> Ledger:
        own = (one if document_id not in (None, one.document_id) else change(one) for one in ledger.facts)
        return replace(ledger, facts=tuple(one for one in own if one is not None))

    return ledger_changed(changed)


def amounts_moved(document_id: str, *places: int) -> Edit:
    """Facts of a document, by where their figures stand, each with the next one's amount, the last with the first's."""
    ids = [f"{document_id}@{place}" for place in places]

    def changed(ledger: Ledger) -> Ledger:
        amounts = {one.id: one.amount for one in ledger.facts if one.id in ids}
        if len(amounts) < len(ids):
            raise _gone(f"the facts {', '.join(ids)}")
        given = {id_: amounts[other] for id_, other in zip(ids, (*ids[1:], ids[0]), strict=True)}
        return replace(ledger, facts=tuple(replace(one, amount=given.get(one.id, one.amount)) for one in ledger.facts))

    return ledger_changed(changed)


def _left(index: Index, is_left: Callable[[str, int], bool], documents: Iterable[PolicyDocument]) -> Index:
    """An index with what is left by document id and end of the place."""
    ledger = index.ledger
    rows: dict[str, list[int]] = {}
    for row, passage in enumerate(index.passages):
        if is_left(passage.document_id, passage.end):
            rows.setdefault(passage.document_id, []).append(row)
    other = _with(
        index,
        documents=tuple(documents),
        clauses=tuple(one for one in index.clauses if is_left(one.document_id, one.end)),
        ledger=Ledger(
            facts=tuple(one for one in ledger.facts if is_left(one.document_id, one.end)),
            rules=tuple(one for one in ledger.rules if is_left(one.document_id, one.end)),
            rejects=tuple(one for one in ledger.rejects if is_left(one.document_id, one.end)),
            anomalies=tuple(one for one in ledger.anomalies if is_left(one.document_id, one.end)),
        ),
        _document_rows={id_: np.array(own, dtype=np.int64) for id_, own in rows.items()},
    )
    other.__class__ = _WithoutSome
    return other


def _with(index: Index, **records: object) -> Index:
    """A copy that holds other records."""
    other = copy(index)
    for name in _DERIVED:
        other.__dict__.pop(name, None)
    other.__dict__.update(records)
    return other


def _document(index: Index, id_: str) -> PolicyDocument:
    found = next((one for one in index.documents if one.id == id_), None)
    if found is None:
        raise _gone(f"the document {id_}")
    return found


def _others(index: Index, id_: str) -> list[PolicyDocument]:
    return [one for one in index.documents if one.id != id_]


def _gone(what: str) -> MutantError:
    return MutantError(f"Cannot change {what}: it is not there. Next: aim the mutant at what the documents hold now.")
