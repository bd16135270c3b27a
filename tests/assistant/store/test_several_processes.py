"""Two processes at one SQLite file, and one that is killed while it writes: nothing lost, nothing half."""

import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from assistant.store import FILE_NAME, open_store

ROOT = Path(__file__).resolve().parents[3]
WRITE = """
import sys
from pathlib import Path
from assistant.store import open_store
from assistant.store.feedback import Remark

home, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
store = open_store(home)
for turn in range(count):
    asked = Remark(verdict="up", question=f"{name}{turn}", answer="x" * 2000, status="answered")
    print(store.feedback.add(asked), flush=True)
store.close()
"""


def writer(home: Path, name: str, count: int) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", WRITE, str(home), name, str(count)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def check(home: Path) -> str:
    with closing(sqlite3.connect(home / FILE_NAME)) as raw:
        return raw.execute("PRAGMA integrity_check").fetchone()[0]


@pytest.mark.fault
def test_two_processes_open_a_new_store_and_write_at_once(tmp_path):
    both = [writer(tmp_path, name, 150) for name in "ab"]
    tickets = [line for process in both for line in process.communicate(timeout=60)[0].split()]
    assert [process.returncode for process in both] == [0, 0]
    with closing(open_store(tmp_path)) as store:
        kept = store.feedback.page(limit=200) + store.feedback.page(limit=200, before=101)
    assert sorted(tickets) == sorted(one.ticket for one in kept)
    assert {one.question for one in kept} == {f"{name}{turn}" for name in "ab" for turn in range(150)}
    assert check(tmp_path) == "ok"


@pytest.mark.fault
def test_a_killed_writer_leaves_all_that_it_acknowledged(tmp_path):
    process = writer(tmp_path, "a", 100_000)
    acknowledged = [process.stdout.readline().strip() for _ in range(40)]
    time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    acknowledged += process.communicate(timeout=20)[0].split("\n")[:-1]
    with closing(open_store(tmp_path)) as store:
        lost = [ticket for ticket in acknowledged if store.feedback.find(ticket) is None]
        after = store.feedback.count_open() - len(acknowledged)
    assert (lost, check(tmp_path)) == ([], "ok")
    assert after in (0, 1)  # the one that was written and not yet told
