"""A published index, opened for answering: query → filter → lexical and dense → fuse → cut.

Opening reads and checks the snapshot; what searching needs is loaded at the first search.
"""

import logging
import os
import threading
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.ledger import Ledger
from corpus.records import Clause, Passage, PolicyDocument
from index import publish
from index.dense import DenseIndex
from index.embed import Embedder, Vectors
from index.errors import EmbeddingFailed, IndexDamaged, StoreUnavailable
from index.exact import exact_search
from index.fuse import reciprocal_rank_fusion
from index.ledger import read_ledger_file
from index.lexical import LexicalIndex
from index.pack import unpack
from index.records import Hit, IndexManifest, Query
from index.snapshot import (
    CHROMA,
    DICTIONARY,
    LEDGER,
    LEXICAL,
    RECORDS,
    VECTORS,
    stale,
)
from index.tokenize import Tokenizer, load_small

DEPTH = 100  # how far down each channel is read before fusing
MAX_TEXT = 2000  # characters of a question that are searched with
# Equal weights: of our labelled questions, more keep their passage among the first 80 than with either halved.
LEXICAL_WEIGHT = 1.0
DENSE_WEIGHT = 1.0
# Up to this many passages left by a filter, comparing with all of them takes under 5 ms, finds every one,
# and does without the store's own filter, which costs more at any size (docs: measured costs).
EXACT_ROWS = 50_000

logger = logging.getLogger(__name__)


