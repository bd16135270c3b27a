"""The clock and the meter beside a model's replies: seconds to the first token and in all, tokens, an end to both."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from langchain.agents.middleware import AgentMiddleware, ModelRequest, ModelResponse
from langchain_core.callbacks import AsyncCallbackHandler
from langchain_core.outputs import LLMResult

from assistant.llm.records import Bounds, Cost, ModelFault

T = TypeVar("T")
OVERRUN = 2  # times the tokens asked for that an endpoint may stream before it is cut off
TOKEN_CHARACTERS = 4  # of a token, more than most have


class Meter(AsyncCallbackHandler):
    """Counts what streams in, over all replies of one answer, and ends a reply that is too long."""

    raise_error = True  # what it raises ends the reply; telling another task to end it would come too late

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._began = time.perf_counter()
        self._pieces = self._characters = 0  # of the reply that streams in
        self._calls = 0
        self._prompt_tokens = 0
        self._reply_tokens = 0
        self._first_token_s: float | None = None
        self._first = asyncio.Event()

    def cost(self) -> Cost:
        """What it has counted."""
        return Cost(
            calls=self._calls,
            prompt_tokens=self._prompt_tokens,
            reply_tokens=self._reply_tokens,
            first_token_s=self._first_token_s,
            seconds=time.perf_counter() - self._began,
        )

    async def on_llm_new_token(self, token: Any, *, chunk: Any = None, **_: Any) -> None:  # noqa: ANN401 - as theirs
        """A piece came in: words, or arguments of a tool.

        Raises:
            ModelFault: too_long.
        """
        if self._first_token_s is None:
            self._first_token_s = time.perf_counter() - self._began
        self._pieces += 1
        arguments = getattr(getattr(chunk, "message", None), "tool_call_chunks", ())
        self._characters += len(token) + sum(len(one["args"] or "") for one in arguments)
        self._first.set()
        if max(self._pieces, self._characters // TOKEN_CHARACTERS) > self._bounds.reply_tokens * OVERRUN:
            raise ModelFault("too_long", f"more than {self._bounds.reply_tokens * OVERRUN} tokens")

    async def on_llm_end(self, response: LLMResult, **_: Any) -> None:  # noqa: ANN401 - the callback's own
        """A reply is whole; endpoints that do not tell their tokens are counted by pieces."""
        message = getattr(response.generations[0][0], "message", None) if response.generations else None
        usage = getattr(message, "usage_metadata", None) or {}
        self._prompt_tokens += int(usage.get("input_tokens", 0))
        self._reply_tokens += int(usage.get("output_tokens", self._pieces))

    async def timed(self, reply: Awaitable[T]) -> T:
        """Wait for one reply: its first piece within the bound, its length within bounds.

        Raises:
            ModelFault: slow, or too_long.
        """
        self._calls += 1
        self._pieces = self._characters = 0
        self._first.clear()
        task = asyncio.ensure_future(reply)
        first = asyncio.ensure_future(self._first.wait())
        try:
            came, _ = await asyncio.wait(
                {task, first}, timeout=self._bounds.first_token_s, return_when=asyncio.FIRST_COMPLETED
            )
            if not came:
                raise ModelFault("slow", f"no token within {self._bounds.first_token_s:g} s")
            return await task
        finally:
            for one in (task, first):
                one.cancel()
            await asyncio.gather(task, first, return_exceptions=True)  # else the loop reports what they raise


class Timed(AgentMiddleware[Any, Any, Any]):
    """Has every reply of an agent be timed."""

    def __init__(self, meter: Meter) -> None:
        super().__init__()
        self._meter = meter

    async def awrap_model_call(
        self,
        request: ModelRequest[Any],
        handler: Callable[[ModelRequest[Any]], Awaitable[ModelResponse[Any]]],
    ) -> ModelResponse[Any]:
        """Time one reply."""
        return await self._meter.timed(handler(request))
