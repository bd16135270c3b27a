"""A reader's own copy of the vector store, so that no other process can lock or change it.

Lies under `<home>/index/readers`, or in the system's temporary folder where home cannot be written to. It goes
away with its owner; the copies of processes that were killed are removed by the next reader.
"""

import fcntl
import os
import shutil
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from index.errors import StoreUnavailable

PREFIX = "jiangbu-reader-"
OWNER = "owner.lock"


class PrivateCopy:
    """A copy of a store's folder; the large files, which are never written to again, are linked."""

    def __init__(self, store: Path) -> None:
        own_place = store.parents[2] / "readers"  # <home>/index/snapshots/<name>/chroma
        for place in _places(own_place):
            try:
                place.mkdir(exist_ok=True)
                _remove_abandoned(place)
                root = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
            except OSError:
                continue
            self._lock = os.open(root / OWNER, os.O_CREAT | os.O_RDWR, 0o600)
            fcntl.flock(self._lock, fcntl.LOCK_EX)
            self.directory = root / "store"
            self._finalizer = weakref.finalize(self, _remove, root, self._lock)
            try:
                shutil.copytree(store, self.directory, copy_function=_link_or_copy)
                return
            except OSError:
                self.remove()
        raise StoreUnavailable(
            f"Cannot copy the vector store {store}: neither {own_place} nor the system's folder for "
            "temporary files can be written to. Next: free some space there, or mend the permissions; "
            "until then search does without."
        )

    def remove(self) -> None:
        """Delete the copy; also done when its owner ends."""
        self._finalizer()


def _places(own_place: Path) -> Iterator[Path]:
    """Where to make the copy, the first choice first; a machine need not have a folder for temporary files."""
    yield own_place
    with suppress(OSError):
        yield Path(tempfile.gettempdir())


def _link_or_copy(source: str, target: str) -> None:
    if not source.endswith(".sqlite3"):  # SQLite writes into its file on opening
        try:
            os.link(source, target)
            return
        except OSError:
            pass  # another file system, or one without links
    shutil.copyfile(source, target)


def _remove(root: Path, lock: int) -> None:
    shutil.rmtree(root, ignore_errors=True)
    os.close(lock)


def _remove_abandoned(place: Path) -> None:
    for root in place.glob(f"{PREFIX}*"):
        try:
            lock = os.open(root / OWNER, os.O_RDWR)
        except OSError:
            continue  # being made or removed right now, or somebody else's
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(root, ignore_errors=True)
        except BlockingIOError:
            pass  # its owner lives
        finally:
            os.close(lock)
