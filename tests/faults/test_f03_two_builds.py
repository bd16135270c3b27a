"""F03: of two builds at once one wins, the other says so at once and names the first; nothing is lost or torn."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.messages import WHAT_FAILED
from corpus import Library
from index import Embedder
from index.publish import build_lock
from tests.faults.figures import Figures
from tests.faults.homes import ADDED, add_policy, check_index, leftovers
from tests.faults.program import Starter, slowness, wait_until

pytestmark = [pytest.mark.fault, pytest.mark.sample]

REFUSED_WITHIN_S = 2.0


def test_two_builds_at_once(
    home: Path, starter: Starter, embedder: Embedder, figures: Figures, rounds: Callable[[int, int], int]
) -> None:
    tries = rounds(10, 2)
    for turn in range(tries):
        add_policy(home) if turn % 2 == 0 else Library(home).remove(ADDED)
        both = [starter.start(home, "build") for _ in range(2)]
        statuses = [one.wait() for one in both]
        told = [one.told() for one in both]
        # The second may also come when the first is done: then there is nothing to do, which is no failure.
        assert statuses in ([0, 1], [1, 0], [0, 0]), told
        for number, status in enumerate(statuses):
            if status == 1:
                assert f"process {both[1 - number].pid} " in told[number]
                assert WHAT_FAILED["BuildBusy"] in told[number]
        ready = check_index(home, embedder)
        assert ready.has_added == (turn % 2 == 0)
        assert leftovers(home) == []
    figures.tell("F03", "two builds of one home at once", tried=tries, survived=tries)


def test_the_one_that_comes_second_stops_at_once(home: Path, starter: Starter, figures: Figures) -> None:
    add_policy(home)
    reached = home.parent / "reached"
    first = starter.start(home, "build", hook=("at", "index.build", "_check", "before", str(reached), 1))
    wait_until(reached.exists)
    seconds = []
    for _ in range(3):
        second = starter.start(home, "build", hook=("timed", "assistant.service", "build", str(home.parent / "took")))
        assert second.wait() == 1
        assert f"process {first.pid} " in second.told()
        seconds.append(float((home.parent / "took").read_text()) / slowness())
    assert max(seconds) <= REFUSED_WITHIN_S
    first.kill()
    figures.tell("F03", "the second build is refused, naming the first", tried=3, survived=3, seconds=seconds)


def test_the_lock_of_a_dead_process_is_free(home: Path, starter: Starter, figures: Figures) -> None:
    add_policy(home)
    reached = home.parent / "reached"
    first = starter.start(home, "build", hook=("at", "index.build", "_write", "before", str(reached), 1))
    wait_until(reached.exists)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    with build_lock(home):
        pass
    assert starter.run(home, "build").status == 0
    figures.tell("F03", "the lock of a killed build is free again", tried=1, survived=1)
