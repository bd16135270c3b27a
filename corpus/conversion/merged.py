"""Tables with merged cells → lines of tab-separated cells in which every row is whole.

A merged cell stands in every row and column that it covers. Heads of several lines become one line, each head with
what spans it behind it (主导制定 奖励金额), as `corpus.tables` reads two-line heads. A short cell as wide as the table
is the category of the rows below it and becomes their first cell; a long one is a line of its own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.conversion.wording import refuse
from corpus.tables import HEAD_MAX, is_amount

CELLS_MAX = 200_000
HEAD_LINES_MAX = 3
CATEGORY_MAX = 20  # characters; what is longer, or a sentence, is a remark
_SENTENCE = re.compile(r"[。；：:]|^(?:注|备注|说明)")
_FIGURE = re.compile(r"^[\d.,，%％]+$")


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell at its place (from 0), over so many rows and columns; its text may have several lines."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    text: str


def write_rows(cells: Sequence[Cell]) -> list[str]:
    """The lines of a table.

    Raises:
        UnreadableFile: It has more than `CELLS_MAX` places.
    """
    if not cells:
        return []
    width = max(cell.column + cell.columns for cell in cells)
    height = max(cell.row + cell.rows for cell in cells)
    if width * height > CELLS_MAX:
        raise refuse("too_many_cells", limit=CELLS_MAX)
    grid: list[list[Cell | None]] = [[None] * width for _ in range(height)]
    for cell in cells:
        for row in range(cell.row, cell.row + cell.rows):
            grid[row][cell.column : cell.column + cell.columns] = [cell] * cell.columns
    rows = [row for row in grid if any(cell and cell.text for cell in row)]
    if width == 1 or len(rows) <= 1:
        once = {id(one): one for row in rows for one in row if one}
        return [_flat(line) for one in once.values() for line in one.text.split("\n") if line.strip()]
    # A line that begins with a tab would be taken for a cell of a table that has one cell a line.
    return [f" {line}" if line.startswith("\t") else line for line in _Writer(rows, width).write()]


def _flat(text: str) -> str:
    return " ".join(text.split())


def _texts(row: Sequence[Cell | None]) -> list[str]:
    return [_flat(cell.text) if cell else "" for cell in row]


class _Writer:
    """Writes the rows of one table, with what it knows of the rows above."""

    def __init__(self, rows: list[list[Cell | None]], width: int) -> None:
        self._rows = rows
        self._width = width
        self._lines: list[str] = []
        self._head: list[str] = []
        self._category = ""
        self._has_categories = any(self._category_at(at) for at in range(len(rows)))

    def write(self) -> list[str]:
        at = 0
        while at < len(self._rows) and self._as_wide_as_table(at):
            self._lines.append(_texts(self._rows[at])[0])
            at += 1
        depth = self._head_lines(at)
        if depth:
            self._head = _join_heads([_texts(row) for row in self._rows[at : at + depth]])
            self._lines.append("\t".join(self._head))
        for place in range(at + depth, len(self._rows)):
            self._write_row(place)
        return self._lines

    def _write_row(self, at: int) -> None:
        texts = _texts(self._rows[at])
        if category := self._category_at(at):
            self._category = category
        elif self._as_wide_as_table(at):
            if self._lines[-1] != texts[0]:
                self._lines.append(texts[0])
            if self._head and at + 1 < len(self._rows) and not self._as_wide_as_table(at + 1):
                self._lines.append("\t".join(self._head))  # what follows is a table of its own
        else:
            self._lines.append("\t".join([self._category, *texts] if self._has_categories else texts))

    def _as_wide_as_table(self, at: int) -> bool:
        first = self._rows[at][0]
        return first is not None and first.columns == self._width and first.text != ""

    def _category_at(self, at: int) -> str:
        """The category that a row names for the rows below it; empty where it names none."""
        if at == 0 or not self._as_wide_as_table(at) or at + 1 >= len(self._rows) or self._as_wide_as_table(at + 1):
            return ""
        if all(self._as_wide_as_table(before) for before in range(at)):
            return ""  # a title of several lines
        text = _texts(self._rows[at])[0]
        return "" if len(text) > CATEGORY_MAX or _SENTENCE.search(text) or is_amount(text) else text

    def _head_lines(self, at: int) -> int:
        """How many lines the head has from that row on; 0 where the first row is no head."""
        rows = self._rows[at:]
        if len(rows) < 2 or any(is_amount(text) or _FIGURE.match(text) for text in _texts(rows[0])):
            return 0
        spans = any(cell and cell.columns > 1 for cell in rows[0])
        if not spans:
            return 1
        depth = max((cell.rows for cell in rows[0] if cell), default=1)
        if depth == 1 and not any(is_amount(t) or _FIGURE.match(t) or len(t) > HEAD_MAX for t in _texts(rows[1])):
            depth = 2
        return min(depth, HEAD_LINES_MAX, len(rows) - 1)


def _join_heads(rows: Sequence[Sequence[str]]) -> list[str]:
    """One head for each column: the lowest first, then what stands above it, each text once."""
    return [" ".join(dict.fromkeys(text for text in reversed(column) if text)) for column in zip(*rows, strict=True)]
