"""速查 in headless Chromium, over the made-up policies: what hotline staff see and can do there."""

from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest

from tests.assistant.browser import MARKS, opened, well_behaved
from tests.assistant.policies import DAY

pytestmark = MARKS
ROWS = ".jb-ledger tbody tr[data-id]"
SUMS = f"{ROWS} .jb-col-sum strong"
XIAOSHAN, SUZHOU, QINGDAO = "浙江省杭州市萧山区", "江苏省苏州市", "山东省青岛市"


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


def many_times(total: int):
    """The first fact of the ledger again and again, numbered, a page at a time."""

    def serve(route):
        asked = {name: values[0] for name, values in parse_qs(urlsplit(route.request.url).query).items()}
        first, last = int(asked["offset"]), min(int(asked["offset"]) + int(asked["limit"]), total)
        only = urlencode(asked | {"limit": "1", "offset": "0"})
        [fact] = route.fetch(url=route.request.url.split("?")[0] + "?" + only).json()["facts"]
        facts = [
            fact | {"id": f"made-{number}", "name": f"事项第{number}号", "subject": f"事项第{number}号"}
            for number in range(first, last)
        ]
        route.fulfill(json={"total": total, "offset": first, "facts": facts})

    return serve


def look_up(page, query: str = "") -> None:
    """Open 速查 with what the address says, and wait for its rows."""
    page.evaluate("hash => { location.hash = hash; }", f"lookup?{query}")
    page.wait_for_selector(ROWS)


def type_words(page, words: str, rows: int) -> list[str]:
    """Type into the search box; the sums that are left."""
    page.fill("#jb-lookup-text", words)
    page.wait_for_function("([rows, count]) => document.querySelectorAll(rows).length === count", arg=[ROWS, rows])
    return page.locator(SUMS).all_inner_texts()


def open_row(page, words: str) -> None:
    """The clause of the only row with these words."""
    type_words(page, words, 1)
    page.click(ROWS)
    page.wait_for_selector(".jb-clause h2")


def test_all_words_must_occur_and_the_filters_narrow_further(page):
    look_up(page)
    assert page.locator(ROWS).count() == 31
    assert type_words(page, "萧山 国家标准 参与", 1) == ["12 万元"]
    type_words(page, "", 31)
    page.select_option("#jb-lookup-topic", "standard:国家标准")
    page.select_option("#jb-lookup-status", "in_force")
    page.fill("#jb-lookup-region", XIAOSHAN)
    page.wait_for_function("rows => document.querySelectorAll(rows).length === 3", arg=ROWS)
    assert page.locator(SUMS).all_inner_texts() == ["31 万元", "12 万元", "15.5 万元"]
    assert page.inner_text(".jb-lookup-bar [role=status]") == "3 条，共 31 条"


def test_what_the_words_are_about_comes_before_what_only_stands_near_them(desk):
    look_up(desk)
    shown = type_words(desk, "萧山 国家标准", 5)
    assert shown == ["31 万元", "12 万元", "15.5 万元", "61 万元", "18 万元"]  # the last two: only in the same clause


def test_nothing_found_is_said(page):
    look_up(page)
    type_words(page, "风筝", 0)
    assert "没有符合的条目" in page.inner_text(".jb-ledger")


def test_a_row_opens_its_clause_with_the_figure_marked_and_a_card_to_read_out(page):
    look_up(page)
    open_row(page, "苏州 国家标准 主持制定国家")
    assert page.inner_text(".jb-clause-quote mark") == "33万元"
    assert page.locator(".jb-reply p").all_inner_texts() == [
        "江苏省苏州市，主持制定国家标准：每项补贴33万元。",
        "条件：本句没有另写条件，申报要求以全文为准。",
        "依据：《苏州市标准化专项扶持细则》（未收录文号），二、扶持额度 · 2。",
        "效力：已失效（按 2026-03-01 判断）。",
        "测算参考，以主管部门审核为准。",
    ]
    whole = page.get_attribute(".jb-clause > a", "href")
    assert urlsplit(whole).path == "/documents/suzhou-2020" and urlsplit(whole).fragment == "quote"


def test_a_relative_sum_says_what_it_is_reckoned_from(desk):
    look_up(desk)
    open_row(desk, "主导制定国家标准的：主导修订的")
    assert "由“主导制定国家标准”的31万元（第三条）算出" in desk.inner_text(".jb-reply")


def test_one_button_copies_the_card(desk):
    look_up(desk)
    open_row(desk, "烟台 行业标准 牵头制定行业")
    desk.click(".jb-reply button")
    desk.wait_for_selector(".jb-reply button >> text=已复制")
    copied = desk.evaluate("navigator.clipboard.readText()").splitlines()
    assert copied[0] == "山东省烟台市，牵头制定行业标准：每项奖励16万元。" and len(copied) == 5


def test_the_table_is_worked_by_keyboard_alone(desk):
    look_up(desk)
    desk.keyboard.press("/")
    desk.keyboard.type("青岛 秘书处")
    desk.wait_for_function("rows => document.querySelectorAll(rows).length === 2", arg=ROWS)
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        desk.keyboard.press(key)
    assert desk.inner_text(".jb-clause-sum strong") == "17 万元"
    desk.keyboard.press("Escape")
    assert desk.is_hidden(".jb-clause")
    assert desk.evaluate("document.activeElement.querySelector('.jb-col-sum').innerText.trim()") == "17 万元"
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("ArrowUp")
    assert desk.evaluate("document.activeElement.id") == "jb-lookup-text"


