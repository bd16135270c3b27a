"""One writer, a fresh folder, one atomic step: how a new index takes the place of the old one.

`<home>/index/current` holds the name of the folder under `snapshots/` that is served. A build writes a new
folder beside it and then replaces that one small file, so that killing it at any moment leaves the old
index serving. Readers hold a shared lock on their folder and keep it for as long as they live.
"""

import fcntl
import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import RawIOBase
from pathlib import Path

from index.errors import BuildBusy, BuildFailed, IndexMissing
from index.snapshot import IN_USE, MANIFEST

MB = 1_000_000
HOLDER_LOOKS, HOLDER_LOOK_S = 100, 0.01
_HELD = threading.local()  # the homes whose right to build this thread has, by the path of their lock


def index_folder(home: Path) -> Path:
    """Return the folder that holds everything about the index."""
    return home / "index"


def snapshots_folder(home: Path) -> Path:
    """Return the folder of all snapshots."""
    return index_folder(home) / "snapshots"


@contextmanager
def build_lock(home: Path) -> Iterator[None]:
    """Hold the right to build; the lock of a process that died is free again by itself.

    Whoever reads documents to build from them takes it before reading, and `build_index` once more: else a build
    that began with older documents could be published after one with newer ones.

    Raises:
        BuildBusy: Another process, or another thread, holds it.
    """
    index_folder(home).mkdir(parents=True, exist_ok=True)
    path = index_folder(home) / "build.lock"
    held: set[Path] = _HELD.__dict__.setdefault("paths", set())
    if path in held:
        yield
        return
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o644), "r+b", buffering=0) as file:
        _take(file, path)
        _write_holder(file, str(os.getpid()))
        held.add(path)
        try:
            yield
        finally:
            held.discard(path)
            _write_holder(file, "")


def _write_holder(file: RawIOBase, told: str) -> None:
    """Write who holds the lock over who held it; on a full disk nobody is told, and the build says what it lacks."""
    with suppress(OSError):
        os.pwrite(file.fileno(), f"{told:<12}\n".encode(), 0)  # as long as the one before: no room is needed for it


def _take(file: RawIOBase, path: Path) -> None:
    """Take the lock. Who holds it writes down its number a moment after it has got it.

    Until then the file is blank, or names a process that was killed while it held the lock; then it is looked again,
    and whoever finds the lock given back meanwhile has it.
    """
    holder = ""
    for _ in range(HOLDER_LOOKS):
        with suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        if holder := _holder(file):
            break
        time.sleep(HOLDER_LOOK_S)
    raise BuildBusy(
        f"Cannot build the index: process {holder or 'unknown'} is building it ({path}). "
        "Next: wait until it is done, then run `jiangbu build` again if it is still needed."
    )


def _holder(file: RawIOBase) -> str:
    """The number that is written down, where it is that of a living process."""
    file.seek(0)
    told = (file.read() or b"").decode("ascii", "replace").strip()
    return told if told.isdecimal() and _lives(int(told)) else ""


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)  # signal 0 asks only
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True  # another user's
    return True


def current_name(home: Path) -> str | None:
    """Return the name of the published snapshot, or `None` when there is none."""
    try:
        return (index_folder(home) / "current").read_text(encoding="ascii").strip() or None
    except (FileNotFoundError, UnicodeDecodeError):
        return None


def current_snapshot(home: Path) -> Path:
    """Return the folder of the published snapshot.

    Raises:
        IndexMissing: Nothing has been published.
    """
    name = current_name(home)
    if name is None or Path(name).name != name:
        raise IndexMissing(
            f"Cannot open the index: none has been built under {index_folder(home)}. Next: run `jiangbu build`."
        )
    return snapshots_folder(home) / name


def publish(home: Path, snapshot: Path) -> None:
    """Make a finished snapshot the one that is served: all its bytes to disk first, then the pointer."""
    for path in snapshot.rglob("*"):
        _sync(path)
    _sync(snapshot)
    _sync(snapshot.parent)
    pointer = index_folder(home) / "current"
    fresh = pointer.with_name("current.new")
    fresh.write_text(snapshot.name + "\n", encoding="ascii")
    _sync(fresh)
    os.replace(fresh, pointer)
    _sync(pointer.parent)


def remove_leftovers(home: Path, keep: frozenset[str]) -> None:
    """Delete snapshots that are not in `keep` and that no living reader holds."""
    for snapshot in snapshots_folder(home).glob("*"):
        if snapshot.name not in keep and not _is_held(snapshot):
            # The manifest goes first: what remains, should this be cut short, is plainly no snapshot.
            (snapshot / MANIFEST).unlink(missing_ok=True)
            shutil.rmtree(snapshot, ignore_errors=True)


def sweep_snapshots(home: Path) -> bool:
    """Delete every snapshot but the published one, as it may hold what was removed since; False while one is built.

    A build does so for those before its predecessor; one that a reader holds stays until the next sweep or build.
    """
    try:
        with build_lock(home):
            served = current_name(home)
            remove_leftovers(home, keep=frozenset({served} if served else ()))
    except BuildBusy:
        return False
    return True


def hold(snapshot: Path) -> int | None:
    """Take a reader's lock; returns its file descriptor, `None` where the folder allows no lock."""
    try:
        descriptor = os.open(snapshot / IN_USE, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def check_space(home: Path, needed: int) -> None:
    """Refuse to start what the disk has no room for.

    Raises:
        BuildFailed: Names free and needed megabytes.
    """
    free = shutil.disk_usage(index_folder(home)).free
    if free < needed:
        raise BuildFailed(
            f"Cannot build the index: it needs about {needed // MB + 1} MB and {free // MB} MB are free "
            f"under {index_folder(home)}. Next: free some space and run `jiangbu build` again; "
            "the index published before still serves."
        )


def _is_held(snapshot: Path) -> bool:
    try:
        descriptor = os.open(snapshot / IN_USE, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
