"""The ledger file: what is written is read back unchanged, SQL can ask it, damage is told when it is opened."""

import json
import sqlite3
from contextlib import closing
from dataclasses import fields
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.anomaly import Anomaly, AnomalyCode
from corpus.awards import Amount, AmountKind, AwardFact, AwardRule, Reject, RuleKind
from corpus.ledger import Ledger, derive
from index import HashEmbedder, IndexDamaged, IndexStale, build_index, open_index
from index.ledger import read_ledger_file, write_ledger
from index.snapshot import LEDGER, MANIFEST
from tests.index.conftest import MadeUp, document_of

SENTENCES = [
    "主导制定国际标准、国家标准的，分别奖励80万元、30.5万元。",
    "参与制定国家标准的，按主导制定奖励额的三分之一给予奖励。",
    "获评标准化试点的，给予10万元至20万元补助，同一单位每年不超过90万元。",
    "承办国际标准化会议的，按实际发生费用的30%给予补助，最高不超过20万元。",
    "获评甲等、乙等、丙等的，分别奖励3万元、2万元。",
    "主导制定行业标准的，奖励200万元。",
    "协会年度活动开销约3万元。",
]
WHERE = {"document_id": "made-up-1", "clause_id": "made-up-1#1", "locator": "第1条", "start": 0, "end": 4}
PLACES = st.integers(0, 2**31)
MONEY = st.decimals(0, 10**12, allow_nan=False, allow_infinity=False)


@pytest.fixture
def made_up() -> MadeUp:
    return document_of(1, SENTENCES)


@pytest.fixture
def ledger(made_up) -> Ledger:
    return derive(made_up.documents).ledger


@pytest.fixture
def file(made_up, ledger, tmp_path):
    path = tmp_path / LEDGER
    write_ledger(path, made_up.documents, ledger)
    return path


def rows(path, query, *values):
    with closing(sqlite3.connect(path)) as store:
        return store.execute(query, values).fetchall()


def test_what_was_read_from_documents_is_read_back_unchanged(file, ledger):
    assert ledger.facts and ledger.rules and ledger.rejects and ledger.anomalies
    assert read_ledger_file(file) == ledger


def test_types_survive(file):
    for fact in read_ledger_file(file).facts:
        assert isinstance(fact.amount, Amount) and isinstance(fact.amount.kind, AmountKind)
        for number in (fact.amount.yuan, fact.amount.low, fact.amount.rate, fact.amount.ceiling):
            assert number is None or isinstance(number, Decimal)
        lists = (fact.labels, fact.inherited, fact.ranks, fact.conditions, fact.rests_on, fact.anomalies)
        assert all(isinstance(one, tuple) for one in lists)


AT = {name: st.just(value) for name, value in WHERE.items()}
FIGURES = st.lists(st.tuples(PLACES, PLACES)).map(tuple)
amounts = st.builds(Amount, yuan=st.none() | MONEY, low=st.none() | MONEY, rate=st.none() | MONEY, ceiling=MONEY)
facts = st.builds(AwardFact, **AT, amount=amounts, figure_start=PLACES, figure_end=PLACES, ranks=st.tuples(PLACES))
rules = st.builds(AwardRule, **AT, yuan=MONEY, rate=st.none(), figures=FIGURES)
rejects = st.builds(Reject, **AT)
anomalies = st.builds(Anomaly, **AT)
ledgers = st.builds(
    Ledger,
    facts=st.tuples(facts),
    rules=st.tuples(rules),
    rejects=st.tuples(rejects, rejects),
    anomalies=st.tuples(anomalies),
)


@given(ledgers)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_record_is_read_back_unchanged(made_up, tmp_path_factory, ledger):
    path = tmp_path_factory.mktemp("any") / LEDGER
    write_ledger(path, made_up.documents, ledger)
    assert read_ledger_file(path) == ledger


@pytest.mark.parametrize("number", ["0.1", "3333.33", "100000000000000.01", "1E+6", "0.333333333333333333333333333"])
def test_no_figure_passes_through_a_float(number, made_up, tmp_path):
    rule = AwardRule(
        **WHERE, id="r", kind=RuleKind.TOTAL_LIMIT, labels=(), yuan=Decimal(number), rate=None, figures=((0, 1),)
    )
    write_ledger(tmp_path / LEDGER, made_up.documents, Ledger(rules=(rule,)))
    assert read_ledger_file(tmp_path / LEDGER).rules[0].yuan == Decimal(number)
    assert Decimal(rows(tmp_path / LEDGER, "SELECT yuan FROM rule")[0][0]) == Decimal(number)


def test_an_empty_ledger_is_read_back_empty(made_up, tmp_path):
    write_ledger(tmp_path / LEDGER, made_up.documents, Ledger())
    assert read_ledger_file(tmp_path / LEDGER) == Ledger()


def test_people_find_a_sum_by_its_labels(file):
    found = rows(file, "SELECT yuan, quote FROM fact WHERE labels LIKE '%行业标准%'")
    assert found == [("2000000", "主导制定行业标准的，奖励200万元")]


def test_columns_quote_the_document(file, made_up):
    text = made_up.documents[0].text
    assert rows(file, "SELECT text FROM document") == [(text,)]
    for table in ("fact", "rule", "reject"):
        found = rows(file, f"SELECT start, end, quote FROM {table}")
        assert found and all(quote and text[start:end] == quote for start, end, quote in found)


def test_a_record_holds_every_field(file):
    (record, *_) = rows(file, "SELECT record FROM fact")[0]
    assert json.loads(record).keys() == {field.name for field in fields(AwardFact)}


def test_facts_stand_in_order_and_join_their_document(file, ledger):
    found = rows(file, "SELECT fact.id FROM fact JOIN document ON fact.document = document.id ORDER BY fact.rowid")
    assert [id_ for (id_,) in found] == [fact.id for fact in ledger.facts]


@pytest.fixture
def home(made_up, tmp_path, quick_build):
    build_index(
        made_up.documents,
        derive(made_up.documents),
        home=tmp_path,
        embedder=HashEmbedder(),
        force=False,
        progress=False,
    )
    return tmp_path


def test_the_index_hands_out_the_ledger_it_was_built_with(home, ledger):
    index = open_index(home, HashEmbedder())
    assert index.ledger == ledger
    index.close()


@pytest.mark.parametrize("damage", [b"", b"no database at all", None])
def test_a_damaged_ledger_is_refused_with_the_command_that_mends_it(damage, home):
    (path,) = home.rglob(LEDGER)
    path.unlink() if damage is None else path.write_bytes(damage)
    with pytest.raises(IndexDamaged, match=rf"{LEDGER}.*jiangbu build --force"):
        open_index(home, HashEmbedder())


def test_an_index_from_before_there_was_a_ledger_is_refused(home):
    (path,) = home.rglob(MANIFEST)
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"format": 2}), encoding="utf-8")
    with pytest.raises(IndexStale, match="format 2"):
        open_index(home, HashEmbedder())


def test_the_file_is_only_read(file):
    before = file.read_bytes()
    read_ledger_file(file)
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == [LEDGER]


def test_every_kind_of_finding_is_written(made_up, tmp_path):
    found = tuple(Anomaly(**WHERE, code=code, detail="两处不一致", facts=("a", "b")) for code in AnomalyCode)
    write_ledger(tmp_path / LEDGER, made_up.documents, Ledger(anomalies=found))
    assert read_ledger_file(tmp_path / LEDGER).anomalies == found
