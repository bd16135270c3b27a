"""Placed pieces become text: rows torn by a page break, heads of pages, margins, spaces."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from corpus.conversion.edges import trim_edges
from corpus.conversion.layout import lay_out
from corpus.conversion.pages import Line, Page, Piece
from corpus.conversion.strips import join_texts
from corpus.conversion.torn import join_torn_rows

SIZE = 10.0


def line(text: str, *, page: int = 1, row: bool = False, top: float = 100) -> Line:
    return Line(
        text=text, page=page, left=0, right=500, top=top, bottom=top + SIZE, size=SIZE, floor=0, ceiling=500, is_row=row
    )


def typed(text: str, *, left: float, top: float, confidence: float = 1.0) -> list[Piece]:
    """Pieces of one character each, side by side."""
    return [
        Piece(
            text=each,
            left=left + SIZE * at,
            top=top,
            right=left + SIZE * (at + 1),
            bottom=top + SIZE,
            size=SIZE,
            confidence=confidence,
        )
        for at, each in enumerate(text)
    ]


def page(*pieces: Sequence[Piece], number: int = 1) -> Page:
    return Page(number=number, width=600, height=800, pieces=tuple(each for group in pieces for each in group))


def test_a_row_whose_bracket_closes_overleaf_is_made_whole() -> None:
    rows = [
        line("贡献奖\t市级（优秀\t20", row=True),
        line("\t奖项）\t", page=2, row=True),
        line("省级\t甲\t5", page=2, row=True),
    ]
    assert [each.text for each in join_torn_rows(rows)] == ["贡献奖\t市级（优秀奖项）\t20", "省级\t甲\t5"]


def test_a_row_that_may_be_torn_is_doubted_with_the_one_before() -> None:
    rows = [line("贡献奖\t市级优秀\t20", row=True), line("\t奖项\t", page=2, row=True)]
    assert [(each.text, each.confidence) for each in join_torn_rows(rows)] == [
        ("贡献奖\t市级优秀\t20", 0),
        ("\t奖项\t", 0),
    ]


@pytest.mark.parametrize("text", ["贡献奖\t省级\t10", "\t省级\t10"])
def test_a_row_of_its_own_overleaf_is_not_touched(text: str) -> None:
    rows = [line("\t市级\t20", row=True), line(text, page=2, row=True)]
    assert join_torn_rows(rows) == rows


@pytest.mark.parametrize("number", ["— 3 —", "-3-", "第3页", "第 3 页 共 9 页", "3/9", "－3－"])
def test_a_page_number_is_taken_off(number: str) -> None:
    trimmed = trim_edges([page()], [line("正文", top=400), line(number, top=780)])
    assert [each.text for each in trimmed.lines] == ["正文"]


def test_a_bare_number_is_a_page_number_only_where_pages_count_on() -> None:
    pages = [page(number=1), page(number=2)]
    counted = [line("甲", top=400), line("5", top=780), line("乙", page=2, top=400), line("6", page=2, top=780)]
    assert [each.text for each in trim_edges(pages, counted).lines] == ["甲", "乙"]
    other = [*counted[:3], line("9", page=2, top=780)]
    assert trim_edges(pages, other).taken == ()


def test_awards_at_the_lower_edge_of_two_pages_are_no_foot() -> None:
    """Once digits did not count in the comparison, and both lines went."""
    lines = [line(f"（{n}）奖励{n}0万元。", page=n, top=760) for n in (3, 5)] + [
        line("标准文件", page=n, top=20) for n in (3, 5)
    ]
    assert [each.text for each in trim_edges([page(number=3), page(number=5)], lines).taken] == ["标准文件"] * 2


def test_a_figure_in_the_middle_of_a_page_is_no_page_number() -> None:
    assert trim_edges([page()], [line("— 3 —", top=400)]).taken == ()


def test_a_line_below_the_threshold_is_unsure_and_the_limit_is_not() -> None:
    pieces = (
        typed("奖励30万元。", left=20, top=300, confidence=0.89),
        typed("奖励50万元。", left=20, top=340, confidence=0.9),
    )
    laid = lay_out([page(*pieces)], 3.0, sure_from=0.9)
    assert [(one.text, one.confidence) for one in laid.unsure] == [("奖励30万元。", 0.89)]


def test_cells_that_stand_below_each_other_are_rows_without_any_ruling() -> None:
    pieces = [typed("国家级", left=20, top=300), typed("22", left=300, top=300)]
    pieces += [typed("省级", left=20, top=320), typed("11", left=300, top=320)]
    assert lay_out([page(*pieces)], 3.0).text == "国家级\t22\n省级\t11"


def test_a_space_that_the_file_states_stays_and_justification_makes_none() -> None:
    near = [
        replace(piece, left=piece.left + 4 * at, right=piece.right + 4 * at)
        for at, piece in enumerate(typed("奖励标准", left=20, top=300))
    ]
    assert lay_out([page(near)], 3.0).text == "奖励标准"
    spaced = [*typed("财政局", left=20, top=300), *typed("市场", left=54, top=300)]
    spaced[3] = replace(spaced[3], text=" 市")
    assert lay_out([page(spaced)], 3.0).text == "财政局 市场"


def test_words_are_joined_with_a_space_and_a_cut_figure_is_told() -> None:
    assert join_texts(["the ISO", "standard"]) == ("the ISO standard", False)
    assert join_texts(["奖励10", "0万元"]) == ("奖励100万元", True)
    assert join_texts(["奖励1", "．5万元"]) == ("奖励1．5万元", True)
