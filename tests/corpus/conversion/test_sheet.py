"""Workbooks: values as shown, hidden parts told, merged cells in every row; a number shown as another is refused."""

import io
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from corpus.conversion.records import Converted
from corpus.conversion.sheet import read_xlsx, show_value
from corpus.errors import UnreadableFile

ROWS = [["类别", "程度", "奖励金额（万元）"], ["国家标准", "主导制定", 43], [None, "参与制定", 17]]


def saved(book: Workbook) -> bytes:
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def read(change: Callable[[Worksheet], object] = lambda sheet: None) -> Converted:
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    change(book.active)
    return read_xlsx(saved(book))


def told(one: Converted) -> list[tuple[str, str]]:
    return [(hidden.how, hidden.text) for hidden in one.hidden]


def test_a_table_is_rows_of_cells_with_tabs() -> None:
    assert read().text.split("\n") == ["类别\t程度\t奖励金额（万元）", "国家标准\t主导制定\t43", " \t参与制定\t17"]


def test_merged_cells_stand_in_every_row_and_a_title_alone() -> None:
    def with_title(sheet: Worksheet) -> None:
        sheet.merge_cells("A2:A3")
        sheet["A5"] = "注：以上奖励，不重复享受。"
        sheet.merge_cells("A5:C5")

    assert read(with_title).text.split("\n")[2:] == ["国家标准\t参与制定\t17", "注：以上奖励，不重复享受。"]


def test_hidden_rows_columns_sheets_comments_and_white_words_are_told() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet["D1"] = "藏列"
        sheet.column_dimensions["D"].hidden = True
        sheet["A2"].comment = Comment("批注", "某")
        sheet["E2"] = "白字"
        sheet["E2"].font = Font(color="FFFFFFFF")
        other = sheet.parent.create_sheet("附表")
        other["A1"] = "藏表"
        other.sheet_state = "hidden"

    one = read(change)
    assert one.text.split("\n") == ["类别\t程度\t奖励金额（万元）", "国家标准\t主导制定\t43"]
    assert sorted(told(one)) == sorted(
        [("column", "藏列"), ("comment", "批注"), ("white", "白字"), ("row", "参与制定 17"), ("sheet", "藏表")]
    )


def test_white_words_on_a_coloured_ground_are_seen() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["A1"].font = Font(color="FFFFFFFF")
        sheet["A1"].fill = PatternFill("solid", fgColor="FFC00000")

    assert read(change).text.startswith("类别")


def test_several_sheets_are_headed_by_their_names() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.title = "奖励"
        other = sheet.parent.create_sheet("资助")
        other.append(["项目", "金额"])
        other.append(["甲", "5万元"])

    lines = read(change).text.split("\n")
    assert (lines[0], lines[4:]) == ("奖励", ["资助", "项目\t金额", "甲\t5万元"])


def test_a_formula_without_its_value_is_refused_with_its_cell() -> None:
    with pytest.raises(UnreadableFile, match="C4") as refusal:
        read(lambda sheet: sheet.append(["合计", None, "=SUM(C2:C3)"]))
    assert refusal.value.code == "no_value"


def test_a_formula_with_its_value_is_that_value() -> None:
    content = read_parts(saved_with_formula())
    assert "60" in read_xlsx(content).text


def saved_with_formula() -> bytes:
    book = Workbook()
    book.active.append(["合计", "=20+40"])
    book.active.append(["项目", "额"])
    return saved(book)


def read_parts(content: bytes) -> bytes:
    """The same workbook with the value that Excel would have kept beside the formula."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part.replace(b"<v></v>", b"<v>60</v>").replace(b"<v />", b"<v>60</v>"))
    return held.getvalue()


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (10, "General", "10"),
        (0.1 + 0.2, "General", "0.3"),
        (10, '0"万元"', "10万元"),
        (1234.5, "#,##0.00", "1234.50"),
        (0.5, "0%", "50%"),
        (-5, "0", "-5"),
        (5, "[$¥-804]#,##0", "5"),
        ("10", "@", "10"),
    ],
)
def test_a_value_as_its_cell_shows_it(value: object, number_format: str, shown: str) -> None:
    assert show_value(value, number_format) == shown


@pytest.mark.parametrize(
    ("value", "number_format"),
    [
        (100000, '0,"千元"'),  # shown as 100千元
        (100000, '0!.0,"万"'),  # a point put in by hand: 10.0万
        (43.5, "0"),  # shown as 44
        (7, ";;;"),  # shown as nothing
        (7, '"900万元"'),
        (7, '"标准9"0'),
        (5, "[$$-409]#,##0"),  # dollars
        (0.5, "# ?/?"),
        (7, "0.00E+00"),
        ("x", ";;;"),
    ],
)
def test_a_number_that_is_shown_as_another_is_refused(value: object, number_format: str) -> None:
    assert show_value(value, number_format) is None

    def change(sheet: Worksheet) -> None:
        sheet["C2"] = value
        sheet["C2"].number_format = number_format

    with pytest.raises(UnreadableFile, match="C2") as refusal:
        read(change)
    assert refusal.value.code == "number_format"


def test_a_cell_at_the_far_end_of_a_sheet_takes_no_time() -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read(lambda sheet: sheet.cell(1_048_576, 16_384, "远"))
    assert refusal.value.code == "too_many_cells"
