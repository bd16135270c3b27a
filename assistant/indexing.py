"""Adding and removing policies while the service runs: one job after the other, each followed by its number.

A job changes the documents, has the index built anew and, where that fails, puts the documents back: what is stored
and what is answered from stay the same. Jobs live in memory; a process that ends finishes the one under way.
"""

import logging
import secrets
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from pydantic import Field

from assistant import messages
from assistant.collecting import read_files
from assistant.config import Settings
from assistant.page import wording
from assistant.records import Record
from assistant.service import build
from corpus import CorpusError, Library, PolicyDocument, derive
from corpus.describe import Given
from corpus.intake import RawFile
from index import IndexingError

MAX_WAITING = 8
JOBS_KEPT = 50
FOLLOW_WITHIN_S = 10.0  # a running assistant looks for a new index every two seconds, then opens it
LOOK_EVERY_S = 0.2

JobState = Literal["waiting", "reading", "indexing", "done", "failed"]
Watch = Callable[[int, int], None]
Rebuild = Callable[[Watch], object]
logger = logging.getLogger(__name__)


class JobsFull(Exception):
    """As many jobs as may wait are waiting."""


class JobDocument(Record):
    """A document that a job stored, and what was read in it."""

    id: str
    title: str
    clauses: int = Field(description="条款数")
    facts: int = Field(description="读出的奖补条目数")
    rejects: int = Field(description="没有读出的金额数")


class Job(Record):
    """How far a job is; `done` of `total` passages are embedded while it is indexing."""

    id: str
    state: JobState
    done: int = 0
    total: int = 0
    documents: tuple[JobDocument, ...] = ()
    message: str = Field(default="", description="结果，或没有完成的原因")


@dataclass(frozen=True, kw_only=True)
class _Change:
    """What a job did to the documents: what came in, what to say of it, how to take it back (None: it did nothing)."""

    added: tuple[PolicyDocument, ...]
    message: str
    undo: Callable[[], object] | None


class IndexJobs:
    """The jobs of one home; every method may be called from several threads."""

    def __init__(self, library: Library, rebuild: Rebuild) -> None:
        """Take jobs on.

        Args:
            library: The documents to change.
            rebuild: Brings the index in line with them and returns when it is answered from; told whom to tell.
        """
        self._library = library
        self._rebuild = rebuild
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._waiting: deque[tuple[str, Callable[[], _Change]]] = deque()
        self._lock = threading.Lock()
        self._busy = False

    def add(self, files: Sequence[RawFile], given: Given) -> Job:
        """Have raw files read, stored and indexed.

        Raises:
            JobsFull: Too many jobs are waiting.
        """
        return self._enter(partial(self._store, tuple(files), given))

    def remove(self, document_id: str) -> Job:
        """Have a document taken out of the corpus and the index.

        Raises:
            JobsFull: Too many jobs are waiting.
        """
        return self._enter(partial(self._take_out, document_id))

    def find(self, job_id: str) -> Job | None:
        """A job as it stands; None when there is none, or it was long ago."""
        with self._lock:
            return self._jobs.get(job_id)

    def _enter(self, change: Callable[[], _Change]) -> Job:
        job = Job(id=secrets.token_urlsafe(24), state="waiting")
        with self._lock:
            if len(self._waiting) >= MAX_WAITING:
                raise JobsFull
            self._jobs[job.id] = job
            while len(self._jobs) > JOBS_KEPT:
                self._jobs.popitem(last=False)
            self._waiting.append((job.id, change))
            if not self._busy:
                self._busy = True
                threading.Thread(target=self._work, name="index-jobs").start()
        return job

    def _work(self) -> None:
        while (task := self._next()) is not None:
            self._run(*task)

    def _next(self) -> tuple[str, Callable[[], _Change]] | None:
        with self._lock:
            # The interpreter waits for this thread: the job under way is finished, those that wait are not begun.
            if self._waiting and threading.main_thread().is_alive():
                return self._waiting.popleft()
            self._busy = False
            return None

    def _run(self, job_id: str, change: Callable[[], _Change]) -> None:
        try:
            self._tell(job_id, state="reading")
            made = change()
            if made.undo is not None:
                self._index(job_id, made, made.undo)
            self._tell(job_id, state="done", message=made.message)
        except Exception as error:  # a thread has nobody above it: whatever it is becomes the job's message
            logger.exception("an index job failed")
            self._tell(job_id, state="failed", documents=(), message=say_failure(error))

    def _index(self, job_id: str, made: _Change, undo: Callable[[], object]) -> None:
        try:
            self._tell(job_id, documents=tuple(count_read(made.added)))
            self._tell(job_id, state="indexing")
            self._rebuild(lambda done, total: self._tell(job_id, done=done, total=total))
        except BaseException:
            undo()
            raise

    def _tell(self, job_id: str, **news: object) -> None:
        with self._lock:
            if job_id in self._jobs:
                self._jobs[job_id] = self._jobs[job_id].model_copy(update=news)

    def _store(self, files: tuple[RawFile, ...], given: Given) -> _Change:
        added = self._library.add(read_files(self._library, files, given))

        def undo() -> None:
            for document in added:
                self._library.remove(document.id)

        if not added:
            return _Change(added=(), message=messages.NOTHING_ADDED, undo=None)
        return _Change(added=tuple(added), message="", undo=undo)

    def _take_out(self, document_id: str) -> _Change:
        removed = self._library.remove(document_id)
        said = messages.REMOVED.format(id=removed.id, title=removed.title)
        return _Change(added=(), message=said, undo=lambda: self._library.add([removed]))


def open_jobs(settings: Settings, version: Callable[[], str]) -> IndexJobs:
    """The jobs of a running service; `version` names the index it answers from."""

    def rebuild(watch: Watch) -> None:
        snapshot = build(settings, progress=False, watch=watch).snapshot
        until = time.monotonic() + FOLLOW_WITHIN_S
        while version() != snapshot and time.monotonic() < until:
            time.sleep(LOOK_EVERY_S)

    return IndexJobs(Library(settings.home), rebuild)


def count_read(documents: Iterable[PolicyDocument]) -> list[JobDocument]:
    """What is read in each document by itself."""
    told = []
    for document in documents:
        read = derive([document])
        told.append(
            JobDocument(
                id=document.id,
                title=document.title,
                clauses=len(read.clauses),
                facts=len(read.ledger.facts),
                rejects=len(read.ledger.rejects),
            )
        )
    return told


def say_failure(error: Exception) -> str:
    """Why a job failed, for the staff; what exactly went wrong is in the log."""
    if isinstance(error, CorpusError | IndexingError):
        said = messages.WHAT_FAILED.get(type(error).__name__, wording.JOB_FAILED)
        return said + wording.JOB_HINTS.get(type(error).__name__, "") + wording.JOB_UNDONE
    if isinstance(error, OSError):
        return wording.JOB_NO_WRITE + wording.JOB_UNDONE
    return wording.JOB_FAILED + wording.JOB_UNDONE
