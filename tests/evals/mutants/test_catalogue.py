"""The catalogue: enough faults, all different, over all stages."""

from collections import Counter

import pytest

from evals.mutants.catalogue import MUTANTS
from evals.mutants.mutant import Mutant, Stage


def test_names_and_sentences_are_unique():
    for told in ([one.name for one in MUTANTS], [one.breaks for one in MUTANTS]):
        assert [name for name, count in Counter(told).items() if count > 1] == []


def test_every_stage_has_some():
    counts = Counter(one.stage for one in MUTANTS)
    assert len(MUTANTS) >= 30
    assert {stage.value: counts[stage] for stage in Stage if counts[stage] < 4} == {}


def test_every_mutant_says_in_a_sentence_what_it_breaks():
    assert [one.name for one in MUTANTS if not one.breaks.endswith(".") or not one.name.isidentifier()] == []


def test_a_mutant_that_breaks_nothing_cannot_be_made():
    with pytest.raises(ValueError, match="breaks nothing"):
        Mutant(name="sound", stage=Stage.LEDGER, breaks="Nothing.")
