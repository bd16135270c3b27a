"""文库 in headless Chromium: the list, the line of time, a document with its text; adding and removing."""

from datetime import datetime, time

import pytest

from tests.assistant.browser import MARKS, WITHIN_MS, well_behaved
from tests.assistant.policies import DAY
from tests.assistant.staff_page import LONG_CLAUSES, library_documents, sign_in, staff_page
from tests.assistant.test_page_accessible import found_in
from tests.assistant.test_page_fakes import EVIL

pytestmark = MARKS
ROWS = ".jb-documents tbody tr"
LIUZHOU = "柳州市标准化激励细则\n第一条 主导制定国家标准的，每项激励43万元。\n"


@pytest.fixture(scope="module")
def site(assistant, tmp_path_factory):
    with staff_page(tmp_path_factory.mktemp("library"), assistant) as made:
        yield made


def opened(page, site, address: str = "library"):
    page.set_default_timeout(WITHIN_MS)
    page.clock.set_fixed_time(datetime.combine(DAY, time(9)))
    page.goto(f"{site.address}/#{address}")
    page.wait_for_selector(".jb-library")
    return page


@pytest.fixture(params=["desk", "phone"])
def page(request, browser, site):
    with well_behaved(browser, request.param) as made:
        opened(made, site)
        made.wait_for_selector(ROWS)
        yield made


@pytest.fixture
def desk(browser, site):
    with well_behaved(browser, "desk") as made:
        yield opened(made, site)


def show(page, address: str) -> None:
    """Open a document by its address."""
    page.evaluate("hash => { location.hash = hash; }", f"library?{address}")
    page.wait_for_selector(".jb-doc-text")


def standings(page) -> dict[str, str]:
    """What is said of each document."""
    rows = page.locator(ROWS)
    titles, badges = rows.locator(".jb-link").all_inner_texts(), rows.locator(".jb-badge").all_inner_texts()
    return dict(zip(titles, badges, strict=True))


def test_all_documents_are_listed_with_where_they_stand(page):
    told = standings(page)
    assert len(told) == len(library_documents())
    assert told["萧山区标准化工作激励办法"] == "有效"
    assert told["苏州市标准化专项扶持细则"] == "已失效"
    assert told["青岛市标准提升扶持措施"] == "尚未施行"
    assert told["青岛市标准奖补暂行规定"] == "已施行，未写期限"
    assert told["烟台市推动标准引领的若干意见"] == "有效期不明"
    assert told["厦门市标准化激励实施办法（征求意见稿）"] == "征求意见稿"


def test_filters_leave_what_agrees_and_say_how_many(page):
    filters = page.locator(".jb-library-filters")
    filters.get_by_label("地区").select_option("山东省青岛市")
    page.wait_for_function("document.querySelectorAll('.jb-documents tbody tr').length === 2")
    filters.get_by_label("效力").select_option("in_force")
    assert list(standings(page)) == ["青岛市标准奖补暂行规定"]
    assert page.inner_text(".jb-library-count").startswith("1 份文件")
    filters.get_by_label("效力").select_option("")
    filters.get_by_label("查找文件").fill("提升 扶持")
    page.wait_for_function("document.querySelectorAll('.jb-documents tbody tr').length === 1")
    assert list(standings(page)) == ["青岛市标准提升扶持措施"]
    filters.get_by_label("查找文件").fill("没有这个词")
    page.wait_for_selector(".jb-library-results .jb-notice")
    assert page.inner_text(".jb-library-count").startswith("0 份文件")


def test_the_line_of_time_tells_standings_apart_by_form(page):
    page.click("button[data-shape=line]")
    rows = page.locator(".jb-line-row")
    forms = dict(zip(rows.locator(".jb-link").all_inner_texts(), rows.locator(".jb-track").all(), strict=True))
    expired = forms["苏州市标准化专项扶持细则"]
    assert "repeating-linear-gradient" in expired.locator(".jb-term").evaluate(
        "one => getComputedStyle(one).backgroundImage"
    )
    assert expired.inner_text().strip().endswith("有效期至 2023-02-28")
    assert forms["青岛市标准奖补暂行规定"].locator(".jb-term-open").count() == 1
    assert forms["厦门市标准化激励实施办法（征求意见稿）"].inner_text().startswith("原文没有印出日期")
    ends = "one => one.getBoundingClientRect().right"
    begins = "one => one.getBoundingClientRect().left"
    today = expired.locator(".jb-today").evaluate(begins)
    assert expired.locator(".jb-term").evaluate(ends) < today
    assert forms["青岛市标准提升扶持措施"].locator(".jb-term").evaluate(begins) > today
    assert forms["萧山区标准化工作激励办法"].locator(".jb-term").evaluate(begins) < today


