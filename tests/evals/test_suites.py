"""The project's own suites: enough of every sort, over all documents, each gold with its clause and its reason."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import get_args

import pytest

from evals.cases import Case, ClaimGold, FigureCase, Gold, Persona, QuestionType, RetrievalCase, TalkCase, golds_of
from evals.loading import FOLDER, SUITES, Suite, load_suite, misplaced, packaged_sources
from evals.places import SNIPPET_MAX, squeeze
from evals.probes import AnswerProbe, ClaimProbe, SearchProbe, probes_of

LEAST_CASES = {
    "retrieval": 150,
    "extraction": 600,
    "claims": 300,
    "answers": 450,
    "conversation": 180,
    "refusal": 250,
    "robustness": 110,
}
LEAST_TYPES = {
    "award_calc": 250,
    "not_found": 200,
    "award_lookup": 150,
    "follow_up": 150,
    "procedure": 120,
    "validity": 50,
    "definition": 50,
    "clarify": 40,
    "award_compare": 35,
    "aggregate": 35,
    "anomaly": 8,
}
SOURCES = packaged_sources()
LOADED = {name: load_suite(name) for name in SUITES}
WRITTEN = [case for suite in LOADED.values() for case in suite.cases if not isinstance(case, FigureCase)]
GOLDS = [(case, gold) for case in WRITTEN for gold in golds_of(case)]


def ids(pairs: list[tuple[Case, Gold | ClaimGold]]) -> list[str]:
    return [case.id for case, _ in pairs]


def put(suite: Suite) -> Iterator[str]:
    """What is put to the assistant, written so that two alike are equal."""
    for probe in probes_of(suite):
        if isinstance(probe, AnswerProbe):
            yield probe.question.model_dump_json(exclude={"id"})
        elif isinstance(probe, ClaimProbe):
            yield probe.claim.model_dump_json()
        elif isinstance(probe, SearchProbe):
            yield f"search: {probe.case.question}"


@pytest.mark.parametrize("name", SUITES)
def test_each_suite_is_large_enough(name: str) -> None:
    assert len(LOADED[name].cases) >= LEAST_CASES[name]
    assert LOADED[name].name == name


def test_every_file_of_cases_is_a_suite() -> None:
    assert {file.stem for file in FOLDER.glob("*.jsonl")} | {"extraction"} == set(SUITES)


def test_every_type_is_asked_for_in_numbers() -> None:
    kinds = Counter(case.type for case in WRITTEN)
    assert LEAST_TYPES.keys() == set(get_args(QuestionType))
    assert {kind: kinds[kind] for kind, least in LEAST_TYPES.items() if kinds[kind] < least} == {}


def test_every_persona_asks_in_numbers() -> None:
    personas = Counter(case.persona for case in WRITTEN)
    assert personas.keys() == set(get_args(Persona))
    assert min(personas.values()) >= 200, personas


def test_talks_claims_and_wordings_are_asked_in_numbers() -> None:
    forms = Counter(type(case).__name__ for case in WRITTEN)
    assert forms["TalkCase"] >= 40 and forms["ClaimCase"] >= 40 and forms["WordingCase"] >= 60, forms
    turns = [len(case.turns) for case in WRITTEN if isinstance(case, TalkCase)]
    assert max(turns) >= 3


def test_every_document_is_searched_and_asked_about() -> None:
    searched = {case.document for case in WRITTEN if isinstance(case, RetrievalCase)}
    asked = {id_ for _, gold in GOLDS for id_ in gold.ids}
    assert (set(SOURCES.documents) - searched, set(SOURCES.documents) - asked) == (set(), set())


def test_every_id_is_unique_across_all_suites() -> None:
    found = Counter(case.id for suite in LOADED.values() for case in suite.cases)
    assert [id_ for id_, count in found.items() if count > 1] == []
    probes = Counter((suite.name, probe.id) for suite in LOADED.values() for probe in probes_of(suite))
    assert [key for key, count in probes.items() if count > 1] == []


def test_nothing_is_asked_twice() -> None:
    asked = Counter(one for suite in LOADED.values() for one in put(suite))
    assert [one for one, count in asked.items() if count > 1] == []


def test_every_case_meets_the_documents() -> None:
    told = {case.id: list(misplaced(case, SOURCES)) for suite in LOADED.values() for case in suite.cases}
    assert {id_: faults for id_, faults in told.items() if faults} == {}


def test_snippets_are_no_wording() -> None:
    quotes = [(case.id, quote) for case, gold in GOLDS for quote in gold.quote]
    anchors = [(case.id, case.anchor) for case in WRITTEN if isinstance(case, RetrievalCase)]
    assert [one for one in (*quotes, *anchors) if len(squeeze(one[1])) > SNIPPET_MAX] == []


def test_every_gold_has_its_reason() -> None:
    assert ids([(case, gold) for case, gold in GOLDS if not gold.why.strip()]) == []


def test_what_is_answered_has_its_document_and_its_clause() -> None:
    assert ids([(case, gold) for case, gold in GOLDS if gold.status == "answered" and not gold.ids]) == []
    assert ids([(case, gold) for case, gold in GOLDS if gold.status == "answered" and not gold.quote]) == []


def test_every_gold_sum_says_how_it_comes_about() -> None:
    assert ids([(case, gold) for case, gold in GOLDS if len(gold.how) != len(gold.yuan)]) == []


def test_a_question_without_an_answer_has_no_place() -> None:
    unanswered = [gold for _, gold in GOLDS if gold.status in ("not_found", "needs_clarification")]
    assert len(unanswered) >= 250
    assert {SOURCES.places_of(gold) for gold in unanswered} == {()}


def test_an_answer_from_several_documents_quotes_each() -> None:
    several = [(case, gold) for case, gold in GOLDS if gold.documents]
    assert len(several) >= 30
    wrong = [(c, g) for c, g in several if {place.document for place in SOURCES.places_of(g)} != set(g.documents)]
    assert ids(wrong) == []


def test_every_suite_says_what_it_is_on_its_first_line() -> None:
    for file in FOLDER.glob("*.jsonl"):
        with file.open(encoding="utf-8") as lines:
            head = json.loads(next(lines))
        assert (head["suite"], head["version"], bool(head["about"])) == (file.stem, 1, True)
