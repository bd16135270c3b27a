"""`python -m evals.mutants [--only NAME …] [--sample] [--json FILE]`: break the assistant on purpose, see who notices.

Every mutant is one fault, put to all suites. It is caught when something that was right becomes wrong, or a wrong sum
is stated that was not before; one that answers otherwise without that has escaped, one that answers as ever is idle.
Exit status: 0 all caught, 100 one is not, 1 the tool failed, 2 wrong use. Figures go to stdout, progress to stderr.
"""

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant.config import Settings
from evals.comparing import Standing
from evals.gate import HOLDS, REGRESSION
from evals.loading import SUITES, CaseError
from evals.mutants.catalogue import MUTANTS
from evals.mutants.patching import MutantError
from evals.mutants.pool import Work, make_bench, try_all
from evals.mutants.report import write_json, write_table
from evals.mutants.trying import Fate, Key, Trial, standings
from evals.mutants.witnesses import read_witnesses, standing_witnesses, write_witnesses
from evals.progress import show_progress
from evals.under_test import HOME, open_under_test
from index.errors import IndexingError

FAILED = 1
PROCESSES_MAX = 16

logger = logging.getLogger("evals.mutants")


def try_mutants(
    settings: Settings, names: Sequence[str], *, processes: int, is_sample: bool
) -> tuple[list[Trial], list[Standing]]:
    """Try mutants, in the catalogue's order, beside the sound assistant."""
    with open_under_test(settings):  # builds the index where there is none
        pass
    bench = make_bench(settings, SUITES)
    known = read_witnesses() if is_sample else {}
    if is_sample:
        bench = bench.only(key for name in names for key in known.get(name, ()))
    logger.info("the sound assistant: %d probes …", len(bench.asked))
    sound = standings(bench)
    only: dict[str, tuple[Key, ...]] | None = None
    if is_sample:
        only = standing_witnesses(names, known, frozenset(one.key for one in sound if one.is_right))
    work = Work(settings=settings, suites=SUITES, sound=tuple(sound))
    trials: dict[str, Trial] = {}
    for trial in try_all(names, work, processes=processes, only=only):
        trials[trial.mutant] = trial
        told = "%d of %d: %s %s (%d newly wrong, %.0f s)"
        lost = sum(trial.newly_wrong.values())
        logger.info(told, len(trials), len(names), trial.mutant, trial.fate.value, lost, trial.seconds)
    return [trials[name] for name in names], sound


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the mutants; see the module for the exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    names = [one.name for one in MUTANTS]
    if unknown := sorted(set(options.only or ()) - set(names)):
        parser.error(f"no mutant is named {', '.join(unknown)}; --list names all")
    if options.write_witnesses and options.sample:
        parser.error("--write-witnesses needs all probes, so it does not go with --sample")
    if options.list:
        sys.stdout.write("".join(f"{one.name}  [{one.stage.value}]  {one.breaks}\n" for one in MUTANTS))
        return HOLDS
    show_progress()
    chosen = [name for name in names if name in options.only] if options.only else names
    try:
        trials, sound = try_mutants(Settings(home=HOME), chosen, processes=options.processes, is_sample=options.sample)
        if options.write_witnesses:
            write_witnesses(trials, names)
        if options.json is not None:
            options.json.write_text(write_json(trials, MUTANTS, sound, is_sample=options.sample), encoding="utf-8")
    except (MutantError, CaseError, IndexingError, OSError) as error:
        logger.error("%s", error)
        return FAILED
    sys.stdout.write(write_table(trials, MUTANTS))
    return HOLDS if all(one.fate is Fate.CAUGHT for one in trials) else REGRESSION


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evals.mutants", description="Break the assistant on purpose and see whether the suites notice."
    )
    parser.add_argument("--only", action="append", metavar="NAME", help="this mutant; may be given several times")
    parser.add_argument("--sample", action="store_true", help="ask each mutant only the probes that caught it before")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures to this file, too")
    parser.add_argument(
        "--processes", type=int, default=2, choices=range(1, PROCESSES_MAX + 1), metavar="N", help="at a time (2)"
    )
    parser.add_argument("--list", action="store_true", help="name the mutants, and try none")
    parser.add_argument(
        "--write-witnesses", action="store_true", help="keep the probes that caught each mutant, for --sample"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
