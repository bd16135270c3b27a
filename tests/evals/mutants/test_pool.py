"""How trials are handed out: what a process is given, what is asked of each mutant, what becomes of one that ends."""

from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext

import pytest

from assistant.config import Settings
from evals.mutants import __main__ as command
from evals.mutants import pool
from evals.mutants.mutant import Mutant, Stage
from evals.mutants.patching import MutantError, Patch
from evals.mutants.trying import Fate, standings, try_mutant

NATIONAL, BOTH, NONE, WRONG = (("small", name) for name in ("national", "both", "none", "wrong"))
DUMB = Mutant(
    name="dumb",
    stage=Stage.ANSWERING,
    breaks="Nothing is found.",
    patches=(Patch(target="assistant.scope:is_in_field", broken=lambda _: lambda reading, scope: False),),
)


@pytest.fixture
def handed_out(monkeypatch, bench):
    """Trials in this process, and what each was given."""
    given = []

    def try_all(names, work, *, processes, only=None):
        for name in reversed(names):  # as they come
            keys = None if only is None else only[name]
            given.append((name, keys, len(work.sound), processes))
            yield try_mutant(DUMB, bench if keys is None else bench.only(keys), work.sound)

    monkeypatch.setattr(command, "open_under_test", nullcontext)
    monkeypatch.setattr(command, "make_bench", lambda settings, suites: bench)
    monkeypatch.setattr(command, "try_all", try_all)
    monkeypatch.setattr(command, "read_witnesses", lambda: {"dumb": (WRONG, NATIONAL), "other": (BOTH,)})
    return given


def test_everything_is_put_to_a_mutant(handed_out, bench):
    [trial], sound = command.try_mutants(Settings(home=bench.home), ["dumb"], processes=3, is_sample=False)
    assert handed_out == [("dumb", None, 4, 3)]
    assert (trial.fate, trial.newly_wrong, trial.asked, len(sound)) == (Fate.CAUGHT, {"small": 2}, 4, 4)


def test_a_sample_asks_each_mutant_its_own_witnesses_and_only_those_that_can_tell(handed_out, bench):
    [trial], sound = command.try_mutants(Settings(home=bench.home), ["dumb"], processes=1, is_sample=True)
    assert handed_out == [("dumb", (NATIONAL,), 2, 1)]
    assert (trial.fate, trial.asked, [one.key for one in sound]) == (Fate.CAUGHT, 1, [NATIONAL, WRONG])


def test_a_process_that_ends_is_a_fault_of_the_tool_that_names_what_to_try(bench):
    future = Future()
    future.set_exception(BrokenProcessPool("gone"))
    with pytest.raises(MutantError, match="--only dumb --processes 1"):
        pool._trial_of(future, "dumb")


def test_a_process_tries_with_what_it_was_given_when_it_began(monkeypatch, bench):
    monkeypatch.setattr(pool, "MUTANTS", (DUMB,))
    monkeypatch.setattr(pool, "_bench", [bench])
    monkeypatch.setattr(pool, "_sound", standings(bench))
    assert pool._try("dumb", None).newly_wrong == {"small": 2}
    assert pool._try("dumb", (BOTH,)).witnesses == (BOTH,)
