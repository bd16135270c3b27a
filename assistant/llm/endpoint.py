"""The endpoint: a chat model over HTTP, streaming, bounded in bytes and time. The one door to it.

Nothing is sent anywhere but to the configured address: no redirect is followed, no proxy, key or header is taken from
the environment, LangSmith's tracing is off whatever the environment says.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import httpx
import openai
from langchain.agents.middleware.model_call_limit import ModelCallLimitExceededError
from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from langsmith import tracing_context

from assistant.llm.records import Bounds, Endpoint, Fault, ModelFault

CONNECT_S = 3.0
TOKEN_BYTES = 20  # of a line, for each token of a reply that comes in one; what reads JSON takes the square in time
NO_KEY = "none"  # sent where no key is set: the client would take OPENAI_API_KEY, which may be another endpoint's
RUNAWAY = "\n\n\n"  # small models that have said all go on with empty lines
OPENAI_HOST = "api.openai.com"
# What is sent: the client would add OPENAI_ORG_ID, OPENAI_PROJECT_ID and OPENAI_CUSTOM_HEADERS, be they another's.
HEADERS = frozenset({"host", "accept", "connection", "content-type", "content-length", "user-agent", "authorization"})


class _Bounded(httpx.AsyncByteStream):
    """A reply's bytes, up to a bound, and each line of it up to another."""

    def __init__(self, stream: httpx.AsyncByteStream, reply_bytes: int, line_bytes: int) -> None:
        self._stream, self._left, self._line_bytes = stream, reply_bytes, line_bytes
        self._line = 0  # bytes since the last line end

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._stream:
            first, *others = piece.split(b"\n")
            lines = [self._line + len(first), *map(len, others)]
            self._left, self._line = self._left - len(piece), lines[-1]
            if self._left < 0 or max(lines) > self._line_bytes:
                raise ModelFault("too_long", "the reply's bytes")
            yield piece

    async def aclose(self) -> None:
        await self._stream.aclose()


class _BoundedTransport(httpx.AsyncHTTPTransport):
    """Sends no header but its own, reads no reply beyond bounds, nor one that is packed and may unpack without end."""

    def __init__(self, bounds: Bounds, key: str) -> None:
        # A connection for each call: a server that closes one it has answered on would fail the next, mostly a repair.
        limits = httpx.Limits(max_keepalive_connections=0)
        super().__init__(retries=0, trust_env=False, limits=limits)
        self._key = key
        self._reply_bytes = bounds.reply_bytes
        self._line_bytes = bounds.reply_tokens * TOKEN_BYTES

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        kept = {name: value for name, value in request.headers.items() if name in HEADERS}
        kept["accept-encoding"] = "identity"
        if not request.url.userinfo:
            kept["authorization"] = f"Bearer {self._key}"
        request.headers = httpx.Headers(kept)
        response = await super().handle_async_request(request)
        assert isinstance(response.stream, httpx.AsyncByteStream)
        line_bytes = self._line_bytes if response.is_success else self._reply_bytes
        response.stream = _Bounded(response.stream, self._reply_bytes, line_bytes)
        if response.headers.get("Content-Encoding", "identity") != "identity":
            await response.stream.aclose()
            raise ModelFault("garbage", "a packed reply")
        return response


@asynccontextmanager
async def open_model(endpoint: Endpoint, bounds: Bounds) -> AsyncIterator[BaseChatModel]:
    """A chat model and its connections, for as long as they are needed, within one event loop."""
    timeout = httpx.Timeout(bounds.total_s, connect=min(CONNECT_S, bounds.first_token_s), read=bounds.first_token_s)
    key = endpoint.api_key.get_secret_value() or NO_KEY
    is_openai = urlsplit(endpoint.base_url).hostname == OPENAI_HOST
    body = {"max_tokens": bounds.reply_tokens, "stop": [RUNAWAY]}  # the client would write max_completion_tokens
    limit: dict[str, Any] = {"max_tokens": bounds.reply_tokens} if is_openai else {"extra_body": body}
    async with httpx.AsyncClient(
        transport=_BoundedTransport(bounds, key), timeout=timeout, follow_redirects=False, trust_env=False
    ) as client:
        model = init_chat_model(
            endpoint.model,
            model_provider="openai",
            base_url=endpoint.base_url,
            api_key=key,
            temperature=0,
            max_retries=0,
            streaming=True,
            stream_usage=True,
            use_responses_api=False,
            openai_proxy="",
            http_async_client=client,
            timeout=timeout,
            **limit,
        )
        with tracing_context(enabled=False):
            yield model


def fault_of(error: Exception) -> Fault:
    """What went wrong with an endpoint, of the closed list."""
    for cause in _causes(error):
        if isinstance(cause, ModelFault):
            return cause.fault
        if isinstance(cause, ModelCallLimitExceededError | RecursionError):
            return "endless"
    match error:
        case TimeoutError() | openai.APITimeoutError() | httpx.TimeoutException():
            return "slow"
        case openai.RateLimitError():
            return "limited"
        case openai.APIStatusError() if error.status_code >= 500:
            return "down"
        case openai.APIStatusError() | openai.ContentFilterFinishReasonError():
            return "refused"
        case openai.APIConnectionError() | httpx.TransportError():
            return "down"
        case _:
            return "garbage"


def _causes(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and len(found) < 10:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found
