"""The model at work on one task: an agent that fills a frame, or one reply that words an answer anew.

Every run has its own event loop, connections, clock and meter, and ends within `Bounds`; what goes wrong is told as a
fault of a closed list, since what endpoints and their libraries raise has no end.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

from langchain.agents import create_agent
from langchain.agents.middleware import (
    AgentMiddleware,
    InputAgentState,
    ModelCallLimitMiddleware,
    ToolCallLimitMiddleware,
)
from langchain.agents.structured_output import ToolStrategy
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage, trim_messages
from langchain_core.runnables import RunnableConfig
from langchain_core.tools import BaseTool

from assistant.llm import wording
from assistant.llm.endpoint import fault_of, open_model
from assistant.llm.frames import Frame, read_frame
from assistant.llm.prompts import prompt_for
from assistant.llm.records import Bounds, Check, Endpoint, Made, ModelFault
from assistant.llm.watch import Meter, Timed

STEPS_MAX = 40  # of the graph: a model call and its tools take a few each
_LOG = logging.getLogger(__name__)

Attempt = Callable[[list[Any]], Awaitable[tuple[Any, list[Any]]]]
Work = Callable[[BaseChatModel, Meter], Awaitable[Made]]


def fill_frame(endpoint: Endpoint, bounds: Bounds, tools: Sequence[BaseTool], asked: str, check: Check) -> Made:
    """Have the agent look about with its tools and fill a frame; one refused by the check may be mended once."""

    async def work(model: BaseChatModel, meter: Meter) -> Made:
        agent = create_agent(
            model,
            tools,
            system_prompt=prompt_for("understand").instruction,
            response_format=ToolStrategy(Frame, handle_errors=True),
            middleware=_limits(bounds, meter),
        )

        async def attempt(said: list[Any]) -> tuple[Any, list[Any]]:
            limits = RunnableConfig(callbacks=[meter], recursion_limit=STEPS_MAX)
            state = await agent.ainvoke(InputAgentState(messages=said), config=limits)
            return state.get("structured_response") or read_frame(state["messages"][-1].text), state["messages"]

        return await _at_most_twice(attempt, [*_shown_frames(), HumanMessage(asked)], check)

    return asyncio.run(_bounded(endpoint, bounds, work))


def write_words(endpoint: Endpoint, bounds: Bounds, asked: str, check: Check) -> Made:
    """Have the model write some words; words refused by the check may be mended once."""

    async def work(model: BaseChatModel, meter: Meter) -> Made:
        async def attempt(said: list[Any]) -> tuple[Any, list[Any]]:
            reply = await meter.timed(model.ainvoke(said, config={"callbacks": [meter]}))
            if not reply.text.strip():
                raise ModelFault("garbage", "no words")
            return reply.text.strip(), [*said, reply]

        prompt = prompt_for("reword")
        return await _at_most_twice(attempt, [("system", prompt.instruction), *prompt.examples, ("user", asked)], check)

    return asyncio.run(_bounded(endpoint, bounds, work))


def _shown_frames() -> list[Any]:
    """The examples of the prompt as a talk in which each frame was handed back."""
    shown: list[Any] = []
    for number, (role, said) in enumerate(prompt_for("understand").examples):
        if role == "user":
            shown.append(HumanMessage(said))
            continue
        frame = read_frame(said)
        call = {"name": type(frame).__name__, "args": frame.model_dump(), "id": f"example-{number}"}
        shown += [AIMessage("", tool_calls=[call]), ToolMessage(wording.TAKEN, tool_call_id=call["id"])]
    return shown


def _limits(bounds: Bounds, meter: Meter) -> list[AgentMiddleware[Any, Any, Any]]:
    return [
        ModelCallLimitMiddleware(run_limit=bounds.calls, exit_behavior="error"),
        ToolCallLimitMiddleware(run_limit=bounds.tool_calls, exit_behavior="continue"),
        Timed(meter),
    ]


async def _at_most_twice(attempt: Attempt, asked: list[Any], check: Check) -> Made:
    made, said = await attempt(asked)
    if not (wrong := check(made)):
        return Made(made=made)
    _LOG.debug("Refused (%s): %r", wrong, made)
    made, _ = await attempt([*said, HumanMessage(wording.REPAIR.format(faults="；".join(wrong)[:300]))])
    if wrong := check(made):
        _LOG.debug("Refused again (%s): %r", wrong, made)
        return Made(repaired=True, fault="rejected", reasons=tuple(wrong))
    return Made(made=made, repaired=True)


async def _bounded(endpoint: Endpoint, bounds: Bounds, work: Work) -> Made:
    """One task with its connections, within the seconds there are."""
    meter = Meter(bounds)
    try:
        async with asyncio.timeout(bounds.total_s), open_model(endpoint, bounds) as model:
            made = await work(model, meter)
    except Exception as error:  # noqa: BLE001 - see above: logged, and told as a fault
        made = Made(fault=fault_of(error))
        _LOG.info("The model gave nothing: %s (%s)", made.fault, type(error).__name__)  # its words may hold the key
    return replace(made, cost=meter.cost())


def trimmed(history: Sequence[str], tokens: int) -> list[str]:
    """The latest of the user's earlier questions that fit into so many tokens, oldest first.

    >>> trimmed(["龙" * 2000, "那参与呢"], 300)
    ['那参与呢']
    """
    kept = trim_messages([HumanMessage(one) for one in history], max_tokens=tokens, token_counter="approximate")
    return [str(message.content) for message in kept]
