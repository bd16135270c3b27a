"""What no baseline may ever let pass, asked of the assistant over the packaged documents."""

import pytest

from assistant.answer import Assistant
from corpus.records import PolicyDocument
from evals.cases import QuestionCase
from evals.loading import load_suite, packaged_sources
from evals.probes import AnswerProbe, probes_of
from evals.under_test import UnderTest
from index import Index

OUTSIDE = "o-"  # ids of the questions from outside the field, and at its edge
OUTSIDE_ANSWERED_MAX = 0.1
SOURCES = packaged_sources()


@pytest.fixture(scope="module")
def to(packaged_index: Index) -> UnderTest:
    return UnderTest(packaged_index, Assistant(packaged_index))


@pytest.fixture(scope="module")
def refusals(to: UnderTest) -> dict[str, dict[str, object]]:
    """What comes back for every question that no document answers, by id."""
    probes = [one for one in probes_of(load_suite("refusal")) if isinstance(one, AnswerProbe)]
    return {one.id: one.put(to) for one in probes if one.gold.status == "not_found"}


def test_a_refusal_never_offers_a_figure(refusals: dict[str, dict[str, object]]) -> None:
    refused = {id_: back for id_, back in refusals.items() if back["status"] == "not_found"}
    assert len(refused) >= 200
    assert [id_ for id_, back in refused.items() if back["amounts"]] == []
    assert [id_ for id_, back in refused.items() if "万元" in str(back["answer"])] == []


def test_questions_from_outside_the_field_are_hardly_answered(refusals: dict[str, dict[str, object]]) -> None:
    outside = {id_: back["status"] for id_, back in refusals.items() if id_.startswith(OUTSIDE)}
    assert len(outside) >= 90
    answered = [id_ for id_, status in outside.items() if status == "answered"]
    assert len(answered) / len(outside) <= OUTSIDE_ANSWERED_MAX, answered


def test_no_question_without_an_answer_ends_in_a_fault(refusals: dict[str, dict[str, object]]) -> None:
    assert [id_ for id_, back in refusals.items() if back["status"] == "error"] == []


def test_places_found_are_verbatim_stretches_of_the_documents(to: UnderTest) -> None:
    documents: dict[str, PolicyDocument] = {one.id: one for one in to.index.documents}
    asked = [case for case in load_suite("answers").cases if isinstance(case, QuestionCase)][:5]
    for case in asked:
        found = to.find(case.question, case.history)
        assert 0 < len(found) <= 10
        assert all(documents[id_].text[start:end].strip() and locator for id_, start, end, locator in found)
    assert len(to.find(asked[0].question, limit=3)) <= 3
