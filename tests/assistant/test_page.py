"""The page in headless Chromium, against canned answers: what a person sees, and that nothing leaves loopback."""

import shutil
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import uvicorn

from assistant.web.app import create_app
from assistant.web.listening import listen
from tests.assistant.test_page_fakes import QUOTE, FakeService

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
FINISHED = "count => document.querySelectorAll('.jb-turn[aria-busy=false]').length === count"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium here: apt-get install chromium fonts-noto-cjk"),
]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    app = create_app(FakeService())
    listener = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=2))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(15)
    listener.close()
    assert not thread.is_alive()


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield made
        made.close()


@pytest.fixture(params=[(1366, 768), (390, 844)], ids=["desk", "phone"])
def page(request, browser, address):
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    made = context.new_page()
    asked_for, troubles = [], []
    made.on("request", lambda sent: asked_for.append(sent.url))
    made.on("pageerror", lambda error: troubles.append(str(error)))
    made.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    made.goto(address)
    made.wait_for_selector("#jb-box textarea")
    yield made
    assert {urlsplit(url).hostname for url in asked_for if not url.startswith("data:")} == {"127.0.0.1"}
    assert troubles == []
    assert made.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def ask(page, question: str, turns: int = 1) -> None:
    """Type a question, press Enter, wait for the whole answer."""
    page.fill("#jb-box textarea", question)
    page.press("#jb-box textarea", "Enter")
    page.wait_for_function(FINISHED, arg=turns, timeout=15_000)


def test_a_question_shows_its_figure_ceiling_clause_and_standing(page):
    assert page.title().startswith("奖补通") and page.get_attribute("html", "lang") == "zh-CN"
    ask(page, "牵头一项国家标准奖励多少？")
    assert page.inner_text(".jb-amount strong") == "30 万元"
    assert page.inner_text(".jb-amount .jb-badge") == "上限"
    assert page.inner_text(".jb-card mark") == QUOTE
    assert "第八条" in page.inner_text(".jb-passage")
    assert page.inner_text(".jb-card summary .jb-badge") == "有效（至 2028-01-31）"
    assert page.is_hidden(".jb-examples") and page.input_value("#jb-box textarea") == ""


def test_the_link_leads_to_the_quote_in_the_whole_document(page, address):
    ask(page, "牵头一项国家标准奖励多少？")
    with page.expect_popup() as opened:
        page.click(".jb-card-foot a")
    sheet = opened.value
    assert sheet.url.startswith(f"{address}/documents/yunling-2025?")
    assert sheet.inner_text("mark#quote") == QUOTE
    assert sheet.evaluate("document.querySelector('#quote').getBoundingClientRect().top < innerHeight")
    assert sheet.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_choices_and_the_browsers_history_carry_the_talk_on(page):
    ask(page, "我们在哪里拿？")
    page.click("button[data-ask=海棠区]")
    page.wait_for_function(FINISHED, arg=2)
    ask(page, "历史", turns=3)
    assert "历史：我们在哪里拿？；海棠区｜" in page.locator(".jb-text").last.inner_text()


def test_an_example_asks_itself_by_keyboard(page):
    page.focus(".jb-examples button")
    page.keyboard.press("Enter")
    page.wait_for_function(FINISHED, arg=1)
    assert "30 万元" in page.inner_text(".jb-answer")


def test_the_region_goes_with_the_question(page):
    page.get_by_label("地区（可不填）").fill("别处县")
    page.keyboard.press("Enter")
    ask(page, "历史")
    assert "地区：别处县" in page.inner_text(".jb-text")


def test_markers_open_the_card_they_name(page):
    ask(page, "三家怎么分摊？")
    assert page.locator(".jb-card").nth(1).get_attribute("open") is None
    page.click('.jb-text button[aria-label="依据 2"]')
    assert page.locator(".jb-card").nth(1).get_attribute("open") is not None
    assert page.locator(".jb-warnings .jb-badge").all_inner_texts() == ["已失效", "疑似原文有误", "有效期不明"]


def test_hostile_text_is_only_text(page):
    ask(page, '恶意<img src="http://evil.test/q.png"><form>')
    assert page.locator("#jb-talk").locator("img, form, input, iframe, video, svg, script").count() == 0
    assert page.locator("#jb-talk a[href*='evil.test'], #jb-talk a[href^=javascript]").count() == 0
    assert page.evaluate("window.hit") is None
    assert '<img src="http://evil.test/a.png">' in page.locator(".jb-text").inner_text()
    page.click(".jb-answer .jb-choice")
    page.wait_for_function(FINISHED, arg=2)
    assert page.locator("#jb-talk img").count() == 0
