"""Tables: cells that stand one a line, merged cells, two-line heads, heads repeated after a page break."""

from corpus.tables import gather_rows, read_table


def test_cells_one_a_line_become_rows() -> None:
    lines = ["", "\t项目", "\t市级", "\t县级", "", "\t甲奖", "\t10", "\t5", ""]
    assert gather_rows(lines) == ["", "项目\t市级\t县级", "甲奖\t10\t5"]


def test_a_line_without_a_tab_continues_the_cell_above() -> None:
    assert gather_rows(["\t牵头制定", "（不含修订）", "\t100", ""]) == ["牵头制定（不含修订）\t100"]


def test_a_unit_below_its_head_joins_the_head() -> None:
    assert gather_rows(["\t项目", "\t奖励", "", "（万元）", "", "\t甲奖", "\t5", ""])[0] == "项目\t奖励（万元）"


def test_the_last_row_needs_no_blank_line() -> None:
    assert gather_rows(["\t甲奖", "\t5"]) == ["甲奖\t5"]


def test_paragraphs_indented_by_a_tab_are_no_cells() -> None:
    """A policy saved with tab indents was gathered into one row of a table."""
    lines = ["\t第一条 目的。", "\t第二条 获奖单位给予奖励：", "\t（一）首次获奖的；"]
    assert gather_rows(lines) == ["第一条 目的。", "第二条 获奖单位给予奖励：", "（一）首次获奖的；"]


def test_rows_of_tab_separated_cells_stay_as_they_are() -> None:
    assert gather_rows(["序号\t类别\t领域", "1\t农业\t稻谷", "2\t\t豆类"]) == [
        "序号\t类别\t领域",
        "1\t农业\t稻谷",
        "2\t\t豆类",
    ]


def test_a_blank_cell_stays_blank_and_is_only_carried() -> None:
    first, second = read_table(["类别\t对象\t金额", "甲奖\t国家级\t10", "\t省级\t5"])
    assert second.cells == ("", "省级", "5")
    assert second.carried == (("甲奖", 1), None, None)
    assert first.carried == (None, None, None)


def test_a_blank_amount_is_no_zero_and_no_neighbours_amount() -> None:
    rows = read_table(["类别\t对象\t金额", "甲奖\t国家级\t10", "\t省级\t"])
    assert rows[1].cells[2] == ""


def test_a_new_category_ends_what_was_carried_beside_the_old_one() -> None:
    rows = read_table(["类别\t机构\t名称", "甲类\t某院\t一", "\t\t二", "乙类\t\t三"])
    assert rows[1].carried == (("甲类", 1), ("某院", 1), None)
    assert rows[2].carried == (None, None, None)


def test_a_spanning_head_names_its_columns() -> None:
    rows = read_table(["项目\t奖励（万元）", "\t市级\t县级", "甲奖\t国家级\t10\t5", "\t省级\t4\t2"])
    assert rows[0].heads == ("项目", "项目", "市级 奖励（万元）", "县级 奖励（万元）")
    assert [row.line for row in rows] == [2, 3]
    assert rows[1].carried[0] == ("甲奖", 2)


def test_a_head_over_category_and_item_counts_for_both() -> None:
    rows = read_table(["项目\t县级奖励（万元）", "甲奖\t国家级\t10", "\t省级\t5"])
    assert rows[0].heads == ("项目", "项目", "县级奖励（万元）")


def test_a_head_repeated_after_a_page_break_is_no_row() -> None:
    rows = read_table(["序号\t类别\t领域", "1\t农业\t稻谷", "序号\t类别\t领域", "2\t\t豆类"])
    assert [row.line for row in rows] == [1, 3]
    assert rows[1].carried[1] == ("农业", 1)


def test_a_row_without_its_category_cell_is_aligned_by_its_amount() -> None:
    rows = read_table(["项目\t对象\t市级\t县级", "甲奖\t国家级\t10\t5", "乙奖\t最高20\t最高20"])
    assert rows[1].cells == ("乙奖", "", "最高20", "最高20")
    assert rows[1].heads == ("项目", "对象", "市级", "县级")


def test_a_short_row_that_ends_in_words_has_no_heads() -> None:
    rows = read_table(["项目\t对象\t市级\t县级", "甲奖\t国家级\t10\t5", "乙奖\t另行规定"])
    assert rows[1].heads == ("", "")


def test_rows_without_a_head_are_all_kept() -> None:
    rows = read_table(["1\t农业\t稻谷", "2\t农业\t豆类"])
    assert [row.cells for row in rows] == [("1", "农业", "稻谷"), ("2", "农业", "豆类")]
    assert rows[0].heads == ("", "", "")


def test_a_table_of_one_line_is_a_row_and_no_head() -> None:
    """Taken for a head, the line stood in no clause at all."""
    (row,) = read_table(["联系人\t标准处"])
    assert row.cells == ("联系人", "标准处")


def test_a_table_of_contents_has_no_head() -> None:
    rows = read_table(["前言.....\tII", "范围.....\t1"])
    assert [row.heads for row in rows] == [("", ""), ("", "")]


def test_columns_below_several_spanning_heads_belong_each_to_its_own() -> None:
    """All were given the last one: sums for national standards were read as those for industry standards."""
    lines = ["领域\t国家标准\t\t行业标准\t", "\t主导\t参与\t主导\t参与", "农业\t43\t17\t23\t9"]
    (row,) = read_table(lines)
    assert row.heads == ("领域", "主导 国家标准", "参与 国家标准", "主导 行业标准", "参与 行业标准")


def test_where_places_do_not_tell_the_spanning_head_there_is_none() -> None:
    lines = ["领域\t国家标准\t行业标准", "\t主导\t参与\t主导\t参与", "农业\t43\t17\t23\t9"]
    assert all(not any(row.heads) for row in read_table(lines))
