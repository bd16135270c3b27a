"""Serving a model: a process that comes, answers and goes. A stand-in for the server's library; no model is loaded."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

import evals.live.__main__ as command
from evals.live import Served, ServerFailed, ServerMissing, serve

# As much of the library as is used; the name of the model's file says how it behaves.
STAND_IN = """
import http.server, json, pathlib, sys, threading, time

class Params:
    def __init__(self):
        self.model, self.cpuparams, self.cpuparams_batch = (type("", (), {})() for _ in range(3))

CommonParams = Params

class Server:
    def __init__(self, params):
        behaviour = pathlib.Path(params.model.path).stem
        if behaviour == "broken":
            sys.stderr.write("cannot load this model\\n")
            raise RuntimeError("no server")
        if behaviour == "stuck":
            time.sleep(60)
        began = time.monotonic()

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                is_ready = behaviour != "loading" and (behaviour != "slow" or time.monotonic() > began + 1)
                self.send_response(200 if is_ready or self.path != "/health" else 503)
                self.end_headers()
                kept = {name: value for name, value in vars(params).items() if name not in ("model", "model_alias")}
                kept = {name: value for name, value in kept.items() if not name.startswith("cpuparams")}
                self.wfile.write(json.dumps({"alias": sorted(params.model_alias), **kept}).encode())

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer((params.hostnames[0], params.port), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.listening_address = f"http://{params.hostnames[0]}:{server.server_port}"
"""
SERVES_AND_IS_KILLED = """
import sys, time
from pathlib import Path
from evals.live import serve

with serve(Path(sys.argv[1])) as served:
    print(served.process.pid, served.base_url, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the stand-in, which this process and its children find first."""
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "xllamacpp.py").write_text(STAND_IN, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder), prepend=os.pathsep)
    monkeypatch.syspath_prepend(str(folder))
    return folder


def is_gone(process_id: int, within_s: float = 10) -> bool:
    give_up_at = time.monotonic() + within_s
    while time.monotonic() < give_up_at:
        try:
            state = Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":  # ended; whoever took it over has not looked yet
            return True
        time.sleep(0.05)
    return False


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("behaviour", ["good", "slow"])
def test_it_serves_on_loopback_as_long_as_it_is_wanted(behaviour: str) -> None:
    with serve(Path(f"{behaviour}.gguf"), within_s=30) as served:
        assert served.base_url.startswith("http://127.0.0.1:")
        assert served.base_url.endswith("/v1")
        assert served.model == behaviour
        asked = httpx.get(f"{served.base_url}/models", trust_env=False).json()
    assert asked["alias"] == [behaviour]
    assert asked["use_jinja"] is True  # without it no tools
    assert "add_generation_prompt" in asked["chat_template"]
    assert asked["n_parallel"] == 1
    assert served.process.returncode == 0
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{served.base_url}/models", trust_env=False)


@pytest.mark.usefixtures("library")
def test_what_fails_inside_ends_it_too() -> None:
    with pytest.raises(ZeroDivisionError), serve(Path("good.gguf"), within_s=30) as served:
        raise ZeroDivisionError
    assert served.process.returncode == 0


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("behaviour", ["broken", "loading", "stuck"])
def test_what_does_not_serve_is_told_and_ended(behaviour: str, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[str]] = []
    start = subprocess.Popen.__init__

    def watched(self: subprocess.Popen[str], *args: object, **kwargs: object) -> None:
        start(self, *args, **kwargs)
        started.append(self)

    monkeypatch.setattr(subprocess.Popen, "__init__", watched)
    began = time.monotonic()
    told = "cannot load this model" if behaviour == "broken" else "within 3 s"
    with pytest.raises(ServerFailed, match=told), serve(Path(f"{behaviour}.gguf"), within_s=3):
        raise AssertionError("it serves")
    assert time.monotonic() - began < 10
    assert [one.returncode is not None for one in started] == [True]


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_it_ends_with_whoever_started_it(how: signal.Signals) -> None:
    command = [sys.executable, "-c", SERVES_AND_IS_KILLED, "good.gguf"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as parent:
        assert parent.stdout is not None
        process_id, base_url = parent.stdout.readline().split()
        assert httpx.get(f"{base_url}/models", trust_env=False).status_code == 200
        parent.send_signal(how)
        assert is_gone(int(process_id))


def test_without_its_library_it_says_how_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evals.live.serving.find_spec", lambda name: None)
    with pytest.raises(ServerMissing, match="make llm"), serve(Path("good.gguf")):
        raise AssertionError("it serves")


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command sets up no logging: other tests read the log."""
    monkeypatch.setattr(command, "show_progress", lambda: None)


@pytest.mark.usefixtures("library", "quiet")
def test_the_command_prints_what_to_set_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(told: Served) -> None:
        tell(told)
        assert httpx.get(f"{told.base_url}/models", trust_env=False).status_code == 200
        raise KeyboardInterrupt

    tell: Callable[[Served], None] = command._tell
    monkeypatch.setattr(command, "_tell", interrupt)
    monkeypatch.setattr(command, "fetch_model", lambda **_: Path("good.gguf"))
    assert command.main([]) == 0
    lines = [line.split("=", 1) for line in capsys.readouterr().out.splitlines()]
    assert [name for name, _ in lines] == [
        "export JIANGBU_LLM_BASE_URL",
        "export JIANGBU_LLM_MODEL",
        "export JIANGBU_LLM_API_KEY",
    ]
    assert lines[1][1] == "good"


@pytest.mark.usefixtures("library", "quiet")
def test_the_command_says_why_there_is_nothing_to_serve(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "fetch_model", lambda **_: Path("broken.gguf"))
    assert command.main([]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "cannot load this model" in captured.err
