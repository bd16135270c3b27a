"""A table file → its rows, each cell as text: CSV in the encodings of office programs, and the sheet of a workbook.

Nothing is calculated: a formula is the text that stands in its cell. Sizes are bounded before anything is read.
"""

import csv
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from types import MappingProxyType
from typing import Any

from evals import case_words as words
from evals.loading import CaseError
from evals.places import squeeze

FILE_MEGABYTES = 10
UNPACKED_MEGABYTES = 200  # of a workbook, which is a zip: a small one may unpack to gigabytes
ROWS_MAX = 5_000
SCANNED_MAX = 50_000  # rows, blank ones too: a sheet may be formatted down to its last one
COLUMNS_MAX = 60
_MEGABYTE = 1024 * 1024
_BROKEN_BOOK = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    EOFError,
    SyntaxError,  # what the XML parsers raise comes of it
    NotImplementedError,
    RuntimeError,  # an encrypted part
    OSError,  # a part that begins before the file
)


@dataclass(frozen=True, kw_only=True)
class TableRow:
    """One row that is not blank, as the spreadsheet numbers it; cells by their heads, blank ones left out."""

    number: int
    cells: Mapping[str, str]
    headless: tuple[str, ...] = ()  # letters of columns that hold something and have no head


def read_rows(file: Path, heads: Sequence[str], needed: str) -> list[TableRow]:
    """Read a table whose first row that is not blank holds the heads.

    Args:
        file: A .csv or .xlsx file.
        heads: The heads that are known.
        needed: The one that has to be there.

    Raises:
        CaseError: It cannot be read, is too large, or its heads are not these.
    """
    rows = ((number, [_clean(cell) for cell in row]) for number, row in _raw_rows(file))
    filled = ((number, row) for number, row in rows if any(row))
    head = next(filled, None)
    if head is None:
        raise CaseError(words.TABLE_EMPTY.format(file=file))
    columns = _read_heads(head[1], heads, needed, file)
    found: list[TableRow] = []
    for number, row in filled:
        if len(found) == ROWS_MAX:
            raise CaseError(words.TABLE_TOO_LONG.format(file=file, limit=ROWS_MAX))
        cells = {columns[at]: cell for at, cell in enumerate(row) if cell and at in columns}
        headless = tuple(_letter(at) for at, cell in enumerate(row) if cell and at not in columns)
        found.append(TableRow(number=number, cells=MappingProxyType(cells), headless=headless))
    return found


def _raw_rows(file: Path) -> Iterator[tuple[int, Sequence[Any]]]:
    if not file.is_file():
        raise CaseError(words.NO_TABLE.format(file=file))
    if file.stat().st_size > FILE_MEGABYTES * _MEGABYTE:
        raise CaseError(words.TABLE_TOO_BIG.format(file=file, limit=FILE_MEGABYTES))
    readers = {".csv": _csv_rows, ".xlsx": _book_rows}
    reader = readers.get(file.suffix.lower())
    if reader is None:
        raise CaseError(words.NOT_A_TABLE.format(file=file, reason=words.ODD_SUFFIX))
    for number, row in enumerate(reader(file), start=1):
        if number > SCANNED_MAX:
            raise CaseError(words.TABLE_TOO_LONG.format(file=file, limit=SCANNED_MAX))
        yield number, row


def _csv_rows(file: Path) -> Iterator[Sequence[str]]:
    reader = csv.reader(io.StringIO(_decode(file), newline=""), strict=True)
    try:
        yield from reader
    except csv.Error as error:
        reason = words.ODD_QUOTING.format(line=reader.line_num)
        raise CaseError(words.NOT_A_TABLE.format(file=file, reason=reason)) from error


def _decode(file: Path) -> str:
    content = file.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CaseError(words.NOT_A_TABLE.format(file=file, reason=words.ODD_ENCODING))


def _book_rows(file: Path) -> Iterator[Sequence[Any]]:
    """The rows of the sheet that is named as the template names it, else of the first."""
    import openpyxl

    refused = CaseError(words.NOT_A_TABLE.format(file=file, reason=words.ODD_BOOK))
    try:
        with zipfile.ZipFile(file) as packed:
            if sum(part.file_size for part in packed.infolist()) > UNPACKED_MEGABYTES * _MEGABYTE:
                raise CaseError(words.TABLE_TOO_BIG.format(file=file, limit=UNPACKED_MEGABYTES))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of drop-down lists and styles that it does not read
            book = openpyxl.load_workbook(file, read_only=True, data_only=False, keep_links=False)
            try:
                sheets = {sheet.title: sheet for sheet in book.worksheets}
                if not sheets:
                    raise refused
                sheet = sheets.get(words.TABLE_SHEET) or book.worksheets[0]
                sheet.reset_dimensions()  # what the file says of its own size may be wrong
                yield from sheet.iter_rows(values_only=True, max_col=COLUMNS_MAX)
            finally:
                book.close()
    except CaseError:
        raise
    except _BROKEN_BOOK as error:
        raise refused from error


def _clean(cell: Any) -> str:  # noqa: ANN401 - whatever a sheet holds
    """A cell as text.

    >>> _clean(500000.0), _clean(datetime(2026, 6, 30)), _clean(True), _clean(" 甲\\r\\n乙 ")
    ('500000', '2026-06-30', 'TRUE', '甲\\n乙')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    written = cell if isinstance(cell, str) else str(getattr(cell, "text", cell))  # the text of an array formula
    return written.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "").strip()


def _read_heads(row: Sequence[str], heads: Sequence[str], needed: str, file: Path) -> dict[int, str]:
    """Which column has which head; stars and white space of a head are let pass."""
    columns = {at: squeeze(cell).strip("*＊") for at, cell in enumerate(row) if cell}
    known = "、".join(heads)
    if unknown := [head for head in columns.values() if head not in heads]:
        listed = "、".join(head[:20] for head in unknown[:10])
        raise CaseError(words.UNKNOWN_HEADS.format(file=file, heads=listed, known=known))
    if needed not in columns.values():
        raise CaseError(words.NO_HEAD.format(file=file, column=needed, known=known))
    if twice := _repeated(columns.values()):
        raise CaseError(words.HEAD_TWICE.format(file=file, head=twice))
    return columns


def _repeated(heads: Iterable[str]) -> str:
    seen: set[str] = set()
    for head in heads:
        if head in seen:
            return head
        seen.add(head)
    return ""


def _letter(at: int) -> str:
    """The letters of a column, counted from 0.

    >>> _letter(0), _letter(25), _letter(27)
    ('A', 'Z', 'AB')
    """
    return (_letter(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)
