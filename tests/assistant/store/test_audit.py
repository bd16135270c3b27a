"""The audit log: written in the background, never in the way, kept for as long as it has to be."""

import threading
import time
from datetime import timedelta

import pytest
from sqlalchemy import text

from assistant.store.audit import Audit, AuditEntry
from assistant.store.background import Background
from assistant.store.engine import StoreError


def entry(question="国标奖励？"):
    return AuditEntry(
        door="api",
        client="ab12",
        question=question,
        region="威海市",
        status="answered",
        engine="rules",
        figures=[{"yuan": "300000", "kind": "cap"}],
        citations=[{"document": "weihai-2018", "start": 3, "end": 9}],
        index_version="snapshot-1",
        elapsed_ms=12.5,
        caller="",
    )


@pytest.fixture
def audit(database, clock):
    made = Audit(database, "salt", clock=clock)
    yield made
    made.background.close()


def test_an_entry_comes_back_as_it_was_written(audit, clock):
    audit.write(entry())
    assert audit.flush(5)
    [row] = audit.recent(10)
    kept = {name: value for name, value in vars(row).items() if name not in ("seq", "at")}
    assert (row.seq, row.at, kept) == (1, clock.now, vars(entry()))


def test_entries_stand_in_the_order_in_which_they_came(audit):
    for turn in range(600):
        audit.write(entry(f"第{turn}问"))
    assert audit.flush(10)
    assert [row.question for row in audit.recent(3)] == ["第599问", "第598问", "第597问"]
    assert [row.question for row in audit.recent(2, before=3)] == ["第1问", "第0问"]
    assert (len(audit.recent(10_000)), audit.lost) == (500, 0)


def test_what_is_older_than_the_days_to_keep_goes_and_the_rest_stays(database, clock):
    first = Audit(database, "salt", days=184, clock=clock)
    first.write(entry("旧的"))
    clock.go(seconds=1)
    first.write(entry("刚好"))
    first.background.close()
    clock.go(days=184)
    second = Audit(database, "salt", days=184, clock=clock)
    second.background.start()
    assert second.flush(5)
    assert [(row.status, row.question) for row in second.recent(5)] == [("purged", "1"), ("answered", "刚好")]
    second.background.close()


def test_the_purge_comes_again_every_day(database, monkeypatch):
    monkeypatch.setattr("assistant.store.background.DAY_S", 0.05)
    runs = []
    background = Background(database, lambda connection: runs.append(time.monotonic()))
    for _ in range(3):
        background.submit(lambda connection: None)
        assert background.flush(5)
        time.sleep(0.06)
    background.close()
    assert len(runs) >= 3


def test_an_overflow_is_counted_and_nobody_waits(database, clock, caplog):
    held, go = threading.Event(), threading.Event()
    audit = Audit(database, "salt", clock=clock, queue_max=3)
    audit.background.submit(lambda connection: (held.set(), go.wait(10)))
    assert held.wait(5)
    began = time.monotonic()
    for turn in range(10):
        audit.write(entry(f"第{turn}问"))
    assert time.monotonic() - began < 0.5
    assert (audit.lost, audit.background.waiting, audit.background.is_losing()) == (7, 3, True)
    go.set()
    assert audit.flush(5)
    assert [row.question for row in audit.recent(9)] == ["第2问", "第1问", "第0问"]
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    audit.background.close()


def test_a_job_that_fails_spoils_no_other(audit):
    def bad(connection):
        connection.execute(text("INSERT INTO nowhere VALUES (1)"))

    gate = threading.Event()
    audit.background.submit(lambda connection: gate.wait(5))  # so that the next three are one batch
    audit.write(entry("前"))
    audit.background.submit(bad)
    audit.write(entry("后"))
    gate.set()
    assert audit.flush(5)
    assert ([row.question for row in audit.recent(5)], audit.lost) == (["后", "前"], 1)


def test_a_database_that_is_gone_is_counted_and_comes_back(audit, database, monkeypatch):
    def refuse():
        raise StoreError("disk full")

    audit.write(entry())
    assert audit.flush(5)
    with monkeypatch.context() as broken:
        broken.setattr(database, "writing", refuse)
        audit.write(entry())
        assert audit.flush(5)
    audit.write(entry())
    assert audit.flush(5)
    assert (len(audit.recent(9)), audit.lost) == (2, 1)


def test_closing_writes_what_waits_and_refuses_what_comes_later(audit):
    for turn in range(50):
        audit.write(entry(f"第{turn}问"))
    audit.background.close()
    audit.write(entry("太晚"))
    assert (len(audit.recent(99)), audit.lost) == (50, 1)


def test_a_client_is_told_again_but_not_found_out(database):
    one, other = Audit(database, "salt"), Audit(database, "pepper")
    assert one.hash_client("192.0.2.1") == one.hash_client("192.0.2.1")
    assert len({one.hash_client("192.0.2.1"), one.hash_client("192.0.2.2"), other.hash_client("192.0.2.1")}) == 3
    assert len(one.hash_client("192.0.2.1")) == 32


def test_a_loss_is_no_longer_recent_after_ten_minutes(audit, monkeypatch):
    audit.background.close()
    audit.write(entry())
    now = time.monotonic()
    assert audit.background.is_losing()
    monkeypatch.setattr(time, "monotonic", lambda: now + timedelta(minutes=10).total_seconds())
    assert not audit.background.is_losing()
