"""The last link of the audit chain, kept a second time in a file beside the database.

The file follows the database: it is written after each batch of entries, so it may be behind, and never ahead. Where
the database no longer holds the link that the file names, the file stays as it is: it is what shows the loss.
"""

import fcntl
import json
import logging
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.store.audit_chain import START, Link, anchor_of, hash_at, last_link
from assistant.store.engine import Database, StoreError
from corpus.errors import CorpusError
from corpus.library import write_whole

HEAD_NAME = "audit.head"
BYTES_MAX = 1_000
WAIT_S = 5.0
_HASH = re.compile(r"[0-9a-f]{64}")
_LOG = logging.getLogger(__name__)


class AuditHead:
    """The file; several threads and processes may use it at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._is_sound = True

    @property
    def is_sound(self) -> bool:
        """Whether the database held the link of the file when last looked."""
        return self._is_sound

    def read(self) -> Link | None:
        """The link; None when the file is not there or is damaged."""
        try:
            told = json.loads(self._path.read_bytes()[:BYTES_MAX])
            link = Link(told["seq"], told["hash"])
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return link if type(link.seq) is int and _HASH.fullmatch(str(link.hash)) else None

    def write(self, link: Link) -> None:
        """Have the file name another link, whatever it named before.

        Raises:
            CorpusError: The file cannot be written.
        """
        write_whole(self._path, json.dumps({"seq": link.seq, "hash": link.hash}) + "\n")

    def begin(self, database: Database) -> None:
        """Make the file for a log without entries, as a later file cannot be told from one that somebody made."""
        with self._alone(), database.reading() as connection:
            if self.read() is None and not self._path.exists() and last_link(connection) == START:
                self.write(START)

    def follow(self, database: Database) -> None:
        """Have the file name the last row of the log; never raises, as the next batch makes up for it."""
        try:
            with self._alone(), database.reading() as connection:
                kept, last = self.read(), last_link(connection)
                holds = kept is not None and (
                    kept.seq <= anchor_of(connection).seq or hash_at(connection, kept.seq) == kept.hash
                )
                if self._is_sound and not holds:
                    _LOG.error("the audit log does not hold what %s names: run `jiangbu audit verify`", self._path.name)
                self._is_sound = holds
                if kept is not None and holds and last.seq > kept.seq:
                    self.write(last)
        except (OSError, StoreError, CorpusError) as error:
            _LOG.warning("the head of the audit log was not kept: %s", error)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold a lock on the folder, which a process that dies gives back."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._path.parent, os.O_RDONLY | os.O_CLOEXEC)
        try:
            until = time.monotonic() + WAIT_S
            while not _locked(descriptor):
                if time.monotonic() > until:
                    raise TimeoutError("another process holds the lock")
                time.sleep(0.01)
            yield
        finally:
            os.close(descriptor)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
