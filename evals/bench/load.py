"""Many at once: 64 chats for two minutes against the served page and the REST call, answers held against single ones.

`python -m evals.bench.load [--chats 64] [--seconds 120] [--pause 2]` serves the assistant in a process of its own, on
a port of loopback, and prints for each door how many answers came, how fast, and how many were wrong or missing.

Each chat asks the labelled questions in an order of its own and waits a moment after each answer, as people do who
read; `--pause 0` asks without a breath, which measures throughput. Through the page a chat speaks Gradio's queue, as
the browser does.
"""

import argparse
import asyncio
import json
import multiprocessing
import random
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx
from gradio_client.utils import apply_diff

from assistant.config import Settings, load_settings
from evals.bench.questions import question_cases

START_WITHIN_S = 120.0
ANSWER_WITHIN_S = 60.0
QUESTIONS = 40
CHANGES = ("elapsed_ms",)  # what may differ between two answers to one question

Ask = Callable[[httpx.AsyncClient, str, str], Awaitable[dict[str, Any]]]


@dataclass
class Tally:
    """What came of one run."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)

    def say(self, door: str, duration: float) -> str:
        """One line: how many, how fast, what went wrong."""
        ordered = sorted(self.seconds) or [0.0]
        told = " ".join(f"p{share} {ordered[int((len(ordered) - 1) * share / 100)]:.3f}" for share in (50, 95, 99))
        return (
            f"{door}: {len(self.seconds)} answers in {duration:.0f} s ({len(self.seconds) / duration:.1f}/s), "
            f"{told} max {ordered[-1]:.3f} s, {len(self.errors)} errors, {len(self.different)} different answers"
        )


async def ask_rest(
    client: httpx.AsyncClient, question: str, chat: str, history: Sequence[str] = (), heard: list[str] | None = None
) -> dict[str, Any]:
    """Ask through `POST /api/ask`; all that comes back is added to `heard`, as text."""
    reply = await client.post("/api/ask", json={"question": question, "history": list(history)})
    reply.raise_for_status()
    if heard is not None:
        heard.append(reply.text)
    answer: dict[str, Any] = reply.json()
    return answer


async def ask_page(
    client: httpx.AsyncClient, question: str, chat: str, history: Sequence[str] = (), heard: list[str] | None = None
) -> dict[str, Any]:
    """Ask as the page does: join Gradio's queue, read its events until the whole answer is there."""
    asked = {"turn": "t", "question": question, "history": list(history), "region": "", "as_of": ""}
    joined = {"data": [], "fn_index": 0, "session_hash": chat, "event_data": asked, "trigger_id": None}
    (await client.post("/gradio_api/queue/join", json=joined)).raise_for_status()
    last: Any = None
    async with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": chat}) as events:
        async for line in events.aiter_lines():
            if heard is not None:
                heard.append(line)
            event = json.loads(line[5:]) if line.startswith("data:") else {}
            if event.get("msg") == "process_completed" and not event.get("success"):
                raise RuntimeError(f"the page failed: {event}")
            if event.get("msg") == "process_generating":  # the first is whole, each later one the change to it
                [value] = event["output"]["data"]
                last = value if last is None else apply_diff(last, value)
            if event.get("msg") == "close_stream":
                break
    answer: dict[str, Any] = last["answer"]
    return answer


async def one_chat(
    client: httpx.AsyncClient, ask: Ask, number: int, singles: dict[str, dict[str, Any]], until: float, pause: float
) -> Tally:
    """Ask until the time is up."""
    tally, order = Tally(), random.Random(number)
    questions = list(singles)
    await asyncio.sleep(order.uniform(0, pause))
    while time.monotonic() < until:
        question = order.choice(questions)
        began = time.perf_counter()
        try:
            answer = await ask(client, question, f"chat{number}")
            tally.seconds.append(time.perf_counter() - began)
            if not same(answer, singles[question]):
                tally.different.append(question)
        except (httpx.HTTPError, RuntimeError, KeyError, TypeError) as error:
            tally.errors.append(f"{question}: {error!r}")
        await asyncio.sleep(order.uniform(0.5, 1.5) * pause)
    return tally


def same(answer: dict[str, Any], single: dict[str, Any]) -> bool:
    """Whether an answer is the single one: every field that the single one has, but for the time it took."""
    return all(answer.get(key) == value for key, value in single.items() if key not in CHANGES)


async def measure(address: str, door: str, ask: Ask, options: argparse.Namespace) -> Tally:
    """Run all chats through one door."""
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx.AsyncClient(base_url=address, timeout=ANSWER_WITHIN_S, limits=limits) as client:
        questions = [case.question for case in question_cases()]
        chosen = questions[:: max(1, len(questions) // QUESTIONS)]
        singles = {question: await ask(client, question, f"single{place}") for place, question in enumerate(chosen)}
        until = time.monotonic() + options.seconds
        began = time.monotonic()
        chats = (one_chat(client, ask, number, singles, until, options.pause) for number in range(options.chats))
        whole = Tally()
        for tally in await asyncio.gather(*chats):
            whole.seconds += tally.seconds
            whole.errors += tally.errors
            whole.different += tally.different
    print(whole.say(door, time.monotonic() - began), flush=True)  # noqa: T201 - what this command is for
    for trouble in whole.errors[:5] + whole.different[:5]:
        print(f"  {trouble}", file=sys.stderr)  # noqa: T201
    return whole


def serve(settings: Settings, addresses: Any) -> None:  # noqa: ANN401 - a multiprocessing queue
    """The server's process."""
    from assistant.serving import serve_forever

    serve_forever(settings, "127.0.0.1", 0, addresses.put, open_browser=False)


async def until_up(address: str) -> None:
    """Wait for the first page."""
    async with httpx.AsyncClient(base_url=address, timeout=START_WITHIN_S) as client:
        (await client.get("/healthz")).raise_for_status()
        (await client.get("/")).raise_for_status()


def main() -> int:
    """Serve, ask, print, stop; 1 when an answer was missing or another than the single one."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench.load", description=__doc__.split("\n")[0])
    parser.add_argument("--chats", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--pause", type=float, default=2.0, help="seconds between an answer and the next question")
    options = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    addresses = context.Queue()
    settings = load_settings().model_copy(update={"asks_per_minute": 0})  # all chats come from one address
    server = context.Process(target=serve, args=(settings, addresses), daemon=True)
    server.start()
    try:
        address = addresses.get(timeout=START_WITHIN_S)
        asyncio.run(until_up(address))
        tallies = [
            asyncio.run(measure(address, "REST", ask_rest, options)),
            asyncio.run(measure(address, "page", ask_page, options)),
        ]
    finally:
        server.terminate()
        server.join(15)
    return int(any(tally.errors or tally.different for tally in tallies))


if __name__ == "__main__":
    sys.exit(main())
