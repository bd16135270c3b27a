"""The audit log: who asked what through which door, and what the answer rested on.

Questions are masked and clients are salted hashes before they get here or become a row. Network logs are kept for
six months by law (at most 184 days), so fewer days cannot be set; older rows go at start and once a day.
"""

import hashlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from assistant.store.background import QUEUE_MAX, Background
from assistant.store.engine import Database
from assistant.store.tables import audit

DAYS_MIN, DAYS_MAX = 184, 3650
PAGE_MAX = 500


@dataclass(frozen=True, kw_only=True)
class AuditEntry:
    """One answer, or one thing that staff did, as it is logged; `question` is masked by whoever makes the entry."""

    door: str  # page, api, openai, mcp
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
    ) -> None:
        self._database = database
        self._salt = salt.encode()
        self._days = days
        self._clock = clock
        self.background = Background(database, self._purge, queue_max)

    @property
    def lost(self) -> int:
        """How many entries were not written since the process began."""
        return self.background.lost

    def hash_client(self, address: str) -> str:
        """The address so that the same one can be told again, but not which one it is."""
        return hmac.new(self._salt, address.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:32]

    def write(self, entry: AuditEntry) -> None:
        """Have an entry written; it gets the time of now."""
        values = {**asdict(entry), "at": self._clock()}
        self.background.submit(lambda connection: connection.execute(insert(audit).values(values)))

    def recent(self, limit: int, before: int | None = None) -> Sequence[AuditRow]:
        """The newest entries, newest first, at most 500; `before` goes on from the last `seq` seen."""
        wanted = select(audit).order_by(audit.c.seq.desc()).limit(min(limit, PAGE_MAX))
        if before is not None:
            wanted = wanted.where(audit.c.seq < before)
        with self._database.reading() as connection:
            return [AuditRow(**row._mapping) for row in connection.execute(wanted)]

    def flush(self, timeout_s: float) -> bool:
        """Wait until what was submitted is written; False when time is up."""
        return self.background.flush(timeout_s)

    def _purge(self, connection: Connection) -> None:
        connection.execute(delete(audit).where(audit.c.at < self._clock() - timedelta(days=self._days)))
