"""Documents that staff sent in: they wait here, out of everybody's sight, until a reviewer accepts or rejects them.

Kept are the documents as they were read, so that what is stored is what the reviewer saw. Their texts go when the
upload is settled: an accepted document is in the library then, a rejected or forgotten one is nowhere.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from assistant.masking import mask
from assistant.store import wording
from assistant.store.engine import Database, StoreError
from assistant.store.tables import upload

State = Literal["pending", "accepted", "rejected", "expired"]
WAITING_MAX = 50  # uploads
CHARACTERS_MAX = 20_000_000  # of all texts and previews that wait
WAITS_AT_MOST = timedelta(days=30)
PAGE_MAX = 200
NOTE_MAX = 500


class UploadsFull(StoreError):
    """As much waits for review as may wait."""


class NoUpload(StoreError):
    """There is no upload of that number."""


class UploadSettled(StoreError):
    """The upload has been accepted or rejected before, or waited for too long."""


@dataclass(frozen=True, kw_only=True)
class Upload:
    """What was sent, and what became of it; `documents` and `preview` are empty once it is settled."""

    number: int
    at: datetime
    sender: str
    names: tuple[str, ...]  # of the files
    titles: tuple[str, ...]  # of the documents
    state: State
    documents: tuple[str, ...]  # as `corpus.stored` writes them
    preview: Mapping[str, Any]
    ids: tuple[str, ...]  # of the documents that it became
    settled_by: str | None
    settled_at: datetime | None
    note: str | None


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What is to wait for review.

    `documents` are as `corpus.stored` writes them, `preview` is what the reviewer is shown, as JSON takes it.
    """

    sender: str  # the account's name
    names: Sequence[str]  # of the files
    titles: Sequence[str]
    documents: Sequence[str]
    preview: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What is made of an upload, by whom, and why; the ids of the documents that it became."""

    state: State
    by: str
    note: str = ""
    ids: Sequence[str] = ()


def _now() -> datetime:
    return datetime.now(UTC)


class Uploads:
    """The uploads in the store; used from several threads, and by several processes."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = _now) -> None:
        self._database = database
        self._clock = clock

    def check_room(self) -> None:
        """See whether one more may wait.

        Raises:
            UploadsFull: It may not.
        """
        with self._database.writing() as connection:
            self._check_room(connection, 0)

    def put(self, sent: Sent) -> int:
        """Have documents wait for review.

        Returns:
            The upload's number.

        Raises:
            UploadsFull: As much waits as may wait.
        """
        size = sum(map(len, sent.documents)) + len(str(sent.preview))
        values = {
            "at": self._clock(),
            "sender": sent.sender,
            "names": [mask(name) for name in sent.names],
            "titles": list(sent.titles),
            "state": "pending",
            "size": size,
            "documents": list(sent.documents),
            "preview": dict(sent.preview),
            "ids": [],
        }
        with self._database.writing() as connection:
            self._check_room(connection, size)
            made = connection.execute(insert(upload).values(values).returning(upload.c.number))
            return int(made.scalar_one())

    def find(self, number: int) -> Upload:
        """An upload with its documents and its preview.

        Raises:
            NoUpload: There is none of that number.
        """
        self._expire_now()
        with self._database.reading() as connection:
            row = connection.execute(select(upload).where(upload.c.number == number)).one_or_none()
        if row is None:
            raise NoUpload(wording.NO_UPLOAD.format(number=number))
        return _upload(row)

    def page(self, state: State | None = None, limit: int = 50, before: int | None = None) -> Sequence[Upload]:
        """Uploads without their texts, newest first, at most 200; `before` goes on from the last number seen."""
        self._expire_now()
        shown = [column for column in upload.c if column.name not in ("documents", "preview", "size")]
        wanted = select(*shown).order_by(upload.c.number.desc()).limit(min(limit, PAGE_MAX))
        if state is not None:
            wanted = wanted.where(upload.c.state == state)
        if before is not None:
            wanted = wanted.where(upload.c.number < before)
        with self._database.reading() as connection:
            return [_upload(row) for row in connection.execute(wanted)]

    def settle(self, number: int, settled: Settled) -> None:
        """Accept or reject an upload; a rejected one's texts are gone with that, an accepted one's with `forget`.

        Raises:
            NoUpload: There is none of that number.
            UploadSettled: Somebody did so before, or it waited for too long.
        """
        values: dict[str, Any] = {
            "state": settled.state,
            "settled_by": settled.by,
            "settled_at": self._clock(),
            "note": mask(settled.note)[:NOTE_MAX],
            "ids": list(settled.ids),
        }
        if settled.state != "accepted":
            values |= _EMPTY
        with self._database.writing() as connection:
            self._expire(connection)
            chosen = upload.c.number == number
            done = connection.execute(update(upload).where(chosen, upload.c.state == "pending").values(values))
            known = connection.execute(select(upload.c.state).where(chosen)).scalar_one_or_none()
        if done.rowcount == 0:
            raise (NoUpload if known is None else UploadSettled)(
                (wording.NO_UPLOAD if known is None else wording.UPLOAD_SETTLED).format(number=number)
            )

    def forget(self, number: int) -> None:
        """Let go of the texts of an accepted upload: they are in the library."""
        self._change(upload.c.state == "accepted", number, _EMPTY)

    def reopen(self, number: int) -> None:
        """Have an accepted upload wait again: its documents could not be taken in."""
        again: dict[str, Any] = {"state": "pending", "settled_by": None, "settled_at": None, "note": None, "ids": []}
        self._change(upload.c.state == "accepted", number, again)

    def _change(self, where: ColumnElement[bool], number: int, values: Mapping[str, Any]) -> None:
        with self._database.writing() as connection:
            connection.execute(update(upload).where(upload.c.number == number, where).values(values))

    def _expire_now(self) -> None:
        due = select(upload.c.number).where(*self._due()).limit(1)
        with self._database.reading() as connection:
            found = connection.execute(due).one_or_none()
        if found is not None:
            with self._database.writing() as connection:
                self._expire(connection)

    def _due(self) -> tuple[ColumnElement[bool], ...]:
        return (upload.c.state == "pending", upload.c.at < self._clock() - WAITS_AT_MOST)

    def _expire(self, connection: Connection) -> None:
        gone = {"state": "expired", "settled_at": self._clock(), **_EMPTY}
        connection.execute(update(upload).where(*self._due()).values(gone))

    def _check_room(self, connection: Connection, size: int) -> None:
        self._expire(connection)
        waiting = select(func.count(), func.coalesce(func.sum(upload.c.size), 0)).where(upload.c.state == "pending")
        count, characters = connection.execute(waiting).one()
        if count >= WAITING_MAX or characters + size > CHARACTERS_MAX:
            raise UploadsFull(wording.UPLOADS_FULL.format(count=count))


_EMPTY: Mapping[str, Any] = {"documents": [], "preview": {}, "size": 0}


def _upload(row: Any) -> Upload:  # noqa: ANN401 - a row of the table above
    values = dict(row._mapping)
    values.pop("size", None)
    for name in ("names", "titles", "documents", "ids"):
        values[name] = tuple(values.get(name) or ())
    values.setdefault("preview", {})
    return Upload(**values)
