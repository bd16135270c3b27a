"""Every tab under axe, the checker of the W3C's accessibility rules: light and dark, on a desk and on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.assistant.browser import MARKS, well_behaved

pytestmark = MARKS
RULES = {"runOnly": ["wcag2a", "wcag2aa"], "resultTypes": ["violations"]}
SHOWN = {  # what stands in a tab once it is there
    "ask": "#jb-box",
    "lookup": ".jb-ledger tbody tr[data-id]",
    "estimate": ".jb-estimate-form",
    "library": ".jb-library table",
    "desk": ".jb-desk",
    "evaluations": ".jb-evaluations form",
}


def found_in(page) -> list[str]:
    """The rules that are broken, each with the first element that breaks it."""
    violations = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['target']}" for one in violations]


@pytest.mark.parametrize("tab", SHOWN)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_no_rule_is_broken(browser, policy_address, tab, scheme, size):
    with well_behaved(browser, size, color_scheme=scheme) as page:
        page.goto(f"{policy_address}/#{tab}")
        page.wait_for_selector(SHOWN[tab])
        assert found_in(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("asked", ["三家怎么分摊？", "我们在哪里拿？", "没有的事"])
def test_an_answer_breaks_none_either(browser, policy_address, asked, scheme):
    with well_behaved(browser, "desk", color_scheme=scheme) as page:
        page.goto(policy_address)
        page.wait_for_selector("#jb-box")
        page.fill("#jb-box", asked)
        page.press("#jb-box", "Enter")
        page.wait_for_selector(".jb-turn[aria-busy=false] .jb-feedback")
        assert found_in(page) == []
