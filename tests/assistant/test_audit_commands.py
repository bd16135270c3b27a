"""`jiangbu audit`: whether the log is whole, what stands in it, forgetting."""

import json
import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner

from assistant.cli import main
from assistant.store import FILE_NAME, open_store
from assistant.store.audit import AuditEntry
from assistant.store.audit_head import HEAD_NAME
from assistant.store.feedback import Remark
from tests.assistant.store.test_audit import entry

SECRET = "只有这一位问过的事"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("JIANGBU_HOME", str(tmp_path))
    return lambda *arguments: CliRunner().invoke(main, ["audit", *arguments])


@pytest.fixture
def kept(tmp_path):
    """One client's question with a ticket, an account's question with a talk, somebody else's question."""
    with closing(open_store(tmp_path)) as store:
        store.accounts.add("wang", "staff")
        account = store.accounts.list()[0]
        client = store.audit.hash_client("192.0.2.1")
        store.audit.write(AuditEntry(**{**vars(entry(SECRET)), "client": client}))
        store.audit.write(AuditEntry(**{**vars(entry("王的问题")), "caller": "wang"}))
        store.audit.write(AuditEntry(door="api", client=client, status="add", question="文件.txt", caller="wang"))
        store.audit.write(entry("别人的问题"))
        said = Remark(verdict="wrong", question="另一句", answer="答", status="answered", client=client)
        asked = Remark(verdict="unanswered", question=f"{SECRET}？", answer="答", status="not_found")
        store.feedback.add(said)
        store.feedback.add(asked)
        store.feedback.add(Remark(verdict="up", question="别人的问题", answer="答", status="answered"))
        store.talks.save(account.id, "t", "王的对话", [{"question": "王的问题", "answer": "答"}])
    return client


def test_a_whole_log_is_said_to_be_whole(run, kept, tmp_path):
    told = run("verify")
    assert (told.exit_code, told.stderr) == (0, "")
    assert told.stdout.startswith("审计日志完好：共 4 条，编号 1 到 4，")
    noted = told.stdout.split("末条：")[1].split("（")[0]
    assert run("verify", "--noted", noted).exit_code == 0
    assert run("verify", "--noted", "4:" + "0" * 64).exit_code == 1
    assert run("verify", "--noted", "9" * 18 + ":" + "0" * 64).exit_code == 1
    assert run("verify", "--noted", "x").exit_code == 2


def test_a_log_without_entries_is_said_to_be_empty(run):
    assert (run("verify").exit_code, run("verify").stdout) == (0, "审计日志还没有记录。\n")


def test_the_first_bad_row_is_named(run, kept, tmp_path):
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as raw:
        raw.execute("UPDATE audit SET status = 'x' WHERE seq = 2")
        raw.commit()
    told = run("verify")
    assert (told.exit_code, told.stdout) == (1, "")
    assert "第 2 条有问题：内容与当时写下的不同。" in told.stderr


def test_entries_are_listed_a_line_each_newest_first(run, kept):
    lines = run("list", "--limit", "2").stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["4", "3"]
    assert lines[1].split()[3:] == ["api", "add", kept, "wang", "文件.txt"]
    told = [json.loads(line) for line in run("list", "--json").stdout.splitlines()]
    assert [(one["seq"], one["status"]) for one in told] == [
        (4, "answered"),
        (3, "add"),
        (2, "answered"),
        (1, "answered"),
    ]
    assert set(told[0]) == {*vars(entry()), "seq", "at"}


@pytest.mark.parametrize("how", ["--client", "--address"])
def test_a_client_is_forgotten_everywhere(run, kept, tmp_path, how):
    told = run("forget", how, kept if how == "--client" else "192.0.2.1")
    assert (told.exit_code, "问题 1 个，反馈 2 条，保存的对话 0 份" in told.stderr) == (0, True)
    assert run("verify").exit_code == 0
    for file in tmp_path.iterdir():
        for trace in (SECRET, "另一句"):
            assert trace.encode() not in file.read_bytes(), file.name
    with closing(open_store(tmp_path)) as store:
        assert [row.question for row in store.audit.recent(9)] == ["1", "别人的问题", "文件.txt", "王的问题", ""]
        assert [one.question for one in store.feedback.page()] == ["别人的问题"]


def test_an_account_is_forgotten_with_its_talks_and_its_deeds_stay(run, kept, tmp_path):
    told = run("forget", "--account", "wang")
    assert (told.exit_code, "问题 1 个，反馈 0 条，保存的对话 1 份" in told.stderr) == (0, True)
    for file in tmp_path.iterdir():
        assert b"\xe7\x8e\x8b\xe7\x9a\x84" not in file.read_bytes(), file.name  # 王的
    with closing(open_store(tmp_path)) as store:
        rows = [(row.status, row.question, row.caller) for row in store.audit.recent(4)]
    assert rows[0][:2] == ("forgotten", "2 wang")
    assert rows[2:] == [("add", "文件.txt", "wang"), ("answered", "", "wang")]
    assert run("verify").exit_code == 0


@pytest.mark.parametrize("arguments", [(), ("--client", "a", "--account", "b")])
def test_whose_it_is_has_to_be_said_once(run, arguments):
    assert run("forget", *arguments).exit_code == 2


def test_after_a_loss_beside_the_log_it_can_go_on(run, kept, tmp_path):
    (tmp_path / HEAD_NAME).unlink()
    assert "不能断定末尾没有被截去" in run("verify").stderr
    assert run("seal", "--why", "误删").exit_code == 0
    assert run("verify").exit_code == 0
    assert "误删；当时核对的结果：no_head 4" in run("list", "--limit", "1").stdout
