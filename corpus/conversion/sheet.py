"""Excel workbooks → rows of tab-separated cells, as they are shown: values, not formulas, in the format of their cell.

A format can show another number than is stored (10 shown as 10万元, 100000 shown as 10). What it shows is written where
the format is plain; where it scales or cannot be told, the file is refused, for the figure may be an award.
"""

import io
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from corpus.conversion.merged import CELLS_MAX, Cell, write_rows
from corpus.conversion.package import open_package
from corpus.conversion.records import HIDDEN_MAX, Converted, Hidden
from corpus.conversion.secrecy import refuse_secret
from corpus.conversion.wording import PICTURES, refuse

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as SheetCell
    from openpyxl.worksheet.worksheet import Worksheet

SHEETS_MAX = 100
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_DEFAULT_TITLE = re.compile(r"^(?:Sheet|工作表)\d*$", re.IGNORECASE)
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_NUMBER = re.compile(r"^(?:#,##)?[#0]+(?:\.([0#]+))?(%?)$")
_WHITE = ("FFFFFFFF", "00FFFFFF")


def read_xlsx(content: bytes) -> Converted:
    """The visible sheets of a workbook.

    Raises:
        UnreadableFile: It is refused, too large, or shows numbers that cannot be told.
    """
    from openpyxl import load_workbook

    parts = open_package(content, "xlsx")
    try:
        book = load_workbook(io.BytesIO(content), data_only=True)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, SyntaxError) as error:
        raise refuse("damaged") from error
    if len(book.worksheets) > SHEETS_MAX:
        raise refuse("too_many_cells", limit=CELLS_MAX)
    has_formulas = any(name.startswith("xl/worksheets/") and _FORMULA.search(part) for name, part in parts.items())
    formulas = load_workbook(io.BytesIO(content)) if has_formulas else None
    hidden: list[Hidden] = []
    lines: list[str] = []
    for sheet in book.worksheets:
        reader = _Sheet(sheet, None if formulas is None else formulas[sheet.title], hidden)
        refuse_secret(reader.heads_and_feet())
        if sheet.sheet_state != "visible":
            reader.hide("sheet", " ".join(text for row in reader.texts() for text in row))
            continue
        rows = reader.rows()
        if rows and not _DEFAULT_TITLE.match(sheet.title) and len(book.worksheets) > 1:
            lines.append(sheet.title)
        lines += rows
    pictures = sum(name.startswith("xl/media/") for name in parts)
    notes = (PICTURES.format(count=pictures),) if pictures else ()
    return Converted(text="\n".join(lines), form="xlsx", hidden=tuple(hidden), notes=notes)


class _Sheet:
    """One sheet; what it hides goes to `hidden`."""

    def __init__(self, sheet: "Worksheet", formulas: "Worksheet | None", hidden: list[Hidden]) -> None:
        if sheet.max_row * sheet.max_column > CELLS_MAX * 10:
            raise refuse("too_many_cells", limit=CELLS_MAX)
        self._sheet = sheet
        self._formulas = formulas
        self._hidden = hidden

    def heads_and_feet(self) -> Iterator[str]:
        """What is printed above and below each page."""
        for part in (self._sheet.oddHeader, self._sheet.oddFooter, self._sheet.firstHeader, self._sheet.firstFooter):
            for place in (part.left, part.center, part.right):
                yield from (place.text or "").splitlines()

    def texts(self) -> Iterator[list[str]]:
        """The texts of all cells, shown or not."""
        for row in self._sheet.iter_rows():
            yield [str(cell.value) for cell in row if cell.value is not None]

    def rows(self) -> list[str]:
        """The lines of the cells that are shown; empty rows part tables."""
        lines: list[str] = []
        block: list[Cell] = []
        spans = {(one.min_row, one.min_col): one for one in self._sheet.merged_cells.ranges}
        covered = {place for one in spans.values() for place in self._inside(one)}
        hidden_columns = self._hidden_columns()
        last = 0
        for row in self._sheet.iter_rows():
            number = row[0].row if row else 0
            if self._sheet.row_dimensions[number].hidden:
                self.hide("row", " ".join(self._shown(cell) for cell in row))
                continue
            cells = [
                made
                for cell in row
                if (cell.row, cell.column) not in covered and (made := self._cell(cell, spans, hidden_columns))
            ]
            if not cells and number > last:
                lines += write_rows(_closed_up(block))
                block = []
            block += cells
            last = max([last, *(one.row + one.rows - 1 for one in cells)])
        return lines + write_rows(_closed_up(block))

    @staticmethod
    def _inside(span: Any) -> Iterator[tuple[int, int]]:  # noqa: ANN401 - openpyxl has no types
        """The places that a merged cell covers, but for its own."""
        if (span.max_row - span.min_row + 1) * (span.max_col - span.min_col + 1) > CELLS_MAX:
            raise refuse("too_many_cells", limit=CELLS_MAX)
        for row in range(span.min_row, span.max_row + 1):
            for column in range(span.min_col, span.max_col + 1):
                if (row, column) != (span.min_row, span.min_col):
                    yield row, column

    def _hidden_columns(self) -> frozenset[int]:
        found: set[int] = set()
        for dimension in self._sheet.column_dimensions.values():
            if dimension.hidden:
                found.update(range(dimension.min or 0, min(dimension.max or 0, 16_384) + 1))
        return frozenset(found)

    def _cell(self, cell: "SheetCell", spans: dict[tuple[int, int], Any], unseen: frozenset[int]) -> Cell | None:
        text = self._shown(cell)
        if not text:
            return None
        if cell.comment is not None:
            self.hide("comment", cell.comment.text or "")
        if cell.column in unseen:
            self.hide("column", text)
            return None
        if _is_white(cell):
            self.hide("white", text)
            return None
        span = spans.get((cell.row, cell.column))
        high = span.max_row - span.min_row + 1 if span else 1
        wide = span.max_col - span.min_col + 1 if span else 1
        return Cell(row=cell.row, column=cell.column, rows=high, columns=wide, text=text)

    def _shown(self, cell: "SheetCell") -> str:
        value = cell.value
        if value is None:
            if self._formulas is not None and self._formulas.cell(cell.row, cell.column).data_type == "f":
                raise refuse("no_value", cell=f"{self._sheet.title}!{cell.coordinate}")
            return ""
        shown = show_value(value, cell.number_format or "General")
        if shown is None:
            where = f"{self._sheet.title}!{cell.coordinate}"
            raise refuse("number_format", cell=where, format=(cell.number_format or "")[:60])
        return shown

    def hide(self, how: str, text: str) -> None:
        """Tell of a text that is not shown."""
        if text.strip():
            self._hidden.append(Hidden(how=how, text=text.strip()[:HIDDEN_MAX]))


