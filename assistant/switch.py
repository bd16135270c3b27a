"""The switch: whoever runs the service closes the page, the interface for programs, or both, without stopping it.

One small file in the home says what is closed and why. A running service looks at it with every request, so it
follows at once, and it lasts over a restart. A file that cannot be read closes both doors.
"""

import json
import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from corpus.library import write_whole

SwitchedDoor = Literal["page", "api"]
SWITCHED_DOORS: tuple[SwitchedDoor, ...] = ("page", "api")
SWITCH_NAME = "off.json"
BYTES_MAX = 20_000
WHY_MAX = 200  # characters
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Off:
    """A door that is closed: `why` is what visitors read, `note` is for the log alone."""

    why: str
    note: str = ""
    by: str = ""
    at: str = ""  # ISO 8601 with zone


Closed = Mapping[SwitchedDoor, Off]
UNREADABLE: Closed = {door: Off(why="") for door in SWITCHED_DOORS}


class Switch:
    """The file of one home; used by commands that change it and by a service that looks at it."""

    def __init__(self, home: Path) -> None:
        self.file = home / SWITCH_NAME
        self._seen: tuple[int, int, int] | None = None
        self._closed: Closed = {}

    def closed(self) -> Closed:
        """What is closed now; the file is read again only when it is another one than before."""
        try:
            found = os.stat(self.file)
        except FileNotFoundError:
            self._seen, self._closed = None, {}
            return self._closed
        except OSError as error:
            _LOG.error("the switch %s cannot be looked at: %s", self.file.name, error)
            return UNREADABLE
        seen = (found.st_mtime_ns, found.st_ino, found.st_size)
        if seen != self._seen:
            self._closed, self._seen = self._read(), seen
        return self._closed

    def turn_off(self, doors: Sequence[SwitchedDoor], *, why: str, note: str = "", by: str = "") -> None:
        """Close doors; those that are closed get the new reason.

        Raises:
            CorpusError: The file cannot be written.
        """
        off = Off(why=why[:WHY_MAX], note=note, by=by, at=datetime.now(UTC).isoformat(timespec="seconds"))
        self._write({**self.closed(), **dict.fromkeys(doors, off)})

    def turn_on(self, doors: Sequence[SwitchedDoor]) -> tuple[SwitchedDoor, ...]:
        """Open doors; those that were closed.

        Raises:
            CorpusError: The file cannot be written.
            OSError: The file cannot be taken away.
        """
        before = self.closed()
        left = {door: off for door, off in before.items() if door not in doors}
        if left:
            self._write(left)
        else:
            self.file.unlink(missing_ok=True)
        return tuple(door for door in before if door in doors)

    def _write(self, closed: Closed) -> None:
        write_whole(self.file, json.dumps({door: asdict(off) for door, off in closed.items()}, ensure_ascii=False))

    def _read(self) -> Closed:
        try:
            told = json.loads(self.file.read_bytes()[:BYTES_MAX])
            if not isinstance(told, dict) or not told or set(told) - set(SWITCHED_DOORS):
                raise ValueError("it names no door, or one that there is not")
            return {door: Off(**told[door]) for door in SWITCHED_DOORS if door in told}
        except (OSError, ValueError, TypeError) as error:
            _LOG.error("the switch %s cannot be read, both doors are closed: %s", self.file.name, error)
            return UNREADABLE
