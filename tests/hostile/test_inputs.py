"""Every hostile question through the Python call and one other door in turn; all through all doors, marked `fault`."""

import json
import resource

import pytest

from tests.hostile.doors import DOORS, put
from tests.hostile.inputs_talks import ASKED_OF_NAMES, ASKED_PRIVATELY, KEPT
from tests.hostile.matrix import CASES, hold, tally

OTHERS = [door for door in DOORS if door != "python"]
GROWTH_MAX_MB = 50
HTTP_DOORS = ("rest", "chat", "stream", "agent", "page")


def marked(number: int):
    """A case by its number; one that is known to be wrong has to be so."""
    wrong = CASES[number].wrong
    marks = [pytest.mark.xfail(strict=True, reason=wrong)] if wrong else []
    return pytest.param(number, id=CASES[number].name, marks=marks)


@pytest.mark.parametrize("number", [marked(number) for number in range(len(CASES))])
def test_whatever_is_asked_the_oracle_holds(stand, number):
    hold(stand, CASES[number], "python")
    hold(stand, CASES[number], OTHERS[number % len(OTHERS)])


def test_the_next_question_of_somebody_else_is_answered_right(stand):
    assert stand.whole.serves()  # I8: the same process, after all of the above


def audited(stand, since: int) -> list[dict]:
    """The audit entries after one, oldest first."""
    assert stand.whole.store.audit.flush(10.0)
    items = stand.whole.client("gao").get("/api/audit?limit=499").json()["items"]
    return [item for item in reversed(items) if item["seq"] > since]


def test_one_answer_is_one_line_of_the_audit_and_no_number_of_a_person_is_in_it(stand):
    since = max(item["seq"] for item in audited(stand, 0))
    for number, case in enumerate((*ASKED_PRIVATELY, *ASKED_OF_NAMES)):
        put(stand, case, HTTP_DOORS[number % len(HTTP_DOORS)])
    lines = audited(stand, since)
    assert len(lines) == len(ASKED_PRIVATELY) + len(ASKED_OF_NAMES)
    kept = [line["question"] for line in lines]
    for said in kept[: len(ASKED_PRIVATELY)]:
        assert sum(character.isdecimal() for character in said) <= 6, said  # what is left names nobody
        assert "gov.cn" not in said and "零一三八" not in said
    for said, name in zip(kept[len(ASKED_PRIVATELY) :], KEPT, strict=True):
        assert name in said
    assert json.loads(json.dumps(lines)) == lines


@pytest.mark.fault
def test_every_input_through_every_door(stand, capsys):
    tally(stand, CASES[:40])  # warm
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told = tally(stand, CASES)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    with capsys.disabled():
        for door, one in told.items():
            print(one.line(door))  # noqa: T201 - the table that this run is for
    assert [fault for one in told.values() for fault in one.faults] == []
    assert stand.whole.serves() and grown < GROWTH_MAX_MB