def _closed_up(cells: list[Cell]) -> list[Cell]:
    """The cells of a table with their columns counted from its own first, columns without a cell left out."""
    rows = {row: at for at, row in enumerate(sorted({one.row for one in cells}))}
    columns = {column: at for at, column in enumerate(sorted({one.column for one in cells}))}

    def covered(places: dict[int, int], start: int, count: int) -> int:
        return max(1, sum(start <= place < start + count for place in places))

    return [
        Cell(
            row=rows[one.row],
            column=columns[one.column],
            rows=covered(rows, one.row, one.rows),
            columns=covered(columns, one.column, one.columns),
            text=one.text,
        )
        for one in cells
    ]


def _is_white(cell: "SheetCell") -> bool:
    colour = cell.font.color if cell.font is not None else None
    is_white = colour is not None and (
        (colour.type == "rgb" and colour.rgb in _WHITE) or (colour.type == "theme" and colour.theme == 0)
    )
    return is_white and (cell.fill is None or cell.fill.fill_type in (None, "none"))


def show_value(value: object, number_format: str) -> str | None:
    """A value as its cell shows it; None where that cannot be told.

    >>> show_value(10, '0"万元"'), show_value(0.5, "0%"), show_value(100000, '0,"千"'), show_value(3.0, "General")
    ('10万元', '50%', None, '3')
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, int | float):
        return _show_number(Decimal(repr(value)), number_format)
    text = str(value)
    return None if _hides_text(number_format) else text


def _hides_text(number_format: str) -> bool:
    """Whether a format shows something else in place of a text: its fourth part, without an @."""
    parts = number_format.split(";")
    return len(parts) == 4 and "@" not in parts[3]


def _show_number(value: Decimal, number_format: str) -> str | None:
    value = Decimal(f"{value:.15g}")  # as many digits as a workbook holds
    if number_format in ("General", "@", ""):
        return _plain(value)
    section = _section(value, number_format)
    if section is None:
        return None
    literals: list[str] = []

    def keep(found: re.Match[str]) -> str:
        literals.append(found.group(1) or found.group(2) or "")
        return "\x00"

    pattern = re.sub(r"\[\$[¥￥][^\]]*\]|\[[a-zA-Z]+\d*\]|[¥￥ ]", "", _LITERAL.sub(keep, section))
    found = _NUMBER.fullmatch(pattern.replace("\x00", ""))
    if not found or re.search("[0-9]", "".join(literals)):
        return None
    digits = found.group(1) or ""
    exact = abs(value) * (100 if found.group(2) else 1)
    shown = exact.quantize(Decimal(1).scaleb(-len(digits)))
    if shown != exact:
        return None  # a rounded figure is another one
    before = pattern[: pattern.index(found.group()[:1])].count("\x00")
    sign = "-" if value < 0 and ";" not in number_format else ""
    text = _plain(shown) if "#" in digits or not digits else f"{shown:f}"
    return f"{''.join(literals[:before])}{sign}{text}{found.group(2)}{''.join(literals[before:])}".strip()


def _section(value: Decimal, number_format: str) -> str | None:
    """The part of a format that is for such a value: positive; negative; zero. None where it shows nothing."""
    parts = number_format.split(";")
    at = 1 if value < 0 and len(parts) > 1 else 2 if value == 0 and len(parts) > 2 else 0
    return parts[at] if parts[at].strip() and re.search("[0#]", parts[at]) else None


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
