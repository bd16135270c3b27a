"""Tables as converters leave them: rows of tab-separated cells, or one cell a line with blank lines between rows.

Merged cells are lost in conversion: a category stands on its first row only, and an empty cell is
unknown, not zero.
"""

import re
from dataclasses import dataclass

_UNIT = re.compile(r"^[（(][^）)]{0,4}元[）)]$")
_SEQUENCE = re.compile(r"^\d{1,4}$")
_LEADER = re.compile(r"[.…]{3}")  # 前言..... 1, a line of a table of contents
_PROSE = re.compile(r"^第[一二三四五六七八九十百]+[章节条]|[。；：]$|^.{60,}$")
HEAD_MAX = 14  # characters; a longer cell is an entry
_AMOUNT = re.compile(
    r"^(?:最高|至多|最多)?(?:不超过|不高于|≤)?\s*[\d.]+\s*(?:(?:[-~～至—–]\s*[\d.]+\s*)?(?:万元|元|万)(?:\s*[/／]\s*[一-龥]{1,3})?)?$"
)
_DITTO = re.compile(r"^(?:同上|同前|[〃″]|\"|”)$")
_DASH = re.compile(r"^(?:[-—–]+|[/／]|无)$")


def gather_rows(lines: list[str]) -> list[str]:
    """Turn cell-per-line tables into one tab-separated line a row.

    A run of lines that begin with a tab and hold one cell each is such a table; a blank line ends a
    row, and a line without a tab continues the cell above it. A paragraph indented by a tab is no cell.

    >>> gather_rows(["", "\\t项目", "\\t金额", "", "\\t甲", "（含乙）", "\\t10", ""])
    ['', '项目\\t金额', '甲（含乙）\\t10']
    """
    gathered: list[str] = []
    row: list[str] = []
    for place, line in enumerate(lines):
        single = _is_cell(line)
        if single and not row and not any(map(_is_cell, lines[place + 1 : place + 3])):
            single, line = False, line if line.rstrip(" \n").endswith("\t") else line.strip()  # an indent, or a row
        if single and _PROSE.search(line.strip()):
            single, line = False, line.strip()
            if row:
                gathered.append("\t".join(row))
                row = []
        if single:
            row.append(line[1:].strip())
        elif row and line.strip():
            row[-1] += line.strip()
        elif gathered and _UNIT.match(line.strip()) and (rows := [g for g in gathered[-2:] if "\t" in g]):
            gathered[gathered.index(rows[-1])] += line.strip()
        elif row:
            gathered.append("\t".join(row))
            row = []
        else:
            gathered.append(line)
    if row:
        gathered.append("\t".join(row))
    return gathered


def _is_cell(line: str) -> bool:
    """Whether a line is one cell of a cell-per-line table; alone it may be a row whose other cells are blank."""
    return line.startswith("\t") and "\t" not in line[1:].rstrip()


@dataclass(frozen=True, kw_only=True)
class Row:
    """A body row of a table that knows its heads.

    `cells` are as printed; `heads[i]` names column i, or is empty where the counts differ;
    `carried` holds, for a cell empty here or 同上, the text printed last above it in that column and the
    line index where it stands.
    """

    line: int
    cells: tuple[str, ...]
    heads: tuple[str, ...]
    head_lines: tuple[int, ...]
    carried: tuple[tuple[str, int] | None, ...]


def is_amount(cell: str) -> bool:
    """Whether a cell holds an amount, as `10`, `5万元/项` or `最高30`."""
    return _AMOUNT.match(cell) is not None


def is_ditto(cell: str) -> bool:
    """Whether a cell says that it says what the cell above it does: `同上`."""
    return _DITTO.match(cell) is not None


def is_dash(cell: str) -> bool:
    """Whether a cell says that there is nothing to say: `—`."""
    return _DASH.match(cell) is not None


def _is_head(cells: list[str]) -> bool:
    """A head row holds words only, at least two, none a number or an amount."""
    filled = [cell for cell in cells if cell]
    return len(filled) >= 2 and not any(
        _SEQUENCE.match(cell) or is_amount(cell) or _LEADER.search(cell) or len(cell) > HEAD_MAX for cell in filled
    )


