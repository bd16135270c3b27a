"""Records to a published index: embed what is new, write every part, try it out, switch over.

The order of the steps is the safety: nothing that a reader can see changes before the last one.
"""

import hashlib
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.ledger import Derived, Ledger
from corpus.records import PolicyDocument
from index import publish
from index.embed import Embedder, Vectors
from index.errors import BuildFailed, IndexingError
from index.pack import CorpusRecords, check_records, pack
from index.records import BuildReport, IndexManifest
from index.reuse import Watch, embed_records, embedded_text, whole_previous
from index.snapshot import (
    DICTIONARY,
    FORMAT,
    IN_USE,
    LEDGER,
    LEXICAL,
    RECORDS,
    VECTORS,
    check_whole,
    file_marks,
    read_manifest,
    write_manifest,
)
from index.tokenize import load_full, terms_sha256


def build_index(
    documents: Sequence[PolicyDocument],
    read: Derived,
    *,
    home: Path,
    embedder: Embedder,
    force: bool = False,
    progress: bool = True,
    watch: Watch | None = None,
) -> BuildReport:
    """Publish an index of these records under `home`; returns at once when it is published already.

    Args:
        documents: The whole corpus, in the order it is to be kept in.
        read: Its clauses, passages and ledger; each passage has to be the text at its place.
        home: `<home>/index` is written to.
        embedder: Vectors of the same model id are taken over from the index published before.
        force: Build anew, and embed everything anew.
        progress: Show a bar on stderr.
        watch: Told how many of the new passages are embedded; writing and trying out come after that.

    Raises:
        BuildBusy: Another process is building.
        BuildFailed: Nothing was published; the index from before still serves.
    """
    begun = time.monotonic()
    records = CorpusRecords(documents=tuple(documents), clauses=read.clauses, passages=read.passages)
    check_records(records)
    packed = pack(records)
    digest = _digest(packed, read.ledger)
    with publish.build_lock(home):
        previous = None if force else whole_previous(home)
        if previous is not None and _is_same(previous.manifest, embedder.model_id, digest):
            return _report(records, previous.directory, begun, embedded=0, nothing_to_do=True)
        served = publish.current_name(home)
        publish.remove_leftovers(home, keep=frozenset({served} if served else ()))
        publish.check_space(home, _bytes_needed(records, packed, embedder.dimension))
        snapshot = _fresh_folder(home, packed)
        try:
            embedded = embed_records(records, previous, embedder, progress, watch)
            _write(snapshot, _Parts(records, read.ledger, packed, digest), embedded.vectors, embedder)
            _check(snapshot, len(read.passages))
            publish.publish(home, snapshot)
        except BaseException as error:
            if publish.current_name(home) != snapshot.name:
                shutil.rmtree(snapshot, ignore_errors=True)
            if isinstance(error, IndexingError) or not isinstance(error, Exception):
                raise
            raise _failed(home, error) from error
        publish.remove_leftovers(home, keep=frozenset({snapshot.name, served or snapshot.name}))
    new = len(read.passages) - embedded.reused
    return _report(records, snapshot, begun, embedded=new, nothing_to_do=False)


@dataclass(frozen=True)
class _Parts:
    """What a snapshot is written from."""

    records: CorpusRecords
    ledger: Ledger
    packed: bytes
    digest: str


def _digest(packed: bytes, ledger: Ledger) -> str:
    """Names documents, passages and ledger alike: another grammar makes another ledger of the same documents."""
    return hashlib.sha256(packed + repr(ledger).encode()).hexdigest()


def _is_same(manifest: IndexManifest, model_id: str, digest: str) -> bool:
    return (
        manifest.corpus_sha256 == digest and manifest.model_id == model_id and manifest.terms_sha256 == terms_sha256()
    )


def _bytes_needed(records: CorpusRecords, packed: bytes, dimension: int) -> int:
    """Vectors lie in the file of vectors, the graph and the store's log; the rest was measured."""
    return len(records.passages) * (dimension * 4 * 4 + 4000) + 3 * len(packed) + 16 * publish.MB


def _fresh_folder(home: Path, packed: bytes) -> Path:
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    name = f"{moment}-{hashlib.sha256(packed).hexdigest()[:12]}"
    snapshot = publish.snapshots_folder(home) / name
    snapshot.mkdir(parents=True)
    return snapshot


def _write(snapshot: Path, parts: _Parts, vectors: Vectors, embedder: Embedder) -> None:
    import numpy as np

    from index.child import run_step
    from index.dense import chromadb_version
    from index.ledger import write_ledger
    from index.lexical import LexicalIndex

    records = parts.records
    (snapshot / IN_USE).touch()
    (snapshot / RECORDS).write_bytes(parts.packed)
    write_ledger(snapshot / LEDGER, records.documents, parts.ledger)
    np.save(snapshot / VECTORS, vectors)
    texts = [embedded_text(passage) for passage in records.passages]
    tokenizer = load_full().narrowed_to(texts)
    tokenizer.save(snapshot / DICTIONARY)
    LexicalIndex.build([tokenizer.cut(text) for text in texts]).save(snapshot / LEXICAL)
    run_step("write", snapshot, len(records.passages))
    manifest = IndexManifest(
        format=FORMAT,
        model_id=embedder.model_id,
        dimension=int(vectors.shape[1]),
        corpus_sha256=parts.digest,
        terms_sha256=terms_sha256(),
        documents=len(records.documents),
        clauses=len(records.clauses),
        passages=len(records.passages),
        chromadb_version=chromadb_version(),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        files=file_marks(snapshot),
    )
    write_manifest(snapshot, manifest)


def _check(snapshot: Path, passages: int) -> None:
    from index.child import run_step

    run_step("check", snapshot, passages)
    check_whole(snapshot, read_manifest(snapshot))


def _report(records: CorpusRecords, snapshot: Path, begun: float, *, embedded: int, nothing_to_do: bool) -> BuildReport:
    return BuildReport(
        snapshot=snapshot.name,
        documents=len(records.documents),
        clauses=len(records.clauses),
        passages=len(records.passages),
        embedded=embedded,
        reused=len(records.passages) - embedded,
        seconds=time.monotonic() - begun,
        nothing_to_do=nothing_to_do,
    )


def _failed(home: Path, error: Exception) -> BuildFailed:
    return BuildFailed(
        f"Cannot build the index under {home}: {type(error).__name__}: {error}. "
        "Next: mend what that says and run `jiangbu build` again; the index published before still serves."
    )
