"""Opens the store: the database, and one object for each thing that is kept in it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select

from assistant.store import wording
from assistant.store.accounts import Accounts
from assistant.store.audit import DAYS_MIN, Audit
from assistant.store.audit_chain import HEAD_DUE, last_link
from assistant.store.audit_head import HEAD_NAME, AuditHead
from assistant.store.engine import Database, StoreError, open_database
from assistant.store.feedback import FeedbackQueue, Remark, Settlement, Ticket
from assistant.store.reviewed import ReviewedAnswers
from assistant.store.tables import installation
from assistant.store.talks import Talks
from assistant.store.uploads import Uploads
from corpus.errors import CorpusError


@dataclass(frozen=True, kw_only=True)
class Store:
    """All that is kept; used from several threads at once."""

    database: Database
    accounts: Accounts
    feedback: FeedbackQueue
    reviewed: ReviewedAnswers
    audit: Audit
    talks: Talks
    uploads: Uploads

    def start(self) -> None:
        """Begin to write the audit log and to purge it; without this the first entry does."""
        self.audit.background.start()

    def note_unanswered(self, remark: Remark) -> None:
        """Have an unanswered question put into the queue; returns at once and never raises."""
        self.audit.background.submit(self.feedback.unanswered(remark))

    def settle(
        self,
        ticket: Ticket,
        settlement: Settlement,
        *,
        question: str | None = None,
        answer: str | None = None,
        documents: Sequence[str] = (),
    ) -> None:
        """Settle a ticket, and with `answer` put that in force as the reviewed one: both or neither.

        Args:
            ticket: The ticket.
            settlement: What is made of it, and by whom.
            question: What the answer answers, where the ticket's own question needs those before it.
            answer: The reviewed answer.
            documents: The ids of the documents that it rests on.

        Raises:
            AlreadySettled: Somebody did so before.
        """
        with self.database.writing() as connection:
            self.feedback.settle(connection, ticket, settlement)
            if answer is not None:
                self.reviewed.add(
                    connection,
                    question=question or ticket.question,
                    region=ticket.region,
                    answer=answer,
                    reviewer=settlement.by,
                    documents=documents,
                )
        self.reviewed.changed()

    def close(self) -> None:
        """Write what still waits, then let go of the database."""
        self.audit.background.close()
        self.database.close()


def open_store(home: Path, url: str | None = None, *, audit_days: int = DAYS_MIN) -> Store:
    """Open the store, making or updating its tables.

    Args:
        home: Where `jiangbu.sqlite` lies when no URL is given.
        url: A SQLAlchemy URL of another database.
        audit_days: How long audit entries are kept, 184 or more.

    Raises:
        StoreError: The database cannot be opened; the message says why and what to do.
    """
    database = open_database(home, url)
    with database.writing() as connection:
        salt = _salt(connection)
    head = AuditHead((home if database.file is None else database.file.parent) / HEAD_NAME)
    _begin_head(head, database)
    return Store(
        database=database,
        accounts=Accounts(database),
        feedback=FeedbackQueue(database),
        reviewed=ReviewedAnswers(database),
        audit=Audit(database, salt, audit_days, head=head),
        talks=Talks(database),
        uploads=Uploads(database),
    )


def _begin_head(head: AuditHead, database: Database) -> None:
    """Keep the last link for a new log, or one that was chained just now."""
    try:
        head.begin(database)
        with database.reading() as connection:
            due = connection.execute(select(installation).where(installation.c.name == HEAD_DUE)).one_or_none()
        if due is not None:
            with database.writing() as connection:
                head.write(last_link(connection))
                connection.execute(delete(installation).where(installation.c.name == HEAD_DUE))
    except (OSError, CorpusError) as error:
        raise StoreError(wording.NOT_OPENED.format(reason=error)) from error


def _salt(connection: Connection) -> str:
    """What this installation's client hashes are made with; made once."""
    known = connection.execute(select(installation.c.value).where(installation.c.name == "salt")).scalar_one_or_none()
    if known is not None:
        return str(known)
    salt = secrets.token_hex(32)
    connection.execute(insert(installation).values(name="salt", value=salt))
    return salt
