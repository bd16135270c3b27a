"""The chain over the audit log: what anybody changes in it is found, and named."""

import json
import multiprocessing
import shutil
import sqlite3
import sys
from contextlib import closing

import pytest

from assistant.store import FILE_NAME, open_store
from assistant.store.audit import Audit, AuditEntry
from assistant.store.audit_chain import START, Link
from assistant.store.audit_head import HEAD_NAME, AuditHead
from assistant.store.engine import MIGRATIONS, open_database
from assistant.store.forgetting import forget
from tests.assistant.store.test_audit import entry

ROWS = 10
NASTY = 'a"}\n{"seq": 99, "x": "\x1b[31m红\x1b[0m\x1b]52;c;ZWNobw==\x07\u202e倒\u2066\u200b\U000e0041\x85\u2028行'


@pytest.fixture
def home(tmp_path):
    """A store with ten entries, closed."""
    with closing(open_store(tmp_path)) as store:
        for turn in range(ROWS):
            store.audit.write(entry(f"第{turn}问"))
    return tmp_path


def verdict(home):
    """What is wrong with the log, where, and how many rows were sound."""
    with closing(open_store(home)) as store:
        report = store.audit.verify()
    return report.fault, report.fault_seq, report.rows


def change(home, *statements):
    """What somebody with a knife does to the file."""
    with closing(sqlite3.connect(home / FILE_NAME)) as raw:
        for statement in statements:
            raw.execute(statement)
        raw.commit()


def test_a_log_that_nobody_touched_is_whole(home):
    assert verdict(home) == ("", 0, ROWS)
    assert json.loads((home / HEAD_NAME).read_text())["seq"] == ROWS


def test_a_new_log_is_whole(tmp_path):
    assert verdict(tmp_path) == ("", 0, 0)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "'2026-11-22 01:30:00.000001'"),
        ("door", "'apj'"),
        ("client", "'ab13'"),
        ("question", "'第3问?'"),
        ("region", "'威海'"),
        ("region", "NULL"),
        ("status", "'not_found'"),
        ("engine", "'llm'"),
        ("figures", '\'[{"yuan": "900000", "kind": "cap"}]\''),
        ("citations", "'[]'"),
        ("index_version", "'snapshot-2'"),
        ("elapsed_ms", "12.500000000000002"),
        ("elapsed_ms", "'soon'"),
        ("caller", "'gao'"),
        ("asked_salt", "'00'"),
        ("asked_digest", "'00'"),
        ("hash", "'00'"),
        ("figures", "'no json'"),
        ("at", "'no day'"),
        ("question", "X'ff00'"),
    ],
)
def test_one_value_changed_is_found_at_its_row(home, column, value):
    change(home, f"UPDATE audit SET {column} = {value} WHERE seq = 4")
    fault, seq, rows = verdict(home)
    assert (fault in ("changed", "unreadable"), seq, rows) == (True, 4, 3)


def test_every_single_bit_of_the_text_of_a_row_counts(home):
    columns = "door, client, question, status, engine, figures, citations, index_version, caller, asked_salt"
    with closing(sqlite3.connect(home / FILE_NAME)) as raw:
        values = dict(
            zip(columns.split(", "), raw.execute(f"SELECT {columns} FROM audit WHERE seq = 5").fetchone(), strict=True)
        )
    for column, value in values.items():
        if not value:
            continue
        other = value[:-1] + chr(ord(value[-1]) ^ 1)
        with closing(sqlite3.connect(home / FILE_NAME)) as raw:
            raw.execute(f"UPDATE audit SET {column} = ? WHERE seq = 5", (other,))
            raw.commit()
        assert verdict(home)[1:] == (5, 4), column
        with closing(sqlite3.connect(home / FILE_NAME)) as raw:
            raw.execute(f"UPDATE audit SET {column} = ? WHERE seq = 5", (value,))
            raw.commit()
    assert verdict(home) == ("", 0, ROWS)


def test_a_row_taken_out_is_found(home):
    change(home, "DELETE FROM audit WHERE seq = 6")
    assert verdict(home) == ("unconnected", 7, 5)


def test_two_rows_that_changed_places_are_found(home):
    change(
        home,
        "UPDATE audit SET seq = 1000 WHERE seq = 4",
        "UPDATE audit SET seq = 4 WHERE seq = 5",
        "UPDATE audit SET seq = 5 WHERE seq = 1000",
    )
    assert verdict(home) == ("unconnected", 4, 3)


def test_a_row_put_in_is_found(home):
    columns = (
        "at, door, client, question, region, status, engine, figures, citations, index_version, elapsed_ms, caller"
    )
    chain = "asked_salt, asked_digest, prev_hash, hash"
    change(home, f"INSERT INTO audit ({columns}, {chain}) SELECT {columns}, {chain} FROM audit WHERE seq = 3")
    assert verdict(home) == ("unconnected", 11, ROWS)