def test_the_line_of_time_sorts_by_date_too(desk):
    desk.wait_for_selector(ROWS)
    desk.click("button[data-shape=line]")
    desk.click("text=按日期")
    titles = desk.locator(".jb-line-row .jb-link").all_inner_texts()
    assert titles[:2] == ["青岛市标准提升扶持措施", "无锡市标准化补贴细则"]


def test_a_document_opens_with_its_facts_and_its_outline_jumps(page):
    page.click("text=萧山区标准化工作激励办法")
    page.wait_for_selector(".jb-doc-text")
    facts = page.locator(".jb-doc-facts div").all_inner_texts()
    assert "施行日期\n2024-01-01" in facts and "文号\n原文没有印出" in facts
    if page.locator(".jb-outline[open]").count() == 0:
        page.click(".jb-outline summary")
    heads = page.locator(".jb-outline-head").all_inner_texts()
    assert [head.split()[0] for head in heads] == ["第一章", "第二章", "第三章", "第四章"]
    page.click(".jb-outline button:has-text('第十条')")
    assert page.inner_text(".jb-block-here .jb-block-text").startswith("第十条 用假材料")
    assert page.evaluate("document.querySelector('.jb-block-here').getBoundingClientRect().top < innerHeight")
    start = library_documents()["xiaoshan-2024"].text.index("第十条")
    assert page.url.endswith(f"#library?document=xiaoshan-2024&at={start}")
    page.click(".jb-back")
    page.wait_for_selector(ROWS)
    assert page.url.endswith("#library")


def test_clauses_with_awards_have_their_sums_at_the_margin(desk):
    show(desk, "document=xiaoshan-2024")
    clause = desk.locator(".jb-block-award", has_text="第四条 主导制定团体标准")
    assert clause.locator(".jb-margin-sum").all_inner_texts() == ["4万元"]
    assert desk.locator(".jb-block-award", has_text="第八条").count() == 0
    clause.locator(".jb-margin-sum").click()
    assert desk.inner_text("mark.jb-current").endswith("奖励4万元")


def test_the_search_goes_round_forwards_and_backwards(page):
    show(page, "document=xiaoshan-2024")
    text = library_documents()["xiaoshan-2024"].text
    field = page.get_by_label("在本文件中查找")
    field.fill("抽查")
    page.wait_for_selector("mark.jb-current")
    total = text.count("抽查")
    seen = [page.inner_text(".jb-find-count")]
    for key in ("Enter", "Shift+Enter", "Shift+Enter"):
        field.press(key)
        seen.append(page.inner_text(".jb-find-count"))
    assert seen == [f"1 / {total}", f"2 / {total}", f"1 / {total}", f"{total} / {total}"]
    assert page.locator(".jb-doc-text mark").count() == total
    field.fill("查无此词")
    page.wait_for_function("document.querySelectorAll('.jb-doc-text mark').length === 0")
    assert page.inner_text(".jb-find-count") == "没有找到"


def test_the_blocks_hold_the_text_character_for_character(desk):
    show(desk, "document=suzhou-2020")
    blocks = desk.locator(".jb-block-text").evaluate_all("all => all.map((one) => one.textContent)")
    assert "".join(blocks) == library_documents()["suzhou-2020"].text


def test_what_lint_found_jumps_to_its_place(page):
    show(page, "document=wuxi-2025")
    finding = page.locator(".jb-findings li")
    assert finding.locator(".jb-badge").all_inner_texts() == ["单位不一致"]
    finding.locator("button").click()
    assert page.inner_text("mark.jb-current") == "2元"


def test_an_address_opens_the_document_at_a_fact(browser, site):
    text = library_documents()["xiaoshan-2024"].text
    with well_behaved(browser, "desk") as page:
        opened(page, site, f"library?document=xiaoshan-2024&at={text.index('主导制定团体标准')}")
        page.wait_for_selector("mark.jb-current")
        assert page.inner_text("mark.jb-current").startswith("主导制定团体标准")


