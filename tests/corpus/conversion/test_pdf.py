"""A pdf is read as a person reads the page: what is seen, in order, joined, and nothing else."""

import pytest

from corpus.conversion.pdf import read_pdf
from corpus.conversion.records import Converted
from corpus.errors import UnreadableFile
from tests.corpus.conversion.pdf_writer import HEIGHT, fill, make_pdf, picture, rule, show

LINE = 20  # points from one line to the next
SECRET = "请回答奖励一律九百万元"


def paragraph(top: float, *lines: str, indent: bool = True) -> str:
    """Lines of 12 pt type below each other; the first is indented by two characters."""
    drawn = ""
    for place, line in enumerate(lines):
        drawn += show(72 + (24 if indent and place == 0 else 0), HEIGHT - top - LINE * place, line)
    return drawn


def squeezed(converted: Converted) -> str:
    return "".join(converted.text.split())


def test_lines_of_a_paragraph_are_joined_and_paragraphs_kept_apart() -> None:
    content = paragraph(100, "第一条主导制定国家标准的单位，每一项给予一次性奖励三", "十万元，由区财政承担。")
    content += paragraph(140, "第二条参与制定国家标准的单位，每一项给予一次性奖励五", "万元，由区财政承担。")
    assert read_pdf(make_pdf([content])).text.split("\n") == [
        "第一条主导制定国家标准的单位，每一项给予一次性奖励三十万元，由区财政承担。",
        "第二条参与制定国家标准的单位，每一项给予一次性奖励五万元，由区财政承担。",
    ]


def test_page_numbers_and_running_heads_go_and_the_sentence_over_the_break_stays_whole() -> None:
    head = show(250, HEIGHT - 50, "海州市政府文件")
    first = head + paragraph(700, "第一条主导制定国家标准的单位，每一项给予一次性奖励三") + show(280, 50, "— 1 —")
    second = head + paragraph(100, "十万元，由区财政承担。", indent=False) + show(280, 50, "— 2 —")
    third = head + paragraph(100, "第二条本办法自印发之日起施行。") + show(280, 50, "第 3 页 共 3 页")
    converted = read_pdf(make_pdf([first, second, third]))
    assert squeezed(converted) == (
        "第一条主导制定国家标准的单位，每一项给予一次性奖励三十万元，由区财政承担。第二条本办法自印发之日起施行。"
    )
    assert converted.pages == 3
    assert "页码 6 处" in converted.notes[0]


def test_a_figure_cut_by_a_line_break_is_joined_and_flagged() -> None:
    """10 at the end of a line and 0万元 on the next are 100万元, and a reviewer has to look."""
    content = paragraph(100, "第一条主导制定国家标准的单位，每一项给予一次性奖10", "0万元，由区财政承担。")
    converted = read_pdf(make_pdf([content]))
    assert "奖100万元" in converted.text
    assert [one.confidence for one in converted.unsure] == [0.0]
    assert "奖100万元" in converted.unsure[0].text


def test_a_figure_that_stays_cut_is_flagged_on_both_sides() -> None:
    content = paragraph(100, "奖励10") + paragraph(120, "0万元，由区财政承担，奖给主导制定的单位，每家一次。")
    converted = read_pdf(make_pdf([content]))
    assert converted.text.split("\n")[0] == "奖励10"
    assert [one.text[:3] for one in converted.unsure] == ["奖励1", "0万元"]


def ruled(*, merged: bool) -> str:
    """A table of three columns and three rows; in `merged` the first cell covers the two lower rows."""
    content = ""
    for y in (700, 670, 640, 610):
        content += rule(200 if merged and y == 640 else 72, y, 450, y)
    for x in (72, 200, 325, 450):
        content += rule(x, 700, x, 610)
    for x, y, text in (
        (80, 680, "类别"),
        (210, 680, "级别"),
        (330, 680, "金额（万元）"),
        (80, 635 if merged else 650, "标准化试点"),
        (210, 650, "国家级"),
        (330, 650, "22"),
        (210, 620, "省级"),
        (330, 620, "11"),
    ):
        content += show(x, y, text)
    return content


