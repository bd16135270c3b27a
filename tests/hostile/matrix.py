"""All hostile questions × all doors. `python -m tests.hostile.matrix [row …]` prints what came of it as a table."""

import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.hostile import inputs_numbers, inputs_talks, inputs_words, oracle
from tests.hostile.cases import Case
from tests.hostile.doors import DOORS, Seen, Stand, put

CASES: tuple[Case, ...] = (*inputs_words.CASES, *inputs_numbers.CASES, *inputs_talks.CASES)


@dataclass
class Tally:
    """What came of the inputs at one door."""

    statuses: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)  # of cases that say what is wrong

    def line(self, door: str) -> str:
        """One line of the table."""
        ordered = sorted(self.seconds) or [0.0]
        p50, p95 = (ordered[int((len(ordered) - 1) * share)] for share in (0.5, 0.95))
        counts = " ".join(f"{status} {count}" for status, count in sorted(self.statuses.items()))
        inputs = len(self.seconds) + len(self.faults) + len(self.known)
        return (
            f"{door:8} {inputs:5} inputs, {len(self.faults):3} faults, {len(self.known):2} known, "
            f"p50 {p50 * 1000:4.0f} ms, p95 {p95 * 1000:4.0f} ms, max {ordered[-1] * 1000:5.0f} ms | {counts}"
        )


def hold(stand: Stand, case: Case, door: str) -> Seen:
    """Put one input through one door and hold it to the oracle and to its row; what came back.

    Raises:
        AssertionError: It does not hold.
    """
    seen = put(stand, case, door)
    oracle.check(seen, case, stand)
    if seen.answer is not None:
        case.check(seen.answer)
        if case.like:
            oracle.check_alike(seen.answer, case, stand)
    return seen


def tally(stand: Stand, cases: Iterable[Case], doors: Sequence[str] = tuple(DOORS)) -> dict[str, Tally]:
    """Every input through every door; nothing stops at a fault."""
    told: dict[str, Tally] = defaultdict(Tally)
    for case in cases:
        for door in doors:
            one = told[door]
            try:
                seen = hold(stand, case, door)
            except AssertionError as fault:
                known = one.known if case.wrong else one.faults
                known.append(f"{case.name}: {str(fault)[:300]}")
                continue
            one.statuses[seen.answer.status if seen.answer else f"refused {seen.status}"] += 1
            one.seconds.append(seen.seconds)
    return told


def main(rows: Sequence[str]) -> int:
    """Print the table; 1 where something does not hold."""
    from tests.hostile.standing import standing

    cases = [case for case in CASES if not rows or case.row in rows]
    with tempfile.TemporaryDirectory() as home, standing(Path(home)) as stand:
        told = tally(stand, cases)
    for door, one in told.items():
        sys.stdout.write(one.line(door) + "\n")
        sys.stdout.writelines(f"    {fault}\n" for fault in one.faults)
    return int(any(one.faults for one in told.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