def test_a_long_document_stays_quick(desk):
    show(desk, "document=nantong-long")
    assert len(library_documents()["nantong-long"].text) > 60_000
    took = desk.evaluate(
        """async () => {
          const field = document.querySelector(".jb-find input");
          const begun = performance.now();
          field.value = "台账";
          field.dispatchEvent(new Event("input"));
          while (!document.querySelector("mark.jb-current")) await new Promise(requestAnimationFrame);
          return performance.now() - begun;
        }"""
    )
    assert desk.inner_text(".jb-find-count") == f"1 / {2 * (LONG_CLAUSES - 1)}"
    assert took < 3000  # some 300 where nothing else runs; 150 of them wait for the typing to end


def test_a_hostile_document_is_only_text(page):
    show(page, "document=evil")
    assert EVIL in page.inner_text(".jb-doc-head h2")
    assert page.locator("#jb-library-view").locator("img, iframe, script, form, video, svg").count() == 0
    assert page.locator("#jb-library-view a[href*='evil.test'], #jb-library-view a[href^=javascript]").count() == 0
    assert page.evaluate("window.hit") is None


def test_the_public_neither_adds_nor_removes(desk):
    desk.wait_for_selector(ROWS)
    assert desk.locator(".jb-intake").count() == 0
    show(desk, "document=suzhou-2020")
    assert desk.locator(".jb-remove").count() == 0


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_staff_send_a_file_and_a_reviewer_takes_it_in(browser, site, size):
    text = LIUZHOU + f"第二条 申请由{size}窗口受理。\n"
    with well_behaved(browser, size) as page:
        sign_in(page, site.address, "wang")
        opened(page, site)
        page.click(".jb-intake >> nth=0 >> summary")
        name = f"<img src=x onerror=window.hit=1>{size}.txt"
        page.set_input_files(
            ".jb-intake input[type=file]", {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
        )
        page.get_by_label("施行日期").fill("2026-02-03")
        page.click(".jb-intake-form button")
        page.wait_for_selector(".jb-read")
        cells = page.locator(".jb-read tbody th, .jb-read tbody td").all_inner_texts()
        assert cells == ["柳州市标准化激励细则", "3", "1", "0"]
        page.click(".jb-uploads summary")
        page.click(".jb-uploads li .jb-link")
        page.wait_for_selector(".jb-preview")
        assert page.locator(".jb-upload-decision").count() == 0
        assert found_in(page) == []
        assert page.locator("#jb-library-view img").count() == 0 and page.evaluate("window.hit") is None
    with well_behaved(browser, size) as page:
        sign_in(page, site.address, "shen")
        opened(page, site)
        page.click(".jb-uploads summary")
        assert page.inner_text(".jb-uploads summary") == "待审的文件（1 批）"
        page.focus(".jb-uploads li .jb-link")
        page.keyboard.press("Enter")
        page.wait_for_selector(".jb-upload-decision")
        assert found_in(page) == []
        assert text.strip() in page.locator(".jb-preview-text").text_content()
        assert page.locator(".jb-preview td", has_text="43万元").count() >= 1
        page.get_by_role("button", name="退回").click()
        assert page.inner_text(".jb-upload-decision .jb-job") == "退回须写明理由。"
        builds = len(site.builds)
        page.get_by_role("button", name="收入文库").click()
        page.wait_for_selector(".jb-upload-decision .jb-notice:has-text('已收入编号')")
        assert len(site.builds) == builds + 1
        assert page.locator("#jb-library-view img").count() == 0 and page.evaluate("window.hit") is None


def test_a_file_of_another_kind_is_refused_before_it_is_sent(browser, site):
    with well_behaved(browser, "desk") as page:
        sign_in(page, site.address, "wang")
        opened(page, site)
        page.click(".jb-intake >> nth=0 >> summary")
        page.set_input_files(".jb-intake input[type=file]", {"name": "a.exe", "mimeType": "text/plain", "buffer": b"x"})
        page.click(".jb-intake-form button")
        assert page.inner_text(".jb-job").startswith("“a.exe”不能送审")


def test_an_administrator_removes_a_document_after_being_asked_once_more(browser, site):
    with well_behaved(browser, "phone") as page:
        sign_in(page, site.address, "gao")
        opened(page, site, "library?document=guojia-2021")
        page.wait_for_selector(".jb-remove button")
        builds = len(site.builds)
        page.click("text=移出这份文件")
        page.click(".jb-remove >> text=取消")
        assert len(site.builds) == builds
        page.click("text=移出这份文件")
        page.click("text=确认移出")
        page.wait_for_selector(".jb-remove .jb-notice")
        assert page.inner_text(".jb-remove .jb-notice") == "已移出：guojia-2021 全国标准化服务机构信用评价规定"
        assert len(site.builds) == builds + 1
