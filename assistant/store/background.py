"""Writing that nobody waits for: jobs in a bounded queue, one thread that commits them in batches.

An answer must not wait for the disk, nor fail because the disk is full. What does not fit or cannot be written is
counted in `lost` and logged, so that the loss is seen and never felt.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from sqlalchemy import Connection

from assistant.store.engine import Database, StoreError

Job = Callable[[Connection], object]
QUEUE_MAX = 4096
BATCH_MAX = 256
DAY_S = 86_400.0
LOST_LATELY_S = 600.0
LOG_EVERY = 1000  # losses; the first is logged too

_LOG = logging.getLogger(__name__)


class Background:
    """One writer thread over one database; it begins with `start` or the first job."""

    def __init__(
        self,
        database: Database,
        daily: Job,
        queue_max: int = QUEUE_MAX,
        written: Callable[[], None] = lambda: None,
    ) -> None:
        """Prepare the queue.

        Args:
            database: Where jobs write.
            daily: What is run when the thread begins and once a day after that.
            queue_max: How many jobs may wait; one more is lost.
            written: Called after each batch that was written; must not raise.
        """
        self._database = database
        self._daily = daily
        self._written = written
        self._is_failing = False
        self._jobs: queue.Queue[Job | threading.Event] = queue.Queue(queue_max)
        self._thread: threading.Thread | None = None
        self._guard = threading.Lock()
        self._closed = False
        self._lost = 0
        self._lost_at = float("-inf")

    @property
    def lost(self) -> int:
        """How many jobs were not written since the process began."""
        return self._lost

    @property
    def waiting(self) -> int:
        """How many jobs wait to be written."""
        return self._jobs.qsize()

    @property
    def is_failing(self) -> bool:
        """Whether the last thing that was to be written was lost."""
        return self._is_failing

    def is_losing(self) -> bool:
        """Whether a job was lost within the last ten minutes."""
        return time.monotonic() - self._lost_at < LOST_LATELY_S

    def start(self) -> None:
        """Begin to write, unless it has begun."""
        with self._guard:
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
                self._thread.start()

    def submit(self, job: Job) -> None:
        """Have a job run soon, each in the order given; returns at once and never raises."""
        self.start()
        try:
            if self._closed:
                raise queue.Full
            self._jobs.put_nowait(job)
        except queue.Full:
            self._lose(1, "the queue is full or closed")

    def flush(self, timeout_s: float) -> bool:
        """Wait until all that was submitted before is written or lost; False when time is up."""
        end = time.monotonic() + timeout_s
        if self._thread is None or not self._thread.is_alive():
            return self._jobs.empty()
        reached = threading.Event()
        try:
            self._jobs.put(reached, timeout=timeout_s)
        except queue.Full:
            return False
        return reached.wait(max(0.0, end - time.monotonic()))

    def close(self, timeout_s: float = 5.0) -> None:
        """Write what waits and stop; what is not written in time is counted as lost."""
        self.flush(timeout_s)
        self._closed = True
        if self._thread is None:
            return
        with suppress(queue.Full):
            self._jobs.put_nowait(threading.Event())  # wakes the thread
        self._thread.join(timeout_s)
        left = sum(not isinstance(job, threading.Event) for job in tuple(self._jobs.queue))
        if left:
            self._lose(left, "the writer did not finish in time")

    def _run(self) -> None:
        due = time.monotonic()
        while not (self._closed and self._jobs.empty()):
            if time.monotonic() >= due:
                self._write([self._daily])
                due = time.monotonic() + DAY_S
            batch, reached = self._take()
            self._write(batch)
            for event in reached:
                event.set()

    def _take(self) -> tuple[list[Job], list[threading.Event]]:
        """The jobs to write next, and who waits for them; waits a second for the first."""
        jobs: list[Job] = []
        reached: list[threading.Event] = []
        try:
            taken = self._jobs.get(timeout=1.0)
            while True:
                if isinstance(taken, threading.Event):
                    reached.append(taken)
                else:
                    jobs.append(taken)
                if len(jobs) >= BATCH_MAX:
                    break
                taken = self._jobs.get_nowait()
        except queue.Empty:
            pass  # nothing more for now
        return jobs, reached

    def _write(self, jobs: list[Job]) -> None:
        """All jobs in one transaction; when it fails, each in one of its own, so that one bad job spoils no other."""
        if not jobs:
            return
        try:
            self._commit(jobs)
        except StoreError as error:
            if len(jobs) == 1:
                self._lose(1, str(error))
                return
            for job in jobs:
                self._write([job])

    def _commit(self, jobs: list[Job]) -> None:
        with self._database.writing() as connection:
            for job in jobs:
                job(connection)
        self._is_failing = False
        self._written()

    def _lose(self, count: int, reason: str) -> None:
        with self._guard:
            before, self._lost = self._lost, self._lost + count
            self._lost_at = time.monotonic()
            self._is_failing = True
        if before == 0 or before // LOG_EVERY != self._lost // LOG_EVERY:
            _LOG.error("%d entries of the store were lost so far: %s", self._lost, reason)
