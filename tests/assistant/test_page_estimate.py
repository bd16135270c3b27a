"""测算 in headless Chromium, over the made-up policies: the form, its result, its link, its sheet on paper."""

import base64
import json

import pytest

from tests.assistant.browser import MARKS, opened, well_behaved
from tests.assistant.policies import DAY

pytestmark = MARKS
CLAIM = {
    "region": "萧山区",
    "as_of": DAY.isoformat(),
    "achievements": [{"what": "主导制定国家标准", "count": 2}, {"what": "参与制定行业标准", "count": 1}],
}


@pytest.fixture(params=["desk", "phone"])
def page(request, browser, policy_address):
    with well_behaved(browser, request.param) as made:
        yield opened(made, policy_address, "")


@pytest.fixture
def desk(browser, policy_address):
    with well_behaved(browser, "desk", permissions=["clipboard-read", "clipboard-write"]) as made:
        yield opened(made, policy_address, "")


@pytest.fixture
def troubled(browser):
    """A page whose console may say that a request failed."""
    context = browser.new_context(locale="zh-CN")
    yield context.new_page()
    context.close()


def fill_claim(page) -> None:
    """Open 测算 and write two achievements."""
    page.evaluate("location.hash = 'estimate'")
    page.fill("#jb-estimate-region", "萧山区")
    page.get_by_label("做了什么").fill("主导制定国家标准")
    page.get_by_label("几项").fill("2")
    page.click("text=加一项")
    page.get_by_label("做了什么").nth(1).fill("参与制定行业标准")


def link(claim: object) -> str:
    """The fragment that a claim is shared by."""
    packed = base64.urlsafe_b64encode(json.dumps(claim, ensure_ascii=False).encode()).decode().rstrip("=")
    return f"estimate?claim={packed}"


def test_a_claim_comes_to_a_total_with_steps_and_clauses(page):
    fill_claim(page)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".jb-total strong")
    assert page.inner_text(".jb-total strong") == "69 万元"  # 31 × 2 + 7
    assert page.locator(".jb-estimate-result .jb-steps .jb-expression").all_inner_texts()[1] == "310,000 × 2"
    assert page.locator(".jb-clauses .jb-badge").first.inner_text() == "有效（至 2026-12-31）"
    assert "第三条" in page.locator(".jb-clauses li").first.inner_text()
    assert "以主管部门审核为准" in page.inner_text(".jb-estimate-result .jb-foot")


def test_what_is_open_gives_no_total_and_a_choice_settles_it(desk):
    desk.evaluate("hash => { location.hash = hash; }", link({**CLAIM, "achievements": [{"what": "制定国家标准"}]}))
    desk.wait_for_selector(".jb-total-none")
    assert desk.inner_text(".jb-total strong") == "不能得出合计"
    desk.click(".jb-lines .jb-choice >> text=参与")
    desk.wait_for_selector(".jb-total:not(.jb-total-none)")
    assert desk.get_by_label("做了什么").input_value() == "参与制定国家标准"
    assert desk.inner_text(".jb-total strong") == "12 万元"


def test_a_shared_link_fills_the_form_and_works_it_out(desk, browser, policy_address):
    fill_claim(desk)
    desk.click(".jb-estimate-form .jb-main-button")
    desk.click("text=复制链接")
    desk.wait_for_selector("text=已复制")
    shared = desk.evaluate("navigator.clipboard.readText()")
    with well_behaved(browser, "phone") as other:
        other.goto(shared)
        other.wait_for_selector(".jb-total strong")
        assert other.inner_text(".jb-total strong") == "69 万元"
        assert other.input_value("#jb-estimate-day") == DAY.isoformat()
        assert other.get_by_label("做了什么").nth(1).input_value() == "参与制定行业标准"


@pytest.mark.parametrize(
    "broken",
    [
        "estimate?claim=%%%",
        link(CLAIM)[:-7],
        link([]),
        link({"region": "萧山区"}),
        link({**CLAIM, "achievements": []}),
        link({**CLAIM, "script": "<img src=x>"}),
        link({**CLAIM, "achievements": [{"what": {"a": 1}}]}),
    ],
)
def test_a_broken_link_is_told(browser, policy_address, broken):
    with well_behaved(browser, "desk") as made:
        opened(made, policy_address, broken)
        made.wait_for_selector(".jb-form-alert >> text=不完整或有误")
        assert made.input_value("#jb-estimate-region") == "" and made.locator(".jb-total").count() == 0


def test_markup_in_a_link_is_only_text(browser, policy_address):
    evil = '<img src="http://evil.test/x" onerror="window.hit=1">'
    with well_behaved(browser, "desk") as made:
        opened(made, policy_address, link({**CLAIM, "achievements": [{"what": evil}, {"what": "主导制定国家标准"}]}))
        made.wait_for_selector(".jb-total-none")
        assert evil in made.inner_text(".jb-lines")
        assert made.locator(".jb-root img").count() == 0 and made.evaluate("window.hit") is None


def test_a_mistake_is_told_beside_the_form_at_its_item(troubled, policy_address):
    opened(troubled, policy_address, "estimate")
    fill_claim(troubled)
    troubled.get_by_text("更多情况").nth(1).click()
    troubled.get_by_label("实际发生的费用").nth(1).fill("很多")
    troubled.click(".jb-estimate-form .jb-main-button")
    assert "第 2 项：cost（实际费用）：“很多”不是金额" in troubled.inner_text(".jb-form-alert:not(:empty)")
    marked = troubled.locator(".jb-item").evaluate_all("all => all.map(one => one.matches('.jb-item-bad'))")
    assert marked == [False, True]


def test_the_draft_stays_after_leaving(desk):
    fill_claim(desk)
    desk.wait_for_function("localStorage.getItem('jiangbu.claim')?.includes('参与制定行业标准')")
    desk.reload()
    desk.wait_for_selector(".jb-item >> nth=1")
    assert desk.input_value("#jb-estimate-region") == "萧山区"
    assert desk.get_by_label("几项").first.input_value() == "2"


def test_only_the_sheet_is_printed(page):
    fill_claim(page)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".jb-total strong")
    page.emulate_media(media="print")
    for kept in (".jb-total", "text=奖补测算单", "text=2026-03-01 测算"):
        assert page.is_visible(kept), kept
    for chrome in ("#jb-header", "#jb-tabs [role=tablist]", ".jb-estimate-form", ".jb-sheet-actions"):
        assert page.is_hidden(chrome), chrome
