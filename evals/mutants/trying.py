"""A mutant → a trial: everything is put to it, judged as ever, and held beside the sound assistant."""

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from evals.comparing import Change, Standing, compare
from evals.loading import Sources, Suite
from evals.mutants.mutant import Mutant, alive
from evals.probes import Probe
from evals.running import Plan, judge_all, put_all
from index import Embedder

Key = tuple[str, str]  # suite and probe
WITNESSES_MAX = 3


class Fate(StrEnum):
    """What became of a mutant."""

    CAUGHT = "caught"
    ESCAPED = "escaped"  # it answers otherwise, and nothing that was right is wrong
    IDLE = "idle"  # it answers as the sound assistant does: it breaks nothing that is asked about


@dataclass(frozen=True, kw_only=True)
class Bench:
    """What every mutant is put to, and with what: the probes, the documents, the home whose index is opened."""

    home: Path
    embedder: Embedder
    asked: tuple[tuple[Suite, Probe], ...]
    sources: Sources

    def only(self, keys: Iterable[Key]) -> "Bench":
        """The same with some of the probes."""
        wanted = set(keys)
        return replace(self, asked=tuple(one for one in self.asked if (one[0].name, one[1].id) in wanted))


@dataclass(frozen=True, kw_only=True)
class Trial:
    """One mutant, held beside the sound assistant; counts are of probes, by suite."""

    mutant: str
    fate: Fate
    newly_wrong: dict[str, int]
    newly_false: dict[str, int]  # wrong before as well, and states a sum now that it should not
    newly_right: int
    changed: int  # answers that differ in any way
    withheld: int  # of the newly wrong, those where the program noticed itself and said nothing
    asked: int
    seconds: float
    witnesses: tuple[Key, ...]


def standings(bench: Bench, mutant: Mutant | None = None) -> list[Standing]:
    """How every probe stands, with a fault or without."""
    plan = Plan(suites=(), workers=1)
    with alive(mutant, bench.home, bench.embedder) as to:
        outcomes = list(put_all(bench.asked, plan, to))
    rows = judge_all(bench.asked, outcomes, bench.sources)  # the fault is gone: what judges is sound
    return [replace(Standing.of(row), row=None) for row in rows]


def try_mutant(mutant: Mutant, bench: Bench, sound: Sequence[Standing]) -> Trial:
    """Put everything to a mutant.

    Args:
        mutant: The fault.
        bench: What is put to it.
        sound: How the same probes stand without it.
    """
    began = time.perf_counter()
    found = compare(sound, standings(bench, mutant), is_part=True)
    if found.n != len(bench.asked):
        raise ValueError(f"The sound assistant was put {found.n} of the {len(bench.asked)} probes of {mutant.name}.")
    lost = (*found.newly_wrong, *found.newly_false)
    changed = len(lost) + len(found.newly_right) + len(found.reworded)
    return Trial(
        mutant=mutant.name,
        fate=Fate.CAUGHT if found.is_regression else Fate.ESCAPED if changed else Fate.IDLE,
        newly_wrong=_by_suite(found.newly_wrong),
        newly_false=_by_suite(found.newly_false),
        newly_right=len(found.newly_right),
        changed=changed,
        withheld=sum(one.after.status == "error" for one in found.newly_wrong),
        asked=len(bench.asked),
        seconds=round(time.perf_counter() - began, 1),
        witnesses=pick_witnesses(found.newly_wrong),
    )


def pick_witnesses(changes: Sequence[Change]) -> tuple[Key, ...]:
    """Some probes that became wrong: of each suite the first, and as many again until there are enough."""
    ordered: dict[str, list[Key]] = {}
    for change in changes:
        ordered.setdefault(change.after.suite, []).append(change.after.key)
    picked: list[Key] = []
    while len(picked) < WITNESSES_MAX and any(ordered.values()):
        picked += [keys.pop(0) for keys in ordered.values() if keys]
    return tuple(picked[:WITNESSES_MAX])


def _by_suite(changes: Iterable[Change]) -> dict[str, int]:
    return dict(Counter(change.after.suite for change in changes))
