"""What holds for every list, every text and every document: figures keep their places, offsets lie in their clauses."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import packaged_documents, read_clauses
from corpus.awards import AmountKind, Extraction, extract_awards
from corpus.awards.malformed import LABELS
from corpus.awards.normalize import normalize
from corpus.awards.numerals import read_money, unit_of
from corpus.records import Clause, PolicyDocument
from tests.corpus.awards.lists import STANDARDS, AwardList, lists, sums
from tests.corpus.awards.made_up import document_of, extract, extract_document, one_clause, yuan_of

NUMERAL = re.compile(r"[\d零〇一二两三四五六七八九十百千]|减半|折半|半|全额|等额")
FRAGMENTS = [
    *"10万元 ５万元 3千元 0.8万 二十万元 50% 百分之三十 1:1 减半 三分之一 l.5万元 100,000元 2 19580 O".split(),
    *"国际标准 国家标准 主导 参与 制定 修订 秘书处 一等奖 二等奖 市级 省级 试点示范".split(),
    *"单位 企业 个人 前三位 第2名".split(),
    *"给予 奖励 分别 每项 最高 不超过 一次性 累计 按 的 其 上述 同类标准奖励额 每年 实际费用 就高不重复".split(),
    *"、 ， 。 ； ： （ ） “ ” 和 或 及 / ～ 第三条 （一） 𠮷 ①".split(),
    *(" ", "\u3000", "\n", "\t", "\x00", "\u200b"),
]
WIDE = str.maketrans({str(digit): chr(ord("０") + digit) for digit in range(10)} | {".": "．"})
SPACES = [" ", "  ", "\u3000", "\xa0", "\u200b"]
texts = st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join)
thorough = settings(max_examples=200, deadline=None)


def assert_in_place(document: PolicyDocument, clauses: Sequence[Clause], found: Extraction) -> None:
    """All offsets lie in the clause that is named, and a quote holds its figure."""
    text, places = document.text, {clause.id: clause for clause in clauses}
    for one in (*found.facts, *found.rules, *found.rejects):
        clause = places[one.clause_id]
        assert 0 <= clause.start <= one.start < one.end <= clause.end <= len(text), one
        assert (one.document_id, one.locator) == (document.id, clause.locator)
    for fact in found.facts:
        assert fact.start <= fact.figure_start < fact.figure_end <= fact.end, fact
        assert NUMERAL.search(normalize(text[fact.figure_start : fact.figure_end]).text), fact
    for rule in found.rules:
        assert all(rule.start <= start < end <= rule.end for start, end in rule.figures), rule
    ids = [fact.id for fact in found.facts]
    assert len(set(ids)) == len(ids)
    assert {id_ for fact in found.facts for id_ in fact.rests_on} <= set(ids)
    assert {reject.label for reject in found.rejects} <= LABELS.keys()


@given(lists())
@thorough
def test_each_of_a_list_gets_its_own_figure(made: AwardList) -> None:
    found = extract(made.text)
    assert yuan_of(found) == [one.yuan for one in made.sums]
    assert found.rejects == ()
    for name, one, fact in zip(made.names, made.sums, found.facts, strict=True):
        assert made.text[fact.figure_start : fact.figure_end] == one.printed
        assert name in fact.subject or name.removeprefix("省级").removeprefix("市级") in fact.labels
        assert fact.amount.kind is (AmountKind.CAP if made.cap else AmountKind.EXACT)
        assert (fact.per, fact.once) == (made.per.removeprefix("每"), bool(made.once))
        assert not (set(STANDARDS) - {name}) & set(fact.labels)


@given(lists(least=3), st.integers(0, 8))
@thorough
def test_a_figure_too_few_is_refused(made: AwardList, lost: int) -> None:
    lost %= len(made.sums)
    found = extract(replace(made, sums=made.sums[:lost] + made.sums[lost + 1 :]).text)
    assert found.facts == ()
    assert found.rejects


@given(lists(), sums(), st.integers(0, 9))
@thorough
def test_a_figure_too_many_is_refused(made: AwardList, more: object, place: int) -> None:
    place %= len(made.sums) + 1
    found = extract(replace(made, sums=(*made.sums[:place], more, *made.sums[place:])).text)
    assert found.facts == ()
    assert found.rejects


@given(lists(least=2), st.sampled_from(["万元", "千元", "元"]))
@thorough
def test_the_unit_of_the_last_figure_is_that_of_the_bare_ones_before_it(made: AwardList, unit: str) -> None:
    numbers = [str(7 + place) for place in range(len(made.names))]
    bare = [replace(one, printed=number) for one, number in zip(made.sums, numbers, strict=True)]
    last = replace(bare[-1], printed=numbers[-1] + unit)
    found = extract(replace(made, sums=(*bare[:-1], last)).text)
    assert yuan_of(found) == [read_money(number, unit=unit) for number in numbers]


@given(lists(), st.data())
@thorough
def test_width_and_blanks_change_no_sum(made: AwardList, data: st.DataObject) -> None:
    places = sorted(data.draw(st.lists(st.integers(1, len(made.text) - 1), max_size=8)), reverse=True)
    text = made.text.translate(WIDE)
    for place in places:
        text = text[:place] + data.draw(st.sampled_from(SPACES)) + text[place:]
    plain, varied = extract(made.text), extract(text)
    assert yuan_of(varied) == yuan_of(plain) == [one.yuan for one in made.sums]
    assert [fact.labels for fact in varied.facts] == [fact.labels for fact in plain.facts]
    for fact, one in zip(varied.facts, made.sums, strict=True):
        assert normalize(text[fact.figure_start : fact.figure_end]).text == one.printed


@pytest.mark.parametrize("document", packaged_documents(), ids=lambda document: document.id)
def test_what_is_read_from_a_packaged_document_lies_in_its_clause(document: PolicyDocument) -> None:
    clauses = read_clauses(document)
    found = extract_awards(document, clauses)
    assert_in_place(document, clauses, found)
    for fact in found.facts:
        printed = normalize(document.text[fact.figure_start : fact.figure_end]).text
        if not fact.rests_on and fact.amount.kind is not AmountKind.RANGE and unit_of(printed):
            assert read_money(printed) == fact.amount.yuan, fact


@given(texts)
@thorough
def test_any_clause_is_read_in_place_and_twice_alike(text: str) -> None:
    document, clauses = one_clause(text or "空")
    found = extract_awards(document, clauses)
    assert_in_place(document, clauses, found)
    assert extract_awards(document, clauses) == found


@given(texts)
@thorough
def test_any_document_is_read_in_place_and_twice_alike(text: str) -> None:
    document = document_of(text)
    found = extract_document(text)
    assert_in_place(document, read_clauses(document), found)
    assert extract_document(text) == found


@given(st.one_of(st.text(), texts), st.integers(0, 1000))
@thorough
def test_every_normalised_character_has_a_place_in_the_original(text: str, offset: int) -> None:
    plain = normalize(text, offset)
    assert len(plain.places) == len(plain.text)
    assert list(plain.places) == sorted(plain.places)
    for character, place in zip(plain.text, plain.places, strict=True):
        assert 0 <= place - offset < len(text)
        assert character in normalize(text[place - offset]).text
    kept = {place - offset for place in plain.places}
    for at, character in enumerate(text):
        blank = character.isspace() or unicodedata.category(character) == "Cf"
        assert (at in kept) != blank or normalize(character).text == "，", (at, character)
