"""反馈与待答 in headless Chromium: what everybody reads, signing in, the queue and what staff make of a ticket."""

import json
from datetime import datetime, time

import pytest

from assistant.store.audit import AuditEntry
from assistant.store.feedback import Remark
from tests.assistant.browser import MARKS, WITHIN_MS, well_behaved
from tests.assistant.policies import DAY
from tests.assistant.staff_page import PASSWORD, sign_in, staff_page

pytestmark = MARKS
ENTRIES = ".jb-queue-entry"
QUESTION = "萧山区主导制定团体标准奖励多少？"
HOSTILE = '<img src="http://evil.test/a.png" onerror="window.hit=1"><form action="http://evil.test">'


@pytest.fixture(scope="module")
def site(assistant, tmp_path_factory):
    with staff_page(tmp_path_factory.mktemp("desk"), assistant) as made:
        yield made


@pytest.fixture
def tickets(site):
    """Three open tickets, the oldest first."""
    site.clear_queue()
    wrong = Remark(verdict="wrong", question=QUESTION, answer="可得9万元。", status="answered", reason="与原文不符")
    down = Remark(
        verdict="down", question="青岛呢？", answer="不清楚。", status="answered", history=("萧山区奖多少？",)
    )
    unanswered = Remark(verdict="unanswered", question="火星市奖多少？", answer="没有收录。", status="not_found")
    told = [site.store.feedback.add(one) for one in (wrong, down)]
    with site.store.database.writing() as connection:
        for _ in range(3):
            site.store.feedback.unanswered(unanswered)(connection)
    return told


def opened(page, site):
    page.set_default_timeout(WITHIN_MS)
    page.clock.set_fixed_time(datetime.combine(DAY, time(9)))
    page.goto(f"{site.address}/#desk")
    page.wait_for_selector(".jb-desk :is(.jb-desk-how, .jb-queue)")
    return page


@pytest.fixture(params=["desk", "phone"])
def staff(request, browser, site, tickets):
    with well_behaved(browser, request.param) as page:
        sign_in(page, site.address, "wang")
        opened(page, site)
        page.wait_for_selector(ENTRIES)
        yield page


@pytest.fixture
def troubled(browser):
    """A page whose console may say that a request failed."""
    context = browser.new_context(locale="zh-CN")
    yield context.new_page()
    context.close()


def open_ticket(page, words: str) -> None:
    page.click(f"{ENTRIES}:has-text('{words}')")
    page.wait_for_selector(".jb-ticket-question")


def submit(page) -> None:
    """Send the settlement; the list is read again without the ticket."""
    before = page.locator(ENTRIES).count()
    page.click(".jb-settle .jb-main-button")
    page.wait_for_function(
        "([all, count]) => document.querySelectorAll(all).length === count", arg=[ENTRIES, before - 1]
    )


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_everybody_reads_what_happens_with_feedback(browser, site, size):
    with well_behaved(browser, size) as page:
        opened(page, site)
        assert page.locator(".jb-desk-how li").count() == 3
        assert page.locator(f"{ENTRIES}, [data-part]").count() == 0


def test_signing_in_leads_to_the_queue_and_out_again(browser, site, tickets):
    with well_behaved(browser, "desk") as page:
        opened(page, site)
        page.click("text=工作人员登录")
        page.get_by_label("账号").fill("wang")
        page.get_by_label("密码").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_selector(ENTRIES)
        assert page.inner_text(".jb-who span") == "wang（工作人员）"
        assert page.evaluate("document.cookie") == ""
        page.click("text=退出登录")
        page.wait_for_selector(".jb-desk-how")
        assert page.locator(ENTRIES).count() == 0


def test_a_wrong_password_is_told_in_words(troubled, site):
    opened(troubled, site)
    troubled.click("text=工作人员登录")
    troubled.get_by_label("账号").fill("nobody")
    troubled.get_by_label("密码").fill("not-the-password")
    troubled.click(".jb-sign-in .jb-main-button")
    troubled.wait_for_selector(".jb-sign-in .jb-notice")
    assert "密码" in troubled.inner_text(".jb-sign-in .jb-notice")
    assert troubled.input_value(".jb-sign-in input[type=password]") == ""


