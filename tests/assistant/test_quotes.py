"""What is quoted of a clause that answers: verbatim, with the head or the row that it cannot be read without."""

import pytest

from assistant.quotes import WHOLE_SENTENCE_MAX, quote_limb, quote_row, read_row
from corpus.awards import extract_awards
from tests.assistant.policies import POLICIES

LIST = """海宁市标准化激励办法
第一条 对承担秘书处工作的单位，分级激励。激励数额如下：
（一）全国技术委员会，激励45万元；
（二）全国分技术委员会，激励26万元。
第二条 申请时提交申请表。
"""
TABLE = """海宁市标准化激励办法
第一条 数额见下表：
类别\t对象\t数额（万元）
标准化试点\t国家级项目\t22
\t省级项目\t11
良好行为\tAAAA级\t8
\tAAA级\t5
第二条 申请时提交申请表。
"""


def texts_of_quotes(quotes) -> list[str]:
    return [quote.text for quote in quotes]


def facts_of(texts, document_id="made-up"):
    return extract_awards(texts.documents[document_id], texts.of(document_id)).facts


def quote_fact(texts, fact, *, leans):
    return quote_limb(texts, texts.clauses[fact.clause_id], fact.start, fact.end, leans=leans)


def clause_of(texts, locator):
    return next(clause for clause in texts.of("made-up") if clause.locator == locator)


@pytest.mark.parametrize("document_id", POLICIES)
def test_every_award_is_quoted_verbatim_and_whole(assistant, document_id):
    texts = assistant.texts
    text = texts.documents[document_id].text
    for fact in facts_of(texts, document_id):
        quotes = quote_fact(texts, fact, leans=bool(fact.inherited))
        assert all(text[quote.start : quote.end] == quote.text != "" for quote in quotes)
        assert all(quote.text == quote.text.strip() for quote in quotes)
        assert any(quote.start <= fact.start and fact.end <= quote.end for quote in quotes)


def test_an_item_is_quoted_after_the_last_sentence_of_its_head(texts_of):
    texts = texts_of(LIST)
    item = clause_of(texts, "第一条（二）")
    quotes = quote_limb(texts, item, item.start, item.end, leans=True)
    assert texts_of_quotes(quotes) == ["激励数额如下：", "（二）全国分技术委员会，激励26万元。"]


def test_a_clause_behind_a_list_has_no_head(texts_of):
    texts = texts_of(LIST)
    clause = clause_of(texts, "第二条")
    assert texts.head_of(clause) is None
    assert texts_of_quotes(quote_limb(texts, clause, clause.start, clause.end, leans=False)) == [
        "第二条 申请时提交申请表。"
    ]


def test_the_items_of_a_head_are_its_own(texts_of):
    texts = texts_of(LIST)
    head = clause_of(texts, "第一条")
    assert [clause.locator for clause in texts.items_of(head)] == ["第一条（一）", "第一条（二）"]
    assert texts.items_of(clause_of(texts, "第二条")) == []


def test_a_row_comes_after_the_row_that_prints_what_it_takes_over(texts_of):
    texts = texts_of(TABLE)
    row = clause_of(texts, "第一条 · 行4")
    assert texts_of_quotes(quote_row(texts, row)) == ["良好行为\tAAAA级\t8", "AAA级\t5"]


def test_a_row_that_prints_its_category_stands_alone(texts_of):
    texts = texts_of(TABLE)
    row = clause_of(texts, "第一条 · 行3")
    assert texts_of_quotes(quote_row(texts, row)) == ["良好行为\tAAAA级\t8"]


def test_a_row_is_read_cell_by_cell_and_says_what_it_took_over(texts_of):
    texts = texts_of(TABLE)
    said = read_row(texts, clause_of(texts, "第一条 · 行4"))
    assert said == "类别：良好行为（合并单元格，见上方行）；对象：AAA级；数额（万元）：5"


def test_an_empty_cell_stays_unsaid(texts_of):
    """An empty amount is unknown, not the amount above it and not zero."""
    table = "类别\t对象\t数额（万元）\t办理\n良好行为\tAAAA级\t8\t窗口\n\tAA级\t\t邮寄\n"
    texts = texts_of(f"海宁市标准化激励办法\n第一条 数额见下表：\n{table}第二条 申请时提交申请表。")
    row = clause_of(texts, "第一条 · 行2")
    assert read_row(texts, row) == "类别：良好行为（合并单元格，见上方行）；对象：AA级；办理：邮寄"
    assert [fact.locator for fact in facts_of(texts)] == ["第一条 · 行1"]


def long_sentence(limbs: int) -> str:
    """A sentence of some limbs without a full stop."""
    parts = [f"第{number}档的标准化单位给予{number + 10}万元并在网站公开表彰" for number in range(1, limbs + 1)]
    return "；".join(parts) + "。"


def test_of_a_long_sentence_only_the_limb_is_quoted(texts_of):
    texts = texts_of(f"海宁市标准化激励办法\n第一条 分档激励，{long_sentence(12)}")
    fact = facts_of(texts)[5]
    alone = quote_fact(texts, fact, leans=False)
    assert texts_of_quotes(alone) == ["第6档的标准化单位给予16万元并在网站公开表彰"]
    leaning = quote_fact(texts, fact, leans=True)
    assert leaning[0].text.startswith("第一条 分档激励")
    assert leaning[0].text.endswith("给予16万元并在网站公开表彰")


def test_a_sentence_up_to_the_limit_is_quoted_whole_and_one_character_more_is_not(texts_of):
    opening, closing = "第一条 甲类单位给予3万元；乙类单位给予2万元并", "。"
    filler = WHOLE_SENTENCE_MAX - len(opening) - len(closing)
    for extra, whole in ((0, True), (1, False)):
        texts = texts_of(f"海宁市标准化激励办法\n{opening}{'鼓' * (filler + extra)}{closing}\n第二条 申请时提交表格。")
        [quote] = quote_fact(texts, facts_of(texts)[0], leans=False)
        assert quote.text.endswith(closing) is whole
        assert "甲类单位给予3万元" in quote.text


def test_of_a_long_clause_the_sentences_that_answer_are_quoted(ask, documents):
    """Clause 11 has six sentences in more than 240 characters; one says how large the share is."""
    answer = ask("萧山标准实施台账的抽查比例是多少")
    clause = next(c for c in answer.citations if "十分之一" in c.quote)
    assert clause.locator == "第十一条"
    assert clause.quote.startswith("区市场监管局每两年抽查一次台账")
    assert clause.quote.endswith("。")
    assert "移交清单" not in clause.quote


def test_a_list_is_quoted_with_all_its_items_where_all_are_asked_for(ask):
    answer = ask("萧山申请激励要提交哪些材料")
    assert [citation.locator for citation in answer.citations] == [
        "第八条",
        "第八条（一）",
        "第八条（二）",
        "第八条（三）",
    ]


def test_a_stretch_quoted_twice_keeps_one_marker(ask):
    """Two awards of one sentence."""
    answer = ask("萧山制定国家标准奖励多少")
    assert len(answer.citations) == 1
    assert len(answer.amounts) == 2
    assert answer.answer.count("[1]") == 3


def test_items_that_say_all_themselves_are_quoted_without_their_head(ask):
    answer = ask("萧山承担全国TC秘书处和全国SC秘书处分别奖励多少")
    assert [citation.locator for citation in answer.citations] == ["第五条（一）", "第五条（二）"]
