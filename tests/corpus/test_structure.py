"""Structure: clauses at their places, for the ways in which policies number their parts and conversion harms them."""

from collections.abc import Callable

import pytest

from corpus.records import PolicyDocument
from corpus.structure import read_clauses

Locate = Callable[..., dict[str, str]]
ARTICLES = """第一章 总则
第一条 为规范奖励，制定本办法。
第二条 下列单位可以申报：
（一）企业；
（二）社会团体，包括：
1.学会；
2.协会。
申报单位应当守信。
第二章 附则
第三条 本办法由市局解释。"""


def test_articles_are_located_by_number_through_all_chapters(locate_all: Locate) -> None:
    assert list(locate_all(ARTICLES)) == [
        "第一条",
        "第二条",
        "第二条（一）",
        "第二条（二）",
        "第二条（二） · 1",
        "第二条（二） · 2",
        "第二条第二款",
        "第三条",
    ]


def test_items_carry_chapter_article_and_list_head_as_heads(make_document: Callable[..., PolicyDocument]) -> None:
    clauses = {clause.locator: clause for clause in read_clauses(make_document(ARTICLES))}
    assert clauses["第二条（二） · 1"].heads == ("第一章 总则", "第二条 下列单位可以申报：", "（二）社会团体，包括：")
    assert clauses["第三条"].heads == ("第二章 附则",)


def test_ids_name_the_place_and_are_the_same_each_time(make_document: Callable[..., PolicyDocument]) -> None:
    document = make_document(ARTICLES)
    ids = [clause.id for clause in read_clauses(document)]
    assert ids[:4] == ["yunling-2025#a1", "yunling-2025#a2", "yunling-2025#a2.k1", "yunling-2025#a2.k2"]
    assert ids == [clause.id for clause in read_clauses(document)]


def test_arabic_numbers_continued_by_chinese_ones_are_one_row_of_parts(locate_all: Locate) -> None:
    text = "1、总则\n1.范围。适用本市。\n二、奖励\n1.甲奖。给予奖励。\n2.乙奖。给予奖励。\n3、附则\n本办法由市局解释。"
    assert list(locate_all(text)) == ["一、总则 · 1", "二、奖励 · 1", "二、奖励 · 2", "三、附则 · 第1段"]


def test_arabic_numbers_below_a_chinese_heading_keep_their_own_numbers(locate_all: Locate) -> None:
    """They were printed 一、, which the document does not say."""
    text = "一、任务\n1、培育企业。\n2、培养人才。\n二、保障\n1、加强领导。"
    assert list(locate_all(text)) == ["一、任务 · 1", "一、任务 · 2", "二、保障 · 1"]


def test_items_glued_behind_a_sentence_are_cut_off(locate_all: Locate) -> None:
    text = "第四条 奖励如下：（一）甲奖十万元；（二）乙奖五万元。\n第五条 另行规定。"
    assert locate_all(text) == {
        "第四条": "第四条 奖励如下：",
        "第四条（一）": "（一）甲奖十万元；",
        "第四条（二）": "（二）乙奖五万元。",
        "第五条": "第五条 另行规定。",
    }


def test_circled_items_glued_together_are_cut_apart(locate_all: Locate) -> None:
    text = "1.资助项目：①甲类，最高十万元；②乙类，最高五万元。"
    assert list(locate_all(text)) == ["1", "1①", "1②"]


def test_an_article_glued_behind_another_is_cut_off(locate_all: Locate) -> None:
    assert list(locate_all("第四条 给予奖励。第五条 另行规定。")) == ["第四条", "第五条"]


def test_a_reference_behind_a_full_stop_is_not_cut_off(locate_all: Locate) -> None:
    assert list(locate_all("第四条 给予奖励。第五条规定的情形除外。")) == ["第四条"]


def test_a_single_bracketed_number_in_a_sentence_is_no_item(locate_all: Locate) -> None:
    assert list(locate_all("第四条 按下列规定：（一）所列单位给予奖励。")) == ["第四条"]


def test_paragraphs_whose_article_numbers_were_lost_are_located_by_chapter_and_position(locate_all: Locate) -> None:
    text = (
        "第一章 总则\n为规范补助，制定本办法。\n补助除符合第七条外，还应符合：\n（一）公开；\n（二）公平。\n"
        "第二章 额度\n每项补助不高于十万元。"
    )
    assert list(locate_all(text)) == [
        "第一章 总则 · 第1段",
        "第一章 总则 · 第2段",
        "第一章 总则 · 第2段（一）",
        "第一章 总则 · 第2段（二）",
        "第二章 额度 · 第1段",
    ]


