"""`python -m evals.mutants`: exit status, choice of mutants, and what is written."""

import json

import pytest

from evals.loading import CaseError
from evals.mutants import __main__ as command
from evals.mutants.catalogue import MUTANTS
from evals.mutants.patching import MutantError
from evals.mutants.trying import Fate, Trial
from index import IndexStale

FIRST, SECOND = MUTANTS[0].name, MUTANTS[1].name


def trial(name, fate):
    counts = {"newly_wrong": {}, "newly_false": {}, "newly_right": 0, "changed": 1, "withheld": 0, "asked": 1}
    return Trial(mutant=name, fate=fate, witnesses=(("a", "1"),), seconds=0.0, **counts)


@pytest.fixture
def outcome(monkeypatch):
    """What the trials come to, by name; caught unless said otherwise."""
    fates, asked = {}, []

    def tried(settings, names, *, processes, is_sample):
        asked.append((list(names), processes, is_sample))
        if isinstance(fates.get(names[0]), Exception):
            raise fates[names[0]]
        return [trial(name, fates.get(name, Fate.CAUGHT)) for name in names], []

    monkeypatch.setattr(command, "try_mutants", tried)
    monkeypatch.setattr(command, "show_progress", lambda: None)
    return fates, asked


@pytest.mark.parametrize(("fate", "status"), [(Fate.CAUGHT, 0), (Fate.ESCAPED, 100), (Fate.IDLE, 100)])
def test_one_that_is_not_caught_fails_the_check(outcome, capsys, fate, status):
    outcome[0][SECOND] = fate
    assert command.main([]) == status
    assert f"{len(MUTANTS)} mutants" in capsys.readouterr().out
    assert outcome[1] == [([one.name for one in MUTANTS], 2, False)]


def test_some_mutants_are_tried_in_the_order_of_the_catalogue(outcome):
    assert command.main(["--only", SECOND, "--only", FIRST, "--sample", "--processes", "1"]) == 0
    assert outcome[1] == [([FIRST, SECOND], 1, True)]


@pytest.mark.parametrize("error", [MutantError("gone"), CaseError("line 3"), IndexStale("old"), OSError("full")])
def test_a_fault_of_the_tool_is_no_verdict(outcome, capsys, error):
    outcome[0][FIRST] = error
    assert command.main(["--only", FIRST]) == 1
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["--only", "no_such_mutant"],
        ["--processes", "0"],
        ["--write-witnesses", "--sample"],
        ["--no-such-option"],
    ],
)
def test_wrong_use_is_told_apart(outcome, arguments):
    with pytest.raises(SystemExit) as left:
        command.main(arguments)
    assert left.value.code == 2
    assert outcome[1] == []


def test_the_json_is_written_whatever_the_verdict(outcome, tmp_path):
    outcome[0][FIRST] = Fate.ESCAPED
    assert command.main(["--only", FIRST, "--json", str(tmp_path / "out.json")]) == 100
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))["mutants"][0]["fate"] == "escaped"


def test_witnesses_are_written_only_when_that_is_asked_for(outcome, monkeypatch):
    written = []
    monkeypatch.setattr(command, "write_witnesses", lambda trials, names: written.append(len(trials)))
    command.main([])
    assert written == []
    command.main(["--write-witnesses"])
    assert written == [len(MUTANTS)]


def test_the_list_names_all_and_tries_none(outcome, capsys):
    assert command.main(["--list"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(MUTANTS)
    assert outcome[1] == []
