"""Backup and restore: what cannot be made again – documents, the store, the switch, settings without secrets.

A backup is taken while the service runs: the database is copied as it is at one moment, the documents until none of
them changed meanwhile. The index is not in it; it is built anew. A restore does everything in a folder beside the
home and puts it into place as the last step: what fails before leaves all as it was.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from assistant import operator_words as words
from assistant.archive import NotABackup, opened, pack
from assistant.config import CONFIG_FILE_NAME, Settings, without_secrets
from assistant.store.audit import AuditEntry
from assistant.store.copying import check_copy, copy_store
from assistant.store.engine import FILE_NAME, StoreError
from assistant.switch import SWITCH_NAME
from corpus import CorpusError, Library

MB = 1_000_000
TRIES = 5
PASSING = (".part", ".lock")  # files that come and go
ROOM_BYTES = 50 * MB  # for an index of few documents


class BackupError(Exception):
    """A backup or restore that was not done; the text, in Chinese, is for the person who runs the service."""


@dataclass(frozen=True, kw_only=True)
class BackupReport:
    """What was written; `fault` is what is wrong with the audit log, "" when it is whole."""

    members: int
    bytes: int
    fault: str


@dataclass(frozen=True, kw_only=True)
class RestoreOptions:
    """`keep_aside`: a home with something in it is renamed; `broken_log`: a log that is not whole is taken too.

    `by` is who restores, for the log.
    """

    by: str = ""
    keep_aside: bool = False
    broken_log: bool = False


@dataclass(frozen=True, kw_only=True)
class RestoreReport:
    """What was restored: members, entries of the audit log, and where the home of before is now."""

    members: int
    rows: int
    aside: Path | None


def write_backup(settings: Settings, file: Path) -> BackupReport:
    """Write a backup of a home into a new file.

    Raises:
        BackupError: It cannot be written; then there is no file.
        StoreError: The database cannot be read.
    """
    _check_place(settings, file)
    try:
        with _folder_in(file.parent, f".{file.name}.") as folder:
            fault = copy_store(settings.home, _url(settings), folder)
            _copy_documents(settings.home, folder)
            _copy_settings(settings.home, folder)
            about = {"made": datetime.now(UTC).isoformat(timespec="seconds"), "program": version("jiangbu")}
            members, size = pack(folder, file, about)
    except (OSError, CorpusError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise BackupError(words.BACKUP_FAILED.format(file=file, reason=reason)) from error
    return BackupReport(members=members, bytes=size, fault=fault)


def restore_backup(
    file: Path, home: Path, build: Callable[[Path], object], options: RestoreOptions | None = None
) -> RestoreReport:
    """Restore a backup into a home.

    Args:
        file: The backup.
        home: Where to; not there, empty, or with `keep_aside` renamed.
        build: Builds the index of a home.
        options: What to do in doubt.

    Raises:
        BackupError: It was not done; then nothing is changed.
    """
    options = options or RestoreOptions()
    has_content = home.exists() and any(home.iterdir())
    if has_content and not options.keep_aside:
        raise BackupError(words.RESTORE_NOT_EMPTY.format(home=home))
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        with _folder_in(home.parent, f".{home.name}.restoring-") as folder:
            members = _unpack(file, folder)
            rows = _check(file, folder, options)
            build(folder)
            aside = _put_into_place(folder, home, has_content)
    except OSError as error:
        raise BackupError(words.RESTORE_FAILED.format(reason=f"{error.filename}: {error.strerror}")) from error
    except NotABackup as error:
        reason = words.NOT_A_BACKUP[str(error)]
        raise BackupError(words.RESTORE_NO_BACKUP.format(file=file, reason=reason)) from error
    return RestoreReport(members=members, rows=rows, aside=aside)


def _check_place(settings: Settings, file: Path) -> None:
    if file.exists():
        raise BackupError(words.BACKUP_EXISTS.format(file=file))
    folder = file.absolute().parent
    if not folder.is_dir():
        raise BackupError(words.BACKUP_NO_FOLDER.format(folder=folder))
    url = _url(settings)
    if url is not None and not url.startswith("sqlite"):
        raise BackupError(words.BACKUP_OTHER_DATABASE)
    kept = [*settings.home.glob(f"{FILE_NAME}*"), *(settings.home / "corpus").rglob("*")]
    needed = 2 * sum(one.stat().st_size for one in kept if one.is_file()) + MB  # the copy, and the archive of it
    _check_room(folder, needed, words.BACKUP_NO_ROOM)


def _check_room(folder: Path, needed: int, said: str) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise BackupError(said.format(folder=folder, needed=-(-needed // MB), free=free // MB))


@contextmanager
def _folder_in(parent: Path, prefix: str) -> Iterator[Path]:
    """A folder that only its owner can enter, gone afterwards unless it was renamed."""
    folder = Path(tempfile.mkdtemp(dir=parent, prefix=prefix))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy_documents(home: Path, folder: Path) -> None:
    """Copy the documents as they were at one moment: what was read twice and was the same."""
    for _ in range(TRIES):
        shutil.rmtree(folder / "corpus", ignore_errors=True)
        try:
            before = _contents(home)
            for name in before:
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(home / name, target, follow_symlinks=False)
            if before == _contents(home) == _contents(folder):
                return
        except FileNotFoundError:
            continue  # taken out meanwhile
    raise BackupError(words.BACKUP_CHANGING)


def _contents(home: Path) -> dict[str, bytes]:
    """The digest of every file of the documents, by its name from the home on."""
    found = (one for one in sorted((home / "corpus").rglob("*")) if not one.name.endswith(PASSING))
    files = (one for one in found if one.is_file() and not one.is_symlink())
    return {one.relative_to(home).as_posix(): sha256(one.read_bytes()).digest() for one in files}


def _copy_settings(home: Path, folder: Path) -> None:
    if (home / CONFIG_FILE_NAME).is_file():
        (folder / CONFIG_FILE_NAME).write_text(without_secrets(home / CONFIG_FILE_NAME), encoding="utf-8")
    if (home / SWITCH_NAME).is_file():
        shutil.copyfile(home / SWITCH_NAME, folder / SWITCH_NAME)


def _url(settings: Settings) -> str | None:
    return settings.database_url.get_secret_value() if settings.database_url else None


def _unpack(file: Path, folder: Path) -> int:
    with opened(file) as archive:
        if FILE_NAME not in archive.names:
            raise NotABackup("names")
        _check_room(folder, archive.size + ROOM_BYTES, words.RESTORE_NO_ROOM)
        archive.unpack(folder)
        return len(archive.names)


def _check(file: Path, folder: Path, options: RestoreOptions) -> int:
    """Look whether store and documents can be used; how many entries the audit log has."""
    try:
        entry = AuditEntry(door="cli", client="", status="restored", question=file.name, caller=options.by)
        report = check_copy(folder, entry)
    except StoreError as error:
        raise NotABackup("database") from error
    if report.fault and not options.broken_log:
        fault = words.CHAIN_FAULTS[report.fault]
        raise BackupError(words.RESTORE_BROKEN_LOG.format(seq=report.fault_seq, fault=fault))
    try:
        Library(folder).documents()
    except (CorpusError, ValueError) as error:
        raise NotABackup("documents") from error
    return report.rows


def _put_into_place(folder: Path, home: Path, has_content: bool) -> Path | None:
    """Have the folder take the home's place; where the home of before is now."""
    if not has_content:
        if home.exists():
            home.rmdir()
        os.rename(folder, home)
        return None
    aside = home.with_name(f"{home.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    os.rename(home, aside)
    try:
        os.rename(folder, home)
    except OSError:
        os.rename(aside, home)
        raise
    return aside
