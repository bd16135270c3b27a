"""F07: a store that hangs, or a process that is stopped, holds up no answer for long, and all goes on by itself."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.store import FILE_NAME
from index import publish
from tests.faults.figures import Figures
from tests.faults.homes import GOLDEN, add_policy, check_index
from tests.faults.program import Starter, serving, slowness, wait_until

pytestmark = [pytest.mark.fault, pytest.mark.alone]

ANSWER_WITHIN_S, RECOVER_WITHIN_S = 10.0, 5.0
ASKED = next(iter(GOLDEN))
LOCKER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
connection.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
sys.stdin.readline()
"""


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Another process holds the database for itself."""
    command = [sys.executable, "-c", LOCKER, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as locker:
        assert locker.stdout is not None and locker.stdout.readline() == "locked\n"
        yield
        locker.communicate("release\n")


def timed(call: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    begun = time.monotonic()
    call()
    return time.monotonic() - begun


def children_of(pid: int, words: str) -> list[int]:
    """The processes below another one whose command line has these words."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((place / "stat").read_text().rpartition(")")[2].split()[1])
            command = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except (OSError, IndexError, ValueError):
            continue  # it has just ended
        if parent == pid and words in command:
            found.append(int(place.name))
    return found


@pytest.mark.parametrize("which", ["accounts and log", "vectors"])
def test_a_locked_database(
    which: str, home: Path, server_starter: Starter, figures: Figures, rounds: Callable[[int, int], int]
) -> None:
    with serving(server_starter, home) as server:
        own = home / FILE_NAME
        file = own if which == "accounts and log" else publish.current_snapshot(home) / "chroma" / "chroma.sqlite3"
        until = time.monotonic() + rounds(15, 5)
        seconds = []
        with locked(file):
            while time.monotonic() < until:
                seconds.append(timed(lambda: server.ask(ASKED)))
            assert server.wrong() == []
        after = timed(lambda: server.ask(ASKED))
        assert "Traceback" not in server.started.told()
    figures.tell("F07", f"answers while {which} are locked", tried=len(seconds), survived=len(seconds), seconds=seconds)
    assert max(seconds) <= ANSWER_WITHIN_S * slowness()
    assert after <= RECOVER_WITHIN_S * slowness()


def test_a_server_starts_over_a_locked_store_of_vectors(home: Path, server_starter: Starter, figures: Figures) -> None:
    with locked(publish.current_snapshot(home) / "chroma" / "chroma.sqlite3"), serving(server_starter, home) as server:
        assert server.wrong() == []
        figures.tell("F07", "a start while vectors are locked", tried=1, survived=1, seconds=[server.ready_s])


def test_a_server_that_was_stopped_goes_on(home: Path, server_starter: Starter, figures: Figures) -> None:
    with serving(server_starter, home) as server:
        server.ask(ASKED)
        os.kill(server.started.pid, signal.SIGSTOP)
        time.sleep(3)
        os.kill(server.started.pid, signal.SIGCONT)
        seconds = timed(lambda: server.ask(ASKED))
        assert server.wrong() == []
    figures.tell("F07", "an answer after SIGSTOP and SIGCONT", tried=1, survived=1, seconds=[seconds])
    assert seconds <= RECOVER_WITHIN_S * slowness()


def test_a_builds_child_that_was_stopped_goes_on_and_answers_do_meanwhile(
    home: Path, server_starter: Starter, embedder, figures: Figures
) -> None:
    add_policy(home)
    with serving(server_starter, home) as server:  # has brought the index in line itself, before it serves
        assert check_index(home, embedder).has_added
        build = server_starter.start(home, "build", "--force")
        found: list[int] = []
        wait_until(lambda: found.extend(children_of(build.pid, "index.child")) or found, 90, "the child")
        os.kill(found[0], signal.SIGSTOP)
        seconds = [timed(lambda: server.ask(ASKED)) for _ in range(10)]
        assert build.poll() is None
        os.kill(found[0], signal.SIGCONT)
        assert build.wait() == 0, build.told()
        assert server.wrong() == []
    assert check_index(home, embedder).has_added
    figures.tell("F07", "answers while a build's child is stopped", tried=10, survived=10, seconds=seconds)
    assert max(seconds) <= ANSWER_WITHIN_S * slowness()
