"""The language model as the rest sees it: two things to ask of it, a bound on how many wait, a rest after failures.

A model that keeps failing is left alone for a while, so that nobody waits ten seconds for each answer of a dead
endpoint. The libraries are heavy and are imported by the first that asks.
"""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pybreaker import CircuitBreaker, CircuitBreakerError

from assistant.llm.records import Bounds, Check, Endpoint, Made

FAILURES_MAX = 3  # in a row
REST_S = 60.0
GRACE_S = 5.0  # beyond the seconds of one answer, to close connections


class _Failed(RuntimeError):
    """Carries what was made of a failure through the breaker."""

    def __init__(self, made: Made) -> None:
        super().__init__(made.fault)
        self.made = made


class LanguageModel:
    """One endpoint's model. Safe to use from several threads."""

    def __init__(self, endpoint: Endpoint, bounds: Bounds | None = None) -> None:
        self.endpoint = endpoint
        self.bounds = bounds or Bounds()
        self._free = threading.BoundedSemaphore(self.bounds.at_once)
        self._threads = ThreadPoolExecutor(self.bounds.at_once, "language-model")
        self._breaker = CircuitBreaker(fail_max=FAILURES_MAX, reset_timeout=REST_S)

    def warm(self) -> None:
        """Load the libraries now, which takes seconds; nothing is asked."""
        import assistant.llm.agent  # noqa: F401

    def fill_frame(self, tools: Sequence[Any], asked: str, check: Check) -> Made:
        """Have the model fill a frame; see `agent.fill_frame`."""

        def work() -> Made:
            from assistant.llm.agent import fill_frame

            return fill_frame(self.endpoint, self.bounds, tools, asked, check)

        return self._try(work)

    def write_words(self, asked: str, check: Check) -> Made:
        """Have the model write words; see `agent.write_words`."""

        def work() -> Made:
            from assistant.llm.agent import write_words

            return write_words(self.endpoint, self.bounds, asked, check)

        return self._try(work)

    def _try(self, work: Callable[[], Made]) -> Made:
        if not self._free.acquire(blocking=False):
            return Made(fault="busy")
        try:
            return self._breaker.call(self._count, work)
        except _Failed as failed:
            return failed.made
        except CircuitBreakerError as error:
            return error.__cause__.made if isinstance(error.__cause__, _Failed) else Made(fault="resting")
        finally:
            self._free.release()

    def _count(self, work: Callable[[], Made]) -> Made:
        """Run in a thread without an event loop; a fault of the endpoint counts, a refusal by our checks does not."""
        try:
            made = self._threads.submit(work).result(self.bounds.total_s + GRACE_S)
        except TimeoutError:  # a library is busy with what came in, and lets nobody interrupt it
            made = Made(fault="slow")
        if made.fault not in (None, "rejected", "endless"):
            raise _Failed(made)
        return made
