"""The chain over the audit log: each row bears a hash of itself and of the row before it.

A row that is changed, taken out, put in or moved breaks the chain at a place that `verify` names. A plain chain does
not see that its end was cut off; hence the last link is kept once more beside the database (`audit_head`). What
somebody asked enters a row's hash as a salted digest: both can be blanked later, and the chain still holds.

Neither stops somebody who may write all the files and knows this program: whoever needs that notes the last link,
which `jiangbu audit verify` prints, where that person cannot reach.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from assistant.store.tables import audit, installation

ANCHOR, HEAD_DUE = "audit_anchor", "audit_head_due"  # names in the table `installation`
PURGED, FORGOTTEN = "purged", "forgotten"  # statuses of entries that the log makes about itself
AT_ONCE = 500  # rows read together
PLAIN = ("door", "client", "status", "engine", "figures", "citations", "index_version", "caller")


@dataclass(frozen=True)
class Link:
    """A row by its number and its hash."""

    seq: int
    hash: str


START = Link(0, "0" * 64)  # what the first row ever follows


@dataclass(frozen=True, kw_only=True)
class ChainReport:
    """What `verify` saw: rows from `first` to `last`, how many of them were forgotten, and the first fault."""

    rows: int
    forgotten: int
    first: int
    last: Link
    fault: str = ""  # a key of `wording.CHAIN_FAULTS`, "" when the chain holds
    fault_seq: int = 0


def digest_asked(salt: str, question: str, region: str | None) -> str:
    """What stands for the words of the asker in the hash of a row."""
    return _sha256([salt, question, region])


def hash_row(row: Mapping[str, Any]) -> str:
    """The hash of a row over all its columns but the asker's words, their salt and the hash itself."""
    at = row["at"].astimezone(UTC).isoformat(timespec="microseconds")
    plain = {name: row[name] for name in PLAIN}
    numbers = [row["seq"], at, float(row["elapsed_ms"]).hex()]
    return _sha256([numbers, plain, row["asked_digest"], row["prev_hash"]])


def chained(values: Mapping[str, Any], last: Link) -> dict[str, Any]:
    """A row as it is written after `last`: with `seq`, unless it has one, and the columns of the chain."""
    salt = secrets.token_hex(16)
    digest = digest_asked(salt, values["question"], values["region"])
    row = {"seq": last.seq + 1, **values, "asked_salt": salt, "asked_digest": digest, "prev_hash": last.hash}
    return {**row, "hash": hash_row(row)}


def link_of(row: Mapping[str, Any]) -> Link:
    """The link of a row as it is written."""
    return Link(row["seq"], row["hash"])


def append(connection: Connection, values: Mapping[str, Any]) -> None:
    """Write a row after the last one, in a writing transaction; no two processes do so at once.

    SQLite lets one in at a time anyway; elsewhere the row of the salt is what they wait for.
    """
    connection.execute(select(installation).where(installation.c.name == "salt").with_for_update()).all()
    connection.execute(insert(audit).values(chained(values, last_link(connection))))


def anchor_of(connection: Connection) -> Link:
    """The last row that was purged; `START` when none was."""
    known = connection.execute(select(installation.c.value).where(installation.c.name == ANCHOR)).scalar_one_or_none()
    seq, _, hashed = (known or "").partition(":")
    return Link(int(seq), hashed) if seq.isdecimal() else START


def set_anchor(connection: Connection, anchor: Link) -> None:
    """Note that the rows up to `anchor` are to be purged."""
    values = {"value": f"{anchor.seq}:{anchor.hash}"}
    if not connection.execute(update(installation).where(installation.c.name == ANCHOR).values(values)).rowcount:
        connection.execute(insert(installation).values(name=ANCHOR, **values))


def last_link(connection: Connection) -> Link:
    """The last row there is; the anchor when all were purged."""
    newest = connection.execute(select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)).one_or_none()
    return anchor_of(connection) if newest is None else Link(*newest)


def hash_at(connection: Connection, seq: int) -> str | None:
    """The hash of one row; None where there is no such row."""
    return connection.execute(select(audit.c.hash).where(audit.c.seq == seq)).scalar_one_or_none()


def verify(connection: Connection, head: Link | None) -> ChainReport:
    """Look at every row, oldest first, up to the first fault.

    Args:
        connection: A reading transaction, begun after `head` was read, as rows may come meanwhile.
        head: The last link as it was kept beside the database; None when it is not there.
    """
    walk = _Walk(anchor_of(connection), head)
    for seq, row in _rows(connection):
        fault = walk.step(seq, row)
        if fault:
            return walk.report(fault, seq)
    fault, seq = walk.end()
    return walk.report(fault, seq)


