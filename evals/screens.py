"""The pictures of the page in README: `python -m evals.screens` serves the packaged documents and takes them anew.

The evaluation is run first, with all suites, for the pictures of its report and of the tab that shows it.

Serves in a process of its own, in a temporary home with one made-up account, on a port of loopback; pictures go to
`docs/screens/`. Needs Chromium and a Chinese font.
"""

import argparse
import multiprocessing
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from assistant.config import Settings
from assistant.service import build
from assistant.store import open_store
from evals.bench.load import START_WITHIN_S, serve
from evals.commands import Asked, Held, run_suites
from evals.runs import LATEST, REPORT, find_run

FOLDER = Path(__file__).parent.parent / "docs" / "screens"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
REPORT_SIZE = {"width": 1366, "height": 900}
NAME, PASSWORD = "值班员", "for-pictures-only"
SUM = "威海市主持制定2项国家标准、修订1项行业标准，还承担了省标委会秘书处，一共多少？"
SHARED = "龙港三家并列第一起草国家标准，每家多少？"
WHICH = "主导制定国家标准奖励多少？"
UNKNOWN = "深圳市主导制定国家标准奖励多少？"  # of a place without documents


def ask(page: Page, *questions: str) -> None:
    """Ask one after the other, each when the one before is answered."""
    for number, question in enumerate(questions, start=1):
        page.fill("#jb-box", question)
        page.press("#jb-box", "Enter")
        page.wait_for_function(
            "count => document.querySelectorAll('.jb-turn[aria-busy=false]').length === count", arg=number
        )


def open_clause(page: Page) -> None:
    """Look something up, and open a row."""
    page.fill("#jb-lookup-text, .jb-lookup input[type=search]", "秘书处 国家")
    page.wait_for_timeout(600)
    page.locator(".jb-ledger tbody tr").nth(7).click()


def compare(page: Page) -> None:
    """Set three rows side by side."""
    page.fill("#jb-lookup-text, .jb-lookup input[type=search]", "国际标准 主导")
    page.wait_for_timeout(600)
    for number in (0, 2, 5):
        page.locator(".jb-ledger tbody tr input").nth(number).check()
    page.click("text=比较所选 3 条")


def claim(page: Page) -> None:
    """Fill in a claim and have it worked out."""
    page.fill("#jb-estimate-region", "威海市")
    first = page.locator(".jb-item").nth(0).locator("input")
    first.nth(0).fill("主持制定国家标准")
    first.nth(1).fill("2")
    page.click("text=加一项")
    page.locator(".jb-item").nth(1).locator("input").nth(0).fill("承担山东省专业标准化技术委员会秘书处")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".jb-estimate-result table")


def timeline(page: Page) -> None:
    """The documents on a timeline."""
    page.click("text=时间轴")


def read_document(page: Page) -> None:
    """One document with its outline and its sums."""
    page.click(".jb-library >> text=龙港市标准化工作办法")
    page.wait_for_selector(".jb-library mark, .jb-margin-sum")


def sign_in(page: Page, view: str) -> None:
    """Sign in as staff, in the view that asks for it."""
    page.fill(f"{view} input:not([type=password])", NAME)
    page.fill(f"{view} input[type=password]", PASSWORD)
    page.keyboard.press("Enter")


def open_queue(page: Page) -> None:
    """The queue of the staff, one question open."""
    page.click("text=工作人员登录")
    sign_in(page, ".jb-desk")
    page.locator(".jb-queue-entry").first.click()


def open_evaluation(page: Page) -> None:
    """The runs of the evaluation, and the report of the latest."""
    sign_in(page, ".jb-evaluations")
    page.frame_locator(".jb-eval-page").locator(".verdict").wait_for()


SHOTS: tuple[tuple[str, dict[str, int], str, str, Callable[[Page], None]], ...] = (
    ("ask", DESK, "light", "ask", lambda page: ask(page, SHARED)),
    ("ask-dark", DESK, "dark", "ask", lambda page: ask(page, SUM)),
    ("ask-phone", PHONE, "light", "ask", lambda page: ask(page, SHARED)),
    ("choices-phone", PHONE, "dark", "ask", lambda page: ask(page, WHICH)),
    ("lookup", DESK, "light", "lookup", open_clause),
    ("compare", DESK, "light", "lookup", compare),
    ("lookup-phone", PHONE, "light", "lookup", open_clause),
    ("estimate", DESK, "light", "estimate", claim),
    ("timeline", DESK, "light", "library", timeline),
    ("document", DESK, "light", "library", read_document),
    ("desk", DESK, "light", "desk", open_queue),
    ("eval-tab", DESK, "light", "evaluations", open_evaluation),
)


def take(browser: Browser, address: str) -> None:
    """Take all pictures."""
    for name, size, scheme, tab, prepare in SHOTS:
        settings: Any = {"viewport": size, "color_scheme": scheme, "locale": "zh-CN"}
        with browser.new_context(**settings) as context:
            page = context.new_page()
            page.goto(f"{address}#{tab}")
            page.wait_for_selector(f"#jb-{tab}-button[aria-selected=true]")
            page.wait_for_load_state("networkidle")
            prepare(page)
            page.wait_for_timeout(800)
            page.screenshot(path=FOLDER / f"{name}.png")


def take_report(browser: Browser, report: Path) -> None:
    """Take the report of the evaluation by itself."""
    settings: Any = {"viewport": REPORT_SIZE, "color_scheme": "light", "locale": "zh-CN"}
    with browser.new_context(**settings) as context:
        page = context.new_page()
        page.goto(report.as_uri())
        page.screenshot(path=FOLDER / "eval-report.png")


def evaluate(settings: Settings) -> Path:
    """Run all suites as `jiangbu eval run` does; the report."""
    asked = Asked(suites=(), repeat=1, engine="rules", filters=(), as_of=None, workers=None, judge=0)
    run_suites(settings, asked, Held(baselines=None, no_baseline=False, least=None, outputs=(), verbose=False))
    return find_run(settings.home, LATEST) / REPORT


def main() -> int:
    """Serve, take, stop."""
    argparse.ArgumentParser(prog="python -m evals.screens", description=__doc__.split("\n")[0]).parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    FOLDER.mkdir(parents=True, exist_ok=True)
    context = multiprocessing.get_context("spawn")
    addresses = context.Queue()
    with tempfile.TemporaryDirectory() as home, sync_playwright() as driver:
        settings = Settings(home=Path(home), asks_per_minute=0)
        build(settings, progress=False)
        report = evaluate(settings)
        store = open_store(settings.home)
        store.accounts.add(NAME, "staff", PASSWORD)
        store.close()
        server = context.Process(target=serve, args=(settings, addresses), daemon=True)
        server.start()
        try:
            address = addresses.get(timeout=START_WITHIN_S)
            browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
            with browser.new_page() as page:
                page.goto(address)
                page.wait_for_selector("#jb-box")
                ask(page, UNKNOWN)  # something for the queue of the staff
            take(browser, address)
            take_report(browser, report)
            browser.close()
        finally:
            server.terminate()
            server.join(15)
    return 0


if __name__ == "__main__":
    sys.exit(main())
