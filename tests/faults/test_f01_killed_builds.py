"""F01: a build killed at any moment leaves a whole index, the one before or the new one, and the next build mends."""

import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import Library
from index import Embedder
from tests.faults.figures import Figures
from tests.faults.homes import ADDED, add_policy, check_index, leftovers
from tests.faults.program import Starter, slowness, wait_until

pytestmark = [pytest.mark.fault, pytest.mark.sample]

READY_S = 5.0
AIMS = [  # owner, function, before or after it, at which call: from the first file written to the last one removed
    ("index.build", "embed_records", "before", 1),
    ("index.build", "_write", "before", 1),
    ("index.child", "run_step", "before", 1),
    ("index.child", "run_step", "before", 2),
    ("index.build", "_check", "after", 1),
    ("index.publish", "_sync", "after", 5),
    ("index.publish", "_sync", "before", 1),
    ("os", "replace", "before", 1),
    ("os", "replace", "after", 1),
    ("assistant.service", "write_whole", "before", 1),
]


class Killer:
    """Builds over one home that are killed, with the policies changed in between so that there is always work."""

    def __init__(self, home: Path, starter: Starter, embedder: Embedder) -> None:
        self.home, self.starter, self.embedder = home, starter, embedder
        self.now = check_index(home, embedder)
        self.switched = 0
        self.seconds: list[float] = []

    def change(self) -> None:
        """Put the policy more in where the index does not have it, and out where it has."""
        wanted = not self.now.has_added
        has = any(document.id == ADDED for document in Library(self.home).documents())
        if wanted and not has:
            add_policy(self.home)
        elif has and not wanted:
            Library(self.home).remove(ADDED)

    def look(self) -> None:
        """After the kill: all that `check_index` asserts, and how long until an answer."""
        before, after = self.now, check_index(self.home, self.embedder)
        self.now = after
        assert (after.snapshot == before.snapshot) == (after.has_added == before.has_added)
        self.switched += after.snapshot != before.snapshot
        self.seconds.append(after.seconds / slowness())

    def mend(self) -> None:
        """The next build goes through and leaves nothing behind."""
        built = self.starter.run(self.home, "build")
        assert built.status == 0, built.told()
        assert leftovers(self.home) == []
        self.now = check_index(self.home, self.embedder)
        assert self.now.has_added == any(one.id == ADDED for one in Library(self.home).documents())


def test_killed_at_any_moment(
    home: Path, starter: Starter, embedder: Embedder, figures: Figures, rounds: Callable[[int, int], int]
) -> None:
    killer, random_ = Killer(home, starter, embedder), random.Random(1)
    killer.change()
    begun = time.monotonic()
    killer.mend()
    whole = time.monotonic() - begun
    tries = rounds(40, 4)
    for turn in range(tries):
        killer.change()
        build = starter.start(home, "build")
        time.sleep(random_.random() * whole)
        build.kill()
        killer.look()
        if turn % 8 == 7:
            killer.mend()
    killer.mend()
    _tell(figures, killer, "kill -9 at a random moment of a build", tries)


def test_killed_around_the_switch(
    home: Path,
    starter: Starter,
    embedder: Embedder,
    figures: Figures,
    rounds: Callable[[int, int], int],
    tmp_path: Path,
) -> None:
    killer = Killer(home, starter, embedder)
    aims = AIMS[-rounds(len(AIMS), 3) :]
    for turn, (owner, name, when, which) in enumerate(aims):
        killer.change()
        reached = tmp_path / f"reached-{turn}"
        build = starter.start(home, "build", hook=("at", owner, name, when, str(reached), which))
        wait_until(reached.exists, 120, f"{owner}.{name}")
        assert build.kill() == -9
        killer.look()
    killer.mend()
    _tell(figures, killer, "kill -9 aimed at the steps of publishing", len(aims))


def _tell(figures: Figures, killer: Killer, what: str, tries: int) -> None:
    figures.tell("F01", what, tried=tries, survived=tries, seconds=killer.seconds, switched=killer.switched)
    assert statistics.median(killer.seconds) <= READY_S