def test_a_list_head_is_a_head_of_its_items(make_document: Callable[..., PolicyDocument]) -> None:
    clauses = read_clauses(make_document("申报材料如下：\n（一）申请表；\n（二）证书。"))
    assert [clause.heads for clause in clauses] == [(), ("申报材料如下：",), ("申报材料如下：",)]


def test_a_paragraph_between_two_items_belongs_to_the_first(locate_all: Locate) -> None:
    """It was counted as a paragraph of the heading, apart from the item whose sentence it goes on with."""
    text = "一、奖励\n1.制定标准的，给予奖励。\n修订标准的，减半奖励。\n2.承担秘书处的，给予奖励。\n以上奖励不重复。"
    assert list(locate_all(text)) == ["一、奖励 · 1", "一、奖励 · 1 · 第2段", "一、奖励 · 2", "一、奖励 · 第1段"]


def test_a_paragraph_before_an_item_that_is_not_the_next_one_belongs_to_neither(locate_all: Locate) -> None:
    text = "一、奖励\n（一）甲奖，给予奖励；\n（二）乙奖，给予奖励。\n另有下列奖项。\n（四）丙奖，给予奖励。"
    assert locate_all(text)["一、奖励 · 第1段"] == "另有下列奖项。"


def test_a_reference_at_the_start_of_a_paragraph_is_no_article(locate_all: Locate) -> None:
    text = "第四条 单位可以申报。\n第三条所列单位优先。\n第五条 由市局解释。"
    assert list(locate_all(text)) == ["第四条", "第四条第二款", "第五条"]


def test_a_list_inside_the_interrupting_paragraph_stays_with_it(locate_all: Locate) -> None:
    text = "一、奖励\n（一）制定标准的，给予奖励。\n修订标准的，分别为：\n1.国际标准；\n2.国家标准。\n（二）其他奖励。"
    assert list(locate_all(text)) == [
        "一、奖励（一）",
        "一、奖励（一） · 第2段",
        "一、奖励（一） · 第2段 · 1",
        "一、奖励（一） · 第2段 · 2",
        "一、奖励（二）",
    ]


def test_the_last_item_has_paragraphs_when_the_one_before_had(locate_all: Locate) -> None:
    text = (
        "一、任务\n（一）培育企业。开展培训。\n建立名录。\n（二）培养人才。开展评价。\n建立档案。\n二、保障\n加强领导。"
    )
    assert list(locate_all(text)) == [
        "一、任务（一）",
        "一、任务（一） · 第2段",
        "一、任务（二）",
        "一、任务（二） · 第2段",
        "二、保障 · 第1段",
    ]


def test_a_paragraph_after_the_items_of_an_article_is_its_second(locate_all: Locate) -> None:
    text = "第五条 下列单位可以申报：\n（一）企业；\n（二）协会。\n材料另行公布。"
    assert list(locate_all(text)) == ["第五条", "第五条（一）", "第五条（二）", "第五条第二款"]


def test_a_short_first_paragraph_of_an_article_is_no_heading(locate_all: Locate) -> None:
    """It was taken for a heading, and the second paragraph for the first."""
    text = "第十三条 团体可以制定标准。\n鼓励团体合作。\n第十四条 另行规定。"
    assert locate_all(text)["第十三条第二款"] == "鼓励团体合作。"
    assert locate_all(text)["第十三条"] == "第十三条 团体可以制定标准。"


def test_an_article_with_a_title_is_the_head_of_its_items(make_document: Callable[..., PolicyDocument]) -> None:
    clauses = read_clauses(make_document("第四条 奖励标准\n（一）首次获奖的，给予奖励。\n（二）再次获奖的，减半。"))
    assert [(clause.locator, clause.heads) for clause in clauses] == [
        ("第四条（一）", ("第四条 奖励标准",)),
        ("第四条（二）", ("第四条 奖励标准",)),
    ]


def test_a_heading_with_a_full_stop_stands_above_its_paragraph(make_document: Callable[..., PolicyDocument]) -> None:
    clauses = read_clauses(
        make_document("一、任务\n（一）培育企业。\n每年培育一批企业。\n（二）培养人才。\n每年培养一批人才。")
    )
    assert [(clause.locator, clause.heads) for clause in clauses] == [
        ("一、任务（一） · 第1段", ("一、任务", "（一）培育企业。")),
        ("一、任务（二） · 第1段", ("一、任务", "（二）培养人才。")),
    ]


