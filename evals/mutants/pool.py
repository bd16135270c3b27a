"""Trials side by side: what a mutant replaces is replaced for a whole process, so each has an assistant of its own."""

import faulthandler
import logging
import multiprocessing
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from assistant.config import Settings
from assistant.service import embedder_of
from evals.comparing import Standing
from evals.loading import load_suite, packaged_sources
from evals.mutants.catalogue import MUTANTS
from evals.mutants.patching import MutantError
from evals.mutants.remembering import RememberingEmbedder
from evals.mutants.trying import Bench, Key, Trial, try_mutant
from evals.running import Plan

TRY_MAX_S = 900  # of one mutant; one that goes round in circles ends its process


@dataclass(frozen=True, kw_only=True)
class Work:
    """What every process is given: the home, the suites, and how the sound assistant stands."""

    settings: Settings
    suites: tuple[str, ...]
    sound: tuple[Standing, ...]


_bench: list[Bench] = []  # of a process that tries: made once, when it starts
_sound: list[Standing] = []


def make_bench(settings: Settings, suites: Sequence[str]) -> Bench:
    """Read the suites, and open what embeds the questions."""
    sources = packaged_sources()
    plan = Plan(suites=tuple((name, load_suite(name)) for name in suites))
    embedder = RememberingEmbedder(embedder_of(settings, prepare=False))
    return Bench(home=settings.home, embedder=embedder, asked=tuple(plan.probes(sources)), sources=sources)


def try_all(
    names: Sequence[str], work: Work, *, processes: int, only: Mapping[str, tuple[Key, ...]] | None = None
) -> Iterator[Trial]:
    """Try mutants, and give each trial when it is done.

    Args:
        names: Of the mutants.
        work: What they are put to.
        processes: How many at a time.
        only: The probes of each mutant, where not all are put to it.

    Raises:
        MutantError: A mutant cannot be made, or its process ended.
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_begin, initargs=(work,)) as pool:
        tried: dict[Future[Trial], str] = {
            pool.submit(_try, name, None if only is None else only[name]): name for name in names
        }
        try:
            for future in as_completed(tried):
                yield _trial_of(future, tried[future])
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _trial_of(future: Future[Trial], name: str) -> Trial:
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise MutantError(
            f"A process ended while {name} or another mutant was tried: out of memory, or longer than {TRY_MAX_S} s. "
            f"Next: try it alone with --only {name} --processes 1."
        ) from error


def _begin(work: Work) -> None:
    """Make a process ready; what a broken assistant logs about itself is of no use to anybody."""
    logging.disable(logging.CRITICAL)
    sys.stderr = open(os.devnull, "w", encoding="utf-8")
    _bench.append(make_bench(work.settings, work.suites))
    _sound.extend(work.sound)


def _try(name: str, keys: tuple[Key, ...] | None) -> Trial:
    mutant = next(one for one in MUTANTS if one.name == name)
    faulthandler.dump_traceback_later(TRY_MAX_S, exit=True, file=2)
    try:
        return try_mutant(mutant, _bench[0] if keys is None else _bench[0].only(keys), _sound)
    finally:
        faulthandler.cancel_dump_traceback_later()
