"""Lines of a scan that were not read for sure make figures doubtful, in the ledger and in what is stored."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from corpus.anomaly import DOUBTFUL, AnomalyCode
from corpus.conversion.records import Unsure
from corpus.doubts import find_doubts, least_confident
from corpus.errors import CorpusError
from corpus.ledger import Ledger, read_ledger
from corpus.records import Doubt, PolicyDocument
from corpus.stored import read_document, write_document
from corpus.structure import read_clauses

TEXT = "第一条 主导制定国家标准的，奖励43万元。\n第二条 参与制定国家标准的，奖励17万元。\n"


def unsure(text: str, confidence: float = 0.6) -> Unsure:
    return Unsure(text=text, confidence=confidence, page=1)


def marked(text: str, *lines: Unsure, dropped: tuple[str, ...] = ()) -> list[str]:
    return [text[one.start : one.end] for one in find_doubts([text], lines, dropped)[0]]


def test_a_line_is_found_though_it_was_joined_and_its_spaces_mended() -> None:
    assert marked(TEXT, unsure("准的，奖励 43 万元。 第二条")) == ["准的，奖励43万元。\n第二条"]


def test_a_line_that_stands_twice_makes_both_doubtful() -> None:
    assert marked(TEXT, unsure("国家标准的，")) == ["国家标准的，", "国家标准的，"]


def test_at_one_place_the_least_confident_counts() -> None:
    (found,) = find_doubts([TEXT], [unsure("17万元", 0.7), unsure("17 万元", 0.4)])
    assert [one.confidence for one in found] == [0.4]


def test_a_figure_that_is_found_nowhere_makes_everything_doubtful() -> None:
    assert marked(TEXT, unsure("奖励48万元")) == [TEXT.rstrip("\n")]
    assert marked(TEXT, unsure("奖励办法附则")) == []
    assert marked(TEXT, unsure("— 3 —"), dropped=("— 3 —",)) == []


def test_a_line_of_one_document_of_a_file_leaves_the_others_alone() -> None:
    assert [len(one) for one in find_doubts(["奖励10万元", "奖励20万元"], [unsure("励20万")])] == [0, 1]


def test_what_touches_a_place_and_what_only_adjoins_it() -> None:
    doubts = (Doubt(start=2, end=5, confidence=0.9), Doubt(start=3, end=9, confidence=0.3))
    assert least_confident(doubts, 0, 2) is None
    assert least_confident(doubts, 0, 3) == doubts[0]
    assert least_confident(doubts, 4, 5) == doubts[1]
    assert least_confident(doubts, 9, 12) is None


def ledger(document: PolicyDocument) -> Ledger:
    return read_ledger([document], {document.id: read_clauses(document)})


@pytest.mark.parametrize("line", ["奖励43万元", "主导制定国家", "励43"])
def test_a_fact_read_unsurely_says_so(line: str, make_document: Callable[..., PolicyDocument]) -> None:
    """In the figure or in the words that say what it is for; the fact beside it stays clean."""
    document = make_document(TEXT)
    document = replace(document, doubts=find_doubts([document.text], [unsure(line)])[0])
    first, second = ledger(document).facts
    assert (first.anomalies, second.anomalies) == (("read_unsurely",), ())
    (anomaly,) = ledger(document).anomalies
    assert anomaly.code is AnomalyCode.UNSURE
    assert anomaly.code in DOUBTFUL
    assert "60%" in anomaly.detail


def test_a_head_read_unsurely_makes_its_rows_doubtful(make_document: Callable[..., PolicyDocument]) -> None:
    text = "奖励标准表\n类别\t奖励金额（万元）\n主导制定国家标准\t43\n参与制定国家标准\t17\n"
    document = make_document(text)
    document = replace(document, doubts=find_doubts([document.text], [unsure("类别 奖励金额（万元）")])[0])
    assert [fact.anomalies for fact in ledger(document).facts] == [("read_unsurely",)] * 2


def test_doubts_are_stored_and_read_back(make_document: Callable[..., PolicyDocument]) -> None:
    document = make_document("第一条 奖励10万元。")
    doubtful = replace(document, doubts=(Doubt(start=4, end=9, confidence=0.51),))
    assert read_document(write_document(doubtful), "x.md") == doubtful
    assert "doubts" not in write_document(document)


@pytest.mark.parametrize("listed", ["[[0, 99, 0.5]]", "[[3, 3, 0.5]]", "[[1, 2]]", "[a]", "7"])
def test_doubts_that_lie_outside_the_text_are_refused(
    listed: str, make_document: Callable[..., PolicyDocument]
) -> None:
    content = write_document(make_document("第一条 奖励10万元。"))
    with pytest.raises(CorpusError):
        read_document(content.replace("\n---\n", f"\ndoubts: {listed}\n---\n", 1), "x.md")
