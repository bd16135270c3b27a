"""The model that judges: criteria of openevals, put to an OpenAI-compatible endpoint. The one door to these libraries.

Nothing is sent anywhere else: LangSmith's tracing is off whatever the environment says, and redirects are not followed.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, Field, SecretStr

from evals import words
from evals.judging_material import Material
from evals.judging_records import METRICS, Endpoint, Mark, Metric, Skip

PROMPT = Path(__file__).with_name("prompts") / "judging.md"
RETRIES = 1  # after a broken connection, 408, 409, 429 and 5xx
NO_KEY = "none"  # sent where no key is set: the client would take OPENAI_API_KEY, which is another endpoint's
HOPELESS = (401, 404)  # a wrong key, a model or address that is not there: asking on changes nothing
REASON_MAX = 500  # characters kept of what the model says
logger = logging.getLogger("evals.judging")

Evaluator = Callable[..., Awaitable[Any]]


class JudgingUnavailable(RuntimeError):
    """The libraries are not installed; the message says how they are."""


class Reply(BaseModel):
    """What the model has to reply. A score in words, or one beyond the ends, is no reply."""

    reasoning: str = ""
    score: Annotated[float, Field(strict=True, ge=0, le=1, allow_inf_nan=False)]


class Judge:
    """Marks answers, one respect at a time. Made by `open_judge`, within one event loop."""

    def __init__(self, evaluators: Mapping[Metric, Evaluator], key: str) -> None:
        self._evaluators = evaluators
        self._key = key
        self._hopeless = False

    async def mark(self, metric: Metric, material: Material, within_s: float) -> Mark:
        """Ask for one mark; whatever goes wrong is a mark without a value.

        Args:
            metric: In which respect.
            material: What is judged.
            within_s: Seconds after which the request is given up, its retry included.
        """
        import openai
        from langsmith import tracing_context

        if self._hopeless:
            return Mark(metric=metric, skipped="refused")
        try:
            with tracing_context(enabled=False):
                async with asyncio.timeout(within_s):
                    reply = await self._evaluators[metric](**material.texts(metric))
        except (openai.OpenAIError, TimeoutError, LookupError, TypeError, ValueError, AttributeError) as error:
            # The last four: a body that is not of the form of a chat completion breaks the client in many ways.
            self._hopeless |= isinstance(error, openai.APIStatusError) and error.status_code in HOPELESS
            skipped = _why(error)
            logger.info("No mark for %s: %s (%s)", metric, skipped, type(error).__name__)  # messages may tell a key
            return Mark(metric=metric, skipped=skipped)
        return Mark(metric=metric, value=Decimal(str(reply.score)), reason=self._clean(reply.reasoning))

    def _clean(self, text: str) -> str:
        """What the model says, without the key: an endpoint may echo what it was sent."""
        return (text.replace(self._key, "***") if self._key else text)[:REASON_MAX]


@asynccontextmanager
async def open_judge(endpoint: Endpoint) -> AsyncIterator[Judge]:
    """A judge, and its connections for as long as it is needed.

    Raises:
        JudgingUnavailable: The extra `judge` is not installed.
    """
    try:
        import openai
        from langchain_openai import ChatOpenAI
        from openevals.llm import create_async_llm_as_judge
    except ImportError as error:
        raise JudgingUnavailable(words.NO_JUDGE_LIBRARY.format(reason=error.name)) from error
    key = endpoint.api_key.get_secret_value()
    # A client of our own: the library's default one is kept for the next event loop, where it does not work.
    async with openai.DefaultAsyncHttpxClient(follow_redirects=False) as client:
        model = ChatOpenAI(
            model=endpoint.model,
            base_url=endpoint.base_url,
            api_key=SecretStr(key or NO_KEY),
            temperature=0,
            max_retries=RETRIES,
            use_responses_api=False,
            openai_proxy="",  # OPENAI_PROXY is meant for another endpoint
            http_async_client=client,
        )
        prompts = _criteria()
        evaluators = {
            metric: create_async_llm_as_judge(
                prompt=prompts[metric],
                system=PROMPT.read_text("utf-8"),
                judge=model,
                output_schema=Reply,
                structured_output_kwargs={"method": "json_mode"},  # the form that most endpoints know
            )
            for metric in METRICS
        }
        yield Judge(evaluators, key)


def library() -> str:
    """The library whose criteria are used, with its version."""
    return f"openevals {version('openevals')}"


def _criteria() -> dict[Metric, str]:
    from openevals.prompts import ANSWER_RELEVANCE_PROMPT, CORRECTNESS_PROMPT, RAG_GROUNDEDNESS_PROMPT

    return {
        "faithfulness": RAG_GROUNDEDNESS_PROMPT,
        "correctness": CORRECTNESS_PROMPT,
        "relevance": ANSWER_RELEVANCE_PROMPT,
    }


def _why(error: Exception) -> Skip:
    import openai

    match error:
        case TimeoutError() | openai.APITimeoutError():
            return "timeout"
        case openai.RateLimitError():
            return "limited"
        case openai.APIConnectionError() | openai.InternalServerError():
            return "unreachable"
        case openai.APIStatusError() | openai.ContentFilterFinishReasonError():
            return "refused"
        case _:
            return "garbage"
