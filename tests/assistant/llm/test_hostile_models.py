"""Whatever a model says or an endpoint does, the user gets the rules engine's figures, in full and in time."""

import time
from collections.abc import Iterator

import pytest

from assistant.answer import Assistant
from assistant.llm import wording
from evals.hostile import BEHAVIOURS, LIARS, SICK, HostileEndpoint
from tests.assistant.llm.conftest import HASTY, PATIENT, Meet
from tests.assistant.llm.judging import check_untouched, timeless
from tests.assistant.llm.situations import BY_NAME, SCRIPT, SITUATIONS, Situation
from tests.assistant.policies import DAY

LATE_S = 6.0  # beyond the bound: to close connections, on a busy machine
SICK_SITUATIONS = ("amount", "summed", "unclear", "entangled", "chat")
each_situation = pytest.mark.parametrize("situation", SITUATIONS, ids=lambda one: one.name)


@pytest.fixture(scope="module", params=LIARS)
def liar(request: pytest.FixtureRequest) -> Iterator[HostileEndpoint]:
    """One liar for all questions, so that its lies change from one to the next."""
    with HostileEndpoint(BEHAVIOURS[request.param], SCRIPT) as made:
        yield made


@pytest.fixture(scope="module", params=SICK)
def sick(request: pytest.FixtureRequest) -> Iterator[HostileEndpoint]:
    with HostileEndpoint(BEHAVIOURS[request.param], SCRIPT) as made:
        yield made


@each_situation
def test_the_situations_are_what_they_are_called(rules: Assistant, situation: Situation) -> None:
    assert rules.answer(situation.question, DAY).status == situation.status


@each_situation
def test_a_liar_changes_nothing(liar: HostileEndpoint, situation: Situation, rules: Assistant, meet: Meet) -> None:
    for _ in range(2):  # its lies come in turns
        talk = meet(liar, HASTY)
        began = time.monotonic()
        answer = talk.answer(situation.question)
        assert time.monotonic() - began < HASTY.total_s + LATE_S
        check_untouched(answer, situation, rules)
        [use] = talk.uses
        assert use.task == situation.task
        assert (use.outcome in ("used", "repaired")) == (answer.engine == "llm")


@pytest.mark.parametrize("name", SICK_SITUATIONS)
def test_a_sick_endpoint_leaves_the_rules_answer(
    sick: HostileEndpoint, name: str, rules: Assistant, meet: Meet
) -> None:
    situation, talk = BY_NAME[name], meet(sick, HASTY)
    began = time.monotonic()
    answer = talk.answer(situation.question)
    assert time.monotonic() - began < HASTY.total_s + LATE_S
    assert answer.engine == "rules"
    assert timeless(answer) == timeless(rules.answer(situation.question, DAY))
    [use] = talk.uses
    assert (use.outcome, use.task) == ("fallen_back", situation.task)
    assert sick.elsewhere == []


@each_situation
@pytest.mark.parametrize("behaviour", ["echo", "looks_about", "mends", "tells_plainly"])
def test_a_fair_model_is_heard(behaviour: str, situation: Situation, rules: Assistant, meet: Meet) -> None:
    """Else all of the above would hold of a program that never lets a model speak."""
    with HostileEndpoint(BEHAVIOURS[behaviour], SCRIPT) as endpoint:
        talk = meet(endpoint, PATIENT)
        answer = talk.answer(situation.question)
    check_untouched(answer, situation, rules)
    heard = situation.task == "reword" or situation.restated is not None
    assert answer.engine == ("llm" if heard else "rules"), talk.uses
    outcome = ("repaired" if behaviour == "mends" else "used") if heard else "unneeded"
    assert [use.outcome for use in talk.uses] == [outcome]


def test_a_question_of_the_user_s_own_clauses_is_answered(meet: Meet) -> None:
    """Without the joke that the rules engine found no rule for; what was left out is said."""
    with HostileEndpoint(BEHAVIOURS["echo"], SCRIPT) as endpoint:
        answer = meet(endpoint, PATIENT).answer(BY_NAME["chat"].question)
    assert (answer.status, [f"{one.yuan:f}" for one in answer.amounts]) == ("answered", ["80000"])
    assert answer.question == BY_NAME["chat"].asked
    assert "给我讲个笑话" in answer.answer.partition("。\n\n")[0]


def test_any_other_question_is_only_suggested(rules: Assistant, meet: Meet) -> None:
    """It leaves out what was asked for besides, so the rules answer stays."""
    situation = BY_NAME["two asked"]
    with HostileEndpoint(BEHAVIOURS["echo"], SCRIPT) as endpoint:
        answer = meet(endpoint, PATIENT).answer(situation.question)
    assert (answer.status, answer.amounts) == ("not_found", ())
    assert answer.suggestions == (situation.restated,)
    assert wording.MEANT.format(question=situation.restated) in answer.answer


def test_the_page_has_the_rules_answer_before_the_model_is_asked(rules: Assistant, meet: Meet) -> None:
    situation = BY_NAME["amount"]
    with HostileEndpoint(BEHAVIOURS["echo"], SCRIPT) as endpoint:
        steps = meet(endpoint, PATIENT).assisted.answer_in_steps(situation.question, DAY)
        first, counts = next(steps)
        assert (timeless(first), counts, endpoint.requests) == (
            timeless(rules.answer(situation.question, DAY)),
            False,
            [],
        )
        [(last, counts)] = list(steps)
    assert (last.engine, counts) == ("llm", True)


def test_rewording_can_be_turned_off(meet: Meet) -> None:
    with HostileEndpoint(BEHAVIOURS["echo"], SCRIPT) as endpoint:
        talk = meet(endpoint, PATIENT, rewords=False)
        assert talk.answer(BY_NAME["amount"].question).engine == "rules"
        assert endpoint.requests == []
        assert talk.answer(BY_NAME["chat"].question).engine == "llm"
