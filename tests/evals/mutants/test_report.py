"""The table and the JSON of trials."""

import json

from evals.comparing import Standing
from evals.mutants.mutant import Mutant, Stage
from evals.mutants.report import write_json, write_table
from evals.mutants.trying import Fate, Trial

MUTANTS = [
    Mutant(name=name, stage=Stage.LEDGER, breaks=f"{name} is broken.", edit=lambda index: index)
    for name in ("good", "bad", "idle")
]
COUNTS = {"newly_right": 0, "asked": 9, "seconds": 1.0, "witnesses": ()}
TRIALS = [
    Trial(mutant="bad", fate=Fate.ESCAPED, newly_wrong={}, newly_false={}, changed=3, withheld=0, **COUNTS),
    Trial(
        mutant="good",
        fate=Fate.CAUGHT,
        newly_wrong={"a": 2},
        newly_false={"a": 1, "b": 1},
        changed=4,
        withheld=2,
        **COUNTS,
    ),
    Trial(mutant="idle", fate=Fate.IDLE, newly_wrong={}, newly_false={}, changed=0, withheld=0, **COUNTS),
]


def test_the_table_names_those_that_were_not_caught_last_and_what_they_break():
    lines = write_table(TRIALS, MUTANTS).splitlines()
    assert [line.split()[0] for line in lines[:4]] == ["mutant", "good", "bad", "idle"]
    assert lines[1].split() == "good ledger caught 4 of 9 a 2 (+1), b 0 (+1) 2".split()
    assert lines[2].split() == "bad ledger escaped 3 of 9 -".split()
    assert lines[5:] == [
        "not caught: bad: bad is broken.",
        "not caught: idle: idle is broken.",
        "3 mutants: 1 caught, 1 escaped, 1 idle",
    ]


def test_the_json_has_every_figure():
    plain = {"put": "", "said": "", "broken": (), "wrong_amounts": (), "status": ""}
    sound = [Standing(suite="a", probe=str(n), is_right=n > 0, **plain) for n in range(3)]
    read = json.loads(write_json(TRIALS, MUTANTS, sound, is_sample=True))
    assert read["sound"] == {"a": {"right": 2, "n": 3}} and read["sample"] is True
    assert [one["mutant"] for one in read["mutants"]] == ["bad", "good", "idle"]
    good = read["mutants"][1]
    assert (good["stage"], good["breaks"], good["fate"]) == ("ledger", "good is broken.", "caught")
    assert (good["newly_wrong"], good["newly_false"], good["withheld"]) == ({"a": 2}, {"a": 1, "b": 1}, 2)
