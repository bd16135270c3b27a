"""The hostile endpoints speak the protocol that they break, and are what they are called."""

import json
import time
from collections.abc import Sequence
from typing import Any

import httpx
import openai
import pytest

from evals.hostile import BEHAVIOURS, HONEST, LIARS, SICK, HostileEndpoint
from evals.hostile.protocol import Asked

WORDS = [{"role": "system", "content": "只写三行。"}, {"role": "user", "content": "问题：甲\n写 2 行：\n第1行"}]
FRAME = [{"role": "user", "content": "<用户>\n此前：（无）\n地区：（无）\n问题：甲\n</用户>"}]
TOOL = {"type": "function", "function": {"name": "Restated", "parameters": {"type": "object", "properties": {}}}}


def stream(endpoint: HostileEndpoint, messages: Sequence[Any], *, tools: bool = False) -> tuple[str, list[str], Any]:
    """What OpenAI's own client reads: the words, the calls of tools, the usage."""
    client = openai.OpenAI(base_url=endpoint.base_url, api_key="k", max_retries=0)
    fields: dict[str, Any] = {"tools": [TOOL], "tool_choice": "required"} if tools else {}
    words, usage = "", None
    calls: dict[int, str] = {}
    for chunk in client.chat.completions.create(model="m", messages=list(messages), stream=True, **fields):
        usage = chunk.usage or usage
        for choice in chunk.choices:
            words += choice.delta.content or ""
            for call in choice.delta.tool_calls or ():
                before = calls.get(call.index, "")
                calls[call.index] = before + (call.function.name or "") + (call.function.arguments or "")
    return words, list(calls.values()), usage


def test_every_behaviour_is_one_of_three_sorts() -> None:
    assert set(BEHAVIOURS) == {*HONEST, *LIARS, *SICK}
    assert len(BEHAVIOURS) == len(HONEST) + len(LIARS) + len(SICK)


def test_a_fair_model_writes_as_many_lines_as_asked() -> None:
    with HostileEndpoint(BEHAVIOURS["echo"]) as endpoint:
        words, calls, usage = stream(endpoint, WORDS)
    assert (len(words.split("\n")), calls, usage.prompt_tokens, usage.completion_tokens) == (2, [], 100, 100)


@pytest.mark.parametrize(("script", "called"), [({"甲": "乙"}, 'Restated{"question": "乙"}'), ({}, "Nothing{}")])
def test_a_fair_model_follows_its_script(script: dict[str, str], called: str) -> None:
    with HostileEndpoint(BEHAVIOURS["echo"], script) as endpoint:
        words, calls, _ = stream(endpoint, FRAME, tools=True)
    assert (words, calls) == ("", [called])


@pytest.mark.parametrize("name", LIARS)
def test_liars_speak_the_protocol(name: str) -> None:
    with HostileEndpoint(BEHAVIOURS[name]) as endpoint:
        assert any(stream(endpoint, WORDS)[:2])
        words, calls, usage = stream(endpoint, FRAME, tools=True)
    assert words or calls
    assert usage.total_tokens == 200


def test_a_liar_tells_another_lie_each_time() -> None:
    with HostileEndpoint(BEHAVIOURS["lies_in_every_figure"]) as endpoint:
        assert len({stream(endpoint, WORDS)[0] for _ in range(6)}) == 6


def test_what_was_asked_is_kept() -> None:
    with HostileEndpoint(BEHAVIOURS["echo"]) as endpoint:
        stream(endpoint, WORDS)
        stream(endpoint, FRAME, tools=True)
    first, second = endpoint.asked
    assert (first.question, first.lines, first.frames, first.key, first.turn) == ("甲", 2, False, "k", 0)
    assert (second.question, second.lines, second.frames, second.turn) == ("甲", 0, True, 1)
    assert json.loads(endpoint.requests[0].body)["stream"] is True


def test_examples_and_repairs_are_told_from_the_task() -> None:
    example = [{"role": "user", "content": "问题：例\n写 1 行：\n"}, {"role": "assistant", "content": "好"}]
    repair = {"role": "user", "content": "不合要求：要正好 2 行。"}
    asked = Asked(messages=(*example, *WORDS, repair), tools=())
    assert (asked.question, asked.lines, asked.is_repair) == ("甲", 2, True)
    assert not Asked(messages=(*example, *WORDS), tools=()).is_repair


def test_down_is_down_and_nobody_serves_when_it_is_over() -> None:
    with HostileEndpoint(BEHAVIOURS["down"]) as down, pytest.raises(httpx.ConnectError):
        httpx.post(down.base_url)
    with HostileEndpoint(BEHAVIOURS["echo"]) as echo:
        assert httpx.post(f"{echo.base_url}/chat/completions", json={}).status_code == 200
    with pytest.raises(httpx.ConnectError):
        httpx.post(echo.base_url)


@pytest.mark.parametrize("name", ["slow_first_token", "keep_alive_only", "drips", "never_stops"])
def test_one_that_never_ends_ends_with_the_block(name: str) -> None:
    with HostileEndpoint(BEHAVIOURS[name]) as endpoint:
        with pytest.raises(httpx.ReadTimeout), httpx.stream("POST", endpoint.base_url, json={}, timeout=0.3) as reply:
            began = time.monotonic()
            for _ in reply.iter_bytes():
                if time.monotonic() - began > 0.5:
                    raise httpx.ReadTimeout("still at it")
        began = time.monotonic()
    assert time.monotonic() - began < 2.0


def test_a_redirect_leads_to_a_trap_that_tells() -> None:
    with HostileEndpoint(BEHAVIOURS["redirects"]) as endpoint:
        usual = httpx.post(f"{endpoint.base_url}/chat/completions", json={"a": 1})
        assert (usual.status_code, endpoint.elsewhere) == (302, [])
        httpx.post(f"{endpoint.base_url}/chat/completions", json={"a": 1}, follow_redirects=True)
        assert [json.loads(request.body) for request in endpoint.elsewhere] == [{"a": 1}]
