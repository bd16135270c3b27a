"""Without a language model nothing leaves this machine: no other host is called, and no name is looked up."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.hostile.doors import DOORS

OWN = {"127.0.0.1", "::1", "localhost", "0.0.0.0"}


def test_a_whole_session_calls_no_host_but_this_machine():
    environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    ran = subprocess.run(
        [sys.executable, "-m", "tests.hostile.egress"],
        cwd=Path(__file__).parents[2],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    told = json.loads(ran.stdout)
    assert told["answered"] == 3 * len(DOORS)
    assert any(event == "socket.connect" for event, _ in told["seen"])  # the hook saw our own calls
    foreign = [(event, address) for event, address in told["seen"] if host_of(json.loads(address)) not in OWN]
    assert foreign == []


def host_of(address) -> str:
    """The host of an address, or the name that was looked up; a path of this machine counts as it."""
    host = address[0] if isinstance(address, list) else address
    return "localhost" if host is None or str(host).startswith("/") else str(host)
