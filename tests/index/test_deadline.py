"""Calls that hang are cut off, do not pile up, and the next one works when the stuck one is back."""

import threading
import time

import pytest

from index.deadline import Deadline, DeadlinePassed


def test_values_and_errors_come_through():
    deadline = Deadline(5)
    assert deadline.call(lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        deadline.call(lambda: 1 // 0)


def test_a_stuck_call_blocks_no_later_one_and_recovers():
    deadline, release = Deadline(0.1), threading.Event()
    with pytest.raises(DeadlinePassed, match="within"):
        deadline.call(release.wait)
    begun = time.monotonic()
    with pytest.raises(DeadlinePassed, match="earlier"):
        deadline.call(lambda: 1)
    assert time.monotonic() - begun < 0.05
    release.set()
    time.sleep(0.05)
    assert deadline.call(lambda: 1) == 1
