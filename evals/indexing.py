"""An index of the packaged documents for measuring, made with the embedder that is to be measured."""

import sys
from dataclasses import dataclass
from pathlib import Path

from corpus import Clause, Passage, PolicyDocument, make_passages, packaged_documents, read_clauses
from index import Embedder, Index, build_index, open_index


@dataclass(frozen=True, kw_only=True)
class PackagedCorpus:
    """The packaged documents, taken apart."""

    documents: tuple[PolicyDocument, ...]
    clauses: tuple[Clause, ...]
    passages: tuple[Passage, ...]


def read_packaged_corpus() -> PackagedCorpus:
    """The packaged documents with their clauses and passages, as `jiangbu build` takes them."""
    documents = tuple(packaged_documents())
    clauses = {document.id: read_clauses(document) for document in documents}
    return PackagedCorpus(
        documents=documents,
        clauses=tuple(clause for document in documents for clause in clauses[document.id]),
        passages=tuple(passage for document in documents for passage in make_passages(document, clauses[document.id])),
    )


def open_packaged_index(home: Path, embedder: Embedder) -> Index:
    """Build the index under `home`, unless it is there already, and open it."""
    corpus = read_packaged_corpus()
    is_watched = sys.stderr.isatty()
    build_index(corpus.documents, corpus.clauses, corpus.passages, home=home, embedder=embedder, progress=is_watched)
    return open_index(home, embedder)
