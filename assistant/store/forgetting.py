"""Forgetting what somebody said: questions in the audit log, tickets, talks.

The rows of the log stay, with what was answered and when, but without the words; the log itself says which rows they
are and who had them forgotten. What staff did (uploads, acceptances, signing in) is not forgotten, nor are reviewed
answers, which staff wrote.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, delete, select, update

from assistant.store.audit import Audit, AuditEntry
from assistant.store.audit_chain import FORGOTTEN, ranges_of
from assistant.store.engine import Database
from assistant.store.normal import normal_question
from assistant.store.tables import account, audit, feedback, talk

AT_ONCE = 500  # values in one condition


@dataclass(frozen=True, kw_only=True)
class Forgotten:
    """How many questions, tickets and talks are gone; whether no old copy of them is left in SQLite's own log."""

    questions: int
    tickets: int
    talks: int
    is_complete: bool = True


def forget(database: Database, log: Audit, *, client: str = "", name: str = "", by: str) -> Forgotten:
    """Forget what one client or one account asked, said and kept.

    Args:
        database: The store's.
        log: The audit log, which gets an entry of this.
        client: The client, hashed as it stands in the log; "" for none.
        name: The name of the account; "" for none.
        by: Who has it forgotten.

    Raises:
        StoreError: The database does not answer; then nothing is forgotten.
    """
    with database.writing() as connection:
        whose = audit.c.client == client if client else audit.c.caller == name
        seqs, questions = _blank(connection, whose)
        tickets = _delete_tickets(connection, client, questions)
        talks = _delete_talks(connection, name) if name else 0
        told = f"{ranges_of(seqs) or '-'} {name}".strip()
        log.write_in(connection, AuditEntry(door="cli", client=client, status=FORGOTTEN, question=told, caller=by))
    emptied = database.empty_log()
    return Forgotten(questions=len(seqs), tickets=tickets, talks=talks, is_complete=emptied)


def _blank(connection: Connection, whose: ColumnElement[bool]) -> tuple[list[int], set[str]]:
    """Blank the words in somebody's rows; the numbers of the rows, ascending, and the questions that stood there."""
    answers = (audit.c.engine != "") & (audit.c.asked_salt != "")  # what staff do has no engine
    rows = connection.execute(select(audit.c.seq, audit.c.question).where(whose & answers).order_by(audit.c.seq)).all()
    seqs = [row.seq for row in rows]
    for some in _parts(seqs):
        blank = {"question": "", "region": None, "asked_salt": ""}
        connection.execute(update(audit).where(audit.c.seq.in_(some)).values(blank))
    return seqs, {normal_question(row.question) for row in rows} - {""}


def _delete_tickets(connection: Connection, client: str, questions: set[str]) -> int:
    """Delete the client's tickets, and those in which one of the questions stands, which may be of several people."""
    rows = connection.execute(select(feedback.c.number, feedback.c.client, feedback.c.question, feedback.c.history))
    numbers = [
        row.number
        for row in rows
        if (client and row.client == client)
        or {normal_question(one) for one in (row.question, *row.history)} & questions
    ]
    for some in _parts(numbers):
        connection.execute(delete(feedback).where(feedback.c.number.in_(some)))
    return len(numbers)


def _delete_talks(connection: Connection, name: str) -> int:
    own = select(account.c.id).where(account.c.name == name)
    return connection.execute(delete(talk).where(talk.c.account_id.in_(own))).rowcount


def _parts(numbers: list[int]) -> Iterable[list[int]]:
    return (numbers[start : start + AT_ONCE] for start in range(0, len(numbers), AT_ONCE))
