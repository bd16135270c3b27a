"""Pages of placed text → the text of the document: columns in order, tables as rows, paragraphs made whole.

What pdf and scans have in common. A figure that a line break cuts is put together only where the paragraph goes on,
and its line is told as unsure either way: a tenfold award is worse than a question to the reviewer.
"""

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.conversion.edges import trim_edges
from corpus.conversion.grid import find_tables
from corpus.conversion.pages import Line, Page
from corpus.conversion.records import Unsure
from corpus.conversion.strips import DIGIT_SEAM, DIGIT_START, join_texts, read_strips
from corpus.conversion.torn import join_torn_rows
from corpus.labels import read_label

FLUSH_WITHIN = 0.5  # type sizes from the margin: a last line seldom ends there, a justified one always
SEAM_CONFIDENCE = 0.0  # of a figure that was put together over a break
_SENTENCE_END = re.compile(r"[。！？；：;:!?][”’）)》]*$")
_UNIT_START = re.compile(r"^[万亿千百]*[元%％]|^[.．]\d")


@dataclass(frozen=True, kw_only=True)
class LaidOut:
    """The text of all pages, the lines to look at again, and the page edges that were taken off."""

    text: str
    unsure: tuple[Unsure, ...]
    edges: tuple[str, ...]


def lay_out(pages: Sequence[Page], tolerance: float, sure_from: float = 0.0) -> LaidOut:
    """Put the pages together.

    Args:
        pages: In order.
        tolerance: Rulings closer than this are one, in units of the pages.
        sure_from: A line read with less confidence is unsure.
    """
    lines = [line for page in pages for line in read_page(page, tolerance)]
    trimmed = trim_edges(pages, lines)
    unsure: list[Unsure] = []
    texts: list[str] = []
    for paragraph in _paragraphs(join_torn_rows(trimmed.lines)):
        unsure += _unsure_lines(paragraph, sure_from)
        text, _ = join_texts([line.text for line in paragraph])
        if texts and _is_torn(texts[-1], text):
            unsure += [_unsure(each, paragraph[0].page) for each in (texts[-1], text)]
        texts.append(text)
    return LaidOut(text="\n".join(texts), unsure=tuple(unsure), edges=tuple(line.text for line in trimmed.taken))


def _unsure_lines(paragraph: Sequence[Line], sure_from: float) -> list[Unsure]:
    """The printed lines of a paragraph that were read with doubt, and those between which a figure was put together."""
    found = [
        Unsure(text=line.text, confidence=line.confidence, page=line.page)
        for line in paragraph
        if line.confidence < sure_from or line.confidence <= SEAM_CONFIDENCE
    ]
    found += [_unsure(line.text, line.page) for line in paragraph if line.has_seam]
    for before, line in zip(paragraph, paragraph[1:], strict=False):
        text, seam = join_texts([before.text, line.text])
        if seam:
            found.append(_unsure(text, before.page))
    return found


def _unsure(text: str, page: int) -> Unsure:
    return Unsure(text=text, confidence=SEAM_CONFIDENCE, page=page)


def read_page(page: Page, tolerance: float) -> list[Line]:
    """The lines of one page from the top: running text and the rows of its tables."""
    tables = find_tables(page, tolerance)
    held = frozenset(at for table in tables for at in table.pieces)
    free = [piece for at, piece in enumerate(page.pieces) if at not in held]
    lines: list[Line] = []
    above = float("-inf")
    for table in tables:
        lines += read_strips(page, [piece for piece in free if above <= piece.middle < table.top])
        lines += table.lines
        above = table.top
    return lines + read_strips(page, [piece for piece in free if piece.middle >= above])


def _paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that make one paragraph, in order; a row stands alone."""
    lines = _widen(lines)
    indents = _has_indents(lines)
    body = statistics.median(line.size for line in lines) if lines else 0.0
    paragraphs: list[list[Line]] = []
    for line in lines:
        if paragraphs and _goes_on(paragraphs[-1][-1], line, indents, body):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs


def _widen(lines: Sequence[Line]) -> list[Line]:
    """Lines with the margins of all columns that begin at the same place: the last page may hold short lines alone."""
    edges: list[tuple[float, float]] = []  # where a column begins, and its right margin
    for line in sorted((line for line in lines if not line.is_row), key=lambda each: each.floor):
        if edges and line.floor - edges[-1][0] < line.size:
            edges[-1] = (edges[-1][0], max(edges[-1][1], line.ceiling))
        else:
            edges.append((line.floor, line.ceiling))
    widened = []
    for line in lines:
        near = [edge for edge in edges if -0.1 <= line.floor - edge[0] < line.size] if not line.is_row else []
        widened.append(replace(line, floor=near[-1][0], ceiling=near[-1][1]) if near else line)
    return widened


def _has_indents(lines: Sequence[Line]) -> bool:
    """Whether paragraphs begin with an indent here: most lines after one that ends short do."""
    starts = [
        after.is_indented
        for before, after in zip(lines, lines[1:], strict=False)
        if not before.reaches(after.text) and before.page == after.page and not before.is_row and not after.is_row
    ]
    return sum(starts) > len(starts) / 2


def _goes_on(before: Line, line: Line, indents: bool, body: float) -> bool:
    """Whether a line continues the paragraph of the one before it; `body` is the size of running text."""
    if before.is_row or line.is_row or "\t" in before.text + line.text or not before.reaches(line.text):
        return False
    if abs(before.size - line.size) > 0.15 * max(before.size, line.size):
        return False
    if indents and not line.is_indented:
        return True
    is_flush = before.right >= before.ceiling - FLUSH_WITHIN * before.size
    is_ended, is_labelled = bool(_SENTENCE_END.search(before.text)), read_label(line.text) is not None
    if (is_ended and (is_labelled or not is_flush)) or (is_labelled and (indents or not is_flush)):
        return False  # 一、二、三等奖 may begin a line within a sentence
    return not indents or (line.is_centred and before.size > 1.1 * body)


def _is_torn(before: str, text: str) -> bool:
    """Whether a figure may have been cut between two texts that stay apart."""
    if "\t" in before + text:
        return False
    return bool(DIGIT_SEAM.search(before) and (DIGIT_START.match(text) or _UNIT_START.match(text))) and not (
        read_label(text) is not None
    )
