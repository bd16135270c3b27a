"""F16: signals, taken ports, other users, folders that cannot be written to: it ends in order, or says one line."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.faults.figures import Figures
from tests.faults.homes import DAY, GOLDEN, copy_home
from tests.faults.program import Starter, said_well, serving, slowness, wait_until

pytestmark = [pytest.mark.fault, pytest.mark.sample]

IN_FLIGHT = 32
STOPS_WITHIN_S = 10.0
ASKED = next(iter(GOLDEN))
NOBODY = 65534


@pytest.mark.sample
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_answers_in_flight_are_finished(name: str, home: Path, server_starter: Starter, figures: Figures) -> None:
    with serving(server_starter, home) as server:
        server.ask(ASKED)
        statuses: list[int] = []
        ready = threading.Barrier(IN_FLIGHT + 1)

        sent: list[object] = []

        def ask() -> None:
            with httpx.Client(timeout=60, event_hooks={"request": [sent.append]}) as client:
                client.get(f"{server.address}healthz")  # connected before the signal comes
                ready.wait(60)
                reply = client.post(f"{server.address}api/ask", json={"question": ASKED, "as_of": DAY.isoformat()})
                statuses.append(reply.status_code)

        clients = [threading.Thread(target=ask) for _ in range(IN_FLIGHT)]
        for client in clients:
            client.start()
        ready.wait(60)
        wait_until(lambda: len(sent) == 2 * IN_FLIGHT, 60, "the last question")
        time.sleep(0.1)  # until it is read: what the server has not read by then, it need not answer
        begun = time.monotonic()
        os.kill(server.started.pid, getattr(signal, name))
        status = server.started.wait(60)
        seconds = time.monotonic() - begun
        for client in clients:
            client.join(60)
        assert status == 0, server.started.told()
        assert set(statuses) == {200}
        assert "Traceback" not in server.started.told()
    figures.tell(
        "F16",
        f"{name}, {IN_FLIGHT} asked: all answered, exit 0",
        tried=IN_FLIGHT,
        survived=len(statuses),
        seconds=[seconds],
    )
    assert len(statuses) == IN_FLIGHT
    assert seconds <= STOPS_WITHIN_S * slowness()


def test_a_hang_up_ends_it_and_it_starts_again(home: Path, server_starter: Starter, figures: Figures) -> None:
    with serving(server_starter, home) as server:
        os.kill(server.started.pid, signal.SIGHUP)
        assert server.started.wait(30) in (0, -signal.SIGHUP)
    with serving(server_starter, home) as server:
        assert server.wrong() == []
    figures.tell("F16", "SIGHUP, and a start after it", tried=1, survived=1)


@pytest.mark.sample
def test_a_taken_port(home: Path, server_starter: Starter, figures: Figures) -> None:
    with serving(server_starter, home) as server:
        port = server.address.rstrip("/").rpartition(":")[2]
        second = server_starter.run(home, "serve", "--port", port)
        said_well(second, port)
        assert server.wrong() == []
    figures.tell("F16", "a second start on a taken port: one line, exit 1", tried=1, survived=1)


def test_two_servers_of_one_home(home: Path, server_starter: Starter, figures: Figures) -> None:
    with serving(server_starter, home) as first, serving(server_starter, home) as second:
        assert (first.wrong(), second.wrong()) == ([], [])
        assert (first.health(), second.health()) == ("ok", "ok")
    figures.tell("F16", "two servers of one home: both answer", tried=2, survived=2)


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="becoming another user, or mounting, needs root")


@needs_root
def test_another_user_without_rights(home: Path, server_starter: Starter, figures: Figures) -> None:
    home.chmod(0o700)
    for arguments in (("ask", ASKED), ("build",), ("serve", "--port", "0")):
        said_well(server_starter.run(home, *arguments, hook=("user", NOBODY)))
    figures.tell("F16", "another user, who may not read the home: one line, exit 1", tried=3, survived=3)


@pytest.fixture
def read_only(built_home: Path, tmp_path: Path) -> Iterator[Path]:
    """A home on a disk that cannot be written to."""
    place = tmp_path / "disk"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=60m", "none", str(place)], check=False).returncode:
        pytest.skip("this machine mounts no tmpfs")
    home = copy_home(built_home, place / "home")
    subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
    yield home
    subprocess.run(["umount", "-l", str(place)], check=False)


@needs_root
def test_a_home_that_cannot_be_written_to(read_only: Path, server_starter: Starter, figures: Figures) -> None:
    asked = server_starter.run(read_only, "ask", ASKED)
    assert asked.status == 0 and "31万元" in asked.out.read_text("utf-8"), asked.told()
    for arguments in (("build", "--force"), ("serve", "--port", "0")):
        said_well(server_starter.run(read_only, *arguments), str(read_only))
    figures.tell("F16", "a home read-only: answers, and says why it cannot build or serve", tried=3, survived=3)


def test_no_folder_for_temporary_files(home: Path, server_starter: Starter, figures: Figures) -> None:
    with serving(server_starter, home, hook=("no_temporary",)) as server:
        assert server.wrong() == []
        assert server.health() == "ok"
    assert server_starter.run(home, "build", "--force", hook=("no_temporary",)).status == 0
    figures.tell("F16", "no folder for temporary files: serves and builds", tried=2, survived=2)
