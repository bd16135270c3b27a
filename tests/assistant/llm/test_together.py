"""Several who ask at once, an endpoint that keeps failing, and callers that run an event loop."""

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.answer import Assistant
from assistant.llm import Bounds, Endpoint, LanguageModel
from evals.hostile import BEHAVIOURS, HostileEndpoint
from evals.under_test import UnderTest
from index import open_index
from tests.assistant.conftest import CrowdedEmbedder
from tests.assistant.llm.conftest import PATIENT, Meet
from tests.assistant.llm.situations import BY_NAME

ASKED = BY_NAME["amount"].question
REST_S = 0.5


def test_an_endpoint_that_fails_is_left_alone_and_asked_again_later(
    meet: Meet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.llm.model.REST_S", REST_S)
    with HostileEndpoint(BEHAVIOURS["server_error"]) as endpoint:
        talk = meet(endpoint, PATIENT)
        for _ in range(5):
            assert talk.answer(ASKED).engine == "rules"
        assert [use.why for use in talk.uses] == ["down", "down", "down", "resting", "resting"]
        assert len(endpoint.requests) == 3
        endpoint.behaviour = BEHAVIOURS["echo"]
        assert talk.answer(ASKED).engine == "rules"  # it rests still
        time.sleep(REST_S * 1.5)
        assert talk.answer(ASKED).engine == "llm"
        assert talk.answer(ASKED).engine == "llm"


def test_an_endpoint_that_fails_again_after_its_rest_rests_again(meet: Meet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.llm.model.REST_S", REST_S)
    with HostileEndpoint(BEHAVIOURS["server_error"]) as endpoint:
        talk = meet(endpoint, PATIENT)
        for _ in range(3):
            talk.answer(ASKED)
        time.sleep(REST_S * 1.5)
        talk.answer(ASKED)
        talk.answer(ASKED)
    assert [use.why for use in talk.uses] == ["down", "down", "down", "down", "resting"]


@pytest.mark.parametrize("behaviour", ["lies_in_every_figure", "endless_tools"])
def test_a_model_that_is_refused_does_not_rest(behaviour: str, meet: Meet) -> None:
    """What it says is no use, but nobody waits for it."""
    asked = BY_NAME["not found"].question
    with HostileEndpoint(BEHAVIOURS[behaviour]) as endpoint:
        talk = meet(endpoint, PATIENT)
        for _ in range(5):
            talk.answer(asked)
    assert {use.why for use in talk.uses} <= {"rejected", "endless", None}


def test_an_answer_between_failures_starts_the_count_anew(meet: Meet) -> None:
    with HostileEndpoint(BEHAVIOURS["server_error"]) as endpoint:
        talk = meet(endpoint, PATIENT)
        for behaviour in ("server_error", "server_error", "echo", "server_error", "server_error", "echo"):
            endpoint.behaviour = BEHAVIOURS[behaviour]
            talk.answer(ASKED)
    assert [use.why for use in talk.uses] == ["down", "down", None, "down", "down", None]


def test_who_comes_when_enough_wait_is_answered_at_once(meet: Meet) -> None:
    bounds = Bounds(first_token_s=3.0, total_s=3.0, at_once=2)
    with HostileEndpoint(BEHAVIOURS["slow_first_token"]) as endpoint:
        talk = meet(endpoint, bounds)
        waiting = [threading.Thread(target=talk.answer, args=(ASKED,)) for _ in range(2)]
        for one in waiting:
            one.start()
        while len(endpoint.requests) < 2 and any(one.is_alive() for one in waiting):
            time.sleep(0.01)
        began = time.monotonic()
        assert talk.answer(ASKED).engine == "rules"
        assert time.monotonic() - began < 2.0
        assert [use.why for use in talk.uses] == ["busy"]
        for one in waiting:
            one.join(10)
    assert sorted(str(use.why) for use in talk.uses) == ["busy", "slow", "slow"]


def test_two_who_ask_at_once_get_their_own_answers(meet: Meet) -> None:
    asked = [BY_NAME[name] for name in ("amount", "chat", "expired", "draft", "summed", "orders") * 3]
    with HostileEndpoint(BEHAVIOURS["echo"], {BY_NAME["chat"].asked: "萧山AAAA级多少钱"}) as endpoint:
        talk = meet(endpoint, PATIENT)
        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(lambda one: talk.answer(one.question), asked))
        alone = {one.name: talk.answer(one.question) for one in asked}
    assert {answer.engine for answer in answers} == {"llm"}
    for one, answer in zip(asked, answers, strict=True):
        assert answer.model_copy(update={"elapsed_ms": 0}) == alone[one.name].model_copy(update={"elapsed_ms": 0})


def test_it_may_be_called_within_a_running_event_loop(meet: Meet) -> None:
    async def ask(name: str) -> str:
        return talk.answer(BY_NAME[name].question).engine

    with HostileEndpoint(BEHAVIOURS["looks_about"], {BY_NAME["chat"].asked: "萧山AAAA级多少钱"}) as endpoint:
        talk = meet(endpoint, PATIENT)
        assert [asyncio.run(ask(name)) for name in ("amount", "chat")] == ["llm", "llm"]


def test_a_library_that_cannot_be_interrupted_holds_nobody_up(meet: Meet, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading what came in may keep a thread busy, beyond the reach of its clock."""
    monkeypatch.setattr("assistant.llm.model.GRACE_S", 0.1)
    monkeypatch.setattr("assistant.llm.agent.write_words", lambda *_: time.sleep(1.0))
    with HostileEndpoint(BEHAVIOURS["echo"]) as endpoint:
        talk = meet(endpoint, Bounds(first_token_s=0.1, total_s=0.1))
        began = time.monotonic()
        assert talk.answer(ASKED).engine == "rules"
        assert time.monotonic() - began < 0.9
    assert [use.why for use in talk.uses] == ["slow"]


def test_an_evaluation_asks_the_model_too(index_home: Path, rules: Assistant) -> None:
    situation = BY_NAME["amount"]
    with HostileEndpoint(BEHAVIOURS["echo"]) as endpoint:
        at = Endpoint(model="canary-model", base_url=endpoint.base_url, api_key=SecretStr(""))
        with closing(open_index(index_home, CrowdedEmbedder())) as index:
            beside = UnderTest(index, rules, LanguageModel(at, PATIENT))
            alone = UnderTest(index, rules)
            answers = [to.answer(situation.question) for to in (beside, alone)]
    assert [answer.engine for answer in answers] == ["llm", "rules"]
    assert [to.answered_by for to in (beside, alone)] == ["rules + canary-model", "rules"]
    assert answers[0].citations == answers[1].citations
