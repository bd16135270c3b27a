"""The audit log: who asked what through which door, and what the answer rested on.

Questions are masked and clients are salted hashes before they get here or become a row. Rows are chained
(`audit_chain`). Network logs are kept for six months by law (at most 184 days), so fewer days cannot be set; older
rows go at start and once a day, which is logged.
"""

import hashlib
import hmac
import time
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, select

from assistant.store.audit_chain import PURGED, ChainReport, Link, append, hash_at, last_link, set_anchor, verify
from assistant.store.audit_head import AuditHead
from assistant.store.background import QUEUE_MAX, Background
from assistant.store.engine import Database
from assistant.store.tables import audit

DAYS_MIN, DAYS_MAX = 184, 3650
PAGE_MAX = 500
TRY_EVERY_S = 2.0
OWN_DOOR = "log"  # of entries that the log makes about itself


@dataclass(frozen=True, kw_only=True)
class AuditEntry:
    """One answer, or one thing that staff did, as it is logged; `question` is masked by whoever makes the entry."""

    door: str  # page, api, openai, mcp; cli for what was done on the machine, log for the log's own
    client: str  # `Audit.hash_client` of the address, or ""
    status: str
    question: str = ""
    region: str | None = None
    engine: str = ""
    figures: Sequence[Mapping[str, str]] = ()
    citations: Sequence[Mapping[str, Any]] = ()
    index_version: str = ""
    elapsed_ms: float = 0.0
    caller: str = ""


@dataclass(frozen=True, kw_only=True)
class AuditRow(AuditEntry):
    """An entry as it stands in the log; `seq` never repeats and never goes back."""

    seq: int
    at: datetime


def _now() -> datetime:
    return datetime.now(UTC)


class Audit:
    """The audit log in the store; writing never waits and never raises."""

    def __init__(
        self,
        database: Database,
        salt: str,
        days: int = DAYS_MIN,
        clock: Callable[[], datetime] = _now,
        queue_max: int = QUEUE_MAX,
        head: AuditHead | None = None,
    ) -> None:
        self._database = database
        self._salt = salt.encode()
        self._days = days
        self._clock = clock
        self._head = head
        self._tried_at = float("-inf")
        self.background = Background(database, self._purge, queue_max, self.keep_head)

    @property
    def lost(self) -> int:
        """How many entries were not written since the process began."""
        return self.background.lost

    def hash_client(self, address: str) -> str:
        """The address so that the same one can be told again, but not which one it is."""
        return hmac.new(self._salt, address.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:32]

    def write(self, entry: AuditEntry) -> None:
        """Have an entry written; it gets the time of now."""
        values = self._values(entry)
        self.background.submit(lambda connection: append(connection, values))

    def write_in(self, connection: Connection, entry: AuditEntry) -> None:
        """Write an entry in a writing transaction of the caller's: with what it tells of, or not at all."""
        append(connection, self._values(entry))

    def verify(self) -> ChainReport:
        """Look whether the log is whole.

        Raises:
            StoreError: The database does not answer.
        """
        kept = None if self._head is None else self._head.read()
        with self._database.reading() as connection:
            return verify(connection, kept)

    def holds(self, seq: int, hashed: str) -> bool:
        """Whether the row of that number has that hash; for a link that somebody noted elsewhere."""
        with self._database.reading() as connection:
            return hash_at(connection, seq) == hashed

    def keep_head(self) -> None:
        """Keep the end of the log beside the database, after `write_in`; never raises."""
        if self._head is not None:
            self._head.follow(self._database)

    def seal(self, entry: AuditEntry) -> Link:
        """Go on from the last row there is, whatever was kept of the end of the log; `entry` says so in the log.

        Raises:
            StoreError: The database does not answer.
            CorpusError: What is kept beside it cannot be written.
        """
        with self._database.writing() as connection:
            self.write_in(connection, entry)
        with self._database.reading() as connection:
            last = last_link(connection)
        if self._head is not None:
            self._head.write(last)
        return last

    def is_whole(self) -> bool:
        """Whether the log held its last known link when last written."""
        return self._head is None or self._head.is_sound

    def is_failing(self) -> bool:
        """Whether the last entry was lost; then tries, every two seconds at most, whether writing goes on again."""
        if not self.background.is_failing:
            return False
        if time.monotonic() - self._tried_at > TRY_EVERY_S:
            self._tried_at = time.monotonic()
            self.write(AuditEntry(door=OWN_DOOR, client="", status="resumed", question=f"lost={self.lost}"))
        return True

    def recent(self, limit: int, before: int | None = None) -> Sequence[AuditRow]:
        """The newest entries, newest first, at most 500; `before` goes on from the last `seq` seen."""
        shown = (audit.c[one.name] for one in fields(AuditRow))
        wanted = select(*shown).order_by(audit.c.seq.desc()).limit(min(limit, PAGE_MAX))
        if before is not None:
            wanted = wanted.where(audit.c.seq < before)
        with self._database.reading() as connection:
            return [AuditRow(**row._mapping) for row in connection.execute(wanted)]

    def flush(self, timeout_s: float) -> bool:
        """Wait until what was submitted is written; False when time is up."""
        return self.background.flush(timeout_s)

    def _values(self, entry: AuditEntry) -> dict[str, Any]:
        values = {name: one_line(value) if isinstance(value, str) else value for name, value in vars(entry).items()}
        return {**values, "at": self._clock()}

    def _purge(self, connection: Connection) -> None:
        """Take out the rows before the first that is to be kept: a clock that was wrong for a while costs no row."""
        kept = audit.c.at >= self._clock() - timedelta(days=self._days)
        first = connection.execute(select(audit.c.seq).where(kept).order_by(audit.c.seq).limit(1)).scalar_one_or_none()
        old = select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)
        last = connection.execute(old if first is None else old.where(audit.c.seq < first)).one_or_none()
        if last is None:
            return
        self.write_in(connection, AuditEntry(door=OWN_DOOR, client="", status=PURGED, question=str(last.seq)))
        connection.execute(delete(audit).where(audit.c.seq <= last.seq))
        set_anchor(connection, Link(*last))


def one_line(text: str) -> str:
    r"""Text without line ends, control, escape, zero-width and bidirectional characters.

    >>> one_line("国标\n奖[31m励‮？")
    '国标 奖[31m励？'
    """
    plain = (" " if character.isspace() else character for character in text)
    return "".join(one for one in plain if unicodedata.category(one) not in ("Cc", "Cf", "Cs"))
