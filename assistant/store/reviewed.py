"""Answers that a person has reviewed, shown beside the program's own to whoever asks the same question.

The same question is one that differs in spacing, punctuation or width only, asked for the same region; a reviewed
answer for no region holds wherever none of its own is there. They are few and are read from memory.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select, update

from assistant.masking import mask
from assistant.store.engine import Database
from assistant.store.normal import normal_question
from assistant.store.tables import reviewed

PAGE_MAX = 200
REGION_MAX = 60
CHINA = ZoneInfo("Asia/Shanghai")
_Key = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class ReviewedAnswer:
    """An answer that somebody of the staff stands for; `documents` are the ids of those that it rests on."""

    id: int
    question: str
    region: str | None
    answer: str
    reviewer: str
    reviewed_on: date
    documents: tuple[str, ...]
    withdrawn: bool


def _now() -> datetime:
    return datetime.now(UTC)


class ReviewedAnswers:
    """The reviewed answers in the store; a change made through this object is seen at once."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = _now) -> None:
        self._database = database
        self._clock = clock
        self._guard = threading.Lock()
        self._known: Mapping[_Key, ReviewedAnswer] | None = None

    def find(self, question: str, region: str | None) -> ReviewedAnswer | None:
        """The newest reviewed answer in force to this question.

        Args:
            question: As it was typed.
            region: Where it is asked for, None if anywhere.
        """
        known = self._load()
        normal = normal_question(question)
        return known.get((normal, normal_question(region or ""))) or known.get((normal, ""))

    def add(
        self,
        connection: Connection,
        *,
        question: str,
        region: str | None,
        answer: str,
        reviewer: str,
        documents: Sequence[str] = (),
    ) -> int:
        """Put a reviewed answer in force from today, within a transaction of the caller's; `changed` goes after it.

        Returns:
            Its id.
        """
        values = {
            "normal": normal_question(question),
            "question": mask(question),
            "region": region and mask(region)[:REGION_MAX],
            "answer": mask(answer),
            "reviewer": reviewer,
            "reviewed_on": self._clock().astimezone(CHINA).date(),
            "documents": list(documents),
            "withdrawn": False,
        }
        return int(connection.execute(insert(reviewed).values(values).returning(reviewed.c.id)).scalar_one())

    def changed(self) -> None:
        """Forget what is in memory; the next `find` reads it anew."""
        with self._guard:
            self._known = None

    def withdraw(self, answer_id: int) -> bool:
        """Take an answer out of force; False when there is none in force of that id."""
        chosen = update(reviewed).where(reviewed.c.id == answer_id, ~reviewed.c.withdrawn)
        with self._database.writing() as connection:
            done = connection.execute(chosen.values(withdrawn=True)).rowcount == 1
        self.changed()
        return done

    def page(self, limit: int = 50, before: int | None = None) -> Sequence[ReviewedAnswer]:
        """Answers in force, newest first, at most 200; `before` goes on from the last id seen."""
        wanted = select(reviewed).where(~reviewed.c.withdrawn).order_by(reviewed.c.id.desc())
        if before is not None:
            wanted = wanted.where(reviewed.c.id < before)
        with self._database.reading() as connection:
            return [_read(row) for row in connection.execute(wanted.limit(min(limit, PAGE_MAX)))]

    def _load(self) -> Mapping[_Key, ReviewedAnswer]:
        known = self._known
        if known is None:
            with self._guard, self._database.reading() as connection:
                rows = connection.execute(select(reviewed).where(~reviewed.c.withdrawn).order_by(reviewed.c.id))
                known = {(row.normal, normal_question(row.region or "")): _read(row) for row in rows}
                self._known = known
        return known


def _read(row: Any) -> ReviewedAnswer:  # noqa: ANN401 - a row of the table above
    values = dict(row._mapping)
    del values["normal"]
    return ReviewedAnswer(**{**values, "documents": tuple(values["documents"])})
