"""The program under fault: starts of it that may be killed, and a server."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.faults.homes import DAY, GOLDEN

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/")


def slowness(spin_s: float = 0.05) -> float:
    """How many times slower than alone a process runs here at present; limits on time are held to after this."""
    wall, used = time.perf_counter(), time.process_time()
    while time.process_time() - used < spin_s:
        pass
    return max(1.0, (time.perf_counter() - wall) / (time.process_time() - used))


def wait_until(true: Callable[[], object], seconds: float = 60.0, what: str = "it") -> float:
    """Wait for something; the seconds it took."""
    begun = time.monotonic()
    while not true():
        assert time.monotonic() - begun < seconds, f"{what} did not happen within {seconds:g} s"
        time.sleep(0.01)
    return time.monotonic() - begun


@dataclass
class Started:
    """One start of the program."""

    starter: "Starter"
    pid: int
    out: Path
    err: Path
    status: int | None = None

    def poll(self) -> int | None:
        """Its exit status; None while it runs."""
        if self.status is None:
            self.status = self.starter.poll(self.pid)
        return self.status

    def wait(self, seconds: float = 120.0) -> int:
        """Wait for its end; the exit status, negative for a signal."""
        wait_until(lambda: self.poll() is not None, seconds, f"the end of process {self.pid}: {self.told()[-800:]}")
        assert self.status is not None
        return self.status

    def kill(self) -> int:
        """End it as a power cut would."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        return self.wait(30)

    def told(self) -> str:
        """What it wrote to stderr."""
        return self.err.read_text("utf-8", "replace") if self.err.exists() else ""


@dataclass
class Starter:
    """The process that starts; a context manager, at whose end nothing that it started is left."""

    folder: Path
    modules: Sequence[str] = ()
    prefix: Sequence[str] = ()  # a command before it, such as `unshare -n`
    environment: dict[str, str] = field(default_factory=dict)
    _started: list[Started] = field(default_factory=list)

    def __enter__(self) -> "Starter":
        command = [*self.prefix, sys.executable, "-m", "tests.faults.starter", *self.modules]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=os.environ | self.environment,
        )  # fmt: skip
        assert "ready" in self._reply()
        return self

    def __exit__(self, *_: object) -> None:
        for one in self._started:
            one.kill()
        self._process.communicate(timeout=30)

    def start(
        self, home: Path, *arguments: str, hook: Sequence[object] = (), environment: dict[str, str] | None = None
    ) -> Started:
        """Start `jiangbu` with these arguments over a home."""
        number = len(self._started)
        out, err = (self.folder / f"{number}.{name}" for name in ("out", "err"))
        request = {"arguments": list(arguments), "hook": list(hook), "out": str(out), "err": str(err)}
        request["environment"] = {"JIANGBU_HOME": str(home), "JIANGBU_ASKS_PER_MINUTE": "0", **(environment or {})}
        self._send(request)
        started = Started(self, self._reply()["pid"], out, err)
        self._started.append(started)
        return started

    def run(self, home: Path, *arguments: str, **how: Any) -> Started:
        """Start and wait for the end."""
        started = self.start(home, *arguments, **how)
        started.wait()
        return started

    def poll(self, pid: int) -> int | None:
        """The exit status of one of its children."""
        self._send({"poll": pid})
        status: int | None = self._reply()["status"]
        return status

    def _send(self, request: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()

    def _reply(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the starter has ended"
        reply: dict[str, Any] = json.loads(line)
        return reply


@dataclass
class Server:
    """A `jiangbu serve` on a free port."""

    started: Started
    address: str
    ready_s: float

    def ask(self, question: str, timeout_s: float = 30.0) -> dict[str, Any]:
        """One answer over REST; raises where the reply is none."""
        body = {"question": question, "as_of": DAY.isoformat()}
        reply = httpx.post(f"{self.address}api/ask", json=body, timeout=timeout_s)
        assert reply.status_code == 200, reply.text
        answer: dict[str, Any] = reply.json()
        return answer

    def yuan(self, question: str) -> list[str]:
        """The sums that a question is answered with."""
        return [amount["yuan"] for amount in self.ask(question)["amounts"]]

    def health(self) -> str:
        """What `/healthz` says."""
        status: str = httpx.get(f"{self.address}healthz", timeout=30).json()["status"]
        return status

    def wrong(self) -> list[str]:
        """The golden questions that are not answered as the policies say."""
        return [asked for asked, yuan in GOLDEN.items() if self.yuan(asked) != ([] if yuan is None else [yuan])]

    def stop(self, seconds: float = 30.0) -> int:
        """Tell it to stop; its exit status."""
        os.kill(self.started.pid, signal.SIGTERM)
        return self.started.wait(seconds)


def start_server(starter: Starter, home: Path, **how: Any) -> Server:
    """Serve a home, and wait until it answers."""
    begun = time.monotonic()
    started = starter.start(home, "serve", "--port", "0", **how)
    wait_until(lambda: ADDRESS.search(started.told()) or started.poll() is not None, 60, "an address")
    found = ADDRESS.search(started.told())
    assert found is not None, started.told()
    wait_until(lambda: answers_at(found[0]) or started.poll() is not None, 120, "the first reply")
    assert started.poll() is None, started.told()
    return Server(started, found[0], time.monotonic() - begun)


@contextmanager
def serving(starter: Starter, home: Path, **how: Any) -> Iterator[Server]:
    """A server that is stopped at the end, if it still runs."""
    server = start_server(starter, home, **how)
    try:
        yield server
    finally:
        if server.started.poll() is None:
            server.started.kill()


def answers_at(address: str) -> bool:
    try:
        return httpx.get(f"{address}healthz", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def said_well(started: Started, *words: str) -> None:
    """A command that failed as it should: status 1 or 2, our words in Chinese, no traceback."""
    told = started.told()
    assert started.status in (1, 2), (started.status, told)
    assert "Traceback" not in told and 'File "' not in told, told
    assert re.search(r"[\u4e00-\u9fff]{4}", told), told
    assert [word for word in words if word not in told] == [], told
