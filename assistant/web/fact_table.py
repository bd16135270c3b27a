"""Facts of the ledger as a table that offices open: CSV and an Excel workbook. The only door to openpyxl."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from assistant.web import words

Fact = Mapping[str, Any]
Cell = str | Decimal | date | None
FORMULA = ("=", "+", "-", "@", "\t", "\r")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # no XML can hold them
_WHOLE, _TO_THE_FEN, _SHARE = "#,##0", "#,##0.00", "0.0%"  # #,##0.## would leave a dot behind whole sums
_DAY = "yyyy-mm-dd"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: its head, its width in characters, and its cell for a fact as `describe_facts` gives it."""

    head: str
    width: int
    cell: Callable[[Fact], Cell]
    is_share: bool = False


def fact_rows(facts: Iterable[Fact]) -> list[list[Cell]]:
    """One row a fact, in the order of `COLUMNS`; sums are yuan."""
    return [[column.cell(fact) for column in COLUMNS] for fact in facts]


def facts_csv(facts: Iterable[Fact]) -> bytes:
    """UTF-8 with the mark by which office programs know it; no cell begins a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(column.head for column in COLUMNS)
    writer.writerows([_plain(cell) for cell in row] for row in fact_rows(facts))
    return out.getvalue().encode("utf-8-sig")


def facts_xlsx(facts: Iterable[Fact]) -> bytes:
    """A workbook of one sheet: head frozen and filterable, sums as numbers, dates as dates, text never a formula."""
    from openpyxl import Workbook  # here: the page and the other calls do without it
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(words.LEDGER_SHEET)
    sheet.freeze_panes = "A2"
    for number, column in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width

    def written(value: Cell, number_format: str = "", *, bold: bool = False) -> Any:  # noqa: ANN401 - untyped library
        cell = WriteOnlyCell(sheet, _UNWRITABLE.sub("", value) if isinstance(value, str) else value)
        if isinstance(value, str):
            cell.data_type = "s"  # openpyxl takes text that begins with = for a formula
        elif value is not None:
            cell.number_format = number_format
        if bold:
            cell.font = Font(bold=True)
        return cell

    sheet.append([written(column.head, bold=True) for column in COLUMNS])
    rows = fact_rows(facts)
    for row in rows:
        sheet.append([written(cell, _format(cell, column)) for cell, column in zip(row, COLUMNS, strict=True)])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{len(rows) + 1}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _format(cell: Cell, column: Column) -> str:
    """How a workbook shows a number or a date."""
    if not isinstance(cell, Decimal):
        return _DAY
    if column.is_share:
        return _SHARE
    return _WHOLE if cell == cell.to_integral_value() else _TO_THE_FEN


def _plain(cell: Cell) -> str:
    """A cell of a CSV file; text that a spreadsheet would run gets an apostrophe.

    >>> _plain("=1+1"), _plain(Decimal("-5"))
    ("'=1+1", '-5')
    """
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    said = "" if cell is None else str(cell)
    return f"'{said}" if said.startswith(FORMULA) else said


def _text(key: str) -> Callable[[Fact], Cell]:
    return lambda fact: str(fact[key] or "")


def _joined(key: str) -> Callable[[Fact], Cell]:
    return lambda fact: "、".join(map(str, fact[key]))


def _number(key: str) -> Callable[[Fact], Cell]:
    return lambda fact: None if fact[key] is None else Decimal(fact[key])


def _named(key: str, names: Mapping[str, str]) -> Callable[[Fact], Cell]:
    return lambda fact: names.get(fact[key], str(fact[key]))


def _day(key: str) -> Callable[[Fact], Cell]:
    return lambda fact: fact[key]


COLUMNS: Sequence[Column] = (
    Column(head="地区", width=22, cell=_text("region")),
    Column(head="事项", width=48, cell=_text("name")),
    Column(head="金额", width=24, cell=_text("sum")),
    Column(head="金额（元）", width=14, cell=_number("yuan")),
    Column(head="下限（元）", width=12, cell=_number("low")),
    Column(head="比例", width=8, cell=_number("rate"), is_share=True),
    Column(head="封顶（元）", width=12, cell=_number("ceiling")),
    Column(head="金额性质", width=10, cell=_named("kind", words.AMOUNT_KINDS)),
    Column(head="标准类别", width=16, cell=_joined("standard")),
    Column(head="级别", width=10, cell=_joined("level")),
    Column(head="身份", width=10, cell=_joined("role")),
    Column(head="情形", width=10, cell=_joined("act")),
    Column(head="技术组织", width=14, cell=_joined("organ")),
    Column(head="其他事项", width=16, cell=_joined("item")),
    Column(head="等级", width=10, cell=_joined("grade")),
    Column(head="对象", width=8, cell=_named("who", words.RECIPIENTS)),
    Column(head="财政", width=8, cell=_text("budget")),
    Column(head="条件", width=30, cell=_joined("conditions")),
    Column(head="条款", width=20, cell=_text("locator")),
    Column(head="条文", width=60, cell=_text("quote")),
    Column(head="文件", width=40, cell=_text("title")),
    Column(head="文号", width=24, cell=_text("document_number")),
    Column(head="发文机关", width=24, cell=_text("issuer")),
    Column(head="发布日期", width=12, cell=_day("published")),
    Column(head="施行日期", width=12, cell=_day("in_force_from")),
    Column(head="有效期至", width=12, cell=_day("in_force_until")),
    Column(head="效力", width=18, cell=lambda fact: str(fact["standing"]["label"])),
    Column(head="疑点", width=16, cell=_joined("anomalies")),
    Column(head="编号", width=22, cell=_text("id")),
)
