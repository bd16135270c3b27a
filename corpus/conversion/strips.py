"""Pieces at their places → printed lines in the order in which they are read, one column after the other."""

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.conversion.pages import Line, Page, Piece

CELL_GAP = 1.8  # type sizes; a wider gap within a line parts cells
WORD_GAP = 0.25  # between Latin letters
SPACE_MIN = 0.1  # what a space that the file states takes at least
CJK_GAP = 0.65  # between Chinese characters; less is justification
COLUMN_LINES_MIN = 5  # lines on either side of a gutter
COLUMN_FILL_MIN = 0.6  # of a column's width, by its middle line
_LATIN = re.compile(r"[A-Za-z0-9]")
_HANGING = re.compile(r"[，。、；：！？）”’》,.;:!?)]")
DIGIT_SEAM = re.compile(r"[0-9０-９.．,，]$")
DIGIT_START = re.compile(r"^[0-9０-９.．]")


@dataclass(frozen=True, kw_only=True)
class Strip:
    """Neighbouring pieces of one printed line, without a wide gap between them."""

    pieces: tuple[Piece, ...]

    @property
    def left(self) -> float:
        return self.pieces[0].left

    @property
    def right(self) -> float:
        return max(piece.right for piece in self.pieces)

    @property
    def top(self) -> float:
        return min(piece.top for piece in self.pieces)

    @property
    def bottom(self) -> float:
        return max(piece.bottom for piece in self.pieces)

    @property
    def size(self) -> float:
        return statistics.median(piece.size for piece in self.pieces)

    @property
    def text(self) -> str:
        return write_pieces(self.pieces)

    @property
    def confidence(self) -> float:
        return min(piece.confidence for piece in self.pieces)