def test_the_queue_has_the_newest_first_and_counts_what_was_asked_again(staff):
    entries = staff.locator(ENTRIES).all_inner_texts()
    assert [entry.split("\n")[-1] for entry in entries] == ["火星市奖多少？", "青岛呢？", QUESTION]
    assert entries[0].startswith("没有依据") and "3 次" in entries[0]
    staff.get_by_label("类别").select_option("wrong")
    staff.wait_for_function("document.querySelectorAll('.jb-queue-entry').length === 1")
    assert staff.inner_text(ENTRIES).endswith(QUESTION)


def test_the_keyboard_walks_the_queue_and_opens(staff):
    staff.focus(ENTRIES)
    for key in ("j", "ArrowDown", "ArrowDown", "k"):
        staff.keyboard.press(key)
    staff.keyboard.press("Enter")
    assert staff.inner_text(".jb-ticket-question") == "青岛呢？"
    assert staff.inner_text(".jb-history") == "萧山区奖多少？"


def test_asking_again_shows_todays_answer_beside_the_one_shown_then(staff):
    open_ticket(staff, QUESTION)
    then, now = staff.locator(".jb-ticket-answers > div").all()
    assert then.locator(".jb-said").inner_text() == "可得9万元。"
    staff.click("text=问一遍")
    now.locator(".jb-said").wait_for()
    assert "4万元" in now.locator(".jb-said").inner_text()
    assert now.locator(".jb-quotes a").get_attribute("href").startswith("#library?document=xiaoshan-2024&at=")


def test_a_reviewed_answer_is_checked_for_figures_shown_to_all_and_withdrawn(staff, browser, site):
    open_ticket(staff, QUESTION)
    staff.click("text=写标准答复")
    answer = staff.locator(".jb-settle").get_by_label("标准答复")
    answer.fill("每项4万元，另加7万元。")
    assert staff.inner_text(".jb-figures").startswith("先点“问一遍”")
    staff.click("text=问一遍")
    staff.wait_for_function("document.querySelector('.jb-figures').textContent.startsWith('标准答复中的 7万元，')")
    answer.fill("每项 4 万元。")
    assert staff.locator(".jb-figures").text_content() == ""
    submit(staff)
    with well_behaved(browser, "phone") as page:
        opened(page, site)
        entry = page.locator(".jb-reviewed-list li", has_text=QUESTION).first
        assert entry.locator(".jb-reviewed-answer").inner_text() == "每项 4 万元。"
        assert "审核：wang，" in entry.inner_text()
        assert page.locator("text=撤回").count() == 0
    staff.click("[data-part=reviewed]")
    staff.wait_for_selector(".jb-reviewed-list li")
    staff.locator(".jb-reviewed-list li").first.locator("text=撤回").click()
    staff.click("text=确认撤回")
    staff.wait_for_function("!document.querySelector('.jb-reviewed-list li')")


def test_a_case_is_filled_in_from_todays_answer_and_exported(staff, site):
    open_ticket(staff, QUESTION)
    staff.click("text=问一遍")
    staff.wait_for_selector(".jb-quotes")
    staff.click("text=作为评测题")
    fields = staff.locator(".jb-case input")
    assert [fields.nth(place).input_value() for place in (0, 1)] == ["40000", "xiaoshan-2024"]
    submit(staff)
    with staff.expect_download() as coming:
        staff.click("text=导出评测题")
    with open(coming.value.path(), encoding="utf-8") as file:
        case = json.loads(file.read().splitlines()[-1])
    assert (case["question"], case["gold"]["status"]) == (QUESTION, "answered")
    assert ([*map(str, case["gold"]["yuan"])], case["gold"]["document"]) == (["40000"], "xiaoshan-2024")


