"""Ruling lines → tables: which cells they part, what stands in each, and a row of tab-separated cells for each line.

How merged cells and heads of several lines are written down is one thing for all forms: `corpus.conversion.merged`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.conversion.merged import Cell, write_rows
from corpus.conversion.pages import Line, Page, Piece, Ruling
from corpus.conversion.strips import group_levels, join_texts, write_pieces

CELLS_MAX = 20_000  # of one table; more is a drawing
RULINGS_MAX = 5_000  # of one page; more is a drawing


@dataclass(frozen=True, kw_only=True)
class Table:
    """One ruled table of a page: its place, its lines, and the pieces that stand in it."""

    top: float
    bottom: float
    lines: tuple[Line, ...]
    pieces: frozenset[int]  # places in `Page.pieces`


@dataclass(frozen=True, kw_only=True)
class _Cell:
    """A region of the grid, from a row and column up to (not including) others, and its text."""

    row: int
    column: int
    row_end: int
    column_end: int
    text: str
    confidence: float
    has_seam: bool


def find_tables(page: Page, tolerance: float) -> list[Table]:
    """The ruled tables of a page from the top; lines closer than `tolerance` are one."""
    if len(page.rulings) > RULINGS_MAX:
        return []
    tables = [_read_table(page, group, tolerance) for group in _connected(page.rulings, tolerance)]
    return sorted((table for table in tables if table is not None), key=lambda table: table.top)


def _connected(rulings: Sequence[Ruling], tolerance: float) -> list[list[Ruling]]:
    """Rulings that touch or cross each other, group by group."""
    groups: list[list[Ruling]] = []
    for ruling in rulings:
        touched = [group for group in groups if any(_touch(ruling, other, tolerance) for other in group)]
        rest = [group for group in groups if not any(group is each for each in touched)]
        groups = [*rest, [ruling, *(other for group in touched for other in group)]]
    return groups


def _touch(one: Ruling, other: Ruling, tolerance: float) -> bool:
    return (
        one.left <= other.right + tolerance
        and other.left <= one.right + tolerance
        and one.top <= other.bottom + tolerance
        and other.top <= one.bottom + tolerance
    )


def _positions(values: Sequence[float], tolerance: float) -> list[float]:
    """Places along one axis, with those that are nearly the same taken together."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > tolerance:
            places.append(value)
    return places


def _read_table(page: Page, rulings: Sequence[Ruling], tolerance: float) -> Table | None:
    levels = [ruling for ruling in rulings if ruling.is_level]
    uprights = [ruling for ruling in rulings if not ruling.is_level]
    if len(levels) < 2 or not uprights:
        return None
    ys = _positions([ruling.top for ruling in levels], tolerance)
    xs = _positions(
        [*(ruling.left for ruling in uprights), min(r.left for r in levels), max(r.right for r in levels)], tolerance
    )
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or rows * columns > CELLS_MAX or (rows == 1 and columns == 1):
        return None
    inside = [
        (at, piece)
        for at, piece in enumerate(page.pieces)
        if xs[0] <= piece.centre <= xs[-1] and ys[0] <= piece.middle <= ys[-1]
    ]
    regions = _merge(xs, ys, levels, uprights, tolerance)
    cells = _fill(regions, xs, ys, inside)
    if not any(cell.text for cell in cells):
        return None
    lines = _write_lines(page, cells, xs, ys)
    return Table(top=ys[0], bottom=ys[-1], lines=tuple(lines), pieces=frozenset(at for at, _ in inside))


def _merge(
    xs: Sequence[float], ys: Sequence[float], levels: Sequence[Ruling], uprights: Sequence[Ruling], tolerance: float
) -> dict[tuple[int, int], tuple[int, int]]:
    """For every place of the grid the first place of the cell that it belongs to: no ruling between, one cell."""
    first = {(row, column): (row, column) for row in range(len(ys) - 1) for column in range(len(xs) - 1)}

    def root(place: tuple[int, int]) -> tuple[int, int]:
        while first[place] != place:
            place = first[place]
        return place

    for row, column in list(first):
        middle_x, middle_y = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2
        if column and not any(
            abs(each.left - xs[column]) <= tolerance and each.top - tolerance <= middle_y <= each.bottom + tolerance
            for each in uprights
        ):
            a, b = root((row, column - 1)), root((row, column))
            first[max(a, b)] = min(a, b)
        if row and not any(
            abs(each.top - ys[row]) <= tolerance and each.left - tolerance <= middle_x <= each.right + tolerance
            for each in levels
        ):
            a, b = root((row - 1, column)), root((row, column))
            first[max(a, b)] = min(a, b)
    return {place: root(place) for place in first}


def _fill(
    regions: dict[tuple[int, int], tuple[int, int]],
    xs: Sequence[float],
    ys: Sequence[float],
    inside: Sequence[tuple[int, Piece]],
) -> list[_Cell]:
    """The cells with their texts."""
    members: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for place, first in regions.items():
        members.setdefault(first, []).append(place)
    held: dict[tuple[int, int], list[Piece]] = {first: [] for first in members}
    for _, piece in inside:
        row = max(at for at in range(len(ys) - 1) if at == 0 or ys[at] <= piece.middle)
        column = max(at for at in range(len(xs) - 1) if at == 0 or xs[at] <= piece.centre)
        held[regions[row, column]].append(piece)
    cells = []
    for first, places in members.items():
        text, seam = join_texts([write_pieces(level) for level in group_levels(held[first])])
        cells.append(
            _Cell(
                row=first[0],
                column=min(column for _, column in places),
                row_end=max(row for row, _ in places) + 1,
                column_end=max(column for _, column in places) + 1,
                text=" ".join(text.split()),
                confidence=min((piece.confidence for piece in held[first]), default=1.0),
                has_seam=seam,
            )
        )
    return cells


def _write_lines(page: Page, cells: Sequence[_Cell], xs: Sequence[float], ys: Sequence[float]) -> list[Line]:
    """The rows as lines; what is unsure of a cell is unsure of every line that repeats it."""
    rows = write_rows(
        [
            Cell(
                row=cell.row,
                column=cell.column,
                rows=cell.row_end - cell.row,
                columns=cell.column_end - cell.column,
                text=cell.text,
            )
            for cell in cells
        ]
    )
    lines = []
    for row in rows:
        parts = set(row.strip().split("\t"))
        here = [cell for cell in cells if cell.text and cell.text in parts]
        lines.append(
            Line(
                text=row,
                page=page.number,
                left=xs[0],
                right=xs[-1],
                top=ys[0],
                bottom=ys[-1],
                size=(ys[-1] - ys[0]) / (len(ys) - 1),
                floor=xs[0],
                ceiling=xs[-1],
                confidence=min((cell.confidence for cell in here), default=1.0),
                is_row=True,
                has_seam=any(cell.has_seam for cell in here),
            )
        )
    return lines
