"""Conversion in a process of its own: bytes in, strict JSON out, within limits, and nothing else.

A parser that crashes, loops or eats memory takes the child down and not the service. The child gets no secrets, no
network, an empty folder, and is killed with everything it started when its time is over.
"""

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from corpus.conversion.records import Converted, Hidden, RawFile, Unsure
from corpus.conversion.wording import refuse
from corpus.errors import UnreadableFile

_LOG = logging.getLogger(__name__)
_MEBIBYTE = 1024 * 1024
# As `python -m corpus.conversion`, but for the package's own start: it loads the grammar, which no reader needs, and
# takes three times as long as a reader.
_PACKAGE = Path(__file__).resolve().parents[1]
_START = f"""
import sys, types
package = sys.modules["corpus"] = types.ModuleType("corpus")
package.__path__ = [{str(_PACKAGE)!r}]
from corpus.conversion.__main__ import run
run()
"""
_STDERR_MAX = 4096  # bytes of what a dead child complained about that are looked at


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a child may use: memory is address space, `cpu_s` the time of all its threads together."""

    memory_bytes: int = 1024 * _MEBIBYTE
    cpu_s: int = 20
    wall_s: float = 40.0
    output_bytes: int = 32 * _MEBIBYTE
    open_files: int = 64
    threads: int = 1


# Recognising characters loads models and takes seconds a page.
LIMITS: Mapping[str, Limits] = {
    "scan": Limits(memory_bytes=4096 * _MEBIBYTE, cpu_s=300, wall_s=300.0, open_files=256, threads=2),
    "scanned_pdf": Limits(memory_bytes=4096 * _MEBIBYTE, cpu_s=300, wall_s=300.0, open_files=256, threads=2),
}
SCANNED = "scanned"  # the code by which the reader of pdf asks for the one with recognition


def convert(raw: RawFile, form: str, limits: Limits | None = None) -> Converted:
    """The text of a raw file, read in a child process.

    Args:
        raw: The file; its name does not go to the child.
        form: One of `corpus.conversion.forms.ENDINGS`.
        limits: What the child may use; by default what its form needs.

    Raises:
        UnreadableFile: The reader refuses it, or the child died, was too slow, or said nothing that makes sense.
    """
    limits = limits or LIMITS.get(form) or Limits()
    with tempfile.TemporaryDirectory(prefix="jiangbu-") as folder, tempfile.TemporaryFile() as sent:
        sent.write(raw.content)
        sent.seek(0)
        with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
            status = _run(form, limits, folder, (sent, said, complained))
            said.seek(0)
            reply = said.read(limits.output_bytes + 1)
            if status != 0:
                complained.seek(0)
                _LOG.warning("converting %s: status %s: %s", form, status, _last_error(complained.read(_STDERR_MAX)))
                raise refuse("too_heavy" if status < 0 else "reader_failed")
    try:
        return read_reply(reply, limits)
    except UnreadableFile as refusal:
        if form == "pdf" and refusal.code == SCANNED:
            return convert(raw, "scanned_pdf")
        raise


def _run(form: str, limits: Limits, folder: str, files: tuple[BinaryIO, BinaryIO, BinaryIO]) -> int:
    """Run the child to its end; its exit status, negative for a signal."""
    sent, said, complained = files
    process = subprocess.Popen(
        [sys.executable, "-P", "-B", "-c", _START, form, json.dumps(asdict(limits))],
        stdin=sent,
        stdout=said,
        stderr=complained,
        cwd=folder,
        env=_environment(folder, limits),
        start_new_session=True,
        close_fds=True,
    )
    try:
        return process.wait(limits.wall_s)
    except subprocess.TimeoutExpired as error:
        raise refuse("too_slow", seconds=f"{limits.wall_s:g}") from error
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _environment(folder: str, limits: Limits) -> dict[str, str]:
    """All that the child knows of its surroundings: where our packages lie, and its folder."""
    return {
        "PYTHONPATH": str(_PACKAGE.parent),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "LANG": "C.UTF-8",
        "HOME": folder,
        "TMPDIR": folder,
        "OMP_NUM_THREADS": str(limits.threads),
        "OPENBLAS_NUM_THREADS": str(limits.threads),
    }


def read_reply(reply: bytes, limits: Limits) -> Converted:
    """What a child said, checked field by field: it read hostile bytes and is not believed.

    Raises:
        UnreadableFile: As the child says, or because what it says makes no sense.
    """
    if len(reply) > limits.output_bytes:
        raise refuse("too_long", limit=limits.output_bytes)
    try:
        values = json.loads(reply.decode("utf-8"), parse_constant=_no_constant)
        if "refused" in values:
            code, words = values["refused"]
            raise UnreadableFile(str(words)[:1000], code=str(code)[:60])
        return Converted(
            text=_text(values["text"]),
            form=_text(values["form"]),
            pages=int(values["pages"]),
            hidden=tuple(Hidden(how=_text(how), text=_text(text)) for how, text in values["hidden"]),
            unsure=tuple(
                Unsure(text=_text(text), confidence=float(confidence), page=int(page))
                for text, confidence, page in values["unsure"]
            ),
            notes=tuple(map(_text, values["notes"])),
        )
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        _LOG.warning("a child of the conversion said what makes no sense: %s", type(error).__name__)
        raise refuse("reader_failed") from error


def write_reply(converted: Converted) -> str:
    """A conversion as `read_reply` reads it."""
    return json.dumps(
        {
            "text": converted.text,
            "form": converted.form,
            "pages": converted.pages,
            "hidden": [[one.how, one.text] for one in converted.hidden],
            "unsure": [[one.text, one.confidence, one.page] for one in converted.unsure],
            "notes": list(converted.notes),
        },
        ensure_ascii=False,
        allow_nan=False,
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is expected")
    return value


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _last_error(complaint: bytes) -> str:
    """The kind of error in a child's last line, without what it says: that may hold words of the document."""
    lines = complaint.decode("utf-8", "replace").strip().splitlines() or [""]
    return lines[-1].partition(":")[0][:80]
