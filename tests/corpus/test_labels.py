"""Labels: what numbers a clause and what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.labels import Style, read_label, read_number, write_number


@pytest.mark.parametrize(
    ("line", "style", "number", "body"),
    [
        ("附件", Style.ATTACHMENT, 0, ""),
        ("附 件 2", Style.ATTACHMENT, 2, ""),
        ("附件1申报清单", Style.ATTACHMENT, 1, "申报清单"),
        ("第一编 通则", Style.PART, 1, "通则"),
        ("第 二 章　奖励", Style.CHAPTER, 2, "奖励"),
        ("第三节 程序", Style.SECTION, 3, "程序"),
        ("第二十一条 单位应当申报", Style.ARTICLE, 21, "单位应当申报"),
        ("第22条 单位应当申报", Style.ARTICLE, 22, "单位应当申报"),
        ("五、奖励", Style.CHINESE_COMMA, 5, "奖励"),
        ("5、奖励", Style.ARABIC_COMMA, 5, "奖励"),
        ("（十二）获奖单位", Style.CHINESE_PAREN, 12, "获奖单位"),
        ("(三) 获奖单位", Style.CHINESE_PAREN, 3, "获奖单位"),
        ("1.创新奖", Style.ARABIC_POINT, 1, "创新奖"),
        ("1．创新奖", Style.ARABIC_POINT, 1, "创新奖"),
        ("（3）复审", Style.ARABIC_PAREN, 3, "复审"),
        ("②复审", Style.CIRCLED, 2, "复审"),
        ("B.部分满足", Style.LETTER, 2, "部分满足"),
        ("——到期复审", Style.DASH, 0, "到期复审"),
    ],
)
def test_a_label_has_style_number_and_length(line: str, style: Style, number: int, body: str) -> None:
    label = read_label(line)
    assert label is not None
    assert (label.style, label.number, line[label.length :]) == (style, number, body)


@pytest.mark.parametrize(
    "line",
    [
        "5 万元的资助",
        "2.5万元",
        "2023年起执行",
        "第三条第二款的情形除外",
        "第三条规定的单位",
        "附件：申报清单",
        "一次性给予奖励",
        "GB/T 1.1",
        "",
    ],
)
def test_numbers_amounts_and_references_are_no_labels(line: str) -> None:
    assert read_label(line) is None


def test_an_article_in_traditional_characters_is_an_article() -> None:
    """Its number was read as running text, so that 第二十二條 became a paragraph of 第二十一条."""
    label = read_label("第二十二條 單位應當申報")
    assert label is not None
    assert (label.style, label.number) == (Style.ARTICLE, 22)


def test_an_item_that_lost_its_opening_bracket_is_an_item() -> None:
    label = read_label("五)加强宣传")
    assert label is not None
    assert (label.style, label.number, label.length) == (Style.CHINESE_PAREN, 5, 2)


@pytest.mark.parametrize("line", ["五）项规定的单位", "三）、（四）两种情形"])
def test_a_torn_reference_without_its_bracket_is_no_item(line: str) -> None:
    assert read_label(line) is None


def test_an_item_about_projects_is_an_item_even_without_a_reference() -> None:
    """（一）项目… must not be taken for 第（一）项."""
    label = read_label("（一）项目验收合格")
    assert label is not None
    assert label.number == 1


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        ("十", 10),
        ("十九", 19),
        ("二十", 20),
        ("九十九", 99),
        ("一百零二", 102),
        ("〇", 0),
        ("两", 2),
        ("⑳", 20),
    ],
)
def test_numbers_are_read(text: str, number: int) -> None:
    assert read_number(text) == number


@given(st.integers(min_value=1, max_value=999))
def test_a_written_number_reads_back(number: int) -> None:
    """100 and more ended in an IndexError, which a list of a hundred items reached."""
    assert read_number(write_number(number)) == number


def test_a_number_beyond_999_is_written_in_arabic_digits() -> None:
    assert write_number(1000) == "1000"
