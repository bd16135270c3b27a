"""F17: without any network but loopback all of it works, and nothing tries to reach another host."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.figures import Figures
from tests.faults.homes import GOLDEN, make_library, policy_file
from tests.faults.program import Starter
from tests.faults.starter import SERVED

pytestmark = [pytest.mark.fault, pytest.mark.sample]

ASK_WITHIN = Path(__file__).with_name("served_offline.py")
LOOPBACK = ("127.0.0.1", "localhost", "::1", "'/", "0.0.0.0")


def offline() -> list[str]:
    """A command that runs another one with nothing but loopback; skips where the machine does not allow that."""
    command = ["unshare", "-n", "sh", "-c", 'ip link set lo up && exec "$@"', "offline"]
    if any(shutil.which(name) is None for name in ("unshare", "nsenter", "ip")):
        pytest.skip("no `unshare`, `nsenter` or `ip` here")
    if subprocess.run([*command, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine allows no network namespace")
    return command


def foreign(told: Path) -> list[str]:
    """The addresses that were tried and are not of this machine."""
    lines = told.read_text("utf-8").splitlines() if told.exists() else []
    tried = [json.loads(line) for line in lines]
    return [f"{event} {address}" for event, address in tried if not any(own in address for own in LOOPBACK)]


def test_everything_works_with_loopback_alone(tmp_path: Path, figures: Figures) -> None:
    prefix = offline()
    home, told = make_library(tmp_path / "home"), tmp_path / "told"
    hook = ("watch", str(told))
    with Starter(tmp_path, SERVED, prefix) as starter:
        for arguments in (
            ("build",),
            ("ask", next(iter(GOLDEN))),
            ("add", str(policy_file(tmp_path))),
            ("facts",),
            ("lint",),
            ("documents",),
            ("doctor",),
        ):
            ran = starter.run(home, *arguments, hook=hook)
            assert ran.status == 0, ran.told()
        served = starter.start(home, "serve", "--port", "0", hook=hook)
        asked = subprocess.run(
            ["nsenter", "-t", str(served.pid), "-n", sys.executable, str(ASK_WITHIN), str(served.err)],
            capture_output=True, text=True, timeout=180, check=False,
        )  # fmt: skip
        assert asked.returncode == 0, asked.stderr
        assert json.loads(asked.stdout) == {"wrong": [], "health": "ok", "page": 200}
        served.kill()
    assert foreign(told) == []
    figures.tell("F17", "commands and a server offline, no foreign host tried", tried=8, survived=8)


def test_nothing_tries_another_host_online_either(home: Path, server_starter: Starter, tmp_path: Path) -> None:
    told = tmp_path / "told"
    assert server_starter.run(home, "build", "--force", hook=("watch", str(told))).status == 0
    assert server_starter.run(home, "ask", next(iter(GOLDEN)), hook=("watch", str(told))).status == 0
    assert foreign(told) == []
