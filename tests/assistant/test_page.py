"""The talk in headless Chromium, against canned answers: what a person sees, and that nothing leaves loopback."""

import pytest

from tests.assistant.browser import MARKS, WITHIN_MS, serving, well_behaved
from tests.assistant.program_calls import app_of
from tests.assistant.test_page_fakes import QUOTE, FakeService

FINISHED = "count => document.querySelectorAll('.jb-turn[aria-busy=false]').length === count"
pytestmark = MARKS


@pytest.fixture(scope="module")
def address():
    with serving(app_of(FakeService())) as made:
        yield made


@pytest.fixture(params=["desk", "phone"])
def page(request, browser, address):
    with well_behaved(browser, request.param) as made:
        made.goto(address)
        made.wait_for_selector("#jb-box")
        yield made


def ask(page, question: str, turns: int = 1) -> None:
    """Type a question, press Enter, wait for the whole answer."""
    page.fill("#jb-box", question)
    page.press("#jb-box", "Enter")
    page.wait_for_function(FINISHED, arg=turns, timeout=WITHIN_MS)


def test_a_question_shows_its_figure_ceiling_clause_and_standing(page):
    assert page.title().startswith("奖补通") and page.get_attribute("html", "lang") == "zh-CN"
    ask(page, "牵头一项国家标准奖励多少？")
    assert page.inner_text(".jb-amount strong") == "30 万元"
    assert page.inner_text(".jb-amount .jb-badge") == "上限"
    assert page.inner_text(".jb-evidence-card mark") == QUOTE
    assert "第八条" in page.inner_text(".jb-passage")
    assert page.inner_text(".jb-evidence-card .jb-badge") == "有效（至 2028-01-31）"
    assert page.locator(".jb-examples").count() == 0 and page.input_value("#jb-box") == ""


def test_the_tabs_have_their_names_and_addresses(page):
    names = page.locator("#jb-tabs button[role=tab]:visible").all_inner_texts()  # 评测 is for the staff
    assert [name for name in names if name] == ["问答", "速查", "测算", "文库", "反馈与待答"]
    page.click("#jb-library-button")
    assert page.evaluate("location.hash") == "#library"


def test_the_page_speaks_english_when_told_to_and_stays_so(page):
    page.click("text=English")
    page.wait_for_selector("button[role=tab] >> text=Look up")
    assert page.get_attribute("html", "lang") == "en"
    assert page.inner_text("#jb-send") == "Ask"


def test_dark_is_chosen_and_remembered(page):
    page.click("button >> text=深色")
    assert page.evaluate("document.body.classList.contains('dark')")
    page.reload()
    page.wait_for_selector("#jb-box")
    page.wait_for_function("document.body.classList.contains('dark')")


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
    page.click(".jb-choice >> text=海棠区")
    page.wait_for_function(FINISHED, arg=2)
    ask(page, "历史", turns=3)
    assert "历史：我们在哪里拿？；海棠区｜" in page.locator(".jb-text").last.inner_text()


def test_an_example_asks_itself_by_keyboard(page):
    page.focus(".jb-examples button")
    page.keyboard.press("Enter")
    page.wait_for_function(FINISHED, arg=1)
    assert "30 万元" in page.inner_text(".jb-answer")


def test_the_region_goes_with_the_question_and_is_remembered(page):
    page.fill("#jb-region", "别处县")
    page.keyboard.press("Tab")
    ask(page, "历史")
    assert "地区：别处县" in page.inner_text(".jb-text")
    page.reload()
    page.wait_for_selector("#jb-region")
    assert page.input_value("#jb-region") == "别处县"


def test_markers_point_at_the_card_they_name(page):
    ask(page, "三家怎么分摊？")
    page.locator('.jb-text button[aria-label="依据 2"]').click()
    assert page.inner_text(".jb-pointed .jb-marker") == "[2]"
    assert page.locator(".jb-warnings .jb-badge").all_inner_texts() == ["已失效", "疑似原文有误", "有效期不明"]


def test_the_calculation_is_a_table(page):
    ask(page, "三家怎么分摊？")
    cells = page.locator(".jb-steps tbody tr").first.locator("th, td").all_inner_texts()
    assert cells == ["三家平均分摊", "300,000 ÷ 3", "10 万元", "[1]"]


def test_conversations_are_kept_named_opened_and_deleted(page):
    ask(page, "牵头一项国家标准奖励多少？")
    page.reload()
    page.wait_for_selector(".jb-turn")
    assert page.inner_text(".jb-amount strong") == "30 万元"
    open_list(page)
    page.click("text=新的咨询")
    page.wait_for_selector(".jb-examples")
    ask(page, "没有的事")
    open_list(page)
    assert page.locator(".jb-talk-name").all_inner_texts() == ["没有的事", "牵头一项国家标准奖励多少？"]
    page.click('button[aria-label="改名 没有的事"]')
    page.fill('input[aria-label="新的名称"]', "查无此事")
    page.keyboard.press("Enter")
    page.click(".jb-talk-name >> text=牵头")
    assert "30 万元" in page.inner_text(".jb-log")
    page.hover(".jb-talk-name >> text=查无此事")
    page.click('button[aria-label="删除 查无此事"]')
    page.click("[role=alertdialog] .jb-danger")
    assert page.locator(".jb-talk-name").all_inner_texts() == ["牵头一项国家标准奖励多少？"]


def open_list(page) -> None:
    """The list of conversations, which a phone keeps folded."""
    if page.get_attribute(".jb-talks", "open") is None:
        page.click(".jb-talks summary")


def test_what_was_kept_by_another_hand_is_passed_over(page):
    page.evaluate(
        "localStorage.setItem('jiangbu.talks', JSON.stringify([{id: 1}, 'x', {id: 'a', name: '', turns: [{}]}]))"
    )
    page.reload()
    page.wait_for_selector(".jb-examples")
    ask(page, "牵头一项国家标准奖励多少？")
    assert "30 万元" in page.inner_text(".jb-log")


def test_the_copy_holds_the_sources(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, "三家怎么分摊？")
    page.click("text=复制答复和出处")
    page.wait_for_selector("text=已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert QUOTE in copied and "第七条" in copied and "人工智能生成" in copied and "判断日期 2026-11-21" in copied


def test_a_failure_can_be_asked_again(page):
    ask(page, "坏")
    assert "系统出错" in page.inner_text(".jb-turn")
    page.click("button >> text=再问一次")
    page.wait_for_function(FINISHED, arg=2)


def test_hostile_text_is_only_text(page):
    ask(page, '恶意<img src="http://evil.test/q.png"><form>')
    assert (
        page.locator("#jb-talk").locator(".jb-log img, .jb-log iframe, .jb-log video, .jb-log svg, script").count() == 0
    )
    assert page.locator(".jb-turn form, .jb-turn input").count() == 0
    assert page.locator("#jb-talk a[href*='evil.test'], #jb-talk a[href^=javascript]").count() == 0
    assert page.evaluate("window.hit") is None
    assert '<img src="http://evil.test/a.png">' in page.locator(".jb-text").first.inner_text()
    page.click(".jb-answer .jb-choice")
    page.wait_for_function(FINISHED, arg=2)
    assert page.locator(".jb-log img").count() == 0