class _Walk:
    """One walk along the chain."""

    def __init__(self, anchor: Link, head: Link | None) -> None:
        self._anchor = self._last = anchor
        self._head = head
        self._rows = self._first = 0
        self._blank: set[int] = set()
        self._declared: set[int] = set()
        self._purged: set[int] = set()

    def step(self, seq: int, row: Row[Any] | None) -> str:
        """Look at the next row, None for one that cannot be read; what is wrong with it, or ""."""
        if row is None:
            return "unreadable"
        values: Mapping[str, Any] = dict(row._mapping)
        if values["prev_hash"] != self._last.hash:
            return "unconnected"
        if not _has_its_hash(values):
            return "changed"
        if fault := self._look_at_words(values):
            return fault
        if self._head is not None and self._head.seq == seq and self._head.hash != values["hash"]:
            return "replaced"
        self._rows, self._first, self._last = self._rows + 1, self._first or seq, Link(seq, values["hash"])
        return ""

    def _look_at_words(self, values: Mapping[str, Any]) -> str:
        seq, question, region = values["seq"], values["question"], values["region"]
        if not values["asked_salt"] and not question and region is None:
            self._blank.add(seq)
            return ""
        if digest_asked(values["asked_salt"], str(question), region) != values["asked_digest"]:
            return "changed"
        if values["status"] == FORGOTTEN:
            self._declared |= {one for one in numbers_of(question) if one < seq}
        if values["status"] == PURGED and question.isdecimal():
            self._purged.add(int(question))
        return ""

    def end(self) -> tuple[str, int]:
        """What is wrong with the whole, and at which row; ("", 0) when nothing is."""
        if undeclared := self._blank - self._declared:
            return "blanked", min(undeclared)
        if self._anchor != START and self._anchor.seq not in self._purged:
            return "beheaded", self._anchor.seq
        if self._head is None:
            return "no_head", self._last.seq
        return ("cut", self._head.seq) if self._head.seq > self._last.seq else ("", 0)

    def report(self, fault: str, seq: int) -> ChainReport:
        """What was seen."""
        counts = {"rows": self._rows, "forgotten": len(self._blank), "first": self._first}
        return ChainReport(**counts, last=self._last, fault=fault, fault_seq=seq)


def ranges_of(numbers: list[int]) -> str:
    """Ascending numbers in short.

    >>> ranges_of([1, 2, 3, 7])
    '1-3,7'
    """
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ",".join(f"{low}-{high}" if low < high else str(low) for low, high in ranges)


def numbers_of(ranges: str) -> Iterator[int]:
    """The numbers that `ranges_of` made short; what follows a blank is no part of it.

    >>> list(numbers_of("1-3,7 wang"))
    [1, 2, 3, 7]
    """
    for one in ranges.partition(" ")[0].split(","):
        low, _, high = one.partition("-")
        if low.isdecimal():
            yield from range(int(low), int(high if high.isdecimal() else low) + 1)


def _rows(connection: Connection) -> Iterator[tuple[int, Row[Any] | None]]:
    """Each row with its number, in order; None for a row of which a column cannot be read."""
    seen = 0
    following = select(audit.c.seq).order_by(audit.c.seq).limit(AT_ONCE)
    while numbers := connection.execute(following.where(audit.c.seq > seen)).scalars().all():
        rows = _read(connection, numbers[0], numbers[-1])
        if rows is None:  # one of them cannot be read: each by itself
            rows = [row for number in numbers for row in _read(connection, number, number) or [None]]
        yield from zip(numbers, rows, strict=True)
        seen = numbers[-1]


def _read(connection: Connection, low: int, high: int) -> Sequence[Row[Any] | None] | None:
    wanted = select(audit).where(audit.c.seq.between(low, high)).order_by(audit.c.seq)
    try:
        return connection.execute(wanted).all()
    except (SQLAlchemyError, ValueError, TypeError):  # text that is none, JSON that is none, a day that is none
        return None


def _has_its_hash(row: Mapping[str, Any]) -> bool:
    try:
        return bool(hash_row(row) == row["hash"])
    except (ValueError, TypeError, AttributeError):  # a column holds what no writer puts there
        return False


def _sha256(value: object) -> str:
    canonical = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()
