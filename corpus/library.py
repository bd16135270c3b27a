"""The documents there are: those packaged with the program, and the user's own under `home`.

The packaged ones are never written to. A removed packaged document is remembered in
`<home>/corpus/removed.txt`; added ones are files under `<home>/corpus/documents/`.
"""

import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from corpus.errors import CorpusError, DocumentConflict
from corpus.records import PolicyDocument
from corpus.stored import read_document, read_document_file, write_document

_ID = re.compile(r"\w[\w-]{0,99}")  # becomes a file name


class Library:
    """The corpus as one user sees it; `home` is `JIANGBU_HOME`."""

    def __init__(self, home: Path) -> None:
        self._own = home / "corpus" / "documents"
        self._removed = home / "corpus" / "removed.txt"

    def documents(self) -> list[PolicyDocument]:
        """All documents, ordered by id."""
        removed = self._removed_ids()
        own = [read_document_file(path) for path in sorted(self._own.glob("*.md"))]
        own_ids = {document.id for document in own}
        kept = [d for d in packaged_documents() if d.id not in removed and d.id not in own_ids]
        return sorted([*kept, *own], key=lambda document: document.id)

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
            DocumentConflict: An id is in use by a document with another text.
        """
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
            texts.add(key)
            ids.add(document.id)
            added.append(document)
        for document in added:
            write_whole(self._own / f"{document.id}.md", write_document(document))
            self._write_removed(self._removed_ids() - {document.id})
        return added

    def remove(self, document_id: str) -> PolicyDocument:
        """Take a document out of the corpus and return it.

        Raises:
            DocumentConflict: There is no such document.
        """
        found = next((d for d in self.documents() if d.id == document_id), None)
        if found is None:
            raise DocumentConflict(
                f"Cannot remove {document_id!r}: there is no such document. Next: `jiangbu documents` lists the ids."
            )
        (self._own / f"{found.id}.md").unlink(missing_ok=True)
        if any(document.id == found.id for document in packaged_documents()):
            self._write_removed(self._removed_ids() | {found.id})
        return found

    def _removed_ids(self) -> set[str]:
        return set(self._removed.read_text("utf-8").split()) if self._removed.exists() else set()

    def _write_removed(self, ids: set[str]) -> None:
        if ids != self._removed_ids():
            write_whole(self._removed, "".join(f"{one}\n" for one in sorted(ids)))


@cache
def _readers() -> str:
    """A digest of the grammar, the vocabulary and the code that read documents: others read another ledger."""
    digest = sha256()
    for entry in sorted(_files_below(files("corpus")), key=str):
        digest.update(entry.read_bytes())
    return digest.hexdigest()


def _files_below(folder: Traversable) -> Iterator[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name not in ("documents", "__pycache__"):
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