def group_levels(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces by the printed line that they stand on, from the top, each from left to right."""
    levels: list[tuple[float, float, list[Piece]]] = []
    for piece in sorted(pieces, key=lambda each: each.middle):
        for place in range(len(levels) - 1, max(len(levels) - 4, -1), -1):
            top, bottom, members = levels[place]
            overlap = min(bottom, piece.bottom) - max(top, piece.top)
            if overlap > 0.5 * min(bottom - top, piece.bottom - piece.top):
                members.append(piece)
                if len(piece.text) > 1 or piece.size > 0.8 * (bottom - top):
                    middle_top, middle_bottom = (top + piece.top) / 2, (bottom + piece.bottom) / 2
                    levels[place] = (middle_top, middle_bottom, members)
                break
        else:
            levels.append((piece.top, piece.bottom, [piece]))
    return [sorted(members, key=lambda each: each.left) for _, _, members in levels]


def cut_strips(level: Sequence[Piece]) -> list[Strip]:
    """A printed line cut at its wide gaps."""
    strips: list[list[Piece]] = []
    for piece in level:
        if strips and piece.left - max(each.right for each in strips[-1]) <= CELL_GAP * max(piece.size, 0.1):
            strips[-1].append(piece)
        else:
            strips.append([piece])
    return [Strip(pieces=tuple(each)) for each in strips]


def write_pieces(pieces: Sequence[Piece]) -> str:
    """The text of pieces of one line, with a space where the print leaves one."""
    text = ""
    before: Piece | None = None
    for piece in pieces:
        if before is not None and text and piece.text:
            latin = bool(_LATIN.match(text[-1]) and _LATIN.match(piece.text[0]))
            gap = (piece.left - before.right) / max(min(piece.size, before.size), 0.1)
            if gap > (WORD_GAP if latin else CJK_GAP) and not piece.text.startswith(" "):
                text += " "
            elif gap < SPACE_MIN:  # a space of no width: the letters touch
                text += piece.text.lstrip()
                before = piece
                continue
        text += piece.text
        before = piece
    return text.strip()


def join_texts(texts: Sequence[str]) -> tuple[str, bool]:
    """Printed lines of one paragraph or cell as one text, and whether a figure runs over a seam."""
    joined, seam = "", False
    for text in texts:
        if not joined:
            joined = text
            continue
        if DIGIT_SEAM.search(joined) and DIGIT_START.search(text):
            seam = True
        apart = joined[-1].isascii() and joined[-1].isalpha() and text[:1].isascii() and text[:1].isalpha()
        joined += (" " if apart else "") + text
    return joined, seam


def read_strips(page: Page, pieces: Sequence[Piece]) -> list[Line]:
    """The lines of the pieces of a page that stand in no table, column by column."""
    strips = [strip for level in group_levels(pieces) for strip in cut_strips(level)]
    if not strips:
        return []
    gutter = _find_gutter(strips)
    if gutter is None:
        return _write_block(page, strips)
    lines: list[Line] = []
    for block, split in _blocks(strips, gutter):
        if split:
            lines += _write_block(page, [strip for strip in block if strip.right <= gutter])
            lines += _write_block(page, [strip for strip in block if strip.left >= gutter])
        else:
            lines += _write_block(page, block)
    return lines


def _find_gutter(strips: Sequence[Strip]) -> float | None:
    """The middle of the white band between two columns of running text, if the page is set in two."""
    left, right = min(strip.left for strip in strips), max(strip.right for strip in strips)
    steps = [left + (right - left) * share / 100 for share in range(35, 66)]
    crossing = {at: sum(strip.left < at < strip.right for strip in strips) for at in steps}
    least = min(crossing.values())
    best = [at for at in steps if crossing[at] == least]
    at = best[len(best) // 2]
    lefts = [strip for strip in strips if strip.right <= at]
    rights = [strip for strip in strips if strip.left >= at]
    if min(len(lefts), len(rights)) < max(COLUMN_LINES_MIN, least):
        return None
    edge_right = max(strip.right for strip in lefts)
    edge_left = min(strip.left for strip in rights)
    fills = (
        statistics.median(strip.right - strip.left for strip in lefts) / (edge_right - left),
        statistics.median(strip.right - strip.left for strip in rights) / (right - edge_left),
    )
    return at if min(fills) >= COLUMN_FILL_MIN else None


def _blocks(strips: Sequence[Strip], gutter: float) -> list[tuple[list[Strip], bool]]:
    """Runs of strips from the top: those across the gutter, and those that keep to their column."""
    blocks: list[tuple[list[Strip], bool]] = []
    for strip in sorted(strips, key=lambda each: each.top):
        split = not strip.left < gutter < strip.right
        if blocks and blocks[-1][1] == split:
            blocks[-1][0].append(strip)
        else:
            blocks.append(([strip], split))
    return blocks


def _write_block(page: Page, strips: Sequence[Strip]) -> list[Line]:
    """The lines of one column; strips that stand below each other in two or more lines are cells of a row."""
    if not strips:
        return []
    floor, ceiling = min(strip.left for strip in strips), max(map(_inner_right, strips))
    levels: list[list[Strip]] = []
    for strip in sorted(strips, key=lambda each: (each.top + each.bottom) / 2):
        middle = (strip.top + strip.bottom) / 2
        if levels and levels[-1][0].top < middle < levels[-1][0].bottom:
            levels[-1].append(strip)
        else:
            levels.append([strip])
    return [
        _write_line(page, sorted(level, key=lambda each: each.left), floor, ceiling, rows)
        for level, rows in zip(levels, _are_rows(levels), strict=True)
    ]


def _inner_right(strip: Strip) -> float:
    """Where a strip ends without the punctuation that may hang in the margin."""
    inner = [piece.right for piece in strip.pieces if len(piece.text) > 1 or not _HANGING.match(piece.text)]
    return max(inner, default=strip.right)


def _are_rows(levels: Sequence[Sequence[Strip]]) -> list[bool]:
    """Which lines are rows of a table without rulings: a neighbour has a cell that starts at the same place."""
    flags = []
    for place, level in enumerate(levels):
        near = [other for at in (place - 1, place + 1) if 0 <= at < len(levels) for other in levels[at][1:]]
        size = level[0].size
        flags.append(len(level) > 1 and any(abs(a.left - b.left) < size for a in level[1:] for b in near))
    return flags


def _write_line(page: Page, strips: Sequence[Strip], floor: float, ceiling: float, is_row: bool) -> Line:
    return Line(
        text=("\t" if is_row else "  ").join(strip.text for strip in strips),
        page=page.number,
        left=strips[0].left,
        right=max(strip.right for strip in strips),
        top=min(strip.top for strip in strips),
        bottom=max(strip.bottom for strip in strips),
        size=strips[0].size,
        floor=floor,
        ceiling=ceiling,
        confidence=min(strip.confidence for strip in strips),
        is_row=is_row,
    )
