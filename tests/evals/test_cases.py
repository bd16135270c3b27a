"""The labelled questions: whole, spread over all documents, and refused with file and line when they are not."""

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus import packaged_documents
from evals.cases import (
    CaseError,
    load_answer_cases,
    load_retrieval_cases,
    places_of_answer,
    places_of_retrieval,
)
from evals.places import SNIPPET_MAX, squeeze

RETRIEVAL = load_retrieval_cases()
ANSWERS = load_answer_cases()
Change = Callable[[dict[str, Any]], dict[str, Any]]


def as_line(record: Any) -> str:
    return record.model_dump_json()


def test_retrieval_cases_are_enough_and_cover_every_document() -> None:
    assert len(RETRIEVAL) >= 120
    uncovered = {document.id for document in packaged_documents()} - {case.document for case in RETRIEVAL}
    assert uncovered == set()


def test_no_question_is_asked_twice() -> None:
    questions = Counter(case.question for case in RETRIEVAL)
    questions.update("\n".join((*case.history, case.question, str(case.as_of))) for case in ANSWERS)
    assert [question for question, count in questions.items() if count > 1] == []


def test_every_kind_of_answer_is_asked_for() -> None:
    kinds = Counter(case.type for case in ANSWERS)
    assert min(kinds.values()) >= 5
    assert min(kinds[kind] for kind in ("procedure", "definition", "validity", "follow_up", "clarify")) >= 15
    assert min(kinds[kind] for kind in ("not_found", "award_lookup")) >= 40


def test_places_hold_the_snippets_and_nothing_more() -> None:
    texts = {document.id: document.text for document in packaged_documents()}
    for case in RETRIEVAL:
        (place,) = places_of_retrieval(case)
        assert squeeze(texts[place.document][place.start : place.end]) == squeeze(case.anchor)
    for answer in ANSWERS:
        found = {squeeze(texts[place.document][place.start : place.end]) for place in places_of_answer(answer)}
        assert found == {squeeze(quote) for quote in answer.gold.quote}


def test_a_case_without_an_answer_has_no_place() -> None:
    assert {places_of_answer(case) for case in ANSWERS if case.gold.status != "answered"} == {()}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda case: case | {"titel": "x"}, "titel"),
        (lambda case: {key: value for key, value in case.items() if key != "anchor"}, "anchor"),
        (lambda case: case | {"persona": "nobody"}, "persona"),
        (lambda case: case | {"document": "nowhere-1999"}, "no packaged document 'nowhere-1999'"),
        (lambda case: case | {"anchor": "不在文中的字"}, "does not stand in"),
        (lambda case: case | {"anchor": ""}, "does not stand in"),
        (lambda case: case | {"anchor": "标准"}, "times in"),
        (lambda case: case | {"anchor": "一" * (SNIPPET_MAX + 1)}, "longer than"),
        (lambda case: case | {"id": RETRIEVAL[0].id}, "is there already"),
    ],
)
def test_a_wrong_retrieval_case_is_refused_with_its_line(tmp_path: Path, change: Change, fault: str) -> None:
    file = tmp_path / "wrong.jsonl"
    second = json.dumps(change(RETRIEVAL[1].model_dump()), ensure_ascii=False)
    file.write_text(f"{as_line(RETRIEVAL[0])}\n{second}\n", encoding="utf-8")
    with pytest.raises(CaseError, match=f"{re.escape(str(file))}:2.*{re.escape(fault)}"):
        load_retrieval_cases(file)


def test_a_line_that_is_no_json_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "wrong.jsonl"
    file.write_text(f"{as_line(RETRIEVAL[0])}\n{{'id': 1}}\n", encoding="utf-8")
    with pytest.raises(CaseError, match=r"wrong\.jsonl:2.*no JSON"):
        load_retrieval_cases(file)


@pytest.mark.parametrize(
    ("gold", "fault"),
    [
        ({"quote": []}, "a document and quotes"),
        ({"document": None}, "a document and quotes"),
        ({"status": "not_found"}, "a document and quotes"),
        ({"quote": ["不在文中的字"]}, "does not stand in"),
        ({"yaun": []}, "gold.yaun"),
    ],
)
def test_a_wrong_answer_case_is_refused(tmp_path: Path, gold: dict[str, Any], fault: str) -> None:
    case = next(case for case in ANSWERS if case.gold.status == "answered").model_dump(mode="json")
    file = tmp_path / "wrong.jsonl"
    file.write_text(json.dumps(case | {"gold": case["gold"] | gold}, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(CaseError, match=f":1.*{re.escape(fault)}"):
        load_answer_cases(file)
