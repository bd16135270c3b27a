"""Starts `jiangbu` many times over: one process that has imported everything, and forks for each start.

Importing takes seconds and the faults need hundreds of starts; from the fork on, each is a process of its own that
runs `assistant.cli.main` as the installed command does, and may be killed. Requests and replies are lines of JSON.
Run as `python -m tests.faults.starter`.
"""

import importlib
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

# Not onnxruntime: what it starts on being imported does not live through a fork.
IMPORTED = ("numpy", "bm25s", "jieba", "yaml", "tqdm", "uvicorn", "lark", "pypinyin")
OURS = ("assistant.cli", "assistant.serving", "assistant.collecting", "assistant.terminal", "assistant.batch")
SERVED = ("assistant.page.blocks",)  # brings gradio: only for those who serve
SLEEP_S = 60.0


def main() -> None:
    """Read requests until there are no more; each is a start, or asks whether one has ended."""
    os.environ |= {"GRADIO_ANALYTICS_ENABLED": "False", "GRADIO_ANALYTICS_MAX_EVENTS": "1"}
    os.environ["PYPINYIN_NO_PHRASES"] = "true"  # as corpus.pinyin has it, before pypinyin is imported
    for name in (*IMPORTED, *OURS, *sys.argv[1:]):
        importlib.import_module(name)
    say({"ready": os.getpid()})
    for line in sys.stdin:
        request = json.loads(line)
        if "poll" in request:
            say({"status": poll(request["poll"])})
        elif (pid := os.fork()) == 0:
            run(request)
        else:
            say({"pid": pid})


def say(record: dict[str, Any]) -> None:
    """One line to whoever asks."""
    sys.stdout.write(json.dumps(record) + "\n")
    sys.stdout.flush()


def poll(pid: int) -> int | None:
    """The exit status as `subprocess` gives it, negative for a signal; None while it runs."""
    ended, status = os.waitpid(pid, os.WNOHANG)
    return None if ended == 0 else os.waitstatus_to_exitcode(status)


def run(request: dict[str, Any]) -> None:
    """Become the program that was asked for; leaves by `SystemExit`, so that what ends with a process is done."""
    for number, name, mode in ((0, os.devnull, os.O_RDONLY), (1, request["out"], 0), (2, request["err"], 0)):
        opened = os.open(name, mode or os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        os.dup2(opened, number)
        os.close(opened)
    os.environ |= request["environment"]
    if "PYTHONHASHSEED" in request["environment"]:
        raise SystemExit("a fork keeps the seed of its parent")
    if request["hook"]:
        name, *given = request["hook"]
        HOOKS[name](*given)
    from assistant.cli import main as jiangbu

    jiangbu(args=request["arguments"], prog_name="jiangbu")
    raise SystemExit(0)


# —— what a start may be told to do to itself before it runs: the product has no switch for it


def at(owner: str, name: str, when: str, reached: str, which: int = 1) -> None:
    """Stop before or after the n-th call of a function, having left a sign, to be killed there."""
    module = importlib.import_module(owner)
    wrapped: Callable[..., object] = getattr(module, name)
    left = which

    def stopping(*arguments: object, **named: object) -> object:
        nonlocal left
        left -= 1
        if left == 0 and when == "before":
            stop(reached)
        got = wrapped(*arguments, **named)
        if left == 0 and when == "after":
            stop(reached)
        return got

    setattr(module, name, stopping)


def stop(reached: str) -> None:
    """Leave a sign and wait for the kill."""
    Path(reached).touch()
    time.sleep(SLEEP_S)


def timed(owner: str, name: str, told: str) -> None:
    """Write down how many seconds a function took, whether it returned or raised."""
    module = importlib.import_module(owner)
    wrapped: Callable[..., object] = getattr(module, name)

    def measured(*arguments: object, **named: object) -> object:
        begun = time.monotonic()
        try:
            return wrapped(*arguments, **named)
        finally:
            Path(told).write_text(str(time.monotonic() - begun), "utf-8")

    setattr(module, name, measured)


def user(number: int) -> None:
    """Run as another user of the machine."""
    os.setgroups([])
    os.setgid(number)
    os.setuid(number)


def no_temporary() -> None:
    """Let there be no folder for temporary files: no TMPDIR, no /tmp, no /var/tmp."""
    import tempfile

    tempfile.tempdir = None
    vars(tempfile)["_get_default_tempdir"] = _refuse


def _refuse() -> str:
    raise FileNotFoundError(2, "No usable temporary directory found")


def watch(told: str) -> None:
    """Write down every address that is looked up or connected to, and let it go on."""

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
            address = arguments[1] if event in ("socket.connect", "socket.sendto") else arguments[0]
            with Path(told).open("a", encoding="utf-8") as file:
                file.write(json.dumps([event, repr(address)]) + "\n")

    sys.addaudithook(hook)


def clock(moment: str) -> None:
    """Let the program believe that it is another time; what counts seconds (`monotonic`) goes on as it is."""
    from datetime import datetime, timedelta, tzinfo

    shift = datetime.fromisoformat(moment).timestamp() - time.time()
    real = time.time

    class Shifted(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime.now(tz) + timedelta(seconds=shift)

    time.time = lambda: real() + shift
    for name in ("index.build", "assistant.service", "assistant.store.audit", "assistant.store.accounts"):
        vars(importlib.import_module(name))["datetime"] = Shifted


HOOKS: dict[str, Callable[..., None]] = {hook.__name__: hook for hook in (at, timed, user, no_temporary, watch, clock)}


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    main()
