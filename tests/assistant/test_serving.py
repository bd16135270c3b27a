"""What the settings say of the doors when the service is started; a start that is refused."""

import time

import pytest

from assistant import serving
from assistant.config import Settings
from assistant.serving import server_settings
from assistant.store import StoreError

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@pytest.mark.parametrize(
    ("host", "public_url", "hosts", "origins"),
    [
        ("127.0.0.1", None, LOOPBACK, ()),
        ("0.0.0.0", None, ("*",), ()),
        ("127.0.0.1", "https://jiangbu.example", (*LOOPBACK, "jiangbu.example"), ("https://jiangbu.example",)),
        ("::1", "https://jiangbu.example:8443", (*LOOPBACK, "jiangbu.example"), ("https://jiangbu.example:8443",)),
    ],
)
def test_behind_a_proxy_its_name_and_its_pages_are_ours(host, public_url, hosts, origins):
    doors = server_settings(Settings(public_url=public_url), host).doors
    assert (doors.allowed_hosts, doors.public_origins) == (hosts, origins)


def test_the_limits_are_those_set():
    limits = server_settings(Settings(asks_per_minute=7, trusted_proxy="192.0.2.80"), "127.0.0.1").limits
    assert (limits.asks_per_minute, str(limits.trusted_proxy)) == (7, "192.0.2.80")


@pytest.mark.parametrize("url", ["jiangbu.example", "https://jiangbu.example/path", "https://a b", "javascript:1"])
def test_what_is_no_address_is_refused(url):
    with pytest.raises(ValueError, match="public_url"):
        Settings(public_url=url)


@pytest.mark.parametrize("refused", ["open_store", "open_jobs", "create_app"])
def test_nothing_is_being_loaded_any_more_when_a_start_is_refused(monkeypatch, tmp_path, refused):
    """A program that ends while the model is being loaded is aborted by what loads it."""
    under_way = []

    class Warming:
        version = check = None

        def __init__(self, *_, **__): ...

        def warm(self):
            under_way.append(self)
            time.sleep(0.3)
            under_way.remove(self)

    def refuse(*_, **__):
        raise StoreError("数据库由更新版本的程序建立。")

    monkeypatch.setenv(serving.PAGE_FILES, str(tmp_path))
    monkeypatch.setattr(serving, "LiveAssistant", Warming)
    monkeypatch.setattr(serving, "open_jobs", lambda *_: None)
    monkeypatch.setattr(serving, refused, refuse)
    with pytest.raises(StoreError):
        serving.serve_forever(Settings(home=tmp_path), "127.0.0.1", 0, lambda _: None, open_browser=False)
    assert under_way == []
