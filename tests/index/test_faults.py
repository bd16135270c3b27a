"""Kills, races, damages and locks: the index published before still serves, and what is broken says so."""

import errno
import fcntl
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from index import (
    BuildBusy,
    BuildFailed,
    HashEmbedder,
    IndexDamaged,
    Query,
    child,
    open_index,
    publish,
)

pytestmark = pytest.mark.fault

ROOT = Path(__file__).resolve().parents[2]

# What a child process runs: builds a made-up corpus of argv[2] documents under argv[1]; argv[3] names a fault.
CHILD = f"""
import os, sys, time
from pathlib import Path
sys.path[:0] = [{str(ROOT)!r}, {str(Path(__file__).parent)!r}]
import conftest
from index import BuildBusy, HashEmbedder, publish

home, documents, fault = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
replace = os.replace

def slow_replace(source, target):
    if Path(target).name != "current":
        return replace(source, target)
    if fault == "after":
        replace(source, target)
    (home / "reached").touch()
    time.sleep(60)

class Slow(HashEmbedder):
    def embed_passages(self, texts, progress=None):
        (home / "reached").touch()
        time.sleep(3)
        return super().embed_passages(texts, progress)

if fault in ("before", "after"):
    os.replace = slow_replace
try:
    conftest.corpus_of(documents, 8).build(home, Slow() if fault == "slow" else None)
except BuildBusy as error:
    print(error)
    sys.exit(75)
"""


def start_build(home, documents, fault="none"):
    command = [sys.executable, "-c", CHILD, str(home), str(documents), fault]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for(path, seconds=30.0):
    end = time.monotonic() + seconds
    while not path.exists():
        assert time.monotonic() < end, f"{path} did not appear"
        time.sleep(0.01)


def check_serves(home, corpora):
    """The published index is whole, holds one of the corpora, and every passage finds itself."""
    index = open_index(home, HashEmbedder())
    assert index.passages in [corpus.passages for corpus in corpora]
    for passage in index.passages[::5]:
        assert index.search(Query(text=f"{passage.context}\n{passage.text}", limit=1))[0].passage == passage
    index.close()
    return index.passages


@pytest.fixture
def home(built_home, tmp_path):
    return Path(shutil.copytree(built_home, tmp_path / "home"))


@pytest.mark.parametrize("delay", [0.3, 0.8, 1.2, 1.6, 2.0, 2.6])
def test_killed_at_any_moment_the_old_index_serves(home, small, larger, delay):
    builder = start_build(home, 20)
    time.sleep(delay)
    builder.send_signal(signal.SIGKILL)
    builder.wait()
    check_serves(home, [small, larger])
    larger.build(home)
    assert check_serves(home, [larger]) == larger.passages
    assert len(list(publish.snapshots_folder(home).iterdir())) <= 2


@pytest.mark.parametrize("fault", ["before", "before", "after", "after"])
def test_killed_around_the_switch_one_of_both_serves(home, small, larger, fault):
    builder = start_build(home, 20, fault)
    wait_for(home / "reached")
    builder.send_signal(signal.SIGKILL)
    builder.wait()
    expected = small if fault == "before" else larger
    assert check_serves(home, [expected]) == expected.passages
    assert larger.build(home).nothing_to_do == (fault == "after")


def test_a_second_builder_stops_at_once_and_names_the_first(home, larger):
    builder = start_build(home, 20, "slow")
    wait_for(home / "reached")
    begun = time.monotonic()
    with pytest.raises(BuildBusy, match=f"process {builder.pid} "):
        larger.build(home)
    assert time.monotonic() - begun < 2
    assert builder.wait(60) == 0
    assert check_serves(home, [larger]) == larger.passages


def test_of_two_builders_started_together_one_wins(home, larger):
    builders = [start_build(home, 20, "slow") for _ in range(2)]
    assert sorted(builder.wait(60) for builder in builders) == [0, 75]
    assert check_serves(home, [larger]) == larger.passages