def read_table(lines: list[str]) -> list[Row]:
    """Read the lines of one table into body rows. Line indices count from the first line given.

    A head repeated after a page break is skipped. Where a row has fewer cells than the head, its
    cells are aligned from the right when the row's last cell is an amount (merged category cells),
    else left without heads.

    >>> rows = read_table(["序号\\t类别\\t领域", "1\\t农业\\t稻谷", "2\\t\\t豆类"])
    >>> rows[1].carried[1], rows[1].heads
    (('农业', 1), ('序号', '类别', '领域'))
    """
    table = [[cell.strip() for cell in line.split("\t")] for line in lines]
    heads, head_lines = _read_heads(table)
    width = len(heads)
    printed = tuple(table[0][:width]) if heads else None
    body = [at for at, cells in enumerate(table) if at not in head_lines and tuple(cells[:width]) != printed]
    if not body:  # a head alone is the table
        heads, head_lines, width, body = (), (), 0, list(range(len(table)))
    key = _key_column(table, width)
    last: dict[int, tuple[str, int]] = {}
    rows: list[Row] = []
    for index in body:
        cells = table[index]
        while len(cells) > width and cells and not cells[-1]:
            cells.pop()
        aligned = align_cells(cells, width)
        carried: list[tuple[str, int] | None] = []
        for column, cell in enumerate(aligned):
            if is_dash(cell):  # nothing, here and in the blank cells below it
                last.pop(column, None)
                carried.append(None)
            elif cell and not is_ditto(cell):
                if column == key:  # a new category: what stood beside the old one no longer holds
                    last = {at: value for at, value in last.items() if at < column}
                last[column] = (cell, index)
                carried.append(None)
            else:
                carried.append(last.get(column))
        named = heads if len(aligned) == width else ("",) * len(aligned)
        rows.append(Row(line=index, cells=tuple(aligned), heads=named, head_lines=head_lines, carried=tuple(carried)))
    return rows


def _key_column(table: list[list[str]], width: int) -> int:
    """The leftmost column with blanks: the one whose cells were merged over several rows."""
    blank = [column for row in table for column, cell in enumerate(row[:width]) if not cell and any(row)]
    return min(blank, default=0)


def _read_heads(table: list[list[str]]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The column heads, of one line or of two (a spanning head above its columns)."""
    if not table or not _is_head(table[0]):
        return (), ()
    if len(table) > 1 and len(table[1]) >= len(table[0]) and not table[1][0] and _is_head(table[1]):
        spanning, columns = [cell for cell in table[0] if cell], [cell for cell in table[1] if cell]
        if len(spanning) > 2:
            return _heads_below_several(table[0], table[1])
        category = spanning[0]
        lead = len(table[2]) - len(columns) if len(table) > 2 else 1
        heads = [category] * max(lead, 1) + [f"{cell} {spanning[-1]}" for cell in columns]
        return tuple(heads), (0, 1)
    width = max((len(row) for row in table[1:6]), default=len(table[0]))
    if width == len(table[0]) + 1:  # 具体项目 spans the category and the item
        return (table[0][0], *table[0]), (0,)
    return tuple(table[0]), (0,)


def _heads_below_several(spanning: list[str], columns: list[str]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The heads of columns below several spanning heads, each with the one above it; none where places do not tell."""
    if len(spanning) != len(columns):
        return (), ()
    heads, above = [], ""
    for over, own in zip(spanning, columns, strict=True):
        above = over or above
        heads.append(f"{own} {above}" if own else over)
    return tuple(heads), (0, 1)


def align_cells(cells: list[str], width: int) -> list[str]:
    """The cells under their columns: a row that is too short and ends with an amount lacks merged category cells."""
    missing = width - len(cells)
    if missing > 0 and cells and is_amount(cells[-1]):
        return [cells[0]] + [""] * missing + cells[1:]
    return cells


def write_row_heads(row: Row) -> str:
    """What a row knows of its table: `类别：农业；领域` – carried cells with their heads, then the column heads."""
    carried = [
        f"{row.heads[column] or '类别'}：{cell[0]}"
        for column, cell in enumerate(row.carried)
        if cell is not None and not is_amount(cell[0])
    ]
    columns = [head for head in row.heads if head]
    return "；".join([*carried, " / ".join(columns)] if columns else carried)


def read_row_heads(head: str) -> tuple[list[tuple[str, str]], list[str]]:
    """Read what `write_row_heads` wrote: the carried cells as (column head, cell), and the column heads."""
    parts = head.split("；") if head else []
    columns = parts[-1].split(" / ") if parts and " / " in parts[-1] else []
    carried = parts[:-1] if columns else parts
    return [(name, cell) for name, _, cell in (part.partition("：") for part in carried) if cell], columns
