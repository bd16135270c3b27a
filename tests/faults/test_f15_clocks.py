"""F15: a wrong clock, another zone, a clock that is put back: what is in force goes by the day in China, what waits
goes by a clock that never goes back, and the log by its numbers."""

import json
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path

import pytest

from assistant import service
from assistant.store import open_store
from assistant.store.audit import AuditEntry
from tests.faults.figures import Figures
from tests.faults.program import Starter, serving

pytestmark = pytest.mark.fault

MOMENTS = ["1970-01-02T00:00:00+00:00", "2038-01-19T03:14:08+00:00", "2100-02-28T23:59:59+00:00"]
DAYS = [  # 萧山's rules hold to 2026-12-31, in China
    ("2023-12-31T15:59:59+00:00", date(2023, 12, 31)),
    ("2023-12-31T16:30:00+00:00", date(2024, 1, 1)),
    ("2026-12-31T15:59:59+00:00", date(2026, 12, 31)),
    ("2026-12-31T16:00:00+00:00", date(2027, 1, 1)),
]


@pytest.fixture(params=["UTC", "Asia/Shanghai", "America/Los_Angeles", "Pacific/Kiritimati"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The machine's zone."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


@pytest.mark.sample
@pytest.mark.parametrize(("moment", "day"), DAYS)
def test_today_is_the_day_in_china(moment: str, day: date, zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Fixed(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime.fromisoformat(moment).astimezone(tz)

    monkeypatch.setattr(service, "datetime", Fixed)
    assert service.today() == day


@pytest.mark.parametrize(
    ("moment", "expired"), [("2026-12-31T15:59:00+00:00", False), ("2026-12-31T16:01:00+00:00", True)]
)
def test_what_is_in_force_goes_by_the_day_in_china(
    moment: str, expired: bool, home: Path, starter: Starter, figures: Figures
) -> None:
    for zone in ("UTC", "Asia/Shanghai"):
        asked = starter.run(
            home, "ask", "--json", "萧山区主导制定国家标准奖励多少", hook=("clock", moment), environment={"TZ": zone}
        )
        answer = json.loads(asked.out.read_text("utf-8"))
        assert ("expired" in [warning["code"] for warning in answer["warnings"]]) == expired, answer
    figures.tell("F15", f"expired at {moment}: {expired}, in two zones", tried=2, survived=2)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_clock_that_is_years_off(moment: str, home: Path, server_starter: Starter, figures: Figures) -> None:
    built = server_starter.run(home, "build", "--force", hook=("clock", moment))
    assert built.status == 0, built.told()
    with serving(server_starter, home, hook=("clock", moment)) as server:
        assert server.wrong() == []
        assert server.health() == "ok"
        assert server.stop() == 0
    assert server_starter.run(home, "build").status == 0
    figures.tell("F15", f"built and served at {moment[:10]}", tried=1, survived=1, seconds=[server.ready_s])


@pytest.mark.sample
def test_the_log_keeps_its_order_when_the_clock_is_put_back(tmp_path: Path, figures: Figures) -> None:
    now = [datetime(2026, 3, 1, 12, tzinfo=UTC)]
    with closing(open_store(tmp_path)) as store:
        store.audit._clock = lambda: now[0]
        for number in range(40):
            store.audit.write(AuditEntry(door="api", client="", status="answered", question=f"第{number}问"))
            assert store.audit.flush(10)
            now[0] += timedelta(hours=-1) if number == 20 else timedelta(seconds=1)
        rows = store.audit.recent(100)
    assert [row.question for row in rows] == [f"第{number}问" for number in reversed(range(40))]
    assert [row.seq for row in rows] == sorted((row.seq for row in rows), reverse=True)
    figures.tell("F15", "log entries in order over a step back of an hour", tried=40, survived=len(rows))
