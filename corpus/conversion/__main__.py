"""The child of a conversion: limits first, then the reader of that form, then one line of JSON."""

import json
import resource
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

from corpus.conversion.child import Limits, write_reply
from corpus.conversion.records import TEXT_MAX, Converted
from corpus.conversion.unseen import take_out_unseen
from corpus.conversion.wording import refuse
from corpus.errors import UnreadableFile

READERS = {
    "text": ("corpus.conversion.text", "read_text"),
    "markdown": ("corpus.conversion.markdown", "read_markdown"),
    "html": ("corpus.conversion.html", "read_html"),
    "docx": ("corpus.conversion.docx", "read_docx"),
    "xlsx": ("corpus.conversion.sheet", "read_xlsx"),
    "pdf": ("corpus.conversion.pdf", "read_pdf"),
    "scanned_pdf": ("corpus.conversion.pdf", "read_scanned_pdf"),
    "scan": ("corpus.conversion.scan", "read_scan"),
}
INPUT_BYTES_MAX = 32 * 1024 * 1024
# What no reader has any business doing; a library that was taken over by a file would.
_FORBIDDEN = (
    "socket.connect",
    "socket.bind",
    "socket.getaddrinfo",
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.spawn",
    "pty.spawn",
    "os.kill",
    "os.chmod",
    "os.rename",
    "os.remove",
)


def main(form: str, limits: Limits) -> str:
    """The reply for the file on stdin."""
    set_limits(limits)
    content = sys.stdin.buffer.read(INPUT_BYTES_MAX + 1)
    try:
        if len(content) > INPUT_BYTES_MAX:
            raise refuse("too_large", limit=INPUT_BYTES_MAX // 1024**2)
        return write_reply(_checked(_reader(form)(content)))
    except UnreadableFile as refusal:
        return json.dumps({"refused": [refusal.code, refusal.words]}, ensure_ascii=False)
    except (MemoryError, RecursionError):
        heavy = refuse("too_heavy")
        return json.dumps({"refused": [heavy.code, heavy.words]}, ensure_ascii=False)


def set_limits(limits: Limits) -> None:
    """Bind this process to its limits for good; before any parser is imported."""
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_s),
        (resource.RLIMIT_FSIZE, limits.output_bytes),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    sys.addaudithook(_refuse_deed)


def _refuse_deed(event: str, arguments: tuple[object, ...]) -> None:
    if event in _FORBIDDEN:
        raise PermissionError(f"a reader of files may not do {event}")


def _reader(form: str) -> Callable[[bytes], Converted]:
    module, name = READERS[form]
    try:
        reader: Callable[[bytes], Converted] = getattr(import_module(module), name)
    except ImportError as error:
        raise refuse("reader_missing") from error
    return reader


def _checked(converted: Converted) -> Converted:
    """A conversion fit to be told: of visible characters, not empty, not endless."""
    if len(converted.text) > TEXT_MAX:
        raise refuse("too_long", limit=TEXT_MAX)
    seen = take_out_unseen(converted)
    if not seen.text.strip():
        raise refuse("no_text")
    unsure = tuple(one for one in seen.unsure if one.text.strip())
    return replace(seen, unsure=unsure)


def run() -> None:
    """Read the file on stdin as the arguments say: its form, and the limits."""
    sys.stdout.write(main(sys.argv[1], Limits(**json.loads(sys.argv[2]))))


if __name__ == "__main__":
    run()
