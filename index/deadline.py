"""Calls that may hang, such as to an endpoint that drips its answer, cut off after a number of seconds."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class DeadlinePassed(Exception):
    """The call was still running when its time was up."""


class _Outcome(Generic[T]):
    """Where the worker thread leaves what the call returned or raised."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.value: list[T] = []
        self.error: BaseException | None = None


class Deadline:
    """Runs calls with a time limit, and runs none while an earlier one is still stuck.

    A thread cannot be ended from outside. The stuck one stays behind (as a daemon, so that the process
    can exit); until it comes back every further call fails at once instead of adding another.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._stuck: threading.Event | None = None

    def call(self, function: Callable[[], T]) -> T:
        """Return what `function` returns.

        Raises:
            DeadlinePassed: It took longer than `seconds`, or an earlier call is still stuck.
        """
        if self._stuck is not None and not self._stuck.is_set():
            raise DeadlinePassed("an earlier call has not come back yet")
        outcome: _Outcome[T] = _Outcome()
        threading.Thread(target=_run, args=(function, outcome), daemon=True).start()
        if not outcome.done.wait(self.seconds):
            self._stuck = outcome.done
            raise DeadlinePassed(f"no result within {self.seconds:g} s")
        if outcome.error is not None:
            raise outcome.error
        return outcome.value[0]


def _run(function: Callable[[], T], outcome: _Outcome[T]) -> None:
    try:
        outcome.value.append(function())
    except BaseException as error:  # noqa: BLE001 - carried over to the calling thread and raised there
        outcome.error = error
    finally:
        outcome.done.set()