@pytest.mark.parametrize("left", [9, 1, 0])
def test_an_end_cut_off_is_found_by_what_is_kept_beside(home, left):
    change(home, f"DELETE FROM audit WHERE seq > {left}")
    assert verdict(home) == ("cut", ROWS, left)


def test_an_end_cut_off_is_still_found_when_the_log_has_grown_over_it(home):
    change(home, "DELETE FROM audit WHERE seq > 7", "UPDATE sqlite_sequence SET seq = 7 WHERE name = 'audit'")
    with closing(open_store(home)) as store:
        for turn in range(9):
            store.audit.write(entry(f"新{turn}"))
        assert store.audit.flush(5)
        assert not store.audit.is_whole()
    assert verdict(home) == ("replaced", ROWS, 9)


@pytest.mark.parametrize("content", [None, "", "no json", '{"seq": 10}', '{"seq": "10", "hash": "00"}', "[]"])
def test_what_is_kept_beside_the_log_may_not_go_missing(home, content):
    (home / HEAD_NAME).unlink()
    if content is not None:
        (home / HEAD_NAME).write_text(content)
    assert verdict(home) == ("no_head", ROWS, ROWS)
    with closing(open_store(home)) as store:  # and is not made anew by whoever writes next
        store.audit.write(entry())
    assert verdict(home)[0] == "no_head"


def test_after_a_look_the_log_goes_on_and_says_so(home):
    (home / HEAD_NAME).unlink()
    with closing(open_store(home)) as store:
        store.audit.seal(AuditEntry(door="cli", client="", status="sealed", question="误删", caller="root"))
        store.audit.write(entry())
    assert verdict(home) == ("", 0, ROWS + 2)


def test_the_beginning_goes_only_with_an_entry_that_says_so(home):
    change(home, "DELETE FROM audit WHERE seq < 4")
    assert verdict(home) == ("unconnected", 4, 0)
    with closing(sqlite3.connect(home / FILE_NAME)) as raw:
        [before] = raw.execute("SELECT prev_hash FROM audit WHERE seq = 4").fetchone()
    change(home, f"INSERT INTO installation (name, value) VALUES ('audit_anchor', '3:{before}')")
    assert verdict(home) == ("beheaded", 3, 7)


def test_rows_that_are_old_go_and_the_chain_holds(database, clock, tmp_path):
    head = AuditHead(tmp_path / HEAD_NAME)
    head.begin(database)
    log = Audit(database, "salt", clock=clock, head=head)
    for day in range(5):
        log.write(entry(f"第{day}天"))
        assert log.flush(5)
        clock.go(days=1)
    log.background.close()
    clock.go(days=184, hours=-60)
    for _ in range(2):  # the second time there is nothing to purge
        later = Audit(database, "salt", clock=clock, head=head)
        later.background.start()
        assert later.flush(5)
        report = later.verify()
        assert [row.question for row in later.recent(9)] == ["3", "第4天", "第3天"]
        assert (report.fault, report.rows, report.first, report.last.seq) == ("", 3, 4, 6)
        later.background.close()
    clock.go(days=400)
    last = Audit(database, "salt", clock=clock, head=head)
    last.background.start()
    assert last.flush(5)
    assert (last.verify().fault, [row.question for row in last.recent(9)]) == ("", ["6"])
    last.background.close()


def test_a_clock_that_was_wrong_for_a_while_costs_no_row(database, clock):
    log = Audit(database, "salt", clock=clock)
    log.write(entry("先"))
    clock.go(days=-20_000)
    log.write(entry("1972"))
    clock.go(days=20_000)
    log.write(entry("后"))
    log.background.close()
    later = Audit(database, "salt", clock=clock)
    later.background.start()
    assert later.flush(5)
    assert [row.question for row in later.recent(9)] == ["后", "1972", "先"]
    later.background.close()


def test_any_text_is_one_row_of_plain_characters(tmp_path):
    with closing(open_store(tmp_path)) as store:
        store.audit.write(AuditEntry(**{**vars(entry(NASTY)), "region": NASTY, "caller": NASTY[:20]}))
        assert store.audit.flush(5)
        [row] = store.audit.recent(9)
        assert store.audit.verify().fault == ""
    kept = row.question + (row.region or "") + row.caller
    assert [
        one for one in kept if ord(one) < 32 or 127 <= ord(one) < 160 or one in "\u202e\u2066\u200b\U000e0041"
    ] == []
    assert row.question == 'a"} {"seq": 99, "x": "[31m红[0m]52;c;ZWNobw==倒  行'


