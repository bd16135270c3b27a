"""F13: a damaged index is noticed, told, and made anew from the documents; in no case is a wrong answer given."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.messages import WHAT_FAILED
from index import Embedder, publish
from tests.faults.figures import Figures
from tests.faults.homes import check_index
from tests.faults.program import Starter, said_well, serving, slowness, wait_until

pytestmark = pytest.mark.fault

NOTICED_WITHIN_S = 10.0


def _graph(snapshot: Path) -> Path:
    return next(path.parent for path in snapshot.glob("chroma/*/header.bin"))


def _overwrite(file: Path, start: int, size: int) -> None:
    """Change bytes in place: whoever has the file open, or a link to it, sees them."""
    with file.open("r+b") as opened:
        opened.seek(start)
        opened.write(bytes(at % 251 for at in range(size)))


DAMAGES: dict[str, Callable[[Path], object]] = {
    "graph deleted": lambda snapshot: shutil.rmtree(_graph(snapshot)),
    "graph cut short": lambda snapshot: os.truncate(_graph(snapshot) / "data_level0.bin", 5000),
    "graph header empty": lambda snapshot: os.truncate(_graph(snapshot) / "header.bin", 0),
    "store page garbled": lambda snapshot: _overwrite(snapshot / "chroma" / "chroma.sqlite3", 4096, 8192),
    "vectors garbled": lambda snapshot: _overwrite(snapshot / "vectors.npy", 2000, 90_000),
    "vectors cut short": lambda snapshot: os.truncate(snapshot / "vectors.npy", 4096),
    "ledger garbled": lambda snapshot: _overwrite(snapshot / "ledger.sqlite", 4096, 20_000),
    "snapshot deleted": shutil.rmtree,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_at_start(damage: str, home: Path, server_starter: Starter, embedder: Embedder, figures: Figures) -> None:
    DAMAGES[damage](publish.current_snapshot(home))
    asked = server_starter.run(home, "ask", "萧山区主导制定国家标准奖励多少")
    said_well(asked, WHAT_FAILED["IndexDamaged"], "jiangbu build --force")
    assert asked.out.read_text("utf-8") == ""
    with serving(server_starter, home) as server:
        assert server.wrong() == []
        assert server.health() == "ok"
        assert "Traceback" not in server.started.told()
    check_index(home, embedder)
    figures.tell("F13", f"at start: {damage}, told and built anew", tried=1, survived=1, seconds=[server.ready_s])


@pytest.mark.sample
def test_at_run_time(
    home: Path, server_starter: Starter, embedder: Embedder, figures: Figures, rounds: Callable[[int, int], int]
) -> None:
    damages = list(DAMAGES)[-rounds(len(DAMAGES), 2) :]
    noticed = []
    with serving(server_starter, home) as server:
        assert server.wrong() == [] and server.health() == "ok"
        for damage in damages:
            DAMAGES[damage](publish.current_snapshot(home))
            noticed.append(wait_until(lambda: server.health() == "degraded", 60, f"the notice of: {damage}"))
            assert server.wrong() == [], damage
            built = server_starter.run(home, "build")
            assert built.status == 0, built.told()
            wait_until(lambda: server.health() == "ok", 60, f"the recovery from: {damage}")
            assert server.wrong() == [], damage
        assert "Traceback" not in server.started.told()
    check_index(home, embedder)
    figures.tell("F13", "at run time: answered on, noticed", tried=len(damages), survived=len(noticed), seconds=noticed)
    assert max(noticed) <= NOTICED_WITHIN_S * slowness()


def test_a_pointer_to_nothing_at_run_time(home: Path, server_starter: Starter, figures: Figures) -> None:
    pointer = publish.index_folder(home) / "current"
    with serving(server_starter, home) as server:
        name = pointer.read_text("ascii")
        for content in ("20990101T000000.000000Z-0123456789ab\n", "../../etc\n", "\n"):
            pointer.write_text(content, "ascii")
            wait_until(lambda: server.health() == "degraded", 60, "the notice")
            assert server.wrong() == []
        pointer.write_text(name, "ascii")
        wait_until(lambda: server.health() == "ok", 60, "the recovery")
        assert server.wrong() == []
    figures.tell("F13", "at run time: a pointer to nothing", tried=3, survived=3)
