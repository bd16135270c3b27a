"""The heads, feet and numbers of pages: lines at the upper and lower edge that belong to no policy."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.conversion.pages import Line, Page

EDGE_SHARE = 0.13  # of the height of a page: where heads and feet stand
REPEATS_MIN = 2  # pages that carry the same line
_NUMBERED = re.compile(
    r"^(?:[-—–－―·•~～_]{0,3}\s*[0-9]{1,4}\s*[-—–－―·•~～_]{1,3}|[-—–－―·•~～_]{1,3}\s*[0-9]{1,4}"
    r"|第\s*[0-9]{1,4}\s*页(?:\s*[,，/／]?\s*共\s*[0-9]{1,4}\s*页)?|[0-9]{1,4}\s*[/／]\s*[0-9]{1,4})$"
)
_BARE = re.compile(r"^[0-9]{1,4}$")
_DIGITS = re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True, kw_only=True)
class Trimmed:
    """The lines of a document without its page edges, and the edges that were taken off."""

    lines: tuple[Line, ...]
    taken: tuple[Line, ...]


def trim_edges(pages: Sequence[Page], lines: Sequence[Line]) -> Trimmed:
    """Take off page numbers, and heads and feet that come back page after page."""
    heights = {page.number: page.height for page in pages}
    edge = [line for line in lines if not line.is_row and _is_edge(line, heights[line.page])]
    repeated = _repeated(edge, len(pages))
    offsets = _bare_offsets(edge)
    outermost = set(map(id, _outermost(lines)))
    taken = [
        line
        for line in edge
        if _NUMBERED.match(line.text.strip())
        or (id(line) in outermost and _is_running(line, repeated))
        or (id(line) in outermost and _BARE.match(line.text.strip()) and int(line.text) - line.page in offsets)
    ]
    gone = set(map(id, taken))
    return Trimmed(lines=tuple(line for line in lines if id(line) not in gone), taken=tuple(taken))


def _is_edge(line: Line, height: float) -> bool:
    return line.bottom <= height * EDGE_SHARE or line.top >= height * (1 - EDGE_SHARE)


def _is_running(line: Line, repeated: set[tuple[str, int]]) -> bool:
    return not _BARE.match(line.text.strip()) and _key(line) in repeated


def _key(line: Line) -> tuple[str, int]:
    """What makes two edges the same: their words but for the page's own number, at about the same height.

    Other figures count: two awards at the lower edges of two pages are no foot.
    """
    words = _DIGITS.sub(lambda found: "#" if int(found.group()) == line.page else found.group(), line.text)
    return "".join(words.split()), round(line.top / max(line.size, 1.0) / 1.5)


def _repeated(edge: Sequence[Line], pages: int) -> set[tuple[str, int]]:
    found: dict[tuple[str, int], set[int]] = {}
    for line in edge:
        found.setdefault(_key(line), set()).add(line.page)
    least = max(REPEATS_MIN, round(pages * 0.3))
    return {key for key, on in found.items() if len(on) >= least}


def _bare_offsets(edge: Sequence[Line]) -> set[int]:
    """Differences between a bare number at an edge and its page; the same on two pages, it numbers them."""
    counts = Counter(int(line.text) - line.page for line in edge if _BARE.match(line.text.strip()))
    return {offset for offset, count in counts.items() if count >= REPEATS_MIN}


def _outermost(lines: Sequence[Line]) -> list[Line]:
    """The two first and the two last lines of every page."""
    by_page: dict[int, list[Line]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line)
    chosen: list[Line] = []
    for members in by_page.values():
        ordered = sorted(members, key=lambda line: line.top)
        chosen += [*ordered[:2], *ordered[-2:]]
    return chosen
