"""`jiangbu account`: tokens on stdout once, everything else on stderr, one line for what goes wrong."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from assistant.cli import main
from assistant.store import FILE_NAME, open_store

PASSWORD = "correct-horse"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("JIANGBU_HOME", str(tmp_path))
    return lambda *arguments, **given: CliRunner().invoke(main, ["account", *arguments], **given)


def test_an_account_is_added_with_its_token_on_stdout_alone(run, tmp_path):
    result = run("add", "王五", "--role", "admin", "--password-stdin", input=f"{PASSWORD}\n")
    assert result.exit_code == 0
    token = result.stdout.strip()
    assert "只显示这一次" in result.stderr
    assert token not in result.stderr
    store = open_store(tmp_path)
    assert store.accounts.by_token(token) == store.accounts.by_password("王五", PASSWORD)
    store.close()


def test_accounts_are_listed_with_role_and_state(run):
    assert run("list").stdout == ""
    run("add", "wang", "--role", "staff")
    run("add", "gao", "--role", "admin")
    run("disable", "wang")
    lines = [line.split() for line in run("list").stdout.splitlines()]
    assert [(name, role, state) for name, role, day, state in lines] == [
        ("gao", "admin", "可用"),
        ("wang", "staff", "已停用"),
    ]


def test_a_new_token_replaces_the_old_one(run, tmp_path):
    old = run("add", "wang", "--role", "staff").stdout.strip()
    new = run("token", "wang").stdout.strip()
    store = open_store(tmp_path)
    assert (store.accounts.by_token(old), store.accounts.by_token(new).name) == (None, "wang")
    store.close()


@pytest.mark.parametrize(
    ("arguments", "given", "status", "said"),
    [
        (("add", "wang", "--role", "staff"), "", 1, "已有名为 wang"),
        (("add", "a b", "--role", "staff"), "", 1, "账号名"),
        (("add", "zhao", "--role", "staff", "--password-stdin"), "short\n", 1, "10 到 200"),
        (("add", "zhao", "--role", "boss"), "", 2, "boss"),
        (("add", "zhao"), "", 2, "--role"),
        (("disable", "nobody"), "", 1, "没有名为 nobody"),
        (("token", "nobody"), "", 1, "没有名为 nobody"),
    ],
)
def test_what_goes_wrong_is_said_in_a_line(run, arguments, given, status, said):
    run("add", "wang", "--role", "staff")
    result = run(*arguments, input=given)
    assert (result.exit_code, result.stdout) == (status, "")
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_database_without_its_driver_is_said_without_its_password(run, monkeypatch):
    monkeypatch.setenv("JIANGBU_DATABASE_URL", "postgresql+psycopg://user:hushhush@127.0.0.1/x")
    result = run("list")
    assert (result.exit_code, "psycopg" in result.stderr, "hushhush" in result.stderr) == (1, True, False)


def test_a_damaged_store_is_one_line(run, tmp_path):
    (tmp_path / FILE_NAME).write_bytes(b"no database, " * 100)
    result = run("list")
    assert (result.exit_code, "打不开数据库" in result.stderr) == (1, True)


def test_the_command_line_does_not_load_the_database():
    script = "import sys, assistant.cli; print({'sqlalchemy', 'alembic', 'argon2'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
