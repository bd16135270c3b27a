"""评测 in headless Chromium: hidden from the public, the runs, and the report in a frame that runs nothing."""

import json

import pytest

from tests.assistant.browser import MARKS, opened, well_behaved
from tests.assistant.staff_page import PASSWORD, sign_in, staff_page
from tests.assistant.test_page_accessible import found_in

pytestmark = MARKS
TAB = "#jb-evaluations-button"
FRAME = ".jb-eval-page"
ROWS = ".jb-eval-runs tbody tr"
NEW, OLD = "20261122T013000.123-answers", "20261121T013000.123-2suites"
HOSTILE = "<img src=x onerror=alert(1)>"
REPORT = """<!doctype html><html lang="zh-CN"><head><title>报告</title><style>h1 { color: rgb(1, 2, 3); }</style></head>
<body><h1>评测报告</h1><a href="#end">到底</a><p id="end">末行</p>
<img src="http://evil.test/a.png" alt=""><script>document.body.textContent = "ran";</script></body></html>"""


@pytest.fixture(scope="module")
def site(assistant, tmp_path_factory):
    """The page of a home with two runs."""
    home = tmp_path_factory.mktemp("evaluations")
    keep_runs(home / "evals" / "runs")
    with staff_page(home, assistant) as made:
        yield made


def keep_runs(made):
    """Two runs, the later one worse; the earlier one has a hostile name and no report."""
    for name, suites, right, verdict in (
        (NEW, ["answers"], 540, "regression"),
        (OLD, ["refusal", HOSTILE], 551, "holds"),
    ):
        (made / name).mkdir(parents=True)
        started = f"2026-11-2{name[7]}T01:30:00Z"
        config = {"started": started, "suites": [{"name": one} for one in suites], "filters": [], "engine": "rules"}
        summary = {"right": right, "n": 551, "wrong_amounts": 551 - right, "verdict": verdict}
        (made / name / "config.json").write_text(json.dumps(config), "utf-8")
        (made / name / "summary.json").write_text(json.dumps(summary), "utf-8")
    (made / NEW / "report.html").write_text(REPORT, "utf-8")


@pytest.fixture(params=["desk", "phone"])
def staff(request, browser, site):
    """The tab as staff see it; the console may say that the frame was kept from running a script."""
    size = {"desk": (1366, 768), "phone": (390, 844)}[request.param]
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
    page = context.new_page()
    asked = []
    page.on("requestfinished", lambda sent: asked.append(sent.url))
    sign_in(page, site.address, "wang")
    opened(page, site.address, "evaluations")
    page.wait_for_selector(ROWS)
    yield page
    assert [url for url in asked if "evil" in url] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_the_public_has_no_such_tab_and_who_comes_by_its_address_signs_in(browser, site):
    with well_behaved(browser, "desk") as page:
        opened(page, site.address, "ask")
        page.wait_for_selector("#jb-box")
        assert not page.is_visible(TAB)
        page.goto(f"{site.address}/#evaluations")
        page.reload()
        page.wait_for_selector(".jb-evaluations form")
        assert page.locator(ROWS).count() == 0
        page.get_by_label("账号").locator("visible=true").fill("gao")
        page.get_by_label("密码").locator("visible=true").fill(PASSWORD)
        page.keyboard.press("Enter")


def test_signing_in_shows_the_tab(browser, site):
    with well_behaved(browser, "phone") as page:
        sign_in(page, site.address, "wang")
        opened(page, site.address, "ask")
        page.wait_for_selector(f"{TAB}:visible")


def test_runs_are_listed_and_the_latest_is_opened(staff):
    rows = staff.locator(ROWS)
    assert rows.count() == 2
    first, second = rows.nth(0).inner_text(), rows.nth(1).inner_text()
    assert "2026-11-22 09:30" in first and "98.0%（540/551）" in first and "11" in first and "有退步" in first
    assert "100%（551/551）" in second and "没有退步" in second and HOSTILE in second
    assert rows.nth(0).get_attribute("aria-current") == "true"


def test_the_report_is_shown_and_runs_nothing(staff):
    frame = staff.frame_locator(FRAME)
    frame.locator("h1").wait_for()
    assert frame.locator("h1").inner_text() == "评测报告"
    assert frame.locator("#end").inner_text() == "末行"
    assert staff.get_attribute(FRAME, "sandbox") == ""
    assert frame.locator("h1").evaluate("element => getComputedStyle(element).color") == "rgb(1, 2, 3)"


def test_a_run_without_a_report_says_how_to_write_one(staff):
    staff.locator(f"{ROWS} button").nth(1).focus()
    staff.keyboard.press("Enter")
    staff.wait_for_selector(".jb-eval-command")
    assert staff.inner_text(".jb-eval-command") == f"jiangbu eval report {OLD}"
    assert staff.locator(FRAME).count() == 0
    assert staff.evaluate("location.hash") == f"#evaluations?run={OLD}"
    staff.reload()
    staff.wait_for_selector(".jb-eval-command")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_no_rule_of_accessibility_is_broken(browser, site, size, scheme):
    with well_behaved(browser, size, color_scheme=scheme) as page:
        sign_in(page, site.address, "wang")
        opened(page, site.address, f"evaluations?run={OLD}")
        page.wait_for_selector(".jb-eval-command")
        assert found_in(page) == []


def test_an_empty_list_tells_the_command(browser, assistant, tmp_path):
    with staff_page(tmp_path, assistant) as empty, well_behaved(browser, "phone") as page:
        sign_in(page, empty.address, "wang")
        opened(page, empty.address, "evaluations")
        page.wait_for_selector(".jb-eval-command")
        assert "还没有评测记录" in page.inner_text(".jb-evaluations")
        assert page.inner_text(".jb-eval-command") == "jiangbu eval run"
