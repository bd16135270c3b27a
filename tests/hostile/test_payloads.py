"""Fourteen ways to make a browser call another host or run a script, asked and quoted on our page in headless Chromium.

Each stands in the question, and in the title and a clause of a policy that the answer quotes. A listener on another
port counts who comes; our own page may call its own origin alone.
"""

import http.server
import threading
from dataclasses import replace

import pytest

from assistant.dated import DatedAssistants
from index import open_index
from tests.assistant.browser import MARKS, chromium
from tests.assistant.conftest import CrowdedEmbedder, publish, read_policy
from tests.assistant.whole_service import listening, whole_service

pytestmark = MARKS
FINISHED = "count => document.querySelectorAll('.jb-turn[aria-busy=false]').length === count"
DRAWN = "img, video, audio, iframe, object, embed, form, input, base, script, link, style, svg"
NOT_OURS = "img, video, iframe, object, embed, form, base, script, style"  # the ledger has boxes of its own to tick
PAYLOADS = {
    "image": "![图]({there}/image.png?q=1)",
    "link": "[点我]({there}/link)",
    "reference": "[a][r]\n[r]: {there}/reference",
    "autolink": "<{there}/autolink>",
    "img": '<img src="{there}/img.png" onerror="window.hit=1">',
    "svg": '<svg onload="window.hit=1"><image href="{there}/svg.png"/></svg>',
    "style": '<p style="background:url({there}/style.png)">甲</p><style>@import "{there}/sheet.css";</style>',
    "video": '<video src="{there}/video.mp4" poster="{there}/poster.png" autoplay></video>',
    "form": '<form action="{there}/form"><input type="password" name="p" autofocus><button>登录</button></form>',
    "iframe": '"><iframe src="{there}/frame"></iframe><object data="{there}/object"></object>',
    "script": '<script src="{there}/script.js"></script><script>window.hit=1</script>',
    "javascript": "[甲](javascript:window.hit=1)<a href='javascript:hit=1' autofocus onfocus='window.hit=1'>乙</a>",
    "data": '<embed src="data:text/html,<script>parent.hit=1</script>">![d](data:image/svg+xml,<svg/onload=hit=1>)',
    "base": '<base href="{there}/"><link rel="stylesheet" href="{there}/l.css">'
    '<meta http-equiv="refresh" content="9;{there}/m">',
}
CITIES = "镇江市 常州市 泰州市 盐城市 淮安市 宿迁市 扬州市 徐州市 南通市 无锡市 绍兴市 嘉兴市 湖州市 台州市".split()


@pytest.fixture(scope="module")
def listener():
    """Where payloads lead, and who came."""
    came: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            came.append(self.path)
            self.send_response(204)
            self.end_headers()

        do_POST = do_GET

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", came
    server.shutdown()
    server.server_close()


def hostile_policies(there: str) -> dict:
    """A policy of each city, with one payload in its title and in its clause."""
    made = {}
    for number, (city, payload) in enumerate(zip(CITIES, PAYLOADS.values(), strict=True), start=11):
        evil = payload.replace("{there}", there).replace("\n", " ")
        clauses = f"第一条 主导制定国家标准的，每项奖励{number}万元{evil}。\n第二条 申请由市市场监管局受理。\n"
        text = f"{city}标准化奖励办法\n{clauses}"
        name = f"payload-{number}"
        document = read_policy(text, name)
        made[name] = replace(document, title=f"{evil}{document.title}", issuer=evil)
    return made


@pytest.fixture(scope="module")
def site(listener, tmp_path_factory):
    """The page over those policies, and its address."""
    home = tmp_path_factory.mktemp("payloads")
    documents = hostile_policies(listener[0])
    publish(home / "index", documents)
    assistant = DatedAssistants(open_index(home / "index", CrowdedEmbedder()))
    with whole_service(home, assistant, documents=documents) as whole, listening(whole.app) as address:
        yield address


@pytest.fixture
def page(site):
    """A page that notes where it calls."""
    with chromium() as browser:
        context = browser.new_context(locale="zh-CN")
        made = context.new_page()
        made.set_default_timeout(60_000)
        called: list[str] = []
        made.on("request", lambda sent: called.append(sent.url))
        made.on("dialog", lambda dialog: dialog.dismiss())
        yield made, called
        context.close()


def stays_home(page, called: list[str], site: str, came: list[str]) -> None:
    """Nothing but our own origin was called, nothing ran, and nobody came to the listener."""
    page.wait_for_timeout(300)
    assert [url for url in called if not url.startswith((f"{site}/", "data:", "blob:"))] == []
    assert page.evaluate("window.hit") is None and page.url.startswith(site)
    assert came == []


def test_no_payload_in_a_question_or_a_clause_makes_the_page_call_anybody(page, site, listener):
    made, called = page
    made.goto(site)
    made.wait_for_selector("#jb-box")
    asked = [payload.replace("{there}", listener[0]) for payload in PAYLOADS.values()]
    for turn, question in enumerate([*(f"{city}主导制定国家标准奖励多少" for city in CITIES), *asked], start=1):
        made.fill("#jb-box", question)
        made.press("#jb-box", "Enter")
        made.wait_for_function(FINISHED, arg=turn)
    for number, told in enumerate(made.locator(".jb-turn").all_inner_texts()[: len(CITIES)], start=11):
        assert f"{number}万元" in "".join(told.split())
    assert made.locator(".jb-log").locator(DRAWN).count() == 0
    foreign = f".jb-log a[href*='{listener[0]}'], .jb-log a[href^='javascript'], .jb-log a[href^='data']"
    assert made.locator(foreign).count() == 0
    stays_home(made, called, site, listener[1])


@pytest.mark.parametrize("place", ["library?document=payload-{number}", "lookup", "documents/payload-{number}"])
def test_no_payload_in_a_document_makes_a_view_of_it_call_anybody(page, site, listener, place):
    made, called = page
    numbers = range(11, 11 + len(PAYLOADS)) if "{number}" in place else (11,)
    for number in numbers:
        address = place.replace("{number}", str(number))
        made.goto(f"{site}/{address}" if address.startswith("documents") else f"{site}/#{address}")
        if address.startswith("library"):
            made.wait_for_selector(".jb-doc-text")
            assert made.locator(".jb-doc-text").locator(DRAWN).count() == 0
        elif address.startswith("documents"):
            assert made.locator("body").locator(NOT_OURS).count() == 0
        else:
            made.wait_for_selector("table tbody tr")
            assert made.locator("tbody").locator(NOT_OURS).count() == 0
        stays_home(made, called, site, listener[1])


def test_the_listener_would_have_noticed(page, listener):
    """The payloads do call, where a page draws them as markup: the test above can fail."""
    made, _ = page
    there, came = listener
    before = len(came)
    made.set_content("".join(payload.replace("{there}", there) for payload in PAYLOADS.values()))
    made.wait_for_timeout(1_000)
    hits = {path.split("?")[0] for path in came[before:]}
    del came[before:]
    assert {"/img.png", "/style.png", "/frame", "/script.js"} <= hits
