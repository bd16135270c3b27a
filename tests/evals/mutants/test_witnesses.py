"""The probes that caught a mutant before: kept, read, and of use only where they can still tell."""

import pytest

from evals.loading import SUITES, load_suite
from evals.mutants.catalogue import MUTANTS
from evals.mutants.patching import MutantError
from evals.mutants.trying import Fate, Trial
from evals.mutants.witnesses import read_witnesses, standing_witnesses, write_witnesses
from evals.probes import probes_of

A, B = ("answers", "x-1"), ("talks", "t-“1”/2")


def trial(name, *witnesses):
    counts = {"newly_wrong": {}, "newly_false": {}, "newly_right": 0, "changed": 1, "withheld": 0, "asked": 1}
    return Trial(mutant=name, fate=Fate.CAUGHT, witnesses=witnesses, seconds=0.0, **counts)


def test_what_is_written_is_read_again(tmp_path):
    file = tmp_path / "witnesses.toml"
    write_witnesses([trial("one", A, B), trial("two")], ["one", "two"], file)
    assert read_witnesses(file) == {"one": (A, B), "two": ()}


def test_the_witnesses_of_others_stay_and_those_of_mutants_that_are_gone_go(tmp_path):
    file = tmp_path / "witnesses.toml"
    write_witnesses([trial("one", A), trial("gone", A)], ["one", "gone"], file)
    write_witnesses([trial("two", B)], ["one", "two"], file)
    assert read_witnesses(file) == {"one": (A,), "two": (B,)}


@pytest.mark.parametrize("content", ["one = 1", 'one = ["a"]', "one = [[1, 2, 3]]", "one", None])
def test_a_file_of_anything_else_is_an_error(tmp_path, content):
    file = tmp_path / "witnesses.toml"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(MutantError, match="Next: write it anew"):
        read_witnesses(file)


def test_only_a_witness_that_the_sound_assistant_has_right_can_tell():
    assert standing_witnesses(["one"], {"one": (A, B), "two": ()}, frozenset([B])) == {"one": (B,)}


@pytest.mark.parametrize("known", [{}, {"one": ()}, {"one": (A,)}])
def test_a_mutant_without_a_witness_is_an_error(known):
    with pytest.raises(MutantError, match="No witness of one is left"):
        standing_witnesses(["one"], known, frozenset([B]))


def test_every_mutant_of_the_catalogue_has_a_witness_in_the_suites():
    suites = [load_suite(name) for name in SUITES]
    there = frozenset((suite.name, probe.id) for suite in suites for probe in probes_of(suite))
    known = read_witnesses()
    assert sorted(known) == sorted(one.name for one in MUTANTS)
    assert all(standing_witnesses(list(known), known, there).values())