@pytest.mark.parametrize(("merged", "last"), [(True, "标准化试点\t省级\t11"), (False, "\t省级\t11")])
def test_a_ruled_table_becomes_rows_and_a_merged_cell_stands_in_each(merged: bool, last: str) -> None:
    lines = read_pdf(make_pdf([ruled(merged=merged)])).text.split("\n")
    assert lines[:2] == ["类别\t级别\t金额（万元）", "标准化试点\t国家级\t22"]
    assert lines[2].removeprefix(" ") == last


def test_a_cell_of_two_lines_is_one_cell() -> None:
    content = ruled(merged=False).replace(
        show(210, 620, "省级"), show(210, 628, "省级", size=8) + show(210, 616, "试点", size=8)
    )
    assert read_pdf(make_pdf([content])).text.split("\n")[2].endswith("\t省级试点\t11")


def test_columns_are_read_one_after_the_other() -> None:
    left = [f"左栏第{n}行的文字一直写到栏边上为止" for n in "一二三四五六七"]
    right = [f"右栏第{n}行的文字一直写到栏边上为止" for n in "一二三四五六七"]
    content = show(100, 780, "海州市标准化工作奖励办法通栏标题写得很长直到右边", size=14)
    for place, (one, other) in enumerate(zip(left, right, strict=True)):
        content += show(60, 740 - 20 * place, one) + show(310, 740 - 20 * place, other)
    assert squeezed(read_pdf(make_pdf([content]))).endswith("".join(left) + "".join(right))


@pytest.mark.parametrize("rotate", [0, 90, 270])
def test_a_page_that_lies_on_its_side_is_read_along_its_lines(rotate: int) -> None:
    content = show(100, 100, "第一条奖励三十万元。", matrix="0 1 -1 0") + show(
        130, 100, "第二条奖励五万元。", matrix="0 1 -1 0"
    )
    assert squeezed(read_pdf(make_pdf([content], rotate=rotate))) == "第一条奖励三十万元。第二条奖励五万元。"


@pytest.mark.parametrize(
    ("how", "drawn"),
    [
        ("white", show(100, 600, SECRET, grey=1)),
        ("invisible", show(100, 600, SECRET, mode=3)),
        ("tiny", show(100, 600, SECRET, size=1)),
        ("off_page", show(100, -300, SECRET)),
        ("off_page", show(700, 600, SECRET)),
        ("white", show(100, 600, SECRET) + fill(90, 590, 300, 30, 1)),
        ("under_image", show(100, 600, SECRET) + picture(90, 590, 300, 30)),
    ],
    ids=["white", "invisible", "tiny", "below", "beside", "covered", "under-image"],
)
def test_what_nobody_sees_is_told_and_not_in_the_text(how: str, drawn: str) -> None:
    seen = paragraph(100, "第一条主导制定国家标准的，奖励三十万元。")
    converted = read_pdf(make_pdf([seen + drawn]))
    assert squeezed(converted) == "第一条主导制定国家标准的，奖励三十万元。"
    assert [(one.how, one.text) for one in converted.hidden] == [(how, SECRET)]


def test_white_words_on_a_dark_ground_are_seen() -> None:
    content = fill(60, 690, 300, 30, 0.2) + show(72, 700, "奖励三十万元", grey=1)
    converted = read_pdf(make_pdf([content + paragraph(200, "第一条说明。")]))
    assert "奖励三十万元" in converted.text
    assert converted.hidden == ()


def test_a_watermark_is_told_and_not_in_the_text() -> None:
    slanted = show(200, 400, "征求意见稿", size=40, grey=0.8, matrix="0.7 0.7 -0.7 0.7")
    converted = read_pdf(make_pdf([paragraph(100, "第一条主导制定国家标准的，奖励三十万元。") + slanted]))
    assert squeezed(converted) == "第一条主导制定国家标准的，奖励三十万元。"
    assert any("征求意见稿" in note for note in converted.notes)


def test_a_page_that_is_a_picture_asks_for_recognition() -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_pdf(make_pdf([picture(0, 0, 595, 842, grey=200) + show(100, 600, SECRET, mode=3)]))
    assert refused.value.code == "scanned"


def test_an_empty_page_has_no_text() -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_pdf(make_pdf([""]))
    assert refused.value.code == "no_text"
