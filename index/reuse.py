"""Vectors for a new snapshot: taken over from the one before where the text is the same, else embedded."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.records import Passage
from index import publish
from index.embed import Embedder, Vectors
from index.errors import IndexingError
from index.pack import CorpusRecords, unpack
from index.records import IndexManifest
from index.snapshot import RECORDS, VECTORS, check_whole, read_manifest

Watch = Callable[[int, int], None]  # told how many new passages are embedded, and of how many


@dataclass(frozen=True, kw_only=True)
class Previous:
    """The snapshot that is published now, found whole."""

    directory: Path
    manifest: IndexManifest


@dataclass(frozen=True, kw_only=True)
class EmbeddedRecords:
    """One vector a passage, in row order, and how many of them needed no embedding."""

    vectors: Vectors
    reused: int


def whole_previous(home: Path) -> Previous | None:
    """Return the published snapshot, or `None` when there is none that can be trusted and read."""
    try:
        directory = publish.current_snapshot(home)
        manifest = read_manifest(directory)
        check_whole(directory, manifest)
    except IndexingError:
        return None
    return Previous(directory=directory, manifest=manifest)


def embed_records(
    records: CorpusRecords, previous: Previous | None, embedder: Embedder, progress: bool, watch: Watch | None = None
) -> EmbeddedRecords:
    """Embed what the previous snapshot has no vector for, and take over the rest; `watch` is told how far it is."""
    from tqdm import tqdm

    known = _known_vectors(previous, embedder)
    texts = [embedded_text(passage) for passage in records.passages]
    new = list(dict.fromkeys(text for text in texts if text not in known))
    note = f"embedding, {len(texts) - len(new)} reused"
    done = 0
    with tqdm(total=len(new), desc=note, unit="passage", disable=not progress) as bar:

        def step(more: int) -> None:
            nonlocal done
            done += more
            bar.update(more)
            if watch is not None:
                watch(done, len(new))

        if new:
            vectors = embedder.embed_passages(new, step)
            known.update(zip(new, vectors, strict=True))
    return EmbeddedRecords(vectors=np.stack([known[text] for text in texts]), reused=len(texts) - len(new))


def embedded_text(passage: Passage) -> str:
    """Return what is embedded and cut into tokens: the context, then the passage's own text."""
    return f"{passage.context}\n{passage.text}"


def _known_vectors(previous: Previous | None, embedder: Embedder) -> dict[str, Vectors]:
    """Vectors of the previous snapshot by the text that was embedded: right wherever that text stands now."""
    if previous is None or previous.manifest.model_id != embedder.model_id:
        return {}
    passages = unpack((previous.directory / RECORDS).read_bytes()).passages
    vectors: Vectors = np.load(previous.directory / VECTORS)
    return {embedded_text(passage): vectors[row] for row, passage in enumerate(passages)}
