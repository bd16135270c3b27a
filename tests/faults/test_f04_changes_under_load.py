"""F04: while policies come and go, nobody's answer fails, mixes two versions, or is of a version long gone."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from index.publish import current_name
from tests.faults.figures import Figures
from tests.faults.homes import ADDED, GOLDEN, policy_file
from tests.faults.program import Server, Starter, serving, slowness, wait_until

pytestmark = [pytest.mark.fault, pytest.mark.alone]

CLIENTS = 8
SEEN_WITHIN_S = 5.0
BOTH = "柳州市主导制定国家标准、行业标准分别激励多少"
CONTROL = list(GOLDEN.items())


@dataclass
class History:
    """What was changed from when until when (None: the policy more is gone), and what was answered in between.

    A change may be seen from the moment when it is begun: the command returns later than the service follows.
    """

    published: list[tuple[float, float, int | None]]
    answers: list[tuple[float, float, tuple[str, ...]]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def allowed(self, begun: float, ended: float, patience: float) -> set[tuple[str, ...]]:
        """What may be answered between two moments: all that held in that time, or had not held for long before."""
        allowed = set()
        for place, (since, _, version) in enumerate(self.published):
            until = self.published[place + 1][1] if place + 1 < len(self.published) else float("inf")
            if since <= ended and until + patience >= begun:
                allowed.add(() if version is None else (f"{version}0000", f"{version - 20}0000"))
        return allowed


def ask_on(server: Server, history: History, over: threading.Event, left: list[int]) -> None:
    """One client: every other question is about the policy that comes and goes."""
    turn = 0
    while not over.is_set() or left[0] > 0:
        turn += 1
        left[0] -= 1
        begun = time.monotonic()
        try:
            if turn % 2:
                history.answers.append((begun, *_told(server)))
            else:
                asked, yuan = CONTROL[turn // 2 % len(CONTROL)]
                if server.yuan(asked) != ([] if yuan is None else [yuan]):
                    history.faults.append(f"wrong: {asked}")
        except Exception as error:  # noqa: BLE001 - whatever a client meets is a fault, told at the end
            history.faults.append(f"{type(error).__name__}: {error}")


def _told(server: Server) -> tuple[float, tuple[str, ...]]:
    yuan = tuple(server.yuan(BOTH))
    return time.monotonic(), yuan


def test_policies_come_and_go_while_questions_are_asked(
    home: Path, server_starter: Starter, figures: Figures, rounds: Callable[[int, int], int]
) -> None:
    with serving(server_starter, home) as server:
        history = History([(time.monotonic(), time.monotonic(), None)])
        over, left = threading.Event(), [rounds(500, 60)]
        clients = [threading.Thread(target=ask_on, args=(server, history, over, left)) for _ in range(CLIENTS)]
        for client in clients:
            client.start()
        seen = []
        for version in (43, 44, 45)[: rounds(3, 1)]:
            before, begun = current_name(home), time.monotonic()
            added = server_starter.run(home, "add", "--id", ADDED, str(policy_file(home.parent, version)))
            assert added.status == 0, added.told()
            assert current_name(home) != before
            seen.append(_change(server, history, begun, version))
            begun = time.monotonic()
            removed = server_starter.run(home, "remove", ADDED)
            assert removed.status == 0, removed.told()
            seen.append(_change(server, history, begun, None))
        over.set()
        for client in clients:
            client.join(120)
        server_said = server.started.told()
    patience = SEEN_WITHIN_S * slowness()
    mixed = [
        f"{yuan} at {ended:.1f}, where {history.allowed(begun, ended, patience)} held"
        for begun, ended, yuan in history.answers
        if yuan not in history.allowed(begun, ended, patience)
    ]
    asked = len(history.answers) * 2
    figures.tell(
        "F04", f"answers while policies come and go, {CLIENTS} clients", tried=asked, survived=asked - len(mixed)
    )
    figures.tell("F04", "a change is answered from", tried=len(seen), survived=len(seen), seconds=seen)
    assert history.faults == [] and mixed == []
    assert "Traceback" not in server_said
    assert max(seen) <= patience


def _change(server: Server, history: History, begun: float, version: int | None) -> float:
    """Note what has just been published, and how long until a question is answered from it."""
    history.published.append((begun, time.monotonic(), version))
    expected = [] if version is None else [f"{version}0000", f"{version - 20}0000"]
    return wait_until(lambda: server.yuan(BOTH) == expected, 60, f"an answer from version {version}")