def test_what_a_client_asked_is_forgotten_and_the_chain_holds(home):
    with closing(open_store(home)) as store:
        store.audit.write(AuditEntry(**{**vars(entry("别人的问题")), "client": "other"}))
        assert store.audit.flush(5)
        gone = forget(store.database, store.audit, client="ab12", by="root")
        assert (gone.questions, gone.is_complete) == (ROWS, True)
        store.audit.keep_head()
        assert [(row.status, row.question) for row in store.audit.recent(3)] == [
            ("forgotten", "1-10"),
            ("answered", "别人的问题"),
            ("answered", ""),
        ]
        assert (store.audit.verify().fault, store.audit.verify().forgotten) == ("", ROWS)
        again = forget(store.database, store.audit, client="ab12", by="root")
        assert again.questions == 0
    assert verdict(home)[0] == ""
    assert [file.name for file in home.iterdir() if "第3问".encode() in file.read_bytes()] == []


@pytest.mark.parametrize("blanked", ["7", "7,8"])
def test_words_that_are_gone_without_being_forgotten_are_found(home, blanked):
    with closing(open_store(home)) as store:
        store.audit.write(AuditEntry(**{**vars(entry("别人")), "client": "other"}))
        assert store.audit.flush(5)
        forget(store.database, store.audit, client="other", by="root")
        store.audit.keep_head()
    change(home, f"UPDATE audit SET question = '', region = NULL, asked_salt = '' WHERE seq IN ({blanked})")
    assert verdict(home) == ("blanked", 7, ROWS + 2)


def test_entries_of_an_earlier_program_are_chained_when_it_is_upgraded(home, tmp_path, monkeypatch):
    (tmp_path / "first").mkdir()
    shutil.copy(MIGRATIONS / "first_tables.py", tmp_path / "first")
    old = tmp_path / "old"
    with monkeypatch.context() as earlier:
        earlier.setattr("assistant.store.engine.MIGRATIONS", tmp_path / "first")
        open_database(old).close()
    columns = (
        "at, door, client, question, region, status, engine, figures, citations, index_version, elapsed_ms, caller"
    )
    change(
        old,
        f"ATTACH '{home / FILE_NAME}' AS newer",
        f"INSERT INTO audit ({columns}) SELECT {columns} FROM newer.audit ORDER BY seq",
    )
    assert verdict(old) == ("", 0, ROWS)
    assert AuditHead(old / HEAD_NAME).read().seq == ROWS
    change(old, "UPDATE audit SET status = 'x' WHERE seq = 2")
    assert verdict(old) == ("changed", 2, 1)


def write_many(home, name, count):
    with closing(open_store(home)) as store:
        for turn in range(count):
            store.audit.write(entry(f"{name}{turn}"))
            if turn % 7 == 0:
                store.audit.flush(5)


def test_two_processes_write_one_chain(tmp_path):
    open_store(tmp_path).close()
    spawn = multiprocessing.get_context("spawn")
    both = [spawn.Process(target=write_many, args=(tmp_path, name, 150)) for name in "ab"]
    for process in both:
        process.start()
    for process in both:
        process.join(60)
    assert [process.exitcode for process in both] == [0, 0]
    assert verdict(tmp_path) == ("", 0, 300)


def test_the_head_never_goes_back(tmp_path, database):
    head = AuditHead(tmp_path / HEAD_NAME)
    head.begin(database)
    head.write(Link(5, "a" * 64))
    head.begin(database)
    head.follow(database)
    assert (head.read(), head.is_sound) == (Link(5, "a" * 64), False)
    head.write(START)
    head.follow(database)
    assert head.is_sound


KILLED = """
import sys
from pathlib import Path
from assistant.store import open_store
from tests.assistant.store.test_audit import entry

store = open_store(Path(sys.argv[1]))
print("ready", flush=True)
for turn in range(1_000_000):
    store.audit.write(entry(f"问{turn}" + "长" * 400))
    if turn % 5 == 0:
        store.audit.flush(5)
        print(turn, flush=True)
"""


@pytest.mark.fault
def test_twenty_kills_in_mid_write_leave_whole_rows_and_one_chain(tmp_path):
    import random
    import signal
    import subprocess
    import time
    from pathlib import Path

    chance = random.Random(8)
    rows = []
    for _ in range(20):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(tmp_path)],
            cwd=Path(__file__).parents[3],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.005, 0.12))
        process.send_signal(signal.SIGKILL)
        told = [int(line) for line in process.communicate(timeout=20)[0].split("\n")[:-1]]
        fault, _, count = verdict(tmp_path)
        written = count - sum(rows)
        assert (fault, written > (told[-1] if told else -1)) == ("", True)
        rows.append(written)
    assert (len(rows), sum(rows) > 0) == (20, True)