class Index:
    """All records of one snapshot, and the search over them. Safe to use from several threads."""

    def __init__(self, home: Path, directory: Path, manifest: IndexManifest, embedder: Embedder) -> None:
        self.home = home
        self.directory = directory
        self.manifest = manifest
        self.embedder = embedder
        self._told_of_embedder = False
        self.degraded: str | None = None  # why the vector store is not being used, if so
        self._held: int | None = None
        self._opening = threading.RLock()
        records = unpack((directory / RECORDS).read_bytes())
        self.documents: tuple[PolicyDocument, ...] = records.documents
        self.clauses: tuple[Clause, ...] = records.clauses
        self.passages: tuple[Passage, ...] = records.passages
        self._held = publish.hold(directory)

    def is_current(self) -> bool:
        """Whether this is still the published index; when not, open it anew."""
        return publish.current_name(self.home) == self.directory.name

    def document(self, id_: str) -> PolicyDocument:
        """Return a document by its id; KeyError when there is none."""
        return self._documents_by_id[id_]

    def clause(self, id_: str) -> Clause:
        """Return a clause by its id; KeyError when there is none."""
        return self._clauses_by_id[id_]

    def search(self, query: Query) -> list[Hit]:
        """Return the best passages for a query, best first.

        Without the vector store (no room for its copy, failing) the vectors, whose file was checked on opening, are
        compared one by one, and `degraded` says why; without an embedding (an endpoint that is down, an
        empty text) the words alone decide.

        Raises:
            IndexStale: The query's vector has another dimension than the index.
        """
        rows = None if query.documents is None else self._rows_of(query.documents)
        if rows is not None and not rows.size:
            return []
        lexical = self._rank_lexical(query, rows)
        vector = self._embed(query)
        dense = [] if vector is None else self._rank_dense(vector, query, rows)
        fused = reciprocal_rank_fusion([lexical, dense], [LEXICAL_WEIGHT, DENSE_WEIGHT])
        lexical_ranks = {row: rank for rank, row in enumerate(lexical, start=1)}
        dense_ranks = {row: rank for rank, row in enumerate(dense, start=1)}
        kept = fused[: query.limit]
        alike = None if vector is None else (self._vectors[[row for row, _ in kept]] @ vector).tolist()
        return [
            Hit(
                passage=self.passages[row],
                score=score,
                dense_rank=dense_ranks.get(row),
                lexical_rank=lexical_ranks.get(row),
                similarity=alike[place] if alike else None,
            )
            for place, (row, score) in enumerate(kept)
        ]

    def warm(self) -> None:
        """Load now what the first search would load."""
        self.search(Query(text="标准"))

    def close(self) -> None:
        """Let go of the snapshot, so that a later build may remove it."""
        if "_dense" in self.__dict__:
            self._dense.close()
        if self._held is not None:
            os.close(self._held)
            self._held = None

    def _rank_lexical(self, query: Query, rows: NDArray[np.int64] | None) -> list[int]:
        with self._opening:
            tokenizer, lexical = self._tokenizer, self._lexical
        spoken = (query.text[:MAX_TEXT],) if query.words is None else query.words
        tokens = [token for text in (*spoken, *query.terms) for token in tokenizer.cut(text)]
        return lexical.rank(tokens, DEPTH, rows)

    def _embed(self, query: Query) -> Vectors | None:
        text = query.text[:MAX_TEXT].encode("utf-8", "replace").decode("utf-8")
        try:
            vector = self.embedder.embed_query(text)
        except EmbeddingFailed as error:
            if text.strip() and not self._told_of_embedder:
                logger.warning("%s Until then the words alone decide.", error)
            self._told_of_embedder = True
            return None
        if len(vector) != self.manifest.dimension:
            raise stale(self.directory, f"vectors of {len(vector)} numbers, not {self.manifest.dimension}")
        return vector

    def _rank_dense(self, vector: Vectors, query: Query, rows: NDArray[np.int64] | None) -> list[int]:
        if rows is not None and len(rows) <= EXACT_ROWS:
            return self._rank_exactly(vector, rows)
        try:
            with self._opening:
                dense = self._dense
            found = dense.search(vector, DEPTH, query.documents)
        except (StoreUnavailable, IndexDamaged) as error:
            if self.degraded is None:
                logger.warning("%s Until then the vectors are compared one by one.", error)
            self.degraded = str(error)
            return self._rank_exactly(vector, rows)
        self.degraded = None
        return [self._row_of[id_] for id_ in found]

    def _rank_exactly(self, vector: Vectors, rows: NDArray[np.int64] | None) -> list[int]:
        if rows is None:
            return exact_search(self._vectors, vector, DEPTH)
        return [int(rows[place]) for place in exact_search(self._vectors[rows], vector, DEPTH)]

    def _rows_of(self, documents: frozenset[str]) -> NDArray[np.int64]:
        found = [self._document_rows[id_] for id_ in documents if id_ in self._document_rows]
        return np.sort(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)

    @cached_property
    def _document_rows(self) -> dict[str, NDArray[np.int64]]:
        rows: dict[str, list[int]] = {}
        for row, passage in enumerate(self.passages):
            rows.setdefault(passage.document_id, []).append(row)
        return {id_: np.array(found, dtype=np.int64) for id_, found in rows.items()}

    @cached_property
    def _documents_by_id(self) -> dict[str, PolicyDocument]:
        return {document.id: document for document in self.documents}

    @cached_property
    def _clauses_by_id(self) -> dict[str, Clause]:
        return {clause.id: clause for clause in self.clauses}

    @cached_property
    def _row_of(self) -> dict[str, int]:
        return {passage.id: row for row, passage in enumerate(self.passages)}

    @cached_property
    def _vectors(self) -> Vectors:
        # Read, not mapped: a file that is cut short or changed later would end the process, or change its answers.
        vectors: Vectors = np.load(self.directory / VECTORS)
        return vectors

    @cached_property
    def ledger(self) -> Ledger:
        """The award ledger of this snapshot."""
        return read_ledger_file(self.directory / LEDGER)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return load_small(self.directory / DICTIONARY)

    @cached_property
    def _lexical(self) -> LexicalIndex:
        return LexicalIndex.load(self.directory / LEXICAL)

    @cached_property
    def _dense(self) -> DenseIndex:
        return DenseIndex(self.directory / CHROMA)
