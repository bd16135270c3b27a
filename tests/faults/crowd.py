"""Many askers at once against one server, as page and programs ask; what each of them heard is kept."""

import asyncio
import random
import ssl
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from evals.bench.load import ask_page, ask_rest

DOORS: dict[str, Callable[..., Awaitable[dict[str, Any]]]] = {"REST": ask_rest, "page": ask_page}
GIVE_UP_S = 120.0
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # nothing is asked over it: to read the system's roots takes a while
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # no word comes of them


@dataclass
class Asker:
    """One session: what it told, what it was answered, all that it heard."""

    number: int
    code: str  # a secret of its own
    seconds: list[float] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    refused: list[tuple[int, float, str]] = field(default_factory=list)  # status, seconds, body
    heard: list[str] = field(default_factory=list)


def askers(count: int) -> list[Asker]:
    """Sessions with secrets that are made anew each time."""
    return [Asker(number, "".join(random.choices(LETTERS, k=10))) for number in range(count)]


async def _talk(client: httpx.AsyncClient, door: str, asker: Asker, questions: Sequence[str]) -> None:
    said: list[str] = []
    for question in questions:
        began = time.perf_counter()
        try:
            asker.answers.append(await DOORS[door](client, question, asker.code, said, asker.heard))
            asker.seconds.append(time.perf_counter() - began)
        except httpx.HTTPStatusError as error:
            asker.refused.append((error.response.status_code, time.perf_counter() - began, error.response.text))
        except (httpx.HTTPError, RuntimeError, KeyError, TypeError) as error:
            asker.errors.append(f"{question}: {error!r}")
        said.append(question)


def talk_all_at_once(
    address: str, door: str, crowd: Sequence[Asker], questions: Callable[[Asker], Sequence[str]]
) -> float:
    """Let all askers ask their questions, each one after the other; the seconds that it took altogether.

    Each has a client of its own, as browsers are: one for all looks through all its connections at every step, and
    with three hundred of them that takes longer than the answers.
    """

    async def run(asker: Asker) -> None:
        async with httpx.AsyncClient(base_url=address, timeout=GIVE_UP_S, verify=NO_TLS) as client:
            await _talk(client, door, asker, questions(asker))

    async def run_all() -> None:
        await asyncio.gather(*map(run, crowd))

    began = time.perf_counter()
    asyncio.run(run_all())
    return time.perf_counter() - began


def foreign_secrets(crowd: Sequence[Asker]) -> list[str]:
    """Who heard of a secret that another one told."""
    heard = {asker.number: "".join(asker.heard) for asker in crowd}
    return [
        f"{one.number} heard what {other.number} told"
        for one in crowd
        for other in crowd
        if one is not other and other.code in heard[one.number]
    ]


def shares(seconds: Sequence[float]) -> dict[str, float]:
    """p50, p95 and p99, to the hundredth."""
    ordered = sorted(seconds)
    return {f"p{share}_s": round(ordered[int((len(ordered) - 1) * share / 100)], 2) for share in (50, 95, 99)}


def memory_mb(pid: int) -> int:
    """What a process holds in memory; 0 where the system does not say."""
    status = Path(f"/proc/{pid}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS:")), 0)


def open_files(pid: int) -> int:
    """How many files and connections a process holds open."""
    folder = Path(f"/proc/{pid}/fd")
    return len(list(folder.iterdir())) if folder.is_dir() else 0
