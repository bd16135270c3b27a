"""The form of a backup: one ZIP file with a manifest that names every member with its size and SHA-256.

What is read comes from a file that somebody may have damaged or made up: only known names, only plain files, nothing
larger than the manifest says, nothing outside the folder that it is unpacked into.
"""

import errno
import hashlib
import json
import os
import re
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

MANIFEST_NAME = "manifest.json"
FORMAT = 1
MEMBERS_MAX = 20_000
MANIFEST_BYTES_MAX = 8_000_000
BYTES_MAX = 8 * 1024**3  # all members together
PIECE = 1_048_576
NAME = re.compile(
    r"(?:jiangbu\.sqlite|audit\.head|off\.json|jiangbu\.toml|corpus(?:/[^/\\\x00-\x1f\x7f:]{1,200}){1,6})"
)
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError, LookupError)
OUR_FAULTS = (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS)  # not the archive's


class NotABackup(Exception):
    """A file that is no sound backup; the text is a key of `operator_words.NOT_A_BACKUP`."""


def pack(folder: Path, file: Path, about: Mapping[str, Any]) -> tuple[int, int]:
    """Write all files below a folder into an archive, whole or not at all, readable by its owner only.

    Returns:
        How many members there are, and how many bytes the archive has.

    Raises:
        OSError: It cannot be written.
    """
    members = [found for found in sorted(folder.rglob("*")) if found.is_file()]
    listed = [_describe(folder, member) for member in members]
    manifest = {"format": FORMAT, **about, "members": listed}
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=".part")  # mode 600
    try:
        with os.fdopen(handle, "wb") as target:
            with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(MANIFEST_NAME, json.dumps(manifest, ensure_ascii=False, indent=1))
                for member in members:
                    archive.write(member, member.relative_to(folder).as_posix())
            target.flush()
            os.fsync(target.fileno())
        os.replace(temporary, file)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return len(members), file.stat().st_size


def _describe(folder: Path, member: Path) -> dict[str, Any]:
    with member.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return {"name": member.relative_to(folder).as_posix(), "bytes": member.stat().st_size, "sha256": digest}


@contextmanager
def opened(file: Path) -> Iterator["Archive"]:
    """An archive whose manifest and names are sound; its members are not read yet.

    Raises:
        NotABackup: It is none, also while the members are read.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            yield Archive(archive)
    except BROKEN as error:
        if isinstance(error, OSError) and error.errno in OUR_FAULTS:
            raise
        raise NotABackup("unreadable") from error


class Archive:
    """An archive with the sizes and digests that its members have to have."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        infos = archive.infolist()
        if len(infos) > MEMBERS_MAX:
            raise NotABackup("sizes")
        self._archive = archive
        self._members = _members_of(_manifest_of(archive))
        self._infos = {info.filename: info for info in infos if info.filename != MANIFEST_NAME}
        if len(infos) != len(self._infos) + 1 or set(self._infos) != set(self._members):  # twice, too many, too few
            raise NotABackup("names")
        if not all(_is_plain(info) for info in self._infos.values()):
            raise NotABackup("names")
        if self.size > BYTES_MAX or any(info.file_size != self._members[name][0] for name, info in self._infos.items()):
            raise NotABackup("sizes")

    @property
    def names(self) -> frozenset[str]:
        """The names of the members."""
        return frozenset(self._members)

    @property
    def size(self) -> int:
        """How much all members are together."""
        return sum(size for size, _ in self._members.values())

    def unpack(self, folder: Path) -> None:
        """Write every member below a folder, each checked as it is read.

        Raises:
            NotABackup: One is not what the manifest says.
        """
        for name, info in self._infos.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
            with os.fdopen(descriptor, "wb") as written, self._archive.open(info) as content:
                self._copy(content, written, *self._members[name])

    def _copy(self, content: IO[bytes], written: IO[bytes], size: int, digest: str) -> None:
        seen, hashed = 0, hashlib.sha256()
        while piece := content.read(PIECE):
            seen += len(piece)
            if seen > size:
                raise NotABackup("sizes")
            hashed.update(piece)
            written.write(piece)
        if seen != size or hashed.hexdigest() != digest:
            raise NotABackup("content")


def _manifest_of(archive: zipfile.ZipFile) -> Mapping[str, Any]:
    try:
        with archive.open(MANIFEST_NAME) as content:
            read = content.read(MANIFEST_BYTES_MAX + 1)
        manifest = json.loads(read) if len(read) <= MANIFEST_BYTES_MAX else None
    except (*BROKEN, RecursionError) as error:
        raise NotABackup("no_manifest") from error
    if not isinstance(manifest, dict):
        raise NotABackup("no_manifest")
    if manifest.get("format") != FORMAT:
        raise NotABackup("format")
    return manifest


def _members_of(manifest: Mapping[str, Any]) -> dict[str, tuple[int, str]]:
    """Size and digest by name."""
    members: dict[str, tuple[int, str]] = {}
    try:
        for member in manifest["members"]:
            name, size, digest = member["name"], member["bytes"], member["sha256"]
            if type(size) is not int or size < 0 or not isinstance(digest, str):
                raise NotABackup("no_manifest")
            if not NAME.fullmatch(name) or {".", ".."} & set(name.split("/")) or name in members:
                raise NotABackup("names")
            members[name] = (size, digest)
    except (KeyError, TypeError) as error:
        raise NotABackup("no_manifest") from error
    return members


def _is_plain(info: zipfile.ZipInfo) -> bool:
    """Whether a member is a plain file, neither a link nor a folder nor encrypted."""
    mode = info.external_attr >> 16
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return False
    return not info.is_dir() and not info.flag_bits & 0x1 and stat.S_IFMT(mode) in (0, stat.S_IFREG)
