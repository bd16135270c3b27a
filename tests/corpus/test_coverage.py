"""Coverage: every character of a text stands in a clause, in a heading of one, or in the head of its table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.library import packaged_documents
from corpus.records import PolicyDocument
from corpus.structure import read_clauses
from tests.corpus.awards.made_up import document_of

LABELS = [
    "附件1",
    "第一编 编",
    "第一章 章",
    "第二章 章",
    "第一节 节",
    "第一条 条",
    "第二条",
    "第三條 條",
    "一、",
    "二、",
    "1、",
    "2、",
]
LABELS += ["（一）", "（二）", "（三）", "1.", "2.", "（1）", "①", "A.", "——", "附则", "备注：", ""]
BODIES = [
    "",
    "奖励",
    "给予奖励。",
    "如下：",
    "甲；",
    "给予奖励。（一）甲；（二）乙。",
    "项目\t金额",
    "甲\t10",
    "\t5",
    "2025年1月1日",
]
LINE = st.tuples(st.sampled_from(LABELS), st.sampled_from(BODIES)).map("".join)


def assert_nothing_is_lost(document: PolicyDocument) -> None:
    """Clauses follow each other, and what stands in none of them is a heading or a head of theirs."""
    text = document.text
    clauses = read_clauses(document)
    assert len({clause.id for clause in clauses}) == len(clauses)
    assert all(text[clause.start : clause.end].strip() and clause.locator for clause in clauses)
    assert all(before.end <= after.start for before, after in zip(clauses, clauses[1:], strict=False))
    heads = {"".join(head.split()) for clause in clauses for head in clause.heads}
    words = {"".join(word.split()) for head in heads for word in head.replace("；", "/").split("/")}
    position = 0
    for start, end in [*((clause.start, clause.end) for clause in clauses), (len(text), len(text))]:
        for line in filter(str.strip, text[position:start].split("\n")):
            bare = "".join(line.split())
            cells = {"".join(cell.split()) for cell in line.split("\t") if cell.strip()}
            in_table = "\t" in line and all(any(cell in word for word in words | heads) for cell in cells)
            in_heading = any(bare == head or head.startswith(bare) for head in heads)
            assert in_heading or in_table, line
        position = end


@pytest.mark.parametrize("document", packaged_documents(), ids=lambda document: document.id)
def test_nothing_of_a_packaged_document_is_lost(document: PolicyDocument) -> None:
    assert_nothing_is_lost(document)


@given(st.lists(LINE, max_size=14).map("\n".join))
def test_nothing_of_any_text_is_lost(text: str) -> None:
    assert_nothing_is_lost(document_of(text))
