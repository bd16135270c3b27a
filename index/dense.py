"""The passages' vectors in a Chroma collection: made once, then opened by readers.

The only file that imports chromadb, which runs inside this process; its HTTP server is never started. Chroma
waits up to 1,000 s for a file that is locked or a disk that is full, and holds the interpreter meanwhile, so
that no thread could cut it off. Hence builders run `write_dense` in a child process with a time limit, and
readers open a private copy, which nobody else can lock.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from corpus.records import Passage, PolicyDocument
from index.embed import Vectors
from index.errors import IndexDamaged
from index.private import PrivateCopy

COLLECTION = "passages"
BATCH = 2000  # Chroma refuses more than 5,461 at a time
# Wide enough that the graph finds what an exhaustive search finds (tests/index/test_dense.py). One thread,
# because the graph depends on the order of insertion and two builds should be alike. Written out after every
# batch: by default the last thousand vectors stay in a log, and every reader would change the files.
GRAPH = {
    "space": "cosine",
    "ef_construction": 200,
    "max_neighbors": 32,
    "ef_search": 200,
    "num_threads": 1,
    "batch_size": 1,
    "sync_threshold": 1,
}


@dataclass(frozen=True)
class _Opened:
    """A private copy of the store, its Chroma client, and the collection in it."""

    copy: PrivateCopy
    client: Any
    collection: Any


class DenseIndex:
    """A Chroma collection of passages; `search` gives passage ids. Opened at the first call."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._opening = threading.Lock()
        self._opened: _Opened | None = None

    def search(self, vector: Vectors, limit: int, documents: frozenset[str] | None = None) -> list[str]:
        """Return the ids of the nearest passages, nearest first.

        Raises:
            StoreUnavailable: No private copy could be made.
            IndexDamaged: The store fails.
        """
        where: Any = None if documents is None else {"document_id": {"$in": sorted(documents)}}
        collection = self._collection()
        try:
            found = collection.query(query_embeddings=[vector], n_results=limit, where=where, include=["distances"])
        except Exception as error:
            raise self._damaged(error) from error
        return list(found["ids"][0])

    def count(self) -> int:
        """Return how many passages the store says it holds; says nothing about its health."""
        return int(self._collection().count())

    def close(self) -> None:
        """Let go of the store's files."""
        with self._opening:
            if self._opened is not None:
                self._opened.client.close()
                self._opened.copy.remove()
                self._opened = None

    def _collection(self) -> Any:  # noqa: ANN401 - a Chroma collection
        with self._opening:
            if self._opened is None:
                self._opened = self._open()
            return self._opened.collection

    def _open(self) -> _Opened:
        copy = PrivateCopy(self.directory)
        try:
            client = _client(copy.directory)
            return _Opened(copy, client, client.get_collection(COLLECTION, embedding_function=None))
        except Exception as error:
            copy.remove()
            raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> IndexDamaged:
        return IndexDamaged(
            f"Cannot use the vector store in {self.directory}: {type(error).__name__}: {error}. "
            "Next: run `jiangbu build --force`."
        )


def write_dense(
    directory: Path, documents: Sequence[PolicyDocument], passages: Sequence[Passage], vectors: Vectors
) -> None:
    """Make a new collection in an empty folder, in batches. May hang: see above."""
    client = _client(directory)
    configuration: Any = {"hnsw": GRAPH}
    collection = client.create_collection(COLLECTION, embedding_function=None, configuration=configuration)
    facts = {document.id: _metadata(document) for document in documents}
    for start in range(0, len(passages), BATCH):
        part = passages[start : start + BATCH]
        collection.add(
            ids=[passage.id for passage in part],
            embeddings=vectors[start : start + BATCH],
            metadatas=[facts[passage.document_id] for passage in part],
        )
    client.close()


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


def _client(directory: Path) -> Any:  # noqa: ANN401 - the import stays inside this function
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(path=str(directory), settings=Settings(anonymized_telemetry=False))