def test_what_is_noted_is_among_the_settled_with_who_and_why(staff):
    open_ticket(staff, "青岛呢？")
    staff.get_by_label("说明（可不填）").fill("已电话答复")
    submit(staff)
    staff.click("[data-part=settled]")
    staff.wait_for_function("document.querySelector('.jb-queue-entry')?.textContent.includes('青岛')")
    open_ticket(staff, "青岛呢？")
    assert staff.locator(".jb-ticket .jb-part").last.inner_text().startswith("已处理：wang，")
    assert "已电话答复" in staff.inner_text(".jb-ticket")
    assert staff.locator(".jb-settle").count() == 0


def test_a_session_that_ended_leads_back_to_the_form_with_a_sentence(troubled, site, tickets):
    sign_in(troubled, site.address, "wang")
    opened(troubled, site)
    open_ticket(troubled, QUESTION)
    troubled.context.clear_cookies()
    troubled.click(".jb-settle .jb-main-button")
    troubled.wait_for_selector(".jb-sign-in")
    assert troubled.inner_text(".jb-sign-in .jb-notice").startswith("登录已过期")
    assert troubled.is_visible(".jb-sign-in input[type=password]")


def test_only_administrators_see_the_audit_log(browser, site, staff):
    assert staff.locator("[data-part=audit]").count() == 0
    entry = AuditEntry(
        door="page",
        client="x",
        question=HOSTILE,
        region=None,
        status="answered",
        engine="rules",
        figures=(),
        citations=(),
        index_version="made-up",
        elapsed_ms=12.34,
        caller="",
    )
    site.store.audit.write(entry)
    assert site.store.audit.flush(10)
    with well_behaved(browser, "desk") as page:
        sign_in(page, site.address, "gao")
        opened(page, site)
        page.click("[data-part=audit]")
        page.wait_for_selector(".jb-audit tbody tr")
        cells = page.locator(".jb-audit tbody tr").first.locator("td").all_inner_texts()
        assert cells[1:] == ["page", HOSTILE, "—", "answered", "—", "12.3", "made-up"]
        assert page.locator("#jb-desk-view img, #jb-desk-view form").count() == 0


def test_hostile_tickets_are_only_text(staff, site):
    site.store.feedback.add(
        Remark(verdict="wrong", question=HOSTILE, answer=HOSTILE, status="answered", history=(HOSTILE,), reason=HOSTILE)
    )
    staff.click("[data-part=open]")
    staff.wait_for_function("document.querySelectorAll('.jb-queue-entry').length === 4")
    open_ticket(staff, "evil.test")
    assert staff.inner_text(".jb-ticket-question") == HOSTILE
    assert staff.locator("#jb-desk-view img, #jb-desk-view form[action*=evil]").count() == 0
    assert staff.evaluate("window.hit") is None


def test_a_conversation_of_staff_is_found_at_their_other_computer(browser, site):
    """The browser keeps it for everybody; of those signed in, the server does too, and for nobody else."""
    with well_behaved(browser, "desk") as first:
        sign_in(first, site.address, "wang")
        first.goto(site.address)
        ask_and_wait(first, "萧山区主导制定国家标准奖励多少？")
        first.wait_for_timeout(1500)
    with well_behaved(browser, "desk") as second:
        sign_in(second, site.address, "wang")
        second.goto(site.address)
        second.click(".jb-talk-name >> text=萧山区主导制定国家标准")
        assert "万元" in second.inner_text(".jb-turn .jb-text")
    with well_behaved(browser, "desk") as stranger:
        stranger.goto(site.address)
        stranger.wait_for_selector(".jb-examples")
        stranger.wait_for_timeout(500)
        assert stranger.locator(".jb-talk-name").count() == 0


def ask_and_wait(page, question: str) -> None:
    page.wait_for_selector("#jb-box")
    page.fill("#jb-box", question)
    page.press("#jb-box", "Enter")
    page.wait_for_function("document.querySelectorAll('.jb-turn[aria-busy=false]').length === 1", timeout=WITHIN_MS)
