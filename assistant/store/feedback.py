"""The queue of what staff should look at: disputed answers, praise, questions that found no answer.

A ticket is made by the public (`add`) or by the service itself for a question that it could not answer
(`unanswered`), then once for all who ask it. Staff settle each: nothing to do, a case for the evaluation, or a
reviewed answer. What people typed is masked on the way in.
"""

import hashlib
import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, insert, select, update

from assistant.masking import mask
from assistant.store.engine import Database, StoreError
from assistant.store.normal import normal_question
from assistant.store.tables import feedback

Verdict = Literal["up", "down", "wrong", "unanswered"]
State = Literal["open", "settled"]
SettledAs = Literal["noted", "case", "reviewed"]
OPEN_MAX = 10_000  # open tickets; more are refused, so that nobody fills the disk
PAGE_MAX = 200
REGION_MAX = 60
CHINA = ZoneInfo("Asia/Shanghai")
_LOG = logging.getLogger(__name__)
_TICKET = re.compile(r"F-\d{8}-(\d{4,12})")


class QueueFull(StoreError):
    """As many tickets are open as may be."""


class AlreadySettled(StoreError):
    """The ticket was settled before."""


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What somebody says of an answer, with the answer as it was shown; `client` is hashed as in the audit log."""

    verdict: Verdict
    question: str
    answer: str
    status: str
    history: Sequence[str] = ()
    region: str | None = None
    as_of: date | None = None
    reason: str = ""
    expected: str = ""
    client: str = ""


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """What staff made of a ticket; `gold` says what a right answer holds, for a case."""

    settled_as: SettledAs
    note: str
    by: str
    gold: Mapping[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class Ticket(Remark):
    """A remark in the queue; `times` counts how often an unanswered question was asked."""

    number: int
    at: datetime
    times: int
    state: State
    settled_as: SettledAs | None
    note: str | None
    gold: Mapping[str, Any] | None
    settled_by: str | None
    settled_at: datetime | None

    @property
    def ticket(self) -> str:
        """The name that people are given, such as F-20261122-0007."""
        return _ticket(self.number, self.at)


def _now() -> datetime:
    return datetime.now(UTC)


class FeedbackQueue:
    """The tickets in the store."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = _now, open_max: int = OPEN_MAX) -> None:
        self._database = database
        self._clock = clock
        self._open_max = open_max

    def add(self, remark: Remark) -> str:
        """Put a remark into the queue, masked.

        Returns:
            Its ticket.

        Raises:
            QueueFull: Too many tickets are open.
        """
        values = self._values(remark)
        with self._database.writing() as connection:
            if self._count_open(connection) >= self._open_max:
                raise QueueFull
            number = connection.execute(insert(feedback).values(values).returning(feedback.c.number)).scalar_one()
        return _ticket(number, values["at"])

    def unanswered(self, remark: Remark) -> Callable[[Connection], None]:
        """The job that puts an unanswered question into the queue, or counts it once more while it is open there."""
        values = self._values(remark)
        asked = (
            *values["history"],
            values["question"],
            values["region"] or "",
        )  # 那行标呢 is another one after another
        key = "\n".join(map(normal_question, asked))
        same = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()

        def job(connection: Connection) -> None:
            again = update(feedback).where(feedback.c.same == same).values(times=feedback.c.times + 1)
            if connection.execute(again).rowcount:
                return
            if self._count_open(connection) >= self._open_max:
                _LOG.warning("%d tickets are open; an unanswered question was left out", self._open_max)
                return
            connection.execute(insert(feedback).values({**values, "same": same}))

        return job

    def find(self, ticket: str) -> Ticket | None:
        """The ticket of that name."""
        known = _TICKET.fullmatch(ticket)
        if known is None:
            return None
        with self._database.reading() as connection:
            row = connection.execute(select(feedback).where(feedback.c.number == int(known[1]))).one_or_none()
        found = None if row is None else _read(row)
        return found if found is not None and found.ticket == ticket else None

    def page(
        self, *, state: State | None = None, verdict: Verdict | None = None, limit: int = 50, before: int | None = None
    ) -> Sequence[Ticket]:
        """Tickets, newest first, at most 200; `before` goes on from the last number seen."""
        wanted = select(feedback).order_by(feedback.c.number.desc()).limit(min(limit, PAGE_MAX))
        for column, value in ((feedback.c.state, state), (feedback.c.verdict, verdict)):
            if value is not None:
                wanted = wanted.where(column == value)
        if before is not None:
            wanted = wanted.where(feedback.c.number < before)
        with self._database.reading() as connection:
            return [_read(row) for row in connection.execute(wanted)]

    def cases(self) -> Sequence[Ticket]:
        """All tickets that were settled as cases, in the order in which they came."""
        wanted = select(feedback).where(feedback.c.settled_as == "case").order_by(feedback.c.number)
        with self._database.reading() as connection:
            return [_read(row) for row in connection.execute(wanted)]

    def count_open(self) -> int:
        """How many tickets wait for staff."""
        with self._database.reading() as connection:
            return self._count_open(connection)

    def settle(self, connection: Connection, ticket: Ticket, settlement: Settlement) -> None:
        """Note what was made of a ticket, within a transaction of the caller's.

        Raises:
            AlreadySettled: Somebody did so before.
        """
        values = {
            "state": "settled",
            "settled_as": settlement.settled_as,
            "note": mask(settlement.note),
            "gold": settlement.gold,
            "settled_by": settlement.by,
            "settled_at": self._clock(),
            "same": None,  # asked again, it is a ticket again
        }
        chosen = update(feedback).where(feedback.c.number == ticket.number, feedback.c.state == "open")
        if connection.execute(chosen.values(values)).rowcount == 0:
            raise AlreadySettled

    def _count_open(self, connection: Connection) -> int:
        return connection.execute(select(func.count()).where(feedback.c.state == "open")).scalar_one()

    def _values(self, remark: Remark) -> dict[str, Any]:
        region = remark.region and mask(remark.region)[:REGION_MAX]
        return {
            "at": self._clock(),
            "verdict": remark.verdict,
            "question": mask(remark.question),
            "history": [mask(question) for question in remark.history],
            "region": region,
            "as_of": remark.as_of,
            "answer": mask(remark.answer),
            "status": remark.status,
            "reason": mask(remark.reason),
            "expected": mask(remark.expected),
            "times": 1,
            "state": "open",
            "client": remark.client,
        }


def _ticket(number: int, at: datetime) -> str:
    return f"F-{at.astimezone(CHINA):%Y%m%d}-{number:04d}"


def _read(row: Any) -> Ticket:  # noqa: ANN401 - a row of the table above
    values = dict(row._mapping)
    del values["same"]
    return Ticket(**values)
