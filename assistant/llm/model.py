"""The language model as the rest sees it: two things to ask of it, a bound on how many wait, a rest after failures.

A model that keeps failing is left alone for a while, so that nobody waits ten seconds for each answer of a dead
endpoint. The libraries are heavy and are imported by the first that asks.
"""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from assistant.llm.records import Bounds, Check, Endpoint, Made

FAILURES_MAX = 3  # in a row
REST_S = 60.0
GRACE_S = 5.0  # beyond the seconds of one answer, to close connections
NO_FAILURE = (None, "rejected", "endless")  # faults of the model, not of the endpoint


class LanguageModel:
    """One endpoint's model. Safe to use from several threads."""

    def __init__(self, endpoint: Endpoint, bounds: Bounds | None = None) -> None:
        self.endpoint = endpoint
        self.bounds = bounds or Bounds()
        self._free = threading.BoundedSemaphore(self.bounds.at_once)
        self._threads = ThreadPoolExecutor(self.bounds.at_once, "language-model")
        self._rest = _Rest()

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
        """Run in a thread that has no event loop, if the model is not at rest and not too many wait for it."""
        if self._rest.lasts():
            return Made(fault="resting")
        if not self._free.acquire(blocking=False):
            return Made(fault="busy")
        future = self._threads.submit(work)
        future.add_done_callback(lambda _: self._free.release())
        try:
            made = future.result(self.bounds.total_s + GRACE_S)
        except TimeoutError:  # a thread that hangs keeps its place
            made = Made(fault="slow")
        self._rest.note(failed=made.fault not in NO_FAILURE)
        return made


class _Rest:
    """Failures in a row, and until when nothing is tried. The usual package holds its lock while a call runs."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failures = 0
        self._until = 0.0

    def lasts(self) -> bool:
        """Whether to leave the endpoint alone."""
        return time.monotonic() < self._until

    def note(self, *, failed: bool) -> None:
        """Note how a call went; after a rest, one more failure begins the next."""
        with self._lock:
            self._failures = self._failures + 1 if failed else 0
            if self._failures >= FAILURES_MAX:
                self._until = time.monotonic() + REST_S
