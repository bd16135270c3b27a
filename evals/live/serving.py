"""The model behind an OpenAI-compatible endpoint on loopback, in a process of its own that ends with this one."""

import http.client
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO

START_WITHIN_S = 120.0  # reading 1.1 GB from a cold disk; 5 s from a warm one
END_WITHIN_S = 10.0
ASK_EVERY_S = 0.2
TOLD_MAX = 2000  # characters of what a server said before it ended


class ServerMissing(RuntimeError):
    """What serves is not installed; the message says how it is."""


class ServerFailed(RuntimeError):
    """It does not serve; the message says what it said."""


@dataclass(frozen=True, kw_only=True)
class Served:
    """A model that can be asked."""

    base_url: str
    model: str
    process: subprocess.Popen[str]


def check_installed() -> None:
    """See that there is something to serve with.

    Raises:
        ServerMissing: There is not.
    """
    if find_spec("xllamacpp") is None:
        raise ServerMissing("xllamacpp, which serves the model, is not installed. Next: make llm, which installs it.")


@contextmanager
def serve(file: Path, *, port: int = 0, within_s: float = START_WITHIN_S) -> Iterator[Served]:
    """Serve a GGUF file on loopback for as long as the context lasts.

    Args:
        file: The model.
        port: The port to listen on; 0 takes a free one.
        within_s: Seconds within which it has to answer.

    Raises:
        ServerMissing: `xllamacpp` is not installed.
        ServerFailed: It ended, or did not answer in time.
    """
    check_installed()
    command = [sys.executable, "-m", "evals.live.server", str(file), file.stem, str(port)]
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said,
        # A session of its own: an interrupt from the keyboard is for us, who end it.
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, text=True, start_new_session=True
        ) as child,
    ):
        try:
            base_url = f"{_address(child, said, within_s)}/v1"
            yield Served(base_url=base_url, model=file.stem, process=child)
        finally:
            _end(child)


def _address(child: subprocess.Popen[str], said: IO[str], within_s: float) -> str:
    """Where it listens, once it is ready to answer."""
    give_up_at = time.monotonic() + within_s
    assert child.stdout is not None
    too_late = threading.Timer(within_s, child.kill)  # which ends the line that is waited for
    too_late.start()
    try:
        address = child.stdout.readline().strip()
    finally:
        too_late.cancel()
    while address and child.poll() is None:
        if _is_ready(address):
            return address
        if time.monotonic() > give_up_at:
            break
        time.sleep(ASK_EVERY_S)
    _end(child)
    said.seek(0)
    told = said.read()[-TOLD_MAX:].strip() or "it said nothing"
    raise ServerFailed(f"The model is not served within {within_s:.0f} s (exit status {child.returncode}): {told}")


def _is_ready(address: str) -> bool:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # loopback is never behind a proxy
    try:
        with direct.open(f"{address}/health", timeout=5) as reply:
            return bool(reply.status == http.client.OK)
    except (OSError, http.client.HTTPException):  # loading (503), or not listening yet
        return False


def _end(child: subprocess.Popen[str]) -> None:
    if child.stdin is not None:
        child.stdin.close()
    try:
        child.wait(END_WITHIN_S)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
