"""A mutant beside the sound assistant: caught, escaped or idle, and what caught it."""

from dataclasses import replace

import pytest

from evals.comparing import Change, Standing
from evals.mutants.editing import amounts_moved, facts_changed
from evals.mutants.mutant import Mutant, Stage
from evals.mutants.patching import MutantError, Patch
from evals.mutants.trying import Fate, pick_witnesses, standings, try_mutant

NATIONAL, BOTH, NONE, WRONG = (("small", name) for name in ("national", "both", "none", "wrong"))


def mutant(*patches, edit=None, unlocked=False):
    return Mutant(name="m", stage=Stage.LEDGER, breaks="Something.", patches=patches, edit=edit, unlocked=unlocked)


def tried(bench, one):
    return try_mutant(one, bench, standings(bench))


def place_of(bench, figure):
    return bench.sources.documents["xiaoshan"].text.index(figure)


def test_the_sound_assistant_stands_as_the_cases_say(bench):
    assert {one.key: one.is_right for one in standings(bench)} == {NATIONAL: True, BOTH: True, NONE: True, WRONG: False}


def test_swapped_figures_are_caught_by_whoever_asks_for_them(bench):
    swap = amounts_moved("xiaoshan", place_of(bench, "31万元"), place_of(bench, "18万元"))
    trial = tried(bench, mutant(edit=swap))
    assert (trial.fate, trial.newly_wrong, trial.newly_false, trial.asked) == (Fate.CAUGHT, {"small": 2}, {}, 4)
    assert trial.witnesses == (NATIONAL, BOTH)


def test_a_fault_that_nobody_asks_about_is_idle(bench):
    at = place_of(bench, "8万元、5万元")
    trial = tried(bench, mutant(edit=facts_changed(lambda fact: None if fact.figure_start == at else fact, "xiaoshan")))
    assert (trial.fate, trial.changed, trial.witnesses) == (Fate.IDLE, 0, ())


def test_a_fault_that_only_changes_words_has_escaped(bench):
    loud = Patch(target="assistant.compose:Composer.text", broken=lambda text: lambda self: text(self) + "！")
    trial = tried(bench, mutant(loud))
    assert (trial.fate, trial.changed, trial.newly_wrong) == (Fate.ESCAPED, 3, {})


def test_another_wrong_sum_where_one_was_wrong_before_is_caught(bench):
    def doubled(fact):
        return replace(fact, amount=replace(fact.amount, yuan=2 * fact.amount.yuan))

    trial = tried(bench, mutant(edit=facts_changed(doubled, "qingdao"), unlocked=True))
    assert (trial.fate, trial.newly_wrong, trial.newly_false) == (Fate.CAUGHT, {}, {"small": 1})


def test_the_number_lock_withholds_what_an_unlocked_mutant_says(bench):
    def tenfold(fact):
        return replace(fact, amount=replace(fact.amount, yuan=10 * fact.amount.yuan))

    edit = facts_changed(tenfold, "xiaoshan")
    locked, unlocked = tried(bench, mutant(edit=edit)), tried(bench, mutant(edit=edit, unlocked=True))
    assert (locked.fate, locked.withheld, locked.newly_wrong) == (Fate.CAUGHT, 1, {"small": 2})  # a sum has its step
    assert (unlocked.fate, unlocked.withheld, unlocked.newly_wrong) == (Fate.CAUGHT, 0, {"small": 2})


def test_the_assistant_is_sound_again_afterwards(bench):
    before = standings(bench)
    tried(bench, mutant(Patch(target="corpus.folding:fold", broken=lambda fold: lambda text: fold(text)[::-1])))
    assert standings(bench) == before


def test_a_stale_target_is_an_error_and_no_mutant(bench):
    with pytest.raises(MutantError, match="Nothing went through"):
        tried(bench, mutant(Patch(target="assistant.torn:TornPlaces.__init__", broken=lambda f: f), unreached()))


def unreached():
    """A piece that the small suite does not come by."""
    return Patch(target="assistant.asking_back:ask_known_region", broken=lambda found: found)


def test_some_of_the_probes_are_enough(bench):
    swap = amounts_moved("xiaoshan", place_of(bench, "31万元"), place_of(bench, "18万元"))
    sound = standings(bench)
    trial = try_mutant(mutant(edit=swap), bench.only([BOTH, ("small", "gone")]), sound)
    assert (trial.fate, trial.asked, trial.witnesses) == (Fate.CAUGHT, 1, (BOTH,))


def test_the_sound_side_has_to_know_every_probe(bench):
    swap = amounts_moved("xiaoshan", place_of(bench, "31万元"), place_of(bench, "18万元"))
    with pytest.raises(ValueError, match="1 of the 4 probes"):
        try_mutant(mutant(edit=swap), bench, standings(bench.only([BOTH])))


def change(suite, probe):
    def standing(is_right):
        plain = {"put": "", "said": "", "broken": (), "wrong_amounts": (), "status": ""}
        return Standing(suite=suite, probe=probe, is_right=is_right, **plain)

    return Change(before=standing(True), after=standing(False))


def test_witnesses_are_of_as_many_suites_as_there_are():
    changes = [change("a", "1"), change("a", "2"), change("a", "3"), change("b", "4")]
    assert pick_witnesses(changes) == (("a", "1"), ("b", "4"), ("a", "2"))
    assert pick_witnesses(changes[:1]) == (("a", "1"),)
    assert pick_witnesses([]) == ()
