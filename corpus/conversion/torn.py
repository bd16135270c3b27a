"""Rows that a page break cuts: put together where their brackets say so, else told as unsure.

A row that goes on overleaf leaves its last lines in a row of their own, without figures: 优秀（ above, 贡献奖） below.
"""

from collections.abc import Sequence
from dataclasses import replace

from corpus.conversion.pages import Line
from corpus.conversion.strips import join_texts

_BRACKETS = {"（": "）", "(": ")", "“": "”", "《": "》", "〔": "〕", "【": "】", "〈": "〉"}


def join_torn_rows(lines: Sequence[Line]) -> list[Line]:
    """The lines with torn rows made whole; a row that may be torn and the one before it have a confidence of 0."""
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before is None or not _may_belong(before, line):
            joined.append(line)
        elif _is_open(before.text, line.text):
            joined[-1] = _join(before, line)
        else:
            joined[-1] = replace(before, confidence=0.0)
            joined.append(replace(line, confidence=0.0))
    return joined


def _cells(line: Line) -> list[str]:
    return [cell.strip() for cell in line.text.split("\t")]


def _may_belong(before: Line, line: Line) -> bool:
    """Whether a row at the top of a page fills some, not all, of the cells that the row before it fills."""
    if not (before.is_row and line.is_row and line.page == before.page + 1):
        return False
    above, below = _cells(before), _cells(line)
    if len(above) != len(below) or len(above) < 2:
        return False
    filled = [place for place, cell in enumerate(below) if cell]
    return len(filled) < sum(map(bool, above)) and all(above[place] for place in filled) and bool(filled)


def _is_open(above: str, below: str) -> bool:
    """Whether a bracket or a quotation mark that opens in a cell above closes in the cell below it."""
    return any(
        one.count(opening) > one.count(closing) and other.count(closing) > other.count(opening)
        for one, other in zip(above.split("\t"), below.split("\t"), strict=True)
        for opening, closing in _BRACKETS.items()
    )


def _join(before: Line, line: Line) -> Line:
    cells = [join_texts([part for part in pair if part]) for pair in zip(_cells(before), _cells(line), strict=True)]
    text = "\t".join(cell for cell, _ in cells)
    return replace(
        before,
        text=f" {text}" if text.startswith("\t") else text,
        confidence=min(before.confidence, line.confidence),
        has_seam=before.has_seam or line.has_seam or any(seam for _, seam in cells),
    )
