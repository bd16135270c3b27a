"""Reading uploads, taking them in and removing policies while the service runs: one job after the other.

An accepted upload is stored and the index built anew; where that fails, the documents are taken back and the upload
waits again. A removal holds at once and whatever becomes of the index: no answer comes from what was removed, as every
running assistant compares its index with the library. Jobs live in memory; a process that ends finishes the one under
way.
"""

import logging
import secrets
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from pydantic import Field

from assistant import messages
from assistant.config import Settings
from assistant.page import wording
from assistant.records import Record
from assistant.reviewing import Decision, Stored, accept, prepare
from assistant.service import build, today
from assistant.store.engine import StoreError
from assistant.store.uploads import Uploads
from corpus import CorpusError, Library
from corpus.awards import AwardFact
from corpus.describe import Given
from corpus.errors import DocumentConflict, UnreadableFile
from corpus.intake import RawFile
from index import IndexingError

MAX_WAITING = 8
MAX_REMOVALS = 8  # that may wait besides: what has to go is not kept by what wants to come
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
    upload: int | None = Field(default=None, description="待审编号，见 GET /api/uploads")


@dataclass(frozen=True, kw_only=True)
class Review:
    """Where files wait for a reviewer, and the awards read in the stored documents, to compare them with."""

    uploads: Uploads
    facts: Callable[[], Sequence[AwardFact]]


def _nothing() -> None:
    """What a change that needs nothing more does."""


@dataclass(frozen=True, kw_only=True)
class _Change:
    """What a job did, what to say of it, and what is to follow: whether the index is to be built, then this or that."""

    message: str
    news: Mapping[str, object] = field(default_factory=dict)  # for the job's record
    builds: bool = False
    then: Callable[[], object] = _nothing
    undo: Callable[[], object] = _nothing
    failed: str = wording.JOB_UNDONE  # what holds after a build that failed


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

    def send(self, files: Sequence[RawFile], given: Given, sender: str, to: Review) -> Job:
        """Have raw files read; what was read waits for a reviewer.

        Raises:
            JobsFull: Too many jobs are waiting.
        """
        return self._enter(partial(self._read, tuple(files), given, sender, to))

    def accept(self, decision: Decision, uploads: Uploads) -> Job:
        """Have an accepted upload stored and indexed.

        Raises:
            JobsFull: Too many jobs are waiting.
        """
        return self._enter(partial(self._take_in, decision, uploads))

    def remove(self, document_id: str) -> Job:
        """Take a document out of the corpus now, and have the index built without it.

        Raises:
            JobsFull: Too many jobs are waiting; then nothing is removed.
            DocumentConflict: There is no such document.
        """
        with self._lock:
            if len(self._waiting) >= MAX_WAITING + MAX_REMOVALS:
                raise JobsFull
        removed = self._library.remove(document_id)
        said = messages.REMOVED.format(id=removed.id, title=removed.title)
        change = _Change(message=said, builds=True, failed=wording.REMOVED_NOT_BUILT)
        return self._enter(lambda: change, MAX_WAITING + MAX_REMOVALS + 1)

    def known_ids(self) -> frozenset[str]:
        """The ids of the documents there are."""
        return self._library.ids()

    def find(self, job_id: str) -> Job | None:
        """A job as it stands; None when there is none, or it was long ago."""
        with self._lock:
            return self._jobs.get(job_id)

    def _enter(self, change: Callable[[], _Change], room: int = MAX_WAITING) -> Job:
        job = Job(id=secrets.token_urlsafe(24), state="waiting")
        with self._lock:
            if len(self._waiting) >= room:
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
        after = wording.JOB_UNDONE
        try:
            self._tell(job_id, state="reading")
            made = change()
            after = made.failed
            self._tell(job_id, **made.news)
            if made.builds:
                self._index(job_id, made)
            after = made.message
            made.then()
            self._tell(job_id, state="done", message=made.message)
        except Exception as error:  # a thread has nobody above it: whatever it is becomes the job's message
            logger.exception("an index job failed")
            self._tell(job_id, state="failed", documents=(), message=say_failure(error, after))

    def _index(self, job_id: str, made: _Change) -> None:
        try:
            self._tell(job_id, state="indexing")
            self._rebuild(lambda done, total: self._tell(job_id, done=done, total=total))
        except BaseException:
            made.undo()
            raise

    def _tell(self, job_id: str, **news: object) -> None:
        with self._lock:
            if job_id in self._jobs:
                self._jobs[job_id] = self._jobs[job_id].model_copy(update=news)

    def _read(self, files: tuple[RawFile, ...], given: Given, sender: str, to: Review) -> _Change:
        stored = Stored(documents=self._library.documents(), facts=to.facts())
        prepared = prepare(files, given, sender, stored)
        number = to.uploads.put(prepared.sent)
        told = tuple(
            JobDocument(id=one.id, title=one.title, clauses=one.clauses, facts=len(one.facts), rejects=len(one.rejects))
            for one in prepared.preview.documents
        )
        return _Change(message=wording.SENT.format(number=number), news={"documents": told, "upload": number})

    def _take_in(self, decision: Decision, uploads: Uploads) -> _Change:
        added = accept(self._library, uploads, decision, today())
        number = decision.number

        def undo() -> None:
            for document in added:
                with suppress(DocumentConflict):  # removed by somebody meanwhile
                    self._library.remove(document.id)
            uploads.reopen(number)

        message = wording.TAKEN_IN.format(number=number, count=len(added)) if added else messages.NOTHING_ADDED
        return _Change(
            message=message,
            news={"upload": number},
            builds=bool(added),
            then=lambda: uploads.forget(number),
            undo=undo,
        )


def open_jobs(settings: Settings, version: Callable[[], str]) -> IndexJobs:
    """The jobs of a running service; `version` names the index it answers from."""

    def rebuild(watch: Watch) -> None:
        snapshot = build(settings, progress=False, watch=watch).snapshot
        until = time.monotonic() + FOLLOW_WITHIN_S
        while version() != snapshot and time.monotonic() < until:
            time.sleep(LOOK_EVERY_S)

    return IndexJobs(Library(settings.home), rebuild)


def say_failure(error: Exception, after: str = wording.JOB_UNDONE) -> str:
    """Why a job failed and what holds now, for the staff; what exactly went wrong is in the log."""
    if isinstance(error, UnreadableFile):
        return error.words + after
    if isinstance(error, StoreError):
        return str(error) + after
    if isinstance(error, CorpusError | IndexingError):
        said = messages.WHAT_FAILED.get(type(error).__name__, wording.JOB_FAILED)
        return said + wording.JOB_HINTS.get(type(error).__name__, "") + after
    if isinstance(error, OSError):
        return wording.JOB_NO_WRITE + after
    return wording.JOB_FAILED + after
