"""The cells of a Word table at their places: spans over columns and rows, deleted and hidden rows left out and told."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from corpus.conversion.merged import Cell, write_rows
from corpus.conversion.records import HIDDEN_MAX, Hidden
from corpus.conversion.word_numbers import W
from corpus.conversion.wording import refuse

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

SPAN_MAX = 100
_INNER = (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo")

TableRow = Sequence[tuple["Element", str]]  # each cell with its text


def read_cells(table: "Element", hidden: list[Hidden]) -> Iterator[list["Element"]]:
    """The cells of each row that is printed; a row that was deleted or is hidden is told."""
    for row in _inner(table, f"{W}tr"):
        properties = row.find(f"{W}trPr")
        if properties is not None:
            gone = properties.find(f"{W}del") is not None
            if gone or _is_on(properties.find(f"{W}hidden")):
                text = " ".join(one.text or "" for one in row.iter(f"{W}t", f"{W}delText"))
                hidden.append(Hidden(how="deleted" if gone else "vanish", text=text[:HIDDEN_MAX]))
                continue
        yield list(_inner(row, f"{W}tc"))


def _is_on(element: "Element | None") -> bool:
    return element is not None and element.get(f"{W}val") not in ("0", "false", "off")


def _inner(parent: "Element", tag: str) -> Iterator["Element"]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _INNER:
            yield from _inner(child, tag)


def lay_out(rows: Sequence[TableRow], hidden: list[Hidden]) -> list[str]:
    """The lines of a table; what stands in a cell that is covered by the one above is told.

    Raises:
        UnreadableFile: The table is too large.
    """
    cells: list[Cell] = []
    above: dict[int, int] = {}  # the cell that covers a column, by its place in `cells`
    for number, row in enumerate(rows):
        column = _skipped(row)
        for element, text in row:
            wide = _span(element.find(f"{W}tcPr/{W}gridSpan"))
            merged = element.find(f"{W}tcPr/{W}vMerge")
            goes_on = merged is not None and merged.get(f"{W}val") in (None, "continue")
            if _goes_on_sideways(element) and cells and cells[-1].row == number:
                cells[-1] = _with(cells[-1], columns=cells[-1].columns + wide)
            elif goes_on and column in above:
                at = above[column]
                cells[at] = _with(cells[at], rows=number + 1 - cells[at].row)
                if text and text != cells[at].text:
                    hidden.append(Hidden(how="vanish", text=text[:HIDDEN_MAX]))
            else:
                above = {at: held for at, held in above.items() if not column <= at < column + wide}
                above[column] = len(cells)
                cells.append(Cell(row=number, column=column, columns=wide, text=text))
            column += wide
        if column > SPAN_MAX * 5:
            raise refuse("too_many_cells", limit=SPAN_MAX * 5)
    return write_rows(cells)


def _with(cell: Cell, *, rows: int = 0, columns: int = 0) -> Cell:
    return Cell(
        row=cell.row, column=cell.column, rows=rows or cell.rows, columns=columns or cell.columns, text=cell.text
    )


def _skipped(row: TableRow) -> int:
    """Columns left free before the first cell of a row."""
    if not row:
        return 0
    parent = row[0][0].getparent()
    free = None if parent is None else parent.find(f"{W}trPr/{W}gridBefore")
    return 0 if free is None else _span(free)


def _span(element: "Element | None") -> int:
    text = "1" if element is None else element.get(f"{W}val") or "1"
    return min(int(text), SPAN_MAX) if text.isascii() and text.isdigit() and len(text) < 6 and int(text) else 1


def _goes_on_sideways(element: "Element") -> bool:
    merged = element.find(f"{W}tcPr/{W}hMerge")
    return merged is not None and merged.get(f"{W}val") in (None, "continue")
