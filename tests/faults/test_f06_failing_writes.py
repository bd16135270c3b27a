"""F06: the n-th write fails, for n = 1, 2, 3 … until all goes through: after each, what is there is whole, and what
was not taken in is not there."""

import errno
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.collecting import add_files
from assistant.config import load_settings
from assistant.service import build as build_now
from assistant.store import FILE_NAME, open_store
from corpus import CorpusError, Library
from index import Embedder, IndexingError, build, child
from index.tokenize import load_full
from tests.faults.figures import Figures
from tests.faults.homes import ADDED, check_index, copy_home, leftovers, policy_file
from tests.faults.program import ROOT

pytestmark = [pytest.mark.fault, pytest.mark.sample]

WRITES: tuple[tuple[Any, str], ...] = (
    (os, "fsync"),
    (os, "replace"),
    (os, "mkdir"),
    (os, "link"),
    (Path, "write_text"),
    (Path, "write_bytes"),
    (Path, "touch"),
    (Path, "open"),
    (tempfile, "mkstemp"),
    (tempfile, "mkdtemp"),
    (np, "save"),
    (sqlite3, "connect"),
)
MANY = 400


class FailingCalls:
    """Makes one call of the wrapped functions raise, the n-th from now."""

    def __init__(self, failing: int, code: int) -> None:
        self.left = failing
        self.code = code

    def wrap(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            self.left -= 1
            if self.left == 0:
                raise OSError(self.code, os.strerror(self.code), "made-to-fail")
            return function(*arguments, **named)

        return call


@pytest.fixture
def quick_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds in this process alone, where writes can be made to fail."""
    steps = {"write": child.write_store, "check": lambda snapshot: None}
    monkeypatch.setattr(child, "run_step", lambda step, snapshot, passages: steps[step](snapshot))
    monkeypatch.setattr(build, "load_full", lru_cache(load_full))


@pytest.fixture
def quick_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the packaged documents once: all of them are removed from these homes."""
    from corpus import library

    packaged = library.packaged_documents()
    monkeypatch.setattr(library, "packaged_documents", lambda: packaged)


@pytest.mark.parametrize(("code", "every"), [(errno.EIO, 1), (errno.ENOSPC, 4)])
def test_whichever_write_of_adding_fails(
    code: int,
    every: int,
    home: Path,
    tmp_path: Path,
    embedder: Embedder,
    figures: Figures,
    quick_build: None,
    quick_library: None,
    rounds: Callable[[int, int], int],
) -> None:
    settings = load_settings({"JIANGBU_HOME": str(home)})
    file, tried = policy_file(tmp_path), 0
    for failing in range(1, MANY, rounds(every, 9)):
        with pytest.MonkeyPatch.context() as patch:
            calls = FailingCalls(failing, code)
            for owner, name in WRITES:
                patch.setattr(owner, name, calls.wrap(getattr(owner, name)))
            try:
                add_files(settings, [file], {"document_id": ADDED})
                failed = False
            except (CorpusError, IndexingError, OSError, sqlite3.Error):
                failed = True
        if calls.left > 0:
            break  # it went through: there is no such call any more
        tried += 1
        stored = {document.id for document in Library(home).documents()}
        ready = check_index(home, embedder)
        assert not failed or ADDED not in stored or ready.has_added, f"write {failing}: stored and not indexed"
        if ADDED in stored:
            Library(home).remove(ADDED)
        if ready.has_added:
            build_now(settings, progress=False)
    assert tried > 10
    add_files(settings, [file], {"document_id": ADDED})
    assert check_index(home, embedder).has_added
    assert leftovers(home) == []
    figures.tell("F06", f"adding a policy, the n-th write fails ({errno.errorcode[code]})", tried=tried, survived=tried)


LOG = """
import json, resource, signal, sys
from pathlib import Path
from assistant.store import open_store
from assistant.store.audit import AuditEntry

home, limit = Path(sys.argv[1]), int(sys.argv[2])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = open_store(home)
largest = max(file.stat().st_size for file in home.glob("jiangbu.sqlite*"))
resource.setrlimit(resource.RLIMIT_FSIZE, (largest + limit, resource.RLIM_INFINITY))
for number in range(30):
    store.audit.write(AuditEntry(door="api", client="", status="answered", question=f"{number}"))
    store.audit.flush(20)
lost = store.audit.lost
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
for number in range(30, 33):
    store.audit.write(AuditEntry(door="api", client="", status="answered", question=f"{number}"))
store.audit.flush(20)
print(json.dumps({"lost": lost, "lost_later": store.audit.lost - lost}))
store.close()
"""


def test_whichever_write_of_the_log_fails(tmp_path: Path, figures: Figures, rounds: Callable[[int, int], int]) -> None:
    """Files may not grow beyond a size: SQLite's own writes fail, the first, the second, and so on."""
    tries, lost = rounds(12, 3), []
    with closing(open_store(tmp_path / "new")):
        pass
    for turn in range(tries):
        home = copy_home(tmp_path / "new", tmp_path / f"home-{turn}")
        command = [sys.executable, "-c", LOG, str(home), str(turn * 4096)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        told = json.loads(done.stdout)
        with closing(sqlite3.connect(home / FILE_NAME)) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        with closing(open_store(home)) as store:
            kept = [row.question for row in store.audit.recent(100) if row.door == "api"]
            if hasattr(store.audit, "verify"):
                assert store.audit.verify().fault == ""
        assert len(kept) + told["lost"] + told["lost_later"] == 33, told
        assert {"30", "31", "32"} <= set(kept) and told["lost_later"] == 0
        lost.append(told["lost"])
    assert lost[0] > 0  # the fault was one
    figures.tell("F06", "log entries, SQLite's n-th write fails: counted, then on", tried=tries, survived=len(lost))
