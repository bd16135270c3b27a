"""An index of the packaged documents for measuring, made with the embedder that is to be measured."""

import sys
from pathlib import Path

from corpus import derive, packaged_documents
from index import Embedder, Index, build_index, open_index


def open_packaged_index(home: Path, embedder: Embedder) -> Index:
    """Build the index under `home`, unless it is there already, and open it."""
    documents = packaged_documents()
    is_watched = sys.stderr.isatty()
    build_index(documents, derive(documents), home=home, embedder=embedder, progress=is_watched)
    return open_index(home, embedder)
