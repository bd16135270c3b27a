"""How often a client may come, and that the counting takes bounded memory."""

from ipaddress import ip_address

import pytest
from limits import RateLimitItemPerMinute
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from assistant.web import limiting
from assistant.web.limiting import ASKING, Limit, LimitSettings, Windows
from tests.assistant.http_service import code_of


@pytest.fixture
def limited():
    """Makes a client of an app with these limits; `refused` gathers the codes."""
    refused = []

    def make(peer="192.0.2.7", app=None, **settings):
        app = app or build(**settings)
        return TestClient(app, client=(peer, 50_000))

    def build(**settings):
        routes = [Route(path, lambda request: PlainTextResponse("ok"), methods=["GET", "POST"]) for path in PATHS]
        return Limit(Starlette(routes=routes), LimitSettings(**settings), refused.append)

    make.build, make.refused = build, refused
    return make


PATHS = (*ASKING, "/api/documents/x", "/gradio_api/mcp/sse", "/api/export.csv")


def counts(client, path, times):
    return [client.post(path).status_code for _ in range(times)].count(200)


def test_the_next_request_is_refused_with_how_long_to_wait(limited):
    client = limited(asks_per_minute=3)
    assert counts(client, "/api/ask", 3) == 3
    reply = client.post("/api/ask")
    assert code_of(reply) == (429, "too_many_requests")
    assert 55 <= int(reply.headers["retry-after"]) <= 60
    assert limited.refused == ["too_many_requests"]


def test_all_ways_of_asking_share_one_allowance(limited):
    client = limited(asks_per_minute=len(PATHS) - 1)
    paths = [path for path in PATHS if path != "/api/documents/x"]
    assert [client.post(path).status_code for path in paths] == [200] * len(paths)
    assert [client.post(path).status_code for path in paths] == [429] * len(paths)


def test_who_has_asked_enough_may_still_read_and_others_may_still_ask(limited):
    app = limited.build(asks_per_minute=1)
    first, second = limited(app=app), limited("192.0.2.8", app=app)
    assert counts(first, "/api/ask", 5) == 1
    assert first.get("/api/documents/x").status_code == 200
    assert second.post("/api/ask").status_code == 200


def test_reading_has_a_limit_of_its_own(limited, monkeypatch):
    monkeypatch.setattr(limiting, "OTHERS_PER_MINUTE", 4)
    client = limited(asks_per_minute=1)
    assert counts(client, "/api/documents/x", 6) == 4


def test_zero_switches_all_limits_off(limited, monkeypatch):
    monkeypatch.setattr(limiting, "OTHERS_PER_MINUTE", 4)
    client = limited(asks_per_minute=0)
    assert (counts(client, "/api/ask", 300), counts(client, "/api/documents/x", 10)) == (300, 10)


def test_a_forged_forwarding_header_gives_no_new_allowance(limited):
    client = limited(asks_per_minute=2)
    replies = [client.post("/api/ask", headers={"X-Forwarded-For": f"203.0.113.{turn}"}) for turn in range(5)]
    assert [reply.status_code for reply in replies] == [200, 200, 429, 429, 429]


def test_clients_behind_the_trusted_proxy_are_told_apart(limited):
    client = limited("192.0.2.80", asks_per_minute=1, trusted_proxy=ip_address("192.0.2.80"))
    addresses = ["203.0.113.1", "203.0.113.2", "203.0.113.1", "6.6.6.6, 203.0.113.2"]
    replies = [client.post("/api/ask", headers={"X-Forwarded-For": address}) for address in addresses]
    assert [reply.status_code for reply in replies] == [200, 200, 429, 429]


def test_the_window_moves(limited, monkeypatch):
    import time

    client, now = limited(asks_per_minute=2), time.time()
    seen = []
    for second in (0, 30, 59, 61, 62, 91):
        monkeypatch.setattr(time, "time", lambda second=second: now + second)
        seen.append(client.post("/api/ask").status_code)
    assert seen == [200, 200, 429, 200, 429, 200]


def test_any_number_of_clients_takes_bounded_memory():
    windows, item = Windows(slots=16), RateLimitItemPerMinute(1)
    for number in range(500):
        windows.wait_s(item, "ask", f"192.0.2.{number}")
    assert len(windows._windows.storage.events) <= 16
