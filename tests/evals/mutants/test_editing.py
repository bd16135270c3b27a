"""Changed records in a copy of an index: what is lost is not found any more, and the index itself stays as it is."""

from dataclasses import replace
from decimal import Decimal

import pytest

from corpus.records import Region
from evals.mutants.editing import (
    amounts_moved,
    cut_before,
    document_changed,
    facts_changed,
    ledger_changed,
    misread,
    without_document,
)
from evals.mutants.patching import MutantError
from index import HashEmbedder, open_index
from index.records import Query

YANGZHOU = Region(province="江苏省", city="扬州市")


@pytest.fixture
def index(home):
    opened = open_index(home, HashEmbedder())
    yield opened
    opened.close()


def found(index, text, documents=None):
    """The documents of what a search finds."""
    ids = None if documents is None else frozenset(documents)
    return {hit.passage.document_id for hit in index.search(Query(text=text, documents=ids, limit=100))}


def yuan(index, document_id):
    """The sums of a document's facts, by the place of their figures."""
    own = [fact for fact in index.ledger.facts if fact.document_id == document_id]
    return {fact.figure_start: fact.amount.yuan for fact in own}


def test_a_document_that_is_lost_is_nowhere(index):
    assert found(index, "标准") == {"xiaoshan", "qingdao"}
    left = without_document("qingdao")(index)
    assert [one.id for one in left.documents] == ["xiaoshan"]
    assert found(left, "标准") == found(left, "标准", ["xiaoshan", "qingdao"]) == {"xiaoshan"}
    assert {one.document_id for one in (*left.clauses, *left.ledger.facts, *left.ledger.rules)} == {"xiaoshan"}
    assert {one.document_id for one in index.ledger.facts} == found(index, "标准") == {"xiaoshan", "qingdao"}


def test_what_is_cut_off_is_gone_and_what_stands_before_it_keeps_its_place(index):
    whole = index.document("xiaoshan").text
    cut = cut_before("xiaoshan", "第四章")(index)
    assert cut.document("xiaoshan").text == whole[: whole.index("第四章")]
    assert all(one.end <= len(cut.document("xiaoshan").text) for one in cut.clauses if one.document_id == "xiaoshan")
    assert not any("2026年12月31日" in hit.passage.text for hit in cut.search(Query(text="有效期至", limit=100)))
    assert any("2026年12月31日" in hit.passage.text for hit in index.search(Query(text="有效期至", limit=100)))
    assert yuan(cut, "xiaoshan") == yuan(index, "xiaoshan")
    assert found(cut, "标准") == {"xiaoshan", "qingdao"}


def test_a_figure_that_is_misread_is_misread_in_text_and_ledger_at_its_place(index):
    text = index.document("qingdao").text
    other = misread("qingdao", "扶持29万元", "扶持92万元")(index)
    at = text.index("29万元")
    assert other.document("qingdao").text == text.replace("扶持29万元", "扶持92万元")
    assert yuan(index, "qingdao") | {at: Decimal(920_000)} == yuan(other, "qingdao")
    assert yuan(index, "qingdao")[at] == Decimal(290_000)
    assert any("92万元" in one.text for one in other.passages) and not any(
        "92万元" in one.text for one in index.passages
    )
    assert yuan(other, "xiaoshan") == yuan(index, "xiaoshan")


def test_a_document_is_filed_elsewhere(index):
    moved = document_changed("qingdao", lambda one: replace(one, region=YANGZHOU))(index)
    assert moved.document("qingdao").region == YANGZHOU
    assert index.document("qingdao").region.city == "青岛市"


def test_amounts_move_round_and_nothing_else_does(index):
    text = index.document("xiaoshan").text
    places = [text.index(figure) for figure in ("61万元", "31万元", "18万元")]
    moved = yuan(amounts_moved("xiaoshan", *places)(index), "xiaoshan")
    assert [moved[place] for place in places] == [Decimal(yuan_) * 10_000 for yuan_ in (31, 18, 61)]
    rest = yuan(index, "xiaoshan")
    assert {k: v for k, v in moved.items() if k not in places} == {k: v for k, v in rest.items() if k not in places}


def test_facts_are_lost_one_by_one(index):
    text = index.document("xiaoshan").text
    at = text.index("4万元，不含修订")
    lost = facts_changed(lambda fact: None if fact.id == f"xiaoshan@{at}" else fact, "xiaoshan")(index)
    assert set(yuan(index, "xiaoshan")) - set(yuan(lost, "xiaoshan")) == {at}


@pytest.mark.parametrize(
    "edit",
    [
        without_document("nowhere"),
        cut_before("xiaoshan", "第九十九条"),
        misread("xiaoshan", "万元", "元万"),  # stands there many times
        misread("xiaoshan", "七百万元", "八百万元"),
        document_changed("nowhere", lambda one: one),
        amounts_moved("xiaoshan", 1, 2),
        facts_changed(lambda fact: fact),
        facts_changed(lambda fact: None, "nowhere"),
        ledger_changed(lambda ledger: ledger),
    ],
)
def test_an_edit_that_finds_nothing_to_change_is_an_error(index, edit):
    with pytest.raises(MutantError, match="Next: aim the mutant at what the documents hold now"):
        edit(index)


def test_a_misreading_of_another_length_would_move_every_place_behind():
    with pytest.raises(ValueError, match="differ in length"):
        misread("xiaoshan", "31万元", "310万元")