@pytest.fixture
def dead():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_the_holder_is_named_not_who_was_killed_before(tmp_path, dead):
    """The file names a killed build until the new holder has written its own number over it, a moment after locking."""
    path = publish.index_folder(tmp_path) / "build.lock"
    path.parent.mkdir()
    path.write_text(f"{dead:<12}\n")
    with path.open("r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        writing = threading.Timer(0.2, lambda: os.pwrite(file.fileno(), f"{os.getpid():<12}\n".encode(), 0))
        writing.start()
        with pytest.raises(BuildBusy, match=f"process {os.getpid()} "), publish.build_lock(tmp_path):
            pass
        writing.join()


@pytest.mark.parametrize("left", ["", "            \n", "不是号码\n", f"{10**30}\n"])
def test_a_lock_that_names_nobody_is_held_by_somebody_unknown(tmp_path, monkeypatch, left):
    monkeypatch.setattr(publish, "HOLDER_LOOKS", 3)
    path = publish.index_folder(tmp_path) / "build.lock"
    path.parent.mkdir()
    path.write_text(left)
    with path.open("r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(BuildBusy, match="process unknown "), publish.build_lock(tmp_path):
            pass


def test_a_lock_given_back_while_it_is_looked_for_is_taken(tmp_path):
    """Its holder has blanked its name, and lets go a moment later."""
    path = publish.index_folder(tmp_path) / "build.lock"
    path.parent.mkdir()
    path.write_text(" " * 12 + "\n")
    holder = path.open("r+")
    fcntl.flock(holder, fcntl.LOCK_EX)
    letting_go = threading.Timer(0.2, holder.close)
    letting_go.start()
    with publish.build_lock(tmp_path):
        assert path.read_text().strip() == str(os.getpid())
    letting_go.join()


def test_a_lock_given_back_names_nobody(tmp_path):
    path = publish.index_folder(tmp_path) / "build.lock"
    with publish.build_lock(tmp_path):
        assert path.read_text().strip() == str(os.getpid())
    assert path.read_text().strip() == ""


def _graph(snapshot):
    return next(path.parent for path in snapshot.glob("chroma/*/header.bin"))


def _garble(path):
    """Spoil the second half: the order of postings changes from run to run, and a few may be of no sampled passage."""
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle:] = bytes(at % 64 for at in range(len(content) - middle))
    path.write_bytes(content)


def _rename_in_store(snapshot):
    """A change that leaves the SQLite file whole: two passages swap their ids."""
    connection = sqlite3.connect(snapshot / "chroma" / "chroma.sqlite3")
    connection.execute("UPDATE embeddings SET embedding_id = 'x' WHERE id = 3")
    connection.commit()
    connection.close()


DAMAGES = {
    "graph folder deleted": lambda snapshot: shutil.rmtree(_graph(snapshot)),
    "graph cut short": lambda snapshot: os.truncate(_graph(snapshot) / "data_level0.bin", 5000),
    "graph header empty": lambda snapshot: os.truncate(_graph(snapshot) / "header.bin", 0),
    "graph metadata garbled": lambda snapshot: _garble(_graph(snapshot) / "index_metadata.pickle"),
    "store garbled": lambda snapshot: (snapshot / "chroma" / "chroma.sqlite3").write_bytes(b"\x00" * 9000),
    "store changed": _rename_in_store,
    "store deleted": lambda snapshot: (snapshot / "chroma" / "chroma.sqlite3").unlink(),
    "vectors garbled": lambda snapshot: _garble(snapshot / "vectors.npy"),
    "records cut short": lambda snapshot: os.truncate(snapshot / "records.json", 100),
    "dictionary deleted": lambda snapshot: (snapshot / "dictionary.json").unlink(),
    "lexical garbled": lambda snapshot: _garble(snapshot / "lexical" / "indices.csc.index.npy"),
    "manifest cut short": lambda snapshot: os.truncate(snapshot / "manifest.json", 200),
    "snapshot deleted": shutil.rmtree,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_noticed_on_opening_and_mended_by_building(home, small, damage):
    DAMAGES[damage](publish.current_snapshot(home))
    with pytest.raises(IndexDamaged, match="jiangbu build --force"):
        open_index(home, HashEmbedder())
    report = small.build(home)
    assert not report.nothing_to_do
    assert check_serves(home, [small]) == small.passages


@pytest.mark.parametrize("damage", ["graph folder deleted", "graph cut short", "lexical garbled"])
def test_the_check_notices_damage_in_its_own_process(home, damage):
    snapshot = publish.current_snapshot(home)
    child.run_step("check", snapshot, 96)
    DAMAGES[damage](snapshot)
    with pytest.raises(BuildFailed, match="step `check`"):
        child.run_step("check", snapshot, 96)


LOCKER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
sys.stdin.readline()
"""


def test_a_locked_store_does_not_hold_up_answers(home, small):
    query = Query(text=small.passages[5].text, limit=10)
    index = open_index(home, HashEmbedder())
    expected = index.search(query)
    index.close()
    store = str(publish.current_snapshot(home) / "chroma" / "chroma.sqlite3")
    command = [sys.executable, "-c", LOCKER, store]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as locker:
        locker.stdout.readline()
        begun = time.monotonic()
        index = open_index(home, HashEmbedder())
        assert index.search(query) == expected
        assert time.monotonic() - begun < 2
        assert index.degraded is None
        locker.communicate("release\n")
    index.close()


def test_without_room_for_a_copy_answers_are_the_same(home, small, monkeypatch, tmp_path):
    query = Query(text=small.passages[5].text, limit=10)
    index = open_index(home, HashEmbedder())
    expected = index.search(query)
    index.close()
    (tmp_path / "file").touch()
    shutil.rmtree(home / "index" / "readers")
    (home / "index" / "readers").touch()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "file"))
    index = open_index(home, HashEmbedder())
    assert index.search(query) == expected
    assert "Cannot copy the vector store" in index.degraded
    monkeypatch.undo()
    assert index.search(query) == expected
    assert index.degraded is None
    index.close()


def test_a_hanging_store_ends_the_build(home, small, monkeypatch):
    monkeypatch.setattr(child, "BASE_TIMEOUT_S", 0.1)  # starting Python and the store takes longer
    monkeypatch.setattr(child, "TIMEOUT_S_PER_PASSAGE", 0)
    with pytest.raises(BuildFailed, match=r"longer than"):
        small.build(home, force=True)
    assert check_serves(home, [small]) == small.passages


class FailingCalls:
    """Makes the n-th call of the wrapped functions raise EIO."""

    def __init__(self, failing):
        self.left = failing

    def wrap(self, function):
        def call(*args, **options):
            self.left -= 1
            if self.left == 0:
                raise OSError(errno.EIO, "made to fail")
            return function(*args, **options)

        return call


def test_whichever_write_fails_the_old_index_serves(home, small, larger, quick_build):
    for failing in range(1, 200):
        with pytest.MonkeyPatch.context() as patch:
            calls = FailingCalls(failing)
            for owner, name in ((os, "fsync"), (os, "replace"), (Path, "write_text"), (Path, "write_bytes")):
                patch.setattr(owner, name, calls.wrap(getattr(owner, name)))
            patch.setattr(np, "save", calls.wrap(np.save))
            try:
                larger.build(home)
                break
            except BuildFailed:
                pass
        if check_serves(home, [small, larger]) == larger.passages:
            break  # the failure came after the switch
    assert failing > 15
    larger.build(home)
    assert check_serves(home, [larger]) == larger.passages


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small file system needs root")
def test_a_full_disk_ends_the_build_and_the_old_index_serves(small, larger, tmp_path, monkeypatch):
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "none", str(disk)], check=False).returncode:
        pytest.skip("this machine mounts no tmpfs")
    try:
        small.build(disk)
        ballast = disk / "ballast"
        free = shutil.disk_usage(disk).free
        for left in (600_000, 300_000, 100_000, 0):
            ballast.write_bytes(b"\x01" * (free - left))
            with pytest.raises(BuildFailed, match="MB are free"):
                larger.build(disk)
            with monkeypatch.context() as patch:  # as if the disk filled up after the check
                patch.setattr(publish, "check_space", lambda home, needed: None)
                patch.setattr(child, "BASE_TIMEOUT_S", 20.0)
                with pytest.raises(BuildFailed):
                    larger.build(disk)
            assert check_serves(disk, [small]) == small.passages
            ballast.unlink()
        larger.build(disk)
        assert check_serves(disk, [larger]) == larger.passages
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)
