"""The store opens, makes and updates its tables, is private, and says what is wrong when it cannot."""

import io
import sqlite3
import stat
from contextlib import closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from assistant.store import FILE_NAME, StoreError, open_store
from assistant.store.engine import MIGRATIONS, open_database
from assistant.store.tables import metadata


def raw(home):
    """The file as any program sees it."""
    return sqlite3.connect(home / FILE_NAME)


def test_what_was_kept_is_there_when_it_is_opened_again(tmp_path):
    with closing(open_store(tmp_path)) as store:
        store.accounts.add("wang", "staff")
        hashed = store.audit.hash_client("192.0.2.1")
    with closing(open_store(tmp_path)) as store:
        assert [one.name for one in store.accounts.list()] == ["wang"]
        assert store.audit.hash_client("192.0.2.1") == hashed


def test_two_installations_hash_a_client_differently(tmp_path):
    with closing(open_store(tmp_path / "a")) as one, closing(open_store(tmp_path / "b")) as other:
        assert one.audit.hash_client("192.0.2.1") != other.audit.hash_client("192.0.2.1")


def test_the_file_and_those_beside_it_are_the_owners_alone(tmp_path):
    (tmp_path / FILE_NAME).touch(0o644)
    with closing(open_store(tmp_path)) as store:
        store.accounts.add("wang", "staff")
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    assert modes == dict.fromkeys([FILE_NAME, f"{FILE_NAME}-wal", f"{FILE_NAME}-shm", "audit.head"], 0o600)


def test_sqlite_is_set_up_for_many_readers_and_foreign_keys(tmp_path):
    with closing(open_database(tmp_path)) as database, database.reading() as connection:
        told = [connection.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "foreign_keys")]
        assert (told, connection.execute(text("PRAGMA busy_timeout")).scalar()) == (["wal", 1], 5000)


def test_migrations_make_the_tables_that_the_code_knows(tmp_path):
    with closing(open_database(tmp_path)) as database, database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_migrations_render_for_postgresql():
    """No PostgreSQL runs here: what is checked is that every statement can be written in its dialect."""
    script, sql = ScriptDirectory(MIGRATIONS, version_locations=[MIGRATIONS]), io.StringIO()
    steps = {"fn": lambda revision, context: script._upgrade_revs("head", revision), "as_sql": True}
    with EnvironmentContext(Config(), script, **steps) as environment:
        environment.configure(dialect_name="postgresql", output_buffer=sql)
        environment.run_migrations()
    for table in metadata.tables:
        assert f"CREATE TABLE {table} (" in sql.getvalue()
    assert "seq SERIAL NOT NULL" in sql.getvalue()
    assert "TIMESTAMP WITHOUT TIME ZONE" in sql.getvalue()


def test_a_store_of_a_newer_program_is_refused_and_left_as_it_is(tmp_path):
    with closing(open_database(tmp_path)) as database, database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="更新版本"):
        open_store(tmp_path)
    with closing(raw(tmp_path)) as file:
        assert file.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)


def test_a_missing_driver_is_named_with_what_to_install(tmp_path):
    with pytest.raises(StoreError, match="psycopg.*pip install"):
        open_store(tmp_path, "postgresql+psycopg://user:hushhush@127.0.0.1/x")


@pytest.mark.parametrize("url", ["nonsense", "nosuch://user:hushhush@127.0.0.1/x"])
def test_a_wrong_url_is_refused_without_showing_its_password(tmp_path, url):
    with pytest.raises(StoreError) as refused:
        open_store(tmp_path, url)
    assert "JIANGBU_DATABASE_URL" in str(refused.value)
    assert "hushhush" not in str(refused.value)


def test_a_sqlite_file_elsewhere_can_be_named(tmp_path):
    open_store(tmp_path / "home", f"sqlite:///{tmp_path}/elsewhere.db").close()
    assert (tmp_path / "elsewhere.db").exists()
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("content", [b"no database, " * 100])
def test_a_file_that_is_no_database_is_refused(tmp_path, content):
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(StoreError, match="打不开数据库"):
        open_store(tmp_path)


def test_a_home_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "home").touch()
    with pytest.raises(StoreError, match="打不开数据库"):
        open_store(tmp_path / "home")


def test_a_failed_migration_leaves_no_half(tmp_path, monkeypatch):
    (tmp_path / "bad").mkdir()
    good = (MIGRATIONS / "first_tables.py").read_text(encoding="utf-8")
    broken = good.replace("    _make_audit()\n", "    _make_audit()\n    op.execute('no such statement')\n", 1)
    (tmp_path / "bad" / "first_tables.py").write_text(broken, encoding="utf-8")
    monkeypatch.setattr("assistant.store.engine.MIGRATIONS", tmp_path / "bad")
    with pytest.raises(StoreError):
        open_store(tmp_path)
    with closing(raw(tmp_path)) as file:
        assert file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall() == []
