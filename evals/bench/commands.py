"""Run `jiangbu` as a user does, in a process of its own, and tell how long it took and how much memory.

A child's peak memory counts from the fork, so whoever calls this should itself be small: the benchmark runs
the commands before it loads any model.
"""

import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.config import PREFIX

SHOWN_CHARACTERS = 300  # of the last line that a failed command wrote


class CommandFailed(RuntimeError):
    """A command that did not end well; the message says which and what it said."""


@dataclass(frozen=True, kw_only=True)
class CommandRun:
    """One finished run."""

    seconds: float  # wall clock, from start to end of the process
    peak_mb: float  # most resident memory at any time, in MB of 10^6 bytes
    output: str


def run_jiangbu(arguments: Sequence[str], *, home: Path, timeout_s: float) -> CommandRun:
    """Run `jiangbu` with default settings and this home.

    Raises:
        CommandFailed: It is not installed, ended with another status than 0, or was killed after `timeout_s`.
    """
    program = Path(sys.executable).with_name("jiangbu")
    if not program.is_file():
        raise CommandFailed(f"Cannot run {program}: it is not there. Next: run `make setup`.")
    return run_measured([str(program), *arguments], home=home, timeout_s=timeout_s)


def run_measured(command: Sequence[str], *, home: Path, timeout_s: float) -> CommandRun:
    """Run a command and measure it; see `run_jiangbu`."""
    # Other settings of whoever runs this would be measured instead of the defaults.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    environment |= {f"{PREFIX}HOME": str(home)}
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        begun = time.perf_counter()
        child = subprocess.Popen(
            list(command), stdin=subprocess.DEVNULL, stdout=output, stderr=errors, env=environment, cwd=home,
            start_new_session=True,
        )  # fmt: skip
        timer = threading.Timer(timeout_s, os.killpg, (child.pid, signal.SIGKILL))
        timer.start()
        try:
            _, status, usage = os.wait4(child.pid, 0)  # unlike subprocess, tells this child's memory
        finally:
            timer.cancel()
        seconds = time.perf_counter() - begun
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            errors.seek(0)
            lines = errors.read().decode("utf-8", "replace").strip().splitlines() or ["nothing"]
            raise CommandFailed(
                f"{Path(command[0]).name} {command[1]} ended with {child.returncode} after {seconds:.1f} s of at most "
                f'{timeout_s:g}, saying "{lines[-1][:SHOWN_CHARACTERS]}". Next: run it by hand.'
            )
        output.seek(0)
        text = output.read().decode("utf-8", "replace")
    return CommandRun(seconds=seconds, peak_mb=peak_mb(usage), output=text)


def peak_mb(usage: resource.struct_rusage) -> float:
    """Most resident memory so far, in MB of 10^6 bytes; Linux counts in KiB, macOS in bytes."""
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