def test_articles_in_traditional_characters_count_among_the_others(locate_all: Locate) -> None:
    text = (
        "第二十一条 鼓励引用。\n第二十二條 應當建立評估機制。\n下列情形應當複審：\n(一)法規變化的；\n(二)技術變化的。"
    )
    assert list(locate_all(text)) == [
        "第二十一条",
        "第二十二条",
        "第二十二条第二款",
        "第二十二条第二款（一）",
        "第二十二条第二款（二）",
    ]


def test_a_heading_with_nothing_below_it_is_a_clause(locate_all: Locate) -> None:
    """The second entry of a list of attachments was taken for a heading and stood in no clause at all."""
    text = "一、附则\n附件：1.奖励清单（一）\n2.奖励清单（二）\n附件1\n奖励清单（一）\n甲奖十万元。"
    located = locate_all(text)
    assert located["一、附则 · 2"] == "2.奖励清单（二）"
    assert located["附件1 · 第2段"] == "甲奖十万元。"


def test_an_empty_chapter_is_a_clause(locate_all: Locate) -> None:
    assert locate_all("第一章 总则\n第二章 附则\n本办法由市局解释。")["第一章 总则"] == "第一章 总则"


def test_the_title_may_stand_below_a_letterhead_and_over_two_lines(
    make_document: Callable[..., PolicyDocument],
) -> None:
    text = "云政〔2025〕8号\n云岭市关于推进标准化工作\n促进发展的实施意见\n各区人民政府：\n提出如下意见。"
    document = make_document(text, title="云岭市关于推进标准化工作促进发展的实施意见")
    clauses = read_clauses(document)
    assert [clause.locator for clause in clauses] == ["第1段", "标题", "标题", "第2段", "第3段"]


@pytest.mark.parametrize(
    "line", ["2025年1月1日", "抄送：市委，市人大。", "（此件公开发布）", "云岭市人民政府办公室2025年1月1日印发"]
)
def test_what_stands_below_the_signature_is_no_paragraph_of_the_last_article(line: str, locate_all: Locate) -> None:
    assert list(locate_all(f"第五条 由市局解释。\n{line}")) == ["第五条", "落款"]


def test_attachments_are_located_by_number_and_headed_by_their_title(
    make_document: Callable[..., PolicyDocument],
) -> None:
    text = "第一条 目的。\n附件2\n评价标准\n一、指标\n1.规模（满分10分）\nA.大（10分）\nB.小（5分）\n备注：\n大为千人。"
    clauses = read_clauses(make_document(text))
    assert [clause.locator for clause in clauses] == [
        "第一条",
        "附件2 · 第1段",
        "附件2 · 一、指标 · 1 · A",
        "附件2 · 一、指标 · 1 · B",
        "附件2 · 备注 · 第1段",
    ]
    assert clauses[2].heads == ("附件2 评价标准", "一、指标", "1.规模（满分10分）")


def test_table_rows_are_clauses_and_know_category_and_columns(make_document: Callable[..., PolicyDocument]) -> None:
    text = "附件1\n奖励清单\n项目\t对象\t金额\n甲奖\t国家级\t10\n\t省级\t\n备注\n另行公布。"
    clauses = read_clauses(make_document(text))
    rows = [clause for clause in clauses if "行" in clause.locator]
    assert [(row.locator, row.heads[-1]) for row in rows] == [
        ("附件1 · 行1", "项目 / 对象 / 金额"),
        ("附件1 · 行2", "项目：甲奖；项目 / 对象 / 金额"),
    ]


def test_an_amount_is_never_carried_into_a_row_that_leaves_it_blank(
    make_document: Callable[..., PolicyDocument],
) -> None:
    text = "项目\t对象\t金额\n甲奖\t国家级\t最高10\n\t省级\t"
    assert "最高10" not in read_clauses(make_document(text))[1].heads[-1]


def test_an_empty_text_has_no_clauses(make_document: Callable[..., PolicyDocument]) -> None:
    assert read_clauses(make_document("")) == []


def test_more_than_a_hundred_items_are_located(locate_all: Locate) -> None:
    text = "\n".join(f"{n}、名单第{n}项，共一项。" for n in range(1, 121))
    assert "一百二十、" in locate_all(text)
