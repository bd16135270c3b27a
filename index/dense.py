"""The passages' vectors in a Chroma collection: made once, then opened by readers.

The only file that imports chromadb, which runs inside this process; its HTTP server is never started.
Chroma waits up to 1,000 s for a locked file, so every call has a deadline.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from corpus.records import Passage, PolicyDocument
from index.deadline import Deadline, DeadlinePassed
from index.embed import Vectors
from index.errors import IndexDamaged, StoreUnavailable

COLLECTION = "passages"
BATCH = 2000  # Chroma refuses more than 5,461 at a time
WRITE_TIMEOUT_S = 120.0
READ_TIMEOUT_S = 3.0
# Wide enough that the graph finds what an exhaustive search finds (tests/index/test_dense.py). One thread,
# because the graph depends on the order of insertion and two builds should be alike. Written out after every
# batch: by default the last thousand vectors stay in a log, and the next reader would change the files.
GRAPH = {
    "space": "cosine",
    "ef_construction": 200,
    "max_neighbors": 32,
    "ef_search": 200,
    "num_threads": 1,
    "batch_size": 1,
    "sync_threshold": 1,
}

T = TypeVar("T")


@dataclass(frozen=True)
class _Opened:
    """A Chroma client and the collection it gave."""

    client: Any
    collection: Any


class DenseIndex:
    """A Chroma collection of passages; `search` gives passage ids. Opened at the first call."""

    def __init__(self, directory: Path, *, timeout_s: float = READ_TIMEOUT_S) -> None:
        self.directory = directory
        self._deadline = Deadline(timeout_s)
        self._opening = threading.Lock()
        self._opened: _Opened | None = None

    def search(self, vector: Vectors, limit: int, documents: frozenset[str] | None = None) -> list[str]:
        """Return the ids of the nearest passages, nearest first.

        Raises:
            StoreUnavailable: No answer in time.
            IndexDamaged: The store fails.
        """
        where: Any = None if documents is None else {"document_id": {"$in": sorted(documents)}}
        found = self._call(
            lambda collection: collection.query(
                query_embeddings=[vector], n_results=limit, where=where, include=["distances"]
            )
        )
        return list(found["ids"][0])

    def count(self) -> int:
        """Return how many passages the store says it holds; says nothing about its health."""
        return self._call(lambda collection: int(collection.count()))

    def close(self) -> None:
        """Let go of the store's files."""
        if self._opened is not None:
            self._opened.client.close()
            self._opened = None

    def _call(self, function: Callable[[Any], T]) -> T:
        _load_library()
        return _guarded(lambda: function(self._collection()), self._deadline, self.directory)

    def _collection(self) -> Any:  # noqa: ANN401 - a Chroma collection
        with self._opening:
            if self._opened is None:
                client = _client(self.directory)
                self._opened = _Opened(client, client.get_collection(COLLECTION, embedding_function=None))
            return self._opened.collection


def write_dense(
    directory: Path, documents: Sequence[PolicyDocument], passages: Sequence[Passage], vectors: Vectors
) -> None:
    """Make a new collection in an empty folder, in batches.

    Raises:
        StoreUnavailable, IndexDamaged: The store did not take them.
    """
    deadline = Deadline(WRITE_TIMEOUT_S)
    _load_library()
    opened = _guarded(lambda: _create(directory), deadline, directory)
    facts = {document.id: _metadata(document) for document in documents}
    for start in range(0, len(passages), BATCH):
        part = passages[start : start + BATCH]
        add = partial(
            opened.collection.add,
            ids=[passage.id for passage in part],
            embeddings=vectors[start : start + BATCH],
            metadatas=[facts[passage.document_id] for passage in part],
        )
        _guarded(add, deadline, directory)
    opened.client.close()


def chromadb_version() -> str:
    """Return the installed version, without importing the library."""
    return version("chromadb")


def _metadata(document: PolicyDocument) -> dict[str, str | int]:
    facts: dict[str, str | int] = {
        "document_id": document.id,
        "region": document.region.name,
        "kind": document.kind.value,
    }
    if document.in_force_from is not None:
        facts["in_force_from"] = int(document.in_force_from.strftime("%Y%m%d"))
    if document.in_force_until is not None:
        facts["in_force_until"] = int(document.in_force_until.strftime("%Y%m%d"))
    return facts


def _load_library() -> None:
    """Import chromadb outside the deadline: on a cold disk that may take longer than a query is given."""
    import chromadb  # noqa: F401 - for its effect


def _client(directory: Path) -> Any:  # noqa: ANN401 - the import stays inside this function
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(path=str(directory), settings=Settings(anonymized_telemetry=False))


def _create(directory: Path) -> _Opened:
    client = _client(directory)
    configuration: Any = {"hnsw": GRAPH}
    collection = client.create_collection(COLLECTION, embedding_function=None, configuration=configuration)
    return _Opened(client, collection)


def _guarded(function: Callable[[], T], deadline: Deadline, directory: Path) -> T:
    try:
        return deadline.call(function)
    except DeadlinePassed as error:
        raise StoreUnavailable(
            f"Cannot reach the vector store in {directory}: {error}. "
            "Next: see whether another program holds its SQLite file; the search recovers by itself."
        ) from error
    except Exception as error:
        raise IndexDamaged(
            f"Cannot use the vector store in {directory}: {type(error).__name__}: {error}. "
            "Next: run `jiangbu build --force`."
        ) from error


def exact_search(vectors: Vectors, vector: Vectors, limit: int) -> list[int]:
    """Return the nearest rows by comparing with all of them, nearest first, ties by row number."""
    scores = vectors @ vector
    order = np.lexsort((np.arange(len(scores)), -scores))[:limit]
    return [int(row) for row in order]
