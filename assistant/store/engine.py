"""The database under the store: opens it, brings its tables up to date, hands out transactions.

SQLite by default, with write-ahead logging, so that readers do not wait for the one writer; any other database by
its SQLAlchemy URL. Every failure leaves here as `StoreError`.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext, RevisionStep
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from assistant.store import wording

FILE_NAME = "jiangbu.sqlite"
BUSY_TIMEOUT_S = 5.0
MIGRATIONS = Path(__file__).parent / "migrations"


class StoreError(RuntimeError):
    """The store cannot be opened or used; the message, in Chinese, is for the person who runs the service."""


class Database:
    """Transactions over one engine; used from several threads at once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = engine.execution_options(jiangbu_writes=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads.

        Raises:
            StoreError: The database does not answer.
        """
        try:
            with self._engine.connect() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StoreError(wording.FAILED.format(reason=_reason(error))) from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes, committed at the end; SQLite lets one in at a time.

        Raises:
            StoreError: The database does not answer, or another process held it for too long.
        """
        try:
            with self._writing.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StoreError(wording.FAILED.format(reason=_reason(error))) from error

    @property
    def file(self) -> Path | None:
        """The file in which SQLite keeps it; None for another database."""
        return Path(self._engine.url.database or "") if self._engine.dialect.name == "sqlite" else None

    def empty_log(self) -> bool:
        """Write all that waits in SQLite's write-ahead log into the file and empty the log, as it holds old pages too.

        Returns:
            Whether it was emptied; not while another connection reads or writes.

        Raises:
            StoreError: The database does not answer.
        """
        if self.file is None:
            return True
        return bool(self._alone("PRAGMA wal_checkpoint(TRUNCATE)")[0] == 0)

    def copy_to(self, file: Path) -> None:
        """Write the database, as it is at one moment, into a new file of SQLite's; others go on reading and writing.

        Raises:
            StoreError: It is no SQLite database, or the file cannot be written.
        """
        self._alone("VACUUM INTO ?", str(file))

    def is_intact(self) -> bool:
        """Whether SQLite finds no damage in the file.

        Raises:
            StoreError: The damage is such that it cannot look.
        """
        return self.file is None or self._alone("PRAGMA integrity_check")[0] == "ok"

    def _alone(self, statement: str, *values: str) -> Sequence[Any]:
        """What a statement that may not stand in a transaction says in its first row; () when it says nothing."""
        try:
            with self._engine.connect() as connection:
                driven: Any = connection.connection.driver_connection
                return driven.execute(statement, values).fetchone() or ()
        except (SQLAlchemyError, self._engine.dialect.dbapi.Error) as error:  # type: ignore[union-attr] # it has one
            reason = _reason(error) if isinstance(error, SQLAlchemyError) else str(error)
            raise StoreError(wording.FAILED.format(reason=reason)) from error

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()


def open_database(home: Path, url: str | None = None) -> Database:
    """Open the database and bring its tables up to date.

    Args:
        home: Where the SQLite file lies when no URL is given.
        url: A SQLAlchemy URL, such as `postgresql+psycopg://…`.

    Raises:
        StoreError: The URL is wrong, its driver is missing, or the database cannot be opened or is a newer program's.
    """
    engine = _engine(home, url)
    database = Database(engine)
    try:
        with database.writing() as connection:
            migrate(connection)
    except (StoreError, CommandError) as error:
        database.close()
        unknown = isinstance(error, CommandError)
        raise StoreError(wording.NEWER if unknown else wording.NOT_OPENED.format(reason=error)) from error
    return database


def migrate(connection: Connection) -> None:
    """Bring the tables to the newest form, in the transaction of the connection: wholly or not at all."""
    config, script = Config(), ScriptDirectory(MIGRATIONS, version_locations=[MIGRATIONS])

    def steps(revision: Any, context: MigrationContext) -> list[RevisionStep]:  # noqa: ANN401 - as alembic's
        return script._upgrade_revs("head", revision)  # what `alembic upgrade` runs; it has no public name

    with EnvironmentContext(config, script, fn=steps) as environment:
        environment.configure(connection=connection)
        environment.run_migrations()


def _engine(home: Path, url: str | None) -> Engine:
    try:
        target = make_url(url) if url else make_url("sqlite://").set(database=str(home / FILE_NAME))
        if target.get_backend_name() != "sqlite":
            return create_engine(target, pool_pre_ping=True, pool_timeout=BUSY_TIMEOUT_S)
        engine = create_engine(target, connect_args={"timeout": BUSY_TIMEOUT_S}, pool_timeout=BUSY_TIMEOUT_S)
    except ModuleNotFoundError as error:
        raise StoreError(wording.NO_DRIVER.format(driver=error.name)) from error
    except (ArgumentError, SQLAlchemyError) as error:
        raise StoreError(wording.BAD_URL) from error  # the URL may hold a password: it is not shown
    _create_private(Path(target.database or ""))
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _create_private(file: Path) -> None:
    """Make the file before SQLite does, readable by its owner only; the files beside it take over its mode."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600))
        file.chmod(0o600)
    except OSError as error:
        raise StoreError(wording.NOT_OPENED.format(reason=f"{file}: {error.strerror}")) from error


def _set_up_sqlite(connection: Any, record: object) -> None:  # noqa: ANN401 - the driver's own
    connection.isolation_level = None  # transactions begin where we say so, `_begin_sqlite`
    # FULL: what was written is there after a power cut, as is what the head of the audit log names.
    # secure_delete: what is to be forgotten is overwritten, not only unlinked.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once: a reader that turns writer is refused without waiting."""
    writes = connection.get_execution_options().get("jiangbu_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _reason(error: SQLAlchemyError) -> str:
    """What the driver says, without the statement and its values, which are what people typed."""
    return str(getattr(error, "orig", None) or type(error).__name__)
