"""Trials as a table for people and as JSON for programs."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from evals.comparing import Standing
from evals.mutants.mutant import Mutant
from evals.mutants.trying import Fate, Trial

_COLUMNS = ("mutant", "stage", "fate", "answers changed", "newly wrong (+ newly false), by suite", "withheld")


def write_table(trials: Sequence[Trial], mutants: Iterable[Mutant]) -> str:
    """One line a mutant, those that were not caught last, and what they break below; figures are of probes."""
    by_name = {one.name: one for one in mutants}
    ordered = sorted(trials, key=lambda one: one.fate is not Fate.CAUGHT)
    rows = [_COLUMNS, *(_row(one, by_name[one.mutant]) for one in ordered)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(_COLUMNS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    missed = [
        f"not caught: {one.mutant}: {by_name[one.mutant].breaks}" for one in ordered if one.fate is not Fate.CAUGHT
    ]
    return "\n".join([*lines, "", *missed, say_total(trials)]) + "\n"


def say_total(trials: Sequence[Trial]) -> str:
    """How many there are of each fate.

    >>> say_total([])
    '0 mutants: 0 caught, 0 escaped, 0 idle'
    """
    fates = Counter(one.fate for one in trials)
    return f"{len(trials)} mutants: " + ", ".join(f"{fates[fate]} {fate.value}" for fate in Fate)


def write_json(
    trials: Sequence[Trial], mutants: Iterable[Mutant], sound: Sequence[Standing], *, is_sample: bool
) -> str:
    """All of it, with what each mutant breaks."""
    by_name = {one.name: one for one in mutants}
    right = Counter(one.suite for one in sound if one.is_right)
    counts = Counter(one.suite for one in sound)
    record = {
        "sample": is_sample,
        "sound": {suite: {"right": right[suite], "n": n} for suite, n in counts.items()},
        "mutants": [
            {"stage": by_name[one.mutant].stage, "breaks": by_name[one.mutant].breaks, **asdict(one)} for one in trials
        ],
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _row(trial: Trial, mutant: Mutant) -> tuple[str, ...]:
    suites = dict.fromkeys((*trial.newly_wrong, *trial.newly_false))
    lost = ", ".join(_counts(suite, trial) for suite in suites)
    return (
        trial.mutant,
        mutant.stage.value,
        trial.fate.value,
        f"{trial.changed} of {trial.asked}",
        lost or "-",
        str(trial.withheld or ""),
    )


def _counts(suite: str, trial: Trial) -> str:
    false = trial.newly_false.get(suite, 0)
    return f"{suite} {trial.newly_wrong.get(suite, 0)}" + (f" (+{false})" if false else "")
