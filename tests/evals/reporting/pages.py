"""Reports of made-up runs, and what stands in a page."""

from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Any

from evals.comparing import Standing, compare, standings_of
from evals.gate import judge_gate
from evals.reporting import Finding, TrendPoint, render_html
from evals.runs import Run
from evals.summary import summarise
from tests.evals.made_up import SOURCES

LEAVES = ("script", "iframe", "object", "embed", "link", "base", "form", "img", "image", "foreignobject", "input")


def finding_of(run: Run, before: Sequence[Standing] | None = None, against: str = "基线", **least: Any) -> Finding:
    """A finding about a run, compared with what stood before where that is given; `least` in percent by suite."""
    comparison = None if before is None else compare(before, standings_of(run), is_part=run.is_part)
    summary = summarise(run)
    gate = judge_gate(summary, comparison, least)
    return Finding(run=run, summary=summary, comparison=comparison, against=against if before else "", gate=gate)


def page_of(run: Run, before: Sequence[Standing] | None = None, trend: Sequence[TrendPoint] = (), **least: Any) -> str:
    """The report of a run."""
    return render_html(finding_of(run, before, **least), trend=trend, sources=SOURCES)


class Page(HTMLParser):
    """A page taken apart: its elements with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.texts.append(" ")

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1][0] != "style":
            self.texts.append(data)

    @property
    def text(self) -> str:
        """All text, white space squeezed."""
        return " ".join("".join(self.texts).split())

    def all(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        """The elements of a kind whose attributes hold these words."""
        return [
            found
            for name, found in self.elements
            if name == tag
            and all(word in (found.get(key.rstrip("_")) or "").split() for key, word in attributes.items())
        ]


def troubles(page: Page) -> list[str]:
    """What a page that needs nothing else and runs nothing may not have."""
    found = [tag for tag, _ in page.elements if tag in LEAVES]
    for tag, attributes in page.elements:
        found += [f"{tag} {name}" for name in attributes if name.startswith("on") or name in ("src", "srcset", "style")]
        target = attributes.get("href") or attributes.get("xlink:href") or "#"
        found += [] if target.startswith("#") else [target]
    return found
