"""The award ledger as a whole: facts have passages, ids are unique, nothing depends on the run, nothing is lost."""

import os
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from corpus import packaged_documents
from corpus.anomaly import AnomalyCode
from corpus.awards import Reject, RuleKind
from corpus.ledger import Derived, derive, read_ledger
from corpus.passages import PASSAGE_MAX
from corpus.records import PolicyDocument
from corpus.structure import read_clauses

MakeDocument = Callable[..., PolicyDocument]
TEXT = """第一条 主导制定国际标准、国家标准的单位，分别奖励90万元、40万元。
第二条 参与制定国家标准的，按主导制定奖励额的25%给予奖励。
第三条 获评甲等、乙等、丙等称号的，分别奖励6万元、4万元。
第四条 同一单位每年所获奖励总额不超过120万元。
第五条 激励额度如下：
事项\t奖励金额（万元）
主导制定团体标准\t2
"""
DIGEST = """
import hashlib
from corpus import packaged_documents
from corpus.ledger import derive
print(hashlib.sha256(repr(derive(packaged_documents())).encode()).hexdigest())
"""


@pytest.fixture
def derived(make_document: MakeDocument) -> Derived:
    return derive([make_document(TEXT), make_document(TEXT.replace("90", "70"), id="songchuan-2024")])


def test_the_ledger_holds_what_the_document_says(make_document: MakeDocument) -> None:
    ledger = derive([make_document(TEXT)]).ledger
    assert [fact.amount.yuan for fact in ledger.facts] == [Decimal(value) for value in (900000, 400000, 100000, 20000)]
    assert [(rule.kind, rule.yuan) for rule in ledger.rules] == [(RuleKind.YEARLY_LIMIT, Decimal(1200000))]
    (reject,) = ledger.rejects
    assert TEXT[reject.start : reject.end].startswith("获评甲等")
    assert ledger.anomalies == ()


def test_every_fact_has_a_passage_of_its_own_with_its_proof(derived: Derived) -> None:
    for fact in derived.ledger.facts:
        own = [one for one in derived.passages if one.document_id == fact.document_id and one.start == fact.start]
        passages = [one for one in own if one.context.endswith(fact.subject)]
        assert passages, fact.subject
        assert all(fact.figure_end <= one.end and one.clause_id == fact.clause_id for one in passages)


def test_ids_are_unique(derived: Derived) -> None:
    for ids in (
        [fact.id for fact in derived.ledger.facts],
        [passage.id for passage in derived.passages],
        [clause.id for clause in derived.clauses],
    ):
        assert len(set(ids)) == len(ids)


def test_facts_and_rules_name_clauses_and_facts_that_exist(derived: Derived) -> None:
    clauses = {clause.id: clause for clause in derived.clauses}
    facts = {fact.id for fact in derived.ledger.facts}
    for one in (*derived.ledger.facts, *derived.ledger.rules, *derived.ledger.rejects):
        assert clauses[one.clause_id].document_id == one.document_id
    assert {id_ for fact in derived.ledger.facts for id_ in fact.rests_on} <= facts


def test_documents_keep_their_order_and_their_own_figures(derived: Derived) -> None:
    firsts = {fact.document_id: fact.amount.yuan for fact in reversed(derived.ledger.facts)}
    assert [fact.document_id for fact in derived.ledger.facts] == ["yunling-2025"] * 4 + ["songchuan-2024"] * 4
    assert firsts == {"songchuan-2024": Decimal(700000), "yunling-2025": Decimal(900000)}


def test_the_passage_of_a_very_long_award_is_cut(make_document: MakeDocument) -> None:
    text = f"第一条 {'承担规模以上' * 80}国家级标准化试点的，奖励10万元。\n"
    derived = derive([make_document(text)])
    assert derived.ledger.facts
    assert all(len(passage.text) <= PASSAGE_MAX for passage in derived.passages)
    assert all(passage.text == text[passage.start : passage.end] for passage in derived.passages)


def test_a_document_without_awards_has_an_empty_ledger(make_document: MakeDocument) -> None:
    ledger = derive([make_document("第一条 本办法自公布之日起施行。\n")]).ledger
    assert (ledger.facts, ledger.rejects, ledger.anomalies) == ((), (), ())


def test_money_behind_two_thousand_characters_is_not_lost(make_document: MakeDocument) -> None:
    """Conversion loses full stops; what stands behind a very long stretch is read, refused or reported."""
    text = (
        f"第一条 获评国家级标准化试点的，奖励20万元。\n第二条 {'推进产业升级' * 400}主导制定国家标准的，奖励30万元。\n"
    )
    ledger = derive([make_document(text)]).ledger
    at = text.index("30万元")
    spans = [(one.figure_start, one.figure_end) for one in ledger.facts]
    spans += [(one.start, one.end) for one in ledger.rejects]
    spans += [(one.start, one.end) for one in ledger.anomalies if one.code is AnomalyCode.UNCOVERED]
    assert any(start <= at < end for start, end in spans)


def test_packaged_ledger_is_whole() -> None:
    documents = packaged_documents()
    ledger = read_ledger(documents, {document.id: read_clauses(document) for document in documents})
    ids = [fact.id for fact in ledger.facts]
    assert len(ids) > 400 and len(set(ids)) == len(ids)
    assert {id_ for fact in ledger.facts for id_ in fact.rests_on} <= set(ids)
    assert {id_ for anomaly in ledger.anomalies for id_ in anomaly.facts} <= set(ids)
    assert all(isinstance(reject, Reject) for reject in ledger.rejects)


def test_another_run_reads_the_same() -> None:
    """The index is named by what was read: an order that hangs on hashing would make a new one each time."""
    runs = [
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).resolve().parents[2],
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
