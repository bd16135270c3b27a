"""The report in headless Chromium: legible light and dark, on a desk and on a phone, and it asks for nothing."""

from dataclasses import replace

import pytest

from evals.comparing import standings_of
from evals.reporting import TrendPoint
from tests.assistant.browser import MARKS, SIZES, chromium
from tests.assistant.test_page_accessible import found_in
from tests.evals.made_up import case, cited, config, paid, place, run_of, says
from tests.evals.reporting.pages import page_of

pytestmark = MARKS
LONG = "每项奖励" + "A" * 400


@pytest.fixture(scope="module")
def browser():
    with chromium() as made:
        yield made


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """A report with everything in it, as a file."""
    folder = tmp_path_factory.mktemp("report")
    wrong = says(f"99元[1] {LONG}", "99") | {
        "citations": [cited("参与制定的，每项奖励五贝")],
        "calculation": [{"step": "一项", "expression": "99", "yuan": "99", "citation": 1}],
        "warnings": [{"code": "expired", "message": "已失效"}],
    }
    cases = [
        case("w", gold=paid(30, quote=["每项奖励三十贝"], why="第五条"), history=["海棠市？"]),
        case("r"),
        case("n"),
    ]
    run = run_of(folder, {"问题w": wrong, "问题n": says("5元", "5")}, *cases)
    found = (*place("每项奖励三十贝").values(), "第五条")
    run = replace(run, rows=(replace(run.rows[0], retrieved=(found,)), *run.rows[1:]))
    earlier = standings_of(run_of(folder, {"问题w": says("30元", "30"), "问题r": says("7元", "7")}, *cases))
    before = [*earlier, replace(earlier[0], probe="gone")]
    trend = [TrendPoint(run="r0", started=config().started, right=8, n=10, wrong_amounts=number) for number in (2, 0)]
    file = folder / "report.html"
    file.write_text(page_of(run, before, trend), "utf-8")
    return file


@pytest.fixture(params=[(size, scheme) for size in SIZES for scheme in ("light", "dark")], ids="-".join)
def page(request, browser, report):
    """The report, everything opened."""
    size, scheme = request.param
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, locale="zh-CN")
    made = context.new_page()
    asked, troubles = [], []
    made.on("request", lambda sent: asked.append(sent.url))
    made.on("console", lambda said: troubles.append(said.text))
    made.goto(report.as_uri())
    made.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    yield made
    assert (asked, troubles) == ([report.as_uri()], [])
    context.close()


def test_no_rule_of_accessibility_is_broken(page):
    assert found_in(page) == []


def test_it_never_scrolls_sideways(page):
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_verdict_and_the_wrong_sums_are_on_the_first_screen(page):
    assert page.evaluate("document.querySelector('.verdict').getBoundingClientRect().bottom < innerHeight")
    assert page.evaluate("document.querySelector('.tile').getBoundingClientRect().bottom < innerHeight")
    assert page.inner_text(".verdict h2").startswith("有退步：与基线相比，")


def test_every_link_leads_to_a_part_of_the_page(page):
    targets = page.eval_on_selector_all("a", "links => links.map(one => one.getAttribute('href'))")
    assert targets and [one for one in targets if page.locator(one).count() != 1] == []
