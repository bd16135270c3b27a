"""The child: within its limits, without secrets or network, and never believed; a dead one is a refusal."""

import json
import os
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.conversion import child
from corpus.conversion.child import Limits, convert, read_reply, write_reply
from corpus.conversion.records import Converted, Hidden, RawFile, Unsure
from corpus.errors import UnreadableFile
from tests.corpus.conversion.office import par, word

DOCX = RawFile("a.docx", word(par("第一条 奖励10万元。")))
WHOLE = Converted(
    text="奖励10万元",
    form="scan",
    pages=2,
    hidden=(Hidden(how="white", text="藏"),),
    unsure=(Unsure(text="10", confidence=0.5, page=1),),
    notes=("请核对",),
)


def test_a_file_is_read_in_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of ours but the package's place goes along; not even a parser's name is known here."""
    monkeypatch.setenv("JIANGBU_SECRET", "sk-test")
    assert convert(DOCX, "docx").text == "第一条 奖励10万元。"


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> object:
    """Put another program in the child's place."""

    def put(code: str) -> None:
        limits = "from corpus.conversion.__main__ import set_limits, Limits; import json, sys\n"
        limits += "set_limits(Limits(**json.loads(sys.argv[2])))\n"
        start = child._START.rsplit("from corpus", 1)[0]
        monkeypatch.setattr(child, "_START", start + limits + code)

    return put


SMALL = Limits(wall_s=60.0)


@pytest.mark.parametrize(
    ("code", "limits", "reason"),
    [
        ("x = bytearray(2 * 1024**3)", SMALL, "reader_failed"),
        ("while True: pass", replace(SMALL, cpu_s=1), "too_heavy"),
        ("import time; time.sleep(600)", replace(SMALL, wall_s=3.0), "too_slow"),
        ("import os; os.abort()", SMALL, "too_heavy"),
        ("import os; os._exit(3)", SMALL, "reader_failed"),
        ("", SMALL, "reader_failed"),
        ("print('no JSON')", SMALL, "reader_failed"),
        ("print('{}')", SMALL, "reader_failed"),
        ("sys.stdout.write('x' * 5_000_000)", replace(SMALL, output_bytes=1_000_000), "reader_failed"),
    ],
    ids=["memory", "time", "sleep", "abort", "exit", "silent", "noise", "nothing", "endless"],
)
def test_a_child_that_fails_is_a_refusal(program, code: str, limits: Limits, reason: str) -> None:
    program(code)
    with pytest.raises(UnreadableFile) as refusal:
        convert(RawFile("a.txt", b"x"), "text", limits)
    assert refusal.value.code == reason


def test_a_child_sees_nothing_of_its_parent_and_reaches_nobody(program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANGBU_SECRET", "sk-test")
    program(
        """
import os, socket, subprocess
def tried(deed):
    try:
        deed()
        return "done"
    except OSError as error:
        return type(error).__name__
report = {
    "environment": sorted(os.environ), "folder": os.listdir("."), "files": len(os.listdir("/proc/self/fd")),
    "deeds": [
        tried(lambda: socket.create_connection(("127.0.0.1", 9), 1)),
        tried(lambda: socket.getaddrinfo("evil.test", 80)),
        tried(lambda: subprocess.run(["true"])),
        tried(lambda: os.system("true")),
        tried(lambda: os.fork()),
        tried(lambda: open("x", "wb").write(bytes(40 * 1024**2))),
    ],
}
print(json.dumps({"refused": ["report", json.dumps(report)]}))
"""
    )
    with pytest.raises(UnreadableFile) as refusal:
        convert(RawFile("a.txt", b"x"), "text", SMALL)
    report = json.loads(refusal.value.words)
    assert not any(name.startswith(("JIANGBU", "HTTP", "AWS", "OPENAI")) for name in report["environment"])
    assert (report["folder"], report["files"]) == ([], 4)  # stdin, stdout, stderr, and the look itself
    assert report["deeds"] == ["PermissionError"] * 5 + ["OSError"]


def test_a_child_that_leaves_a_process_behind_takes_it_along(program, tmp_path: Path) -> None:
    """Started before the limits, as a library with a helper of its own might."""
    started = tmp_path / "started"
    code = f"import os, time\nif os.fork() == 0:\n    open({str(started)!r}, 'w').write(str(os.getpid()))"
    start = child._START.rsplit("from corpus", 1)[0]
    program("")
    child._START = start + code + "\ntime.sleep(99)"
    with pytest.raises(UnreadableFile):
        convert(RawFile("a.txt", b"x"), "text", replace(SMALL, wall_s=3.0))
    grandchild = int(started.read_text())
    until = time.monotonic() + 10
    while time.monotonic() < until and _is_running(grandchild):
        time.sleep(0.05)
    assert not _is_running(grandchild)


def _is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_no_folder_of_a_child_is_left(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    convert(DOCX, "docx")
    assert list(tmp_path.iterdir()) == []


def test_what_a_child_says_comes_back_whole() -> None:
    assert read_reply(write_reply(WHOLE).encode(), Limits()) == WHOLE


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"null",
        b"[]",
        b"\xff",
        b'{"refused": 1}',
        b"{" * 100_000,
        write_reply(WHOLE).replace('"pages": 2', '"pages": NaN').encode(),
        write_reply(WHOLE).replace('"奖励10万元"', "7").encode(),
        write_reply(WHOLE).replace('["white", "藏"]', '["white"]').encode(),
    ],
)
def test_what_makes_no_sense_is_not_believed(reply: bytes) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read_reply(reply, Limits())
    assert refusal.value.code == "reader_failed"


def test_a_parser_is_loaded_in_the_child_alone() -> None:
    """The parent reads names and first bytes only; a parser in it could take the service down."""
    code = (
        "import sys, corpus.intake\n"
        "loaded = {'lxml', 'openpyxl', 'docx', 'selectolax', 'pdfplumber', 'pypdfium2'} & set(sys.modules)\n"
        "sys.exit(bool(loaded))"
    )
    assert os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-c", code]) == 0
