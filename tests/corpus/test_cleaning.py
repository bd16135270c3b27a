"""Cleaning: debris goes and is listed, white space inside words goes, torn lines join, nothing else changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cleaning import TORN_LINE_MIN, continues, join_lines, mend_spaces, strip_debris
from corpus.compilation import Part, raw_lines
from corpus.intake import clean_part

LONG = "对上一年度在本市办过三次以上标准宣传活动的各类企业和机构"  # longer than TORN_LINE_MIN, no full stop


@pytest.mark.parametrize(
    ("line", "clean", "reasons"),
    [
        ("[bookmark: _Toc123]一、奖励", "一、奖励", ["bookmark"]),
        ("**一、奖励**", "一、奖励", ["markdown emphasis", "markdown emphasis"]),
        ("- （一）首次获奖", " （一）首次获奖", ["markdown bullet"]),
        ("- B. 部分满足", " B. 部分满足", ["markdown bullet"]),
        ("  — 12 —  ", "", ["page number"]),
        ("奖励 10—12 万元", "奖励 10—12 万元", []),
        ("-5% 以下", "-5% 以下", []),
        ("——到期复审", "——到期复审", []),
    ],
)
def test_debris_is_removed_and_named(line: str, clean: str, reasons: list[str]) -> None:
    kept, dropped = strip_debris(line, 100, "raw.txt")
    assert kept == clean
    assert [piece.reason for piece in dropped] == reasons


def test_dropped_debris_knows_its_place_in_the_raw_file() -> None:
    raw = "一、**奖励**"
    _, dropped = strip_debris(raw, 1000, "raw.txt")
    assert [(piece.start, piece.end, piece.text) for piece in dropped] == [(1002, 1004, "**"), (1006, 1008, "**")]


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("获 得市级项目的给予 10 万元", "获得市级项目的给予10万元"),
        ("第 三 条　单位应当申报", "第三条 单位应当申报"),
        ("（ 一 ）首次获奖", "（一）首次获奖"),
        ("市财政局 市场监督管理局", "市财政局 市场监督管理局"),
        ("取得 ISO 9001 证书", "取得 ISO 9001证书"),
        ("GB/T 1.1 的规定", "GB/T 1.1的规定"),
        ("有效期 3 年 。", "有效期3年。"),
        ("全角　空格", "全角 空格"),
    ],
)
def test_spaces_inside_words_and_numbers_go_and_others_stay(line: str, mended: str) -> None:
    assert mend_spaces(line) == mended


def test_a_label_keeps_apart_from_the_number_behind_it() -> None:
    """`2. 2021年度…` was closed up to 2.2021, which is no label, and was then joined to the line above."""
    assert mend_spaces("2. 2021 年度名单") == "2. 2021年度名单"
    assert join_lines(["附件：1. 2022年度企业标准领跑者重点领域建议表", mend_spaces("2. 2021 年度名单")])[1:] == [
        "2. 2021年度名单"
    ]


@pytest.mark.parametrize(
    ("line", "following"),
    [
        (f"{LONG}，分", "别一次性补助"),
        ("通过验收的，给予 10 万元、", "5 万元奖励。"),
        (LONG, "分别给予奖励。"),
        ("第二条", "本市单位适用本办法。"),
        ("按照《云岭市章程", "》的规定执行。"),
        ("首次获奖的单位", "，给予奖励。"),
    ],
)
def test_a_page_break_in_a_sentence_is_mended(line: str, following: str) -> None:
    assert continues(line, following)


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("本办法自印发之日起施行。", "云岭市人民政府"),
        ("一、奖励范围", "首次获奖的单位给予奖励。"),
        (f"{LONG}，分别奖励：", "（一）首次获奖的；"),
        (LONG, "（二）再次获奖的；"),
        (LONG, "2025年1月1日"),
        ("云岭市人民政府", "关于标准化工作的意见"),
        (f"云岭市关于{LONG}的奖励办法", "各区人民政府，市直各单位："),
        ("类别\t金额", "国家标准\t10"),
        (LONG, "国家标准\t10"),
        ("一、云岭市标准化奖励办法", "（发布时间：2025年1月1日）"),
        ("第二条", "（一）首次获奖的；"),
    ],
)
def test_what_ends_on_purpose_is_not_joined(line: str, following: str) -> None:
    assert not continues(line, following)


def test_a_line_is_torn_from_a_length_on() -> None:
    line = ("标准" * TORN_LINE_MIN)[:TORN_LINE_MIN]
    assert continues(line, "奖励。")
    assert not continues(line[:-1], "奖励。")


def test_a_short_last_line_ends_what_was_joined() -> None:
    """The length was taken of all that had been joined, so that a joined paragraph swallowed the signature."""
    assert join_lines([LONG, "给予奖励", "云岭市人民政府"]) == [f"{LONG}给予奖励", "云岭市人民政府"]


def test_words_in_latin_letters_keep_a_space_at_the_seam() -> None:
    assert join_lines(["取得国际标准化组织颁发的证书并且通过复审的单位按照 quality", "management 体系"]) == [
        "取得国际标准化组织颁发的证书并且通过复审的单位按照 quality management 体系"
    ]


PIECES = st.sampled_from(
    [
        "第一条",
        "第二条 单位",
        "（一）",
        "1.",
        "2、",
        "——",
        "- （二）",
        "**",
        "[bookmark: a]",
        "— 3 —",
        "附件1",
        "\t",
        " ",
        "　",
    ]
    + [
        "分",
        "别给予",
        "10",
        "万元",
        "、",
        "，",
        "。",
        "；",
        "：",
        "ISO",
        "5.5",
        "《",
        "》",
        "（",
        "）",
        "奖励办法",
        "年",
        "\xa0",
    ]
)


@given(st.lists(st.lists(PIECES, max_size=8).map("".join), max_size=12).map("\n".join))
def test_no_character_is_lost(raw: str) -> None:
    """White space aside, what was dropped and what was kept are together the raw text, in order."""
    lines, dropped = clean_part(Part(lines=tuple(raw_lines(raw)), heading=None, dropped=()), "raw.txt")
    kept = list(raw)
    for piece in dropped:
        assert raw[piece.start : piece.end] == piece.text
        kept[piece.start : piece.end] = [""] * len(piece.text)
    assert "".join("".join(lines).split()) == "".join("".join(kept).split())


@given(st.text(max_size=80))
def test_no_character_of_any_text_is_lost(raw: str) -> None:
    lines, dropped = clean_part(Part(lines=tuple(raw_lines(raw)), heading=None, dropped=()), "raw.txt")
    kept = list(raw)
    for piece in dropped:
        kept[piece.start : piece.end] = [""] * len(piece.text)
    assert "".join("".join(lines).split()) == "".join("".join(kept).split())


def test_a_table_drawn_with_bars_becomes_rows_and_every_bar_is_accounted_for() -> None:
    raw = ["| 类别 | 金额（万元） |", "| --- | :---: |", "|  | 20 |", "A|B 型泵阀"]
    cleaned = [strip_debris(line, 100, "made-up.md") for line in raw]
    assert [[cell.strip() for cell in text.split("\t")] for text, _ in cleaned] == [
        ["类别", "金额（万元）"],
        [""],
        ["", "20"],
        ["A|B 型泵阀"],
    ]
    assert [len(dropped) for _, dropped in cleaned] == [3, 1, 3, 0]
    for line, (_, dropped) in zip(raw, cleaned, strict=True):
        assert all(line[one.start - 100 : one.end - 100] == one.text for one in dropped)
