"""The tables of the store, in portable SQL. A change here goes with a new file in `migrations/`."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator


class Instant(TypeDecorator[datetime]):
    """A moment with its zone in Python, UTC without one in the database, as not every database keeps zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database."""
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database."""
        return value and value.replace(tzinfo=UTC)


metadata = MetaData()

installation = Table(
    "installation",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", String(200), nullable=False),
)

account = Table(
    "account",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(40), nullable=False, unique=True),
    Column("role", String(10), nullable=False),
    Column("password_hash", String(200)),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("created", Instant, nullable=False),
    Column("disabled", Boolean, nullable=False),
)

login = Table(
    "login",
    metadata,
    Column("session_hash", String(64), primary_key=True),
    Column("account_id", Integer, ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("expires", Instant, nullable=False, index=True),
)

feedback = Table(
    "feedback",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("verdict", String(10), nullable=False),
    Column("question", Text, nullable=False),
    Column("history", JSON, nullable=False),
    Column("region", String(60)),
    Column("as_of", Date),
    Column("answer", Text, nullable=False),
    Column("status", String(30), nullable=False),
    Column("reason", Text, nullable=False),
    Column("expected", Text, nullable=False),
    Column("times", Integer, nullable=False),
    Column("same", String(64), unique=True),  # hash of an open unanswered question; none for all others
    Column("state", String(10), nullable=False),
    Column("settled_as", String(10)),
    Column("note", Text),
    Column("gold", JSON(none_as_null=True)),
    Column("settled_by", String(40)),
    Column("settled_at", Instant),
    Column("client", String(64), nullable=False, server_default=""),  # whose it is, hashed as in the audit log
    Index("ix_feedback_state_verdict", "state", "verdict"),
    sqlite_autoincrement=True,
)

reviewed = Table(
    "reviewed",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("normal", Text, nullable=False),  # the question as `normal_question` has it
    Column("question", Text, nullable=False),
    Column("region", String(60)),
    Column("answer", Text, nullable=False),
    Column("reviewer", String(40), nullable=False),
    Column("reviewed_on", Date, nullable=False),
    Column("documents", JSON, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    sqlite_autoincrement=True,
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", Instant, nullable=False, index=True),
    Column("door", String(10), nullable=False),
    Column("client", String(64), nullable=False),
    Column("question", Text, nullable=False),
    Column("region", String(60)),
    Column("status", String(30), nullable=False),
    Column("engine", String(10), nullable=False),
    Column("figures", JSON, nullable=False),
    Column("citations", JSON, nullable=False),
    Column("index_version", String(200), nullable=False),
    Column("elapsed_ms", Float, nullable=False),
    Column("caller", String(40), nullable=False),
    Column("asked_salt", String(32), nullable=False, server_default=""),  # "" where question and region are forgotten
    Column("asked_digest", String(64), nullable=False, server_default=""),
    Column("prev_hash", String(64), nullable=False, server_default=""),
    Column("hash", String(64), nullable=False, server_default=""),  # see `audit_chain`
    sqlite_autoincrement=True,
)

upload = Table(
    "upload",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("sender", String(40), nullable=False),
    Column("names", JSON, nullable=False),
    Column("titles", JSON, nullable=False),
    Column("state", String(10), nullable=False, index=True),
    Column("size", Integer, nullable=False),  # characters of `documents` and `preview`
    Column("documents", JSON, nullable=False),
    Column("preview", JSON, nullable=False),
    Column("ids", JSON, nullable=False),
    Column("settled_by", String(40)),
    Column("settled_at", Instant),
    Column("note", Text),
    sqlite_autoincrement=True,
)

talk = Table(
    "talk",
    metadata,
    Column("account_id", Integer, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("title", String(100), nullable=False),
    Column("updated", Instant, nullable=False),
    Column("turns", JSON, nullable=False),
)
