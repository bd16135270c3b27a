"""Each fault has its name, in the log and for those who count; and neither holds what a user said, nor a secret."""

import logging

import pytest

from assistant.llm import Bounds
from assistant.llm.prompts import prompt_for
from assistant.llm.records import Fault
from evals.hostile import BEHAVIOURS, LIARS, SICK, HostileEndpoint
from tests.assistant.llm.conftest import HASTY, KEY, PATIENT, Meet
from tests.assistant.llm.situations import BY_NAME

WORDS_ASKED, FRAME_ASKED = BY_NAME["amount"], BY_NAME["not found"]
FAULTS: dict[str, tuple[Fault, Fault]] = {  # where words are asked for, where a frame is
    "down": ("down", "down"),
    "slow_first_token": ("slow", "slow"),
    "keep_alive_only": ("slow", "slow"),
    "drips": ("slow", "slow"),
    "empty_tokens": ("slow", "slow"),
    "never_stops": ("too_long", "too_long"),
    "one_huge_line": ("too_long", "too_long"),
    "braces": ("too_long", "too_long"),
    "braces_in_pieces": ("too_long", "too_long"),
    "deep_json": ("too_long", "too_long"),
    "gzip_bomb": ("garbage", "garbage"),
    "limited": ("limited", "limited"),
    "server_error": ("down", "down"),
    "unauthorized": ("refused", "refused"),
    "bad_request": ("refused", "refused"),
    "truncated": ("down", "down"),
    "cut_cleanly": ("rejected", "rejected"),
    "error_in_stream": ("garbage", "garbage"),
    "filtered": ("rejected", "garbage"),
    "garbage_json": ("garbage", "garbage"),
    "strange_json": ("garbage", "garbage"),
    "not_streaming": ("garbage", "garbage"),
    "empty": ("garbage", "garbage"),
    "redirects": ("refused", "refused"),
    "wrong_content_type": ("garbage", "garbage"),
}


def bounds_for(name: str) -> Bounds:
    """Little patience only with those who never end by themselves: another may be slow on a busy machine."""
    return HASTY if FAULTS.get(name) == ("slow", "slow") else PATIENT


def test_every_sick_endpoint_has_its_fault() -> None:
    assert set(FAULTS) == set(SICK)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told(name: str, meet: Meet, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    told = []
    with HostileEndpoint(BEHAVIOURS[name]) as endpoint:
        for situation in (WORDS_ASKED, FRAME_ASKED):
            talk = meet(endpoint, bounds_for(name))
            talk.answer(situation.question)
            told += [use.why for use in talk.uses]
    assert tuple(told) == FAULTS[name]
    assert [fault for fault in told if f"'{fault}'" not in caplog.text] == []


@pytest.mark.parametrize("name", [*LIARS, *SICK])
def test_the_log_tells_nothing_that_was_said(name: str, meet: Meet, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with HostileEndpoint(BEHAVIOURS[name]) as endpoint:
        for situation in (WORDS_ASKED, FRAME_ASKED):
            meet(endpoint, bounds_for(name)).answer(situation.question)
    assert "Language model: " in caplog.text
    assert "canary-model" in caplog.text  # the model is named, so that the log can be read
    prompts = [line for task in ("understand", "reword") for line in prompt_for(task).instruction.split("\n") if line]
    untold = [KEY, WORDS_ASKED.asked, FRAME_ASKED.asked, "奖励", *prompts]
    assert [secret for secret in untold if secret in caplog.text] == []


def test_a_use_says_what_it_cost(meet: Meet) -> None:
    with HostileEndpoint(BEHAVIOURS["mends"]) as endpoint:
        talk = meet(endpoint, PATIENT)
        talk.answer(WORDS_ASKED.question)
    [use] = talk.uses
    assert (use.cost.calls, use.cost.prompt_tokens, use.cost.reply_tokens) == (2, 200, 200)
    assert use.cost.first_token_s is not None
    assert 0 < use.cost.first_token_s <= use.cost.seconds
    assert (use.model, use.prompt) == ("canary-model", prompt_for("reword").digest)


def test_a_model_that_only_calls_tools_is_cut_off(meet: Meet) -> None:
    with HostileEndpoint(BEHAVIOURS["endless_tools"]) as endpoint:
        talk = meet(endpoint, PATIENT)
        talk.answer(FRAME_ASKED.question)
        assert len(endpoint.requests) == talk.model.bounds.calls
    assert [(use.outcome, use.why) for use in talk.uses] == [("fallen_back", "endless")]
