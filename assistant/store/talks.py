"""Talks that staff keep: each account's own, seen by nobody else, bounded in number and size."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, insert, select, update

from assistant.masking import mask
from assistant.store.engine import Database, StoreError
from assistant.store.tables import talk

TALKS_MAX = 200  # for each account
TALK_BYTES_MAX = 65_536
TITLE_MAX = 100  # characters


class TooMuchKept(StoreError):
    """The account keeps as many talks as it may, or this one is too large."""


@dataclass(frozen=True, kw_only=True)
class Talk:
    """A talk; `turns` are questions with their answers, oldest first."""

    id: str
    title: str
    updated: datetime
    turns: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class TalkTitle:
    """A talk in a list."""

    id: str
    title: str
    updated: datetime


def _now() -> datetime:
    return datetime.now(UTC)


class Talks:
    """The talks in the store. Every call names the account, and reaches that account's talks only."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = _now) -> None:
        self._database = database
        self._clock = clock

    def save(self, account_id: int, talk_id: str, title: str, turns: Sequence[Mapping[str, Any]]) -> None:
        """Keep a talk, in place of the one of that id if there is one; its text is masked.

        Raises:
            TooMuchKept: One talk more than 200, or more than 64 KB.
        """
        kept = [{name: mask(text) if isinstance(text, str) else text for name, text in turn.items()} for turn in turns]
        if len(json.dumps(kept, ensure_ascii=False).encode("utf-8", "replace")) > TALK_BYTES_MAX:
            raise TooMuchKept
        values = {"title": _title(title), "turns": kept, "updated": self._clock()}
        with self._database.writing() as connection:
            if connection.execute(update(talk).where(_own(account_id, talk_id)).values(values)).rowcount:
                return
            count = select(func.count()).where(talk.c.account_id == account_id)
            if connection.execute(count).scalar_one() >= TALKS_MAX:
                raise TooMuchKept
            connection.execute(insert(talk).values({**values, "account_id": account_id, "id": talk_id}))

    def rename(self, account_id: int, talk_id: str, title: str) -> bool:
        """Give a talk another title; False when the account has no such talk."""
        with self._database.writing() as connection:
            chosen = update(talk).where(_own(account_id, talk_id))
            return connection.execute(chosen.values(title=_title(title))).rowcount == 1

    def list(self, account_id: int) -> Sequence[TalkTitle]:
        """The account's talks, the last changed first."""
        wanted = select(talk.c.id, talk.c.title, talk.c.updated).where(talk.c.account_id == account_id)
        with self._database.reading() as connection:
            rows = connection.execute(wanted.order_by(talk.c.updated.desc(), talk.c.id))
            return [TalkTitle(**row._mapping) for row in rows]

    def find(self, account_id: int, talk_id: str) -> Talk | None:
        """One talk of the account."""
        wanted = select(talk.c.id, talk.c.title, talk.c.updated, talk.c.turns).where(_own(account_id, talk_id))
        with self._database.reading() as connection:
            row = connection.execute(wanted).one_or_none()
        return None if row is None else Talk(**row._mapping)

    def delete(self, account_id: int, talk_id: str) -> bool:
        """Delete a talk for good; False when the account has no such talk."""
        with self._database.writing() as connection:
            return connection.execute(delete(talk).where(_own(account_id, talk_id))).rowcount == 1


def _title(text: str) -> str:
    return mask(text)[:TITLE_MAX]  # what stands for a name may be longer than the name


def _own(account_id: int, talk_id: str) -> ColumnElement[bool]:
    return and_(talk.c.account_id == account_id, talk.c.id == talk_id)
