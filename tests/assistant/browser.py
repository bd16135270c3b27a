"""What the browser tests share: the app on a port of loopback, Chromium, and a page that minds its manners."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time
from urllib.parse import urlsplit

import pytest
import uvicorn

from assistant.web.listening import listen
from tests.assistant.policies import DAY

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# What a browser tells of requests that were under way when a page was left, on a busy machine. A server that is gone
# shows in the test itself, and a refused host in the hosts asked.
LEFT = ("AbortError", "Failed to fetch", "network error")
WITHIN_MS = 60_000  # patience with the page: what is slow is for `make bench` to tell
STOPPED_WITHIN_S = 60
SIZES = {"desk": (1366, 768), "phone": (390, 844)}
MARKS = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium here: apt-get install chromium fonts-noto-cjk"),
]


@contextmanager
def serving(app) -> Iterator[str]:
    """The app's address while it is served."""
    listener = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=2))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(STOPPED_WITHIN_S)
        listener.close()
    assert not thread.is_alive(), f"the server of {listener} still runs {STOPPED_WITHIN_S} s after it was told to stop"


@contextmanager
def chromium():
    """Headless Chromium."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield made
        made.close()


@contextmanager
def well_behaved(browser, size: str, **settings):
    """A page that asks nothing of other hosts, reports no trouble and never scrolls sideways."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN", **settings)
    page = context.new_page()
    asked_for, troubles = [], []
    page.on("request", lambda sent: asked_for.append(sent.url))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    yield page
    hosts = {urlsplit(url).hostname for url in asked_for if not url.startswith(("data:", "blob:"))}
    assert hosts == {"127.0.0.1"}
    assert [trouble for trouble in troubles if not any(said in trouble for said in LEFT)] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def opened(made, address, view):
    """The page of a view, on the day that the policies were made up for."""
    made.set_default_timeout(WITHIN_MS)
    made.clock.set_fixed_time(datetime.combine(DAY, time(9)))
    made.goto(f"{address}/#{view}")
    return made
