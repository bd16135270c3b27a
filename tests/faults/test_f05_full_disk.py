"""F05: on a full disk nothing new is taken in, and says what room it needs; what is there answers on, and no repair
is needed once there is room."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index import Embedder
from tests.faults.figures import Figures
from tests.faults.homes import ADDED, check_index, copy_home, leftovers, policy_file
from tests.faults.program import Starter, said_well, serving, wait_until

pytestmark = [pytest.mark.fault, pytest.mark.sample]

SIZE_MB = 60
LEFT_MB = (9, 4, 1, 0)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    if os.geteuid() != 0:
        pytest.skip("mounting a small file system needs root")
    place = tmp_path / "disk"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m", "none", str(place)], check=False).returncode:
        pytest.skip("this machine mounts no tmpfs")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=False)


def fill(disk: Path, left_mb: int) -> Path:
    """Leave so much room and no more."""
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        left = shutil.disk_usage(disk).free - left_mb * 1024 * 1024
        while left > 0:
            left -= file.write(b"\x01" * min(left, 1024 * 1024))
    return ballast


def test_a_full_disk(
    built_home: Path,
    disk: Path,
    server_starter: Starter,
    embedder: Embedder,
    figures: Figures,
    tmp_path: Path,
    rounds: Callable[[int, int], int],
) -> None:
    home = copy_home(built_home, disk / "home")
    file, all_left = policy_file(tmp_path), LEFT_MB[-rounds(4, 2) :]
    with serving(server_starter, home) as server:
        for left in all_left:
            ballast = fill(disk, left)
            added = server_starter.run(home, "add", "--id", ADDED, str(file))
            said_well(added)
            assert "MB are free" in added.told() or "Cannot write" in added.told() or "系统不允许" in added.told()
            assert server.wrong() == []
            if left == 0:
                wait_until(
                    lambda: (server.wrong(), server.health())[1] == "degraded",
                    30,
                    "the loss of audit entries in /healthz",
                )
            assert server_starter.run(home, "ask", "萧山区主导制定国家标准奖励多少").status == 0
            ballast.unlink()
            assert not check_index(home, embedder).has_added
        again = server_starter.run(home, "add", "--id", ADDED, str(file))
        assert again.status == 0, again.told()
        assert check_index(home, embedder).has_added
        assert leftovers(home) == []
        wait_until(lambda: server.yuan("柳州市主导制定国家标准激励多少") == ["430000"], 60, "the new policy's answer")
        assert "Traceback" not in server.started.told()
    figures.tell(
        "F05", f"{all_left} MB left: refused, answered on, no repair", tried=len(all_left), survived=len(all_left)
    )
