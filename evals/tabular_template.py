"""The table to fill in: heads, three examples, drop-down lists, and a sheet that tells each column."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from corpus.library import write_whole
from evals import case_words as words
from evals.tabular_cells import KINDS, PERSONAS, STATUSES, TYPES, Head
from evals.tabular_rows import ROWS_MAX

_WIDE = frozenset({Head.QUESTION, Head.ANSWER, Head.CLAUSE, Head.HISTORY, Head.WHY})
_WIDTH_WIDE, _WIDTH, _WIDTH_ABOUT = 40, 14, 90  # characters of a column
_LISTS: Mapping[Head, list[str]] = MappingProxyType(
    {
        Head.STATUS: list(STATUSES),
        Head.KIND: list(KINDS)[:2],  # the third is another word for the first
        Head.TYPE: list(TYPES),
        Head.PERSONA: list(PERSONAS),
    }
)


def write_template(file: Path) -> None:
    """Write the table to fill in: a CSV file, with the mark by which office programs know UTF-8, or a workbook."""
    if file.suffix.lower() == ".csv":
        write_whole(file, "\ufeff" + _csv())
        return
    out = io.BytesIO()
    _book().save(out)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(out.getvalue())


def _rows() -> list[list[str]]:
    return [list(Head), *([example.get(head, "") for head in Head] for example in words.TABLE_EXAMPLES)]


def _csv() -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(_rows())
    return out.getvalue()


def _book() -> Any:  # noqa: ANN401 - untyped library
    from openpyxl import Workbook

    book = Workbook()
    _fill_questions(book.active)
    _fill_about(book.create_sheet(words.TABLE_ABOUT_SHEET))
    return book


def _fill_questions(sheet: Any) -> None:  # noqa: ANN401 - untyped library
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet.title = words.TABLE_SHEET
    for row in _rows():
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for number, head in enumerate(Head, start=1):
        letter = get_column_letter(number)
        column = sheet.column_dimensions[letter]
        column.width = _WIDTH_WIDE if head in _WIDE else _WIDTH
        column.number_format = "@"  # what is typed stays text: 001, 1-2 and days too
        for (cell,) in sheet[f"{letter}1:{letter}{sheet.max_row}"]:
            cell.number_format = "@"
            cell.alignment = Alignment(wrap_text=head in _WIDE, vertical="top")
        if head in _LISTS:
            choice = DataValidation(type="list", formula1=f'"{",".join(_LISTS[head])}"', allow_blank=True)
            choice.add(f"{letter}2:{letter}{ROWS_MAX + 1}")
            sheet.add_data_validation(choice)


def _fill_about(sheet: Any) -> None:  # noqa: ANN401 - untyped library
    from openpyxl.styles import Alignment, Font

    types = "、".join(TYPES)
    told = [(head, words.TABLE_COLUMNS[head].format(types=types)) for head in Head]
    for row in (words.TABLE_ABOUT_HEADS, *told, *words.TABLE_ABOUT_MORE):
        sheet.append([str(cell) for cell in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = _WIDTH, _WIDTH_ABOUT
    for cell in sheet["B"]:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
