"""Compilations: one file, many policies, each found once, and nothing between them lost unseen."""

import pytest

from corpus.compilation import COMPILATION_MIN, split_parts
from corpus.describe import Given
from corpus.intake import read_text

COMPILATION = """云岭政策汇编
编者按
目录
第一部分 省级
1. 甲省印发《甲办法》\t1
2. 乙省印发《乙办法》\t3
第二部分 市级
1. 丙市印发《丙办法》\t7
1. 甲省印发《甲办法（试行）》

（发布时间：2021年1月1日）
甲省单位获奖的给予奖励。
1. 首次获奖的；
2. 再次获奖的。

2. 乙省印发《乙办法》
（发布日期: 2022年2月2日）
乙省单位获奖的给予奖励。
第二部分 市级

1. 丙市印发《丙办法》
(印发时间：2023年3月3日)
丙市单位获奖的给予奖励。
"""


def headings(text: str) -> list[str | None]:
    return [part.heading for part in split_parts(text, "raw.txt")]


def test_each_dated_heading_opens_a_policy_though_its_number_repeats() -> None:
    assert headings(COMPILATION) == ["甲省印发《甲办法（试行）》", "乙省印发《乙办法》", "丙市印发《丙办法》"]


def test_entries_of_the_table_of_contents_open_nothing() -> None:
    """They carry a page number behind a tab, and no dated line below them."""
    with_dates = COMPILATION.replace("《乙办法》\t3\n", "《乙办法》\t3\n（发布时间：2022年2月2日）\n")
    assert headings(with_dates) == headings(COMPILATION)


def test_a_numbered_item_of_the_text_opens_nothing() -> None:
    first = split_parts(COMPILATION, "raw.txt")[0]
    assert [line.text for line in first.lines if line.text.strip()][-1] == "2. 再次获奖的。"


def test_what_belongs_to_no_policy_is_listed_with_its_reason() -> None:
    dropped = [piece for part in split_parts(COMPILATION, "raw.txt") for piece in part.dropped]
    assert [(piece.reason, piece.text.split("\n")[0]) for piece in dropped] == [
        ("cover and preface", "云岭政策汇编"),
        ("table of contents", "目录"),
        ("number in compilation", "1. "),
        ("number in compilation", "2. "),
        ("part heading of compilation", "第二部分 市级"),
        ("number in compilation", "1. "),
    ]
    assert all(COMPILATION[piece.start : piece.end] == piece.text for piece in dropped)


def test_pieces_and_policies_together_are_the_file() -> None:
    parts = split_parts(COMPILATION, "raw.txt")
    spans = [(line.start, line.end) for part in parts for line in part.lines]
    spans += [(piece.start, piece.end) for part in parts for piece in part.dropped]
    covered = "".join(COMPILATION[start:end] for start, end in sorted(spans))
    assert "".join(covered.split()) == "".join(COMPILATION.split())


@pytest.mark.parametrize(("count", "parts"), [(COMPILATION_MIN - 1, 1), (COMPILATION_MIN, COMPILATION_MIN)])
def test_fewer_dated_headings_are_a_single_policy(count: int, parts: int) -> None:
    text = "\n".join(f"{n}. 第{n}号办法\n（发布时间：2021年1月{n}日）\n正文{n}。" for n in range(1, count + 1))
    assert len(split_parts(text, "raw.txt")) == parts


def test_a_single_policy_is_kept_whole() -> None:
    (part,) = split_parts("云岭市标准化奖励办法\n\n第一条 目的。", "raw.txt")
    assert part.heading is None
    assert part.dropped == ()
    assert [line.text for line in part.lines] == ["云岭市标准化奖励办法", "", "第一条 目的。"]


BODY = "".join(f"第{n}条 内容{n}。\n" for n in "一二三四五六七八九十")


def test_a_policy_whose_heading_was_lost_is_found_by_its_own_title() -> None:
    text = COMPILATION + BODY + BODY + "优质企业培育管理暂行办法\n第一章 总则\n第一条 目的。\n"
    assert headings(text)[-1] == "优质企业培育管理暂行办法"


@pytest.mark.parametrize(
    "tail",
    [
        "附件1\n优质企业培育管理暂行办法\n第一章 总则\n",  # the title of an attachment
        "优质企业培育管理暂行办法\n一、总则\n",  # nothing begins afresh below it
    ],
)
def test_a_title_inside_a_policy_opens_nothing(tail: str) -> None:
    assert headings(COMPILATION + BODY + BODY + tail) == headings(COMPILATION)


def test_a_title_right_below_the_heading_is_the_same_policy() -> None:
    assert headings(COMPILATION + "丙市标准化奖励办法\n第一条 目的。\n") == headings(COMPILATION)


def test_each_policy_of_a_compilation_gets_its_own_id_and_date() -> None:
    documents = read_text(COMPILATION, source="raw.txt", given=Given()).documents
    assert [document.published.year for document in documents if document.published] == [2021, 2022, 2023]
    assert len({document.id for document in documents}) == 3


def test_a_title_given_for_a_compilation_is_not_given_to_each_of_its_policies() -> None:
    documents = read_text(COMPILATION, source="raw.txt", given=Given(id="mine", title="我的")).documents
    assert {document.title for document in documents}.isdisjoint({"我的"})
    assert "mine" not in {document.id for document in documents}
