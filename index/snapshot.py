"""The folder of one finished index: where its parts lie, its manifest, and whether it is still whole.

A snapshot is never changed after it is published. Every file is checked against size and sha256 in the
manifest before anything is opened, since a damaged store answers wrongly or kills the process.
"""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

from index.errors import IndexDamaged, IndexStale
from index.records import FileMark, IndexManifest

FORMAT = 3
MANIFEST = "manifest.json"
RECORDS = "records.json"
DICTIONARY = "dictionary.json"
VECTORS = "vectors.npy"
LEDGER = "ledger.sqlite"
CHROMA = "chroma"
LEXICAL = "lexical"
IN_USE = "in-use.lock"


def file_marks(directory: Path) -> dict[str, FileMark]:
    """Return size and digest of every file that may not change any more."""
    marks = {}
    for path in sorted(directory.rglob("*")):
        name = path.relative_to(directory).as_posix()
        if path.is_file() and name not in (MANIFEST, IN_USE):
            content = path.read_bytes()
            marks[name] = FileMark(size=len(content), sha256=hashlib.sha256(content).hexdigest())
    return marks


def write_manifest(directory: Path, manifest: IndexManifest) -> None:
    """Write the manifest, the last file of a snapshot."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
    (directory / MANIFEST).write_text(text, encoding="utf-8")


def read_manifest(directory: Path) -> IndexManifest:
    """Return the manifest of a snapshot.

    Raises:
        IndexDamaged: It is not there or cannot be read.
        IndexStale: It is of another format, so that nothing else in it can be relied on.
    """
    try:
        fields = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
        if fields["format"] != FORMAT:
            raise stale(directory, f"format {fields['format']}, this program reads format {FORMAT}")
        fields["files"] = {name: FileMark(**mark) for name, mark in fields["files"].items()}
        return IndexManifest(**fields)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged(directory, f"its manifest cannot be read ({type(error).__name__}: {error})") from error


def check_whole(directory: Path, manifest: IndexManifest) -> None:
    """Compare a snapshot with its manifest; about 30 ms for 2,500 passages.

    Raises:
        IndexDamaged: Names the first file that is missing, added or changed.
    """
    try:
        found = file_marks(directory)
    except OSError as error:
        raise damaged(directory, f"it cannot be read ({error})") from error
    for name in sorted(found.keys() | manifest.files.keys()):
        if found.get(name) != manifest.files.get(name):
            raise damaged(directory, f"{name} is missing or has changed")


def damaged(directory: Path, reason: str) -> IndexDamaged:
    """Return the error for a snapshot that cannot be trusted."""
    return IndexDamaged(
        f"Cannot open the index {directory.name}: {reason} (under {directory.parent}). "
        "Next: run `jiangbu build --force`."
    )


def stale(directory: Path, difference: str) -> IndexStale:
    """Return the error for a snapshot that was made otherwise than the settings say."""
    return IndexStale(
        f"Cannot search the index {directory.name}: it has {difference} (under {directory.parent}). "
        "Next: run `jiangbu build`."
    )
