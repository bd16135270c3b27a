"""An index without some of its documents: what is withheld until a new index is built, or does not hold on a day.

Nothing is copied on disk; the searches of the whole index are told which documents to look in. What was read from the
documents left out (passages, facts, rules, what looks wrong in them) is left out with them.
"""

from collections.abc import Collection
from dataclasses import replace
from functools import cached_property

from corpus.ledger import Ledger
from corpus.versions import drop_missing
from index.records import Hit, Query
from index.search import Index


class PartialIndex(Index):
    """The part of an index that does not rest on some documents; closing it is left to the whole one."""

    def __init__(self, whole: Index, *, out_of_place: Collection[str] = (), removed: Collection[str] = ()) -> None:
        """Look at a part of an index.

        Args:
            whole: The index; stays open for as long as this is used.
            out_of_place: Ids of documents that are left out, though they are there.
            removed: Ids of documents that are no longer there: versions that they superseded hold again.
        """
        self.home, self.directory, self.manifest = whole.home, whole.directory, whole.manifest
        self._whole = whole
        gone = frozenset((*out_of_place, *removed))
        there = drop_missing(whole.documents, removed)
        self.documents = tuple(document for document in there if document.id not in gone)
        self.clauses = tuple(clause for clause in whole.clauses if clause.document_id not in gone)
        self.passages = tuple(passage for passage in whole.passages if passage.document_id not in gone)
        self._kept = frozenset(document.id for document in self.documents)

    def search(self, query: Query) -> list[Hit]:
        """The best passages of the documents that are left; see `Index.search`."""
        within = self._kept if query.documents is None else query.documents & self._kept
        return self._whole.search(replace(query, documents=within))

    def close(self) -> None:
        """Nothing: the whole index holds the snapshot."""

    @cached_property
    def ledger(self) -> Ledger:
        """The award ledger of the documents that are left."""
        whole, kept = self._whole.ledger, self._kept
        return Ledger(
            facts=tuple(fact for fact in whole.facts if fact.document_id in kept),
            rules=tuple(rule for rule in whole.rules if rule.document_id in kept),
            rejects=tuple(reject for reject in whole.rejects if reject.document_id in kept),
            anomalies=tuple(anomaly for anomaly in whole.anomalies if anomaly.document_id in kept),
        )
