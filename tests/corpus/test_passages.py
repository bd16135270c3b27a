"""Passages: the size that is searched, inside their clauses, with the context that the clause itself lacks."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from corpus.library import packaged_documents
from corpus.passages import CUT_MAX, HEAD_MAX, PASSAGE_MAX, WHOLE_MAX, context_of, make_passages
from corpus.records import Clause, Passage, PolicyDocument, Region
from corpus.structure import read_clauses

MakeDocument = Callable[..., PolicyDocument]


def passages_of(document: PolicyDocument) -> list[Passage]:
    return make_passages(document, read_clauses(document))


@pytest.mark.parametrize(("length", "count"), [(WHOLE_MAX, 1), (WHOLE_MAX + 1, 2)])
def test_a_clause_is_cut_beyond_the_limit(length: int, count: int, make_document: MakeDocument) -> None:
    sentence = "甲奖给予奖励" + "甲" * 113 + "。"
    text = sentence + "乙" * (length - len(sentence) - 1) + "。"
    assert len(text) == length
    assert len(passages_of(make_document(text))) == count


def test_a_long_clause_is_cut_at_sentence_ends(make_document: MakeDocument) -> None:
    text = "第一条 " + "".join(f"第{n}种情形的单位应当在规定的期限内提出申请。" for n in range(20))
    passages = passages_of(make_document(text))
    assert len(passages) > 1
    assert all(passage.text.endswith("。") and len(passage.text) <= CUT_MAX for passage in passages)
    assert "".join(passage.text for passage in passages) == text


def test_a_long_sentence_is_cut_at_its_semicolons(make_document: MakeDocument) -> None:
    text = "；".join(f"获得第{n}类证书的单位给予一次性奖励{n}万元" for n in range(1, 30)) + "。"
    passages = passages_of(make_document(text))
    assert all(passage.text[-1] in "；。" for passage in passages)
    assert "".join(passage.text for passage in passages) == text


def test_a_limb_without_any_stop_is_cut_at_the_limit(make_document: MakeDocument) -> None:
    """Whole, it was cut off unseen by the embedding model."""
    text = "标准" * PASSAGE_MAX
    passages = passages_of(make_document(text))
    assert [len(passage.text) for passage in passages] == [PASSAGE_MAX, PASSAGE_MAX]
    assert "".join(passage.text for passage in passages) == text


def test_a_row_of_a_table_is_never_cut(make_document: MakeDocument) -> None:
    row = "甲奖\t" + "国家级。" * 100 + "\t10"
    (passage,) = passages_of(make_document(row))
    assert passage.text == row


def test_the_context_names_title_and_heads_and_the_region_only_where_the_title_does_not(
    make_document: MakeDocument,
) -> None:
    document = make_document("第一章 总则\n第一条 下列单位：\n（一）企业。")
    clause = read_clauses(document)[1]
    assert context_of(document, clause) == "云岭市标准化奖励办法 第一章 总则 第一条 下列单位"
    untitled = replace(document, title="标准化奖励办法")
    assert context_of(untitled, clause) == "云岭省云岭市 标准化奖励办法 第一章 总则 第一条 下列单位"
    assert context_of(replace(document, region=Region()), clause).startswith("全国 ") is True


def test_a_long_head_is_shortened_in_the_context(make_document: MakeDocument) -> None:
    document = make_document("文")
    clause = Clause(id="a#1", document_id="a", locator="1", heads=("头" * (HEAD_MAX + 1),), start=0, end=1)
    assert context_of(document, clause).count("头") == HEAD_MAX


def test_the_id_changes_with_text_context_and_place_and_with_nothing_else(make_document: MakeDocument) -> None:
    document = make_document("第一条 目的。\n第二条 目的。")
    first = passages_of(document)
    assert [passage.id for passage in first] == [passage.id for passage in passages_of(document)]
    assert len({passage.id for passage in first}) == 2
    assert first[0].id == passages_of(replace(document, source="else.txt", issuer="某局"))[0].id
    assert first[0].id != passages_of(replace(document, title="云岭市另一办法"))[0].id
    assert first[1].id != passages_of(replace(document, text="第一条 目的。\n\n第二条 目的。"))[1].id


@pytest.fixture(scope="module")
def packaged() -> list[tuple[PolicyDocument, list[Clause], list[Passage]]]:
    documents = packaged_documents()
    clauses = [read_clauses(document) for document in documents]
    return [(d, c, make_passages(d, c)) for d, c in zip(documents, clauses, strict=True)]


Packaged = list[tuple[PolicyDocument, list[Clause], list[Passage]]]


def test_packaged_passages_quote_the_text_inside_their_clause(packaged: Packaged) -> None:
    for document, clauses, passages in packaged:
        by_id = {clause.id: clause for clause in clauses}
        for passage in passages:
            clause = by_id[passage.clause_id]
            assert clause.start <= passage.start < passage.end <= clause.end
            assert passage.text == document.text[passage.start : passage.end]


def test_packaged_passages_hold_every_character_of_their_clauses(packaged: Packaged) -> None:
    for document, clauses, passages in packaged:
        in_clauses = "".join("".join(document.text[clause.start : clause.end].split()) for clause in clauses)
        in_passages = "".join("".join(passage.text.split()) for passage in passages)
        assert in_passages == in_clauses, document.id


def test_packaged_passages_are_short_enough_to_embed(packaged: Packaged) -> None:
    lengths = [len(passage.text) for _, _, passages in packaged for passage in passages]
    assert max(lengths) <= PASSAGE_MAX


def test_packaged_ids_are_unique(packaged: Packaged) -> None:
    ids = [passage.id for _, _, passages in packaged for passage in passages]
    assert len(set(ids)) == len(ids)
