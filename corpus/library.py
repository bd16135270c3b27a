"""The documents there are: those packaged with the program, and the user's own under `home`.

The packaged ones are never written to. A removed packaged document is remembered in
`<home>/corpus/removed.txt`; added ones are files under `<home>/corpus/documents/`. Changes are made one at a time,
whichever process makes them.
"""

import fcntl
import os
import re
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from corpus.errors import CorpusError, DocumentConflict
from corpus.records import PolicyDocument
from corpus.stored import read_document, read_document_file, write_document
from corpus.versions import mark_versions, without_versions

CHANGE_WITHIN_S = 10.0  # how long another process's change is waited for; each takes some milliseconds
_ID = re.compile(r"\w[\w-]{0,99}")  # becomes a file name


class Library:
    """The corpus as one user sees it; `home` is `JIANGBU_HOME`."""

    def __init__(self, home: Path) -> None:
        self._own = home / "corpus" / "documents"
        self._removed = home / "corpus" / "removed.txt"

    def documents(self) -> list[PolicyDocument]:
        """All documents, ordered by id; older versions are told by which newer ones they are superseded."""
        removed = self._removed_ids()
        own = [read_document_file(path) for path in sorted(self._own.glob("*.md"))]
        own_ids = {document.id for document in own}
        kept = [d for d in packaged_documents() if d.id not in removed and d.id not in own_ids]
        return mark_versions(sorted([*kept, *own], key=lambda document: document.id))

    def ids(self) -> frozenset[str]:
        """The ids of all documents, told without reading the user's own."""
        packaged = {document.id for document in packaged_documents()} - self._removed_ids()
        return frozenset(packaged | {path.stem for path in self._own.glob("*.md")})

    def state(self) -> str:
        """Another text whenever documents came in or went out; told from names, sizes and times alone, in no time."""
        told = sorted(self._removed_ids())
        for path in sorted(self._own.glob("*.md")):
            with suppress(FileNotFoundError):  # removed while it was looked at
                found = path.lstat()
                told.append(f"{path.name} {found.st_mtime_ns} {found.st_size}")
        return "\n".join(told)

    def digest(self) -> str:
        """A digest of all documents as stored and of what reads them; another one: an index made before is stale."""
        removed = self._removed_ids()
        own = {path.name: path.read_bytes() for path in self._own.glob("*.md")}
        folder = files("corpus") / "documents"
        packaged = {
            entry.name: entry.read_bytes()
            for entry in folder.iterdir()
            if entry.name.endswith(".md") and entry.name.removesuffix(".md") not in removed
        }
        digest = sha256(_readers().encode())
        for name, content in sorted((packaged | own).items()):
            digest.update(f"{name}\n{len(content)}\n".encode() + content)
        return digest.hexdigest()

    def add(self, documents: Iterable[PolicyDocument]) -> list[PolicyDocument]:
        """Store documents; those whose text is already there are left out of the result.

        Raises:
            DocumentConflict: An id is in use by a document with another text, or one to be superseded is not there.
        """
        with self._changing():
            return self._add(documents)

    def _add(self, documents: Iterable[PolicyDocument]) -> list[PolicyDocument]:
        known = self.documents()
        texts = {"".join(document.text.split()) for document in known}
        ids = {document.id for document in known}
        added = []
        for document in documents:
            key = "".join(document.text.split())
            if key in texts:
                continue
            if not _ID.fullmatch(document.id):
                raise DocumentConflict(
                    f"Cannot add {document.title}: the id {document.id!r} cannot name a file. "
                    "Next: give another with --id, of letters, digits and hyphens."
                )
            if document.id in ids:
                raise DocumentConflict(
                    f"Cannot add {document.title}: the id {document.id} belongs to another document. "
                    f"Next: give another with --id, or `jiangbu remove {document.id}` first."
                )
            _check_older(document, ids)
            texts.add(key)
            ids.add(document.id)
            added.append(without_versions(document))
        try:
            for document in added:
                write_whole(self._own / f"{document.id}.md", write_document(document))
            self._write_removed(self._removed_ids() - {document.id for document in added})
        except (CorpusError, OSError):  # all of them, or none
            for document in added:
                (self._own / f"{document.id}.md").unlink(missing_ok=True)
            raise
        return added

    def remove(self, document_id: str) -> PolicyDocument:
        """Take a document out of the corpus and return it.

        Raises:
            DocumentConflict: There is no such document.
        """
        with self._changing():
            found = next((d for d in self.documents() if d.id == document_id), None)
            if found is None:
                raise DocumentConflict(
                    f"Cannot remove {document_id!r}: there is no such document. "
                    "Next: `jiangbu documents` lists the ids."
                )
            if any(document.id == found.id for document in packaged_documents()):
                self._write_removed(self._removed_ids() | {found.id})
            (self._own / f"{found.id}.md").unlink(missing_ok=True)
            return without_versions(found)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Keep other changes out, also those of other processes: `removed.txt` is read, then written.

        Raises:
            CorpusError: The home cannot be written to, or another change takes longer than ten seconds.
        """
        lock = self._removed.with_name("changing.lock")
        until = time.monotonic() + CHANGE_WITHIN_S
        try:
            lock.parent.mkdir(parents=True, exist_ok=True)
            with lock.open("w") as file:
                while not _locked(file.fileno()):
                    if time.monotonic() > until:
                        raise CorpusError(f"Cannot write {lock}: another process keeps it. Next: try again later.")
                    time.sleep(0.02)
                yield
        except OSError as error:
            raise CorpusError(
                f"Cannot write {error.filename or lock}: {error.strerror}. Next: free some space or check the rights."
            ) from error

    def _removed_ids(self) -> set[str]:
        return set(self._removed.read_text("utf-8").split()) if self._removed.exists() else set()

    def _write_removed(self, ids: set[str]) -> None:
        if ids != self._removed_ids():
            write_whole(self._removed, "".join(f"{one}\n" for one in sorted(ids)))


def _check_older(document: PolicyDocument, ids: set[str]) -> None:
    for older in document.supersedes:
        if older == document.id or older not in ids:
            raise DocumentConflict(
                f"Cannot add {document.title} as a newer version of {older!r}: there is no such document. "
                "Next: `jiangbu documents` lists the ids."
            )


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@cache
def _readers() -> str:
    """A digest of the grammar, the vocabulary and the code that read documents: others read another ledger.

    What converts files is left out: it makes the documents, which are stored and in the digest themselves.
    """
    digest = sha256()
    for entry in sorted(_files_below(files("corpus")), key=str):
        digest.update(entry.read_bytes())
    return digest.hexdigest()


def _files_below(folder: Traversable) -> Iterator[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name not in ("documents", "conversion", "__pycache__"):
            yield from _files_below(entry)
        elif entry.name.endswith((".py", ".toml", ".lark", ".txt", ".csv")):
            yield entry


def packaged_documents() -> list[PolicyDocument]:
    """The documents that come with the program, ordered by id."""
    folder = files("corpus") / "documents"
    found = [entry for entry in folder.iterdir() if entry.name.endswith(".md")]
    return sorted((read_document(entry.read_text("utf-8"), entry.name) for entry in found), key=lambda d: d.id)


def packaged_text(document_id: str) -> str | None:
    """The text of a document that comes with the program; None for any other, those added by the user too."""
    return _packaged_texts().get(document_id)


@cache
def _packaged_texts() -> Mapping[str, str]:
    """Read once: the package does not change while the program runs."""
    return {document.id: document.text for document in packaged_documents()}


def write_whole(path: Path, content: str) -> None:
    """Write a file so that it is there whole or not at all."""
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise CorpusError(
            f"Cannot write {path}: {error.strerror}. Next: free some space or check the rights."
        ) from error