def test_columns_sort_and_say_so(desk):
    look_up(desk)
    desk.click(".jb-col-sum .jb-sort")
    assert desk.locator(SUMS).first.inner_text() == "3 万元"
    assert desk.get_attribute("th.jb-col-sum", "aria-sort") == "ascending"
    desk.click(".jb-col-sum .jb-sort")
    assert desk.locator(SUMS).first.inner_text() == "61 万元"
    assert desk.get_attribute("th.jb-col-sum", "aria-sort") == "descending"


def test_the_address_brings_the_same_view_again(page, policy_address):
    look_up(page)
    page.select_option("#jb-lookup-level", "省级")
    open_row(page, "试点")
    there = page.url
    page.goto("about:blank")
    page.goto(there)
    page.wait_for_selector(".jb-clause h2")
    assert page.locator(SUMS).all_inner_texts() == ["11 万元"]
    assert page.input_value("#jb-lookup-text") == "试点" and page.input_value("#jb-lookup-level") == "省级"
    assert page.inner_text(".jb-clause-sum strong") == "11 万元"


def test_the_day_of_judgement_moves_the_standing(desk):
    look_up(desk, f"text={quote('苏州 创新贡献奖 二等奖')}&as_of=2022-01-01")
    assert desk.locator(f"{ROWS} .jb-col-standing").first.inner_text() == "有效（至 2023-02-28）"


def test_the_exports_take_the_filters_along(desk):
    look_up(desk, f"region={quote(QINGDAO)}&level={quote('省级')}")
    links = desk.locator(".jb-lookup-bar a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert [urlsplit(one).path for one in links] == ["/api/facts.csv", "/api/facts.xlsx"]
    assert parse_qs(urlsplit(links[0]).query) == {"region": [QINGDAO], "level": ["省级"], "as_of": [DAY.isoformat()]}


def test_one_subject_in_several_regions_stands_side_by_side(page):
    look_up(page, f"standard={quote('国家标准')}&role={quote('主导')}")
    page.click("text=比较地区")
    for region in (XIAOSHAN, "苏州"):
        page.fill("#jb-compare-region", region)
        page.press("#jb-compare-region", "Enter")
    assert page.locator(".jb-side thead th").all_inner_texts() == ["事项", XIAOSHAN, SUZHOU]
    row = page.locator(".jb-side tbody tr").first
    assert row.locator("th").inner_text() == "国家标准 · 制定 · 主导"
    assert row.locator("strong").all_inner_texts() == ["31 万元", "33 万元"]
    lengths = page.locator(".jb-chart .jb-bar-track .jb-bar").evaluate_all("all => all.map(one => one.style.width)")
    assert lengths[:2] == ["93.94%", "100%"]
    assert page.locator(".jb-chart .jb-bar-track .jb-bar-past").count() == 1  # 苏州 has expired


def test_rows_picked_are_compared(desk):
    look_up(desk)
    type_words(desk, "工作组", 1)
    desk.check(f"{ROWS} input")
    type_words(desk, "首席标准官", 1)
    desk.wait_for_selector(f"{ROWS} >> text=首席标准官")  # one row before, one row now
    desk.check(f"{ROWS} input")
    desk.click("text=比较所选 2 条")
    assert desk.locator(".jb-side tbody th").all_inner_texts() == ["首席标准官", "工作组 · 国家级"]
    assert desk.locator(".jb-side td:has-text('没有收录')").count() == 2
    desk.click("text=返回台账")
    assert desk.is_checked(f"{ROWS} input")


def test_a_ledger_that_cannot_be_reached_is_told_and_asked_for_again(troubled, policy_address):
    troubled.route("**/api/facts?*", lambda route: route.abort())
    opened(troubled, policy_address, "lookup")
    assert "连接不上服务" in troubled.inner_text(".jb-lookup-none[role=alert]")
    troubled.unroute("**/api/facts?*")
    troubled.click("text=重新读取")
    troubled.wait_for_selector(ROWS)


def test_many_facts_are_searched_without_drawing_them_all(browser, policy_address):
    with well_behaved(browser, "desk") as made:
        made.route("**/api/facts?*", many_times(12_000))
        opened(made, policy_address, "lookup")
        made.wait_for_selector(ROWS)
        assert made.inner_text(".jb-lookup-bar [role=status]") == "12000 条，共 12000 条"
        assert made.locator(ROWS).count() == 60
        type_words(made, "第11999号", 1)


def test_sums_of_the_same_words_are_told_apart(browser, policy_address):
    """Half of the above, the first and the second prize: staff read out one sum and took it for another's."""

    def serve(route):
        fact = route.fetch().json()["facts"][0] | {"name": "承担秘书处的"}
        facts = [fact | {"id": level, "level": [level]} for level in ("国家级", "省级")]
        route.fulfill(json={"total": 2, "offset": 0, "facts": facts})

    with well_behaved(browser, "desk") as made:
        made.route("**/api/facts?*", serve)
        opened(made, policy_address, "lookup")
        made.wait_for_selector(ROWS)
        names = made.locator(f"{ROWS} .jb-col-subject").all_inner_texts()
        assert names == ["承担秘书处的（国家级）", "承担秘书处的（省级）"]
        made.locator(ROWS).nth(1).click()
        assert "承担秘书处的（省级）：" in made.inner_text(".jb-reply")
