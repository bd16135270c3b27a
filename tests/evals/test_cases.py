"""The labelled questions: whole, spread over all documents, and refused with file and line when they are not."""

import json
import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from corpus import packaged_documents
from evals.cases import (
    CaseError,
    load_answer_cases,
    load_conversation_cases,
    load_retrieval_cases,
    load_wording_cases,
    places_of_gold,
    places_of_retrieval,
)
from evals.places import SNIPPET_MAX, squeeze

RETRIEVAL = load_retrieval_cases()
ANSWERS = load_answer_cases()
CONVERSATIONS = load_conversation_cases()
WORDINGS = load_wording_cases()
GOLDS = [case.gold for case in (*ANSWERS, *CONVERSATIONS, *WORDINGS)]
Change = Callable[[dict[str, Any]], dict[str, Any]]


def as_line(record: Any) -> str:
    return record.model_dump_json()


def test_retrieval_cases_are_enough_and_cover_every_document() -> None:
    assert len(RETRIEVAL) >= 120
    uncovered = {document.id for document in packaged_documents()} - {case.document for case in RETRIEVAL}
    assert uncovered == set()


def test_no_question_is_asked_twice() -> None:
    questions = Counter(case.question for case in RETRIEVAL)
    questions.update("\n".join((*case.history, case.question, str(case.as_of))) for case in (*ANSWERS, *CONVERSATIONS))
    questions.update(wording for case in WORDINGS for wording in case.wordings)
    assert [question for question, count in questions.items() if count > 1] == []


def test_every_kind_of_answer_is_asked_for() -> None:
    kinds = Counter(case.type for case in ANSWERS)
    assert min(kinds.values()) >= 5
    assert min(kinds[kind] for kind in ("procedure", "definition", "validity", "follow_up", "clarify")) >= 15
    assert min(kinds[kind] for kind in ("not_found", "award_lookup")) >= 40
    assert kinds["award_calc"] >= 120
    assert len(CONVERSATIONS) >= 90 and len(WORDINGS) >= 60


def test_places_hold_the_snippets_and_nothing_more() -> None:
    texts = {document.id: document.text for document in packaged_documents()}
    for case in RETRIEVAL:
        (place,) = places_of_retrieval(case)
        assert squeeze(texts[place.document][place.start : place.end]) == squeeze(case.anchor)
    for gold in GOLDS:
        found = {squeeze(texts[place.document][place.start : place.end]) for place in places_of_gold(gold)}
        assert found == {squeeze(quote) for quote in gold.quote}


def test_a_case_without_an_answer_has_no_place() -> None:
    assert {places_of_gold(gold) for gold in GOLDS if gold.status != "answered"} == {()}


def test_an_answer_from_several_documents_has_places_in_each() -> None:
    several = [gold for gold in GOLDS if gold.documents]
    assert several
    for gold in several:
        assert {place.document for place in places_of_gold(gold)} == set(gold.documents)


def test_sums_are_read_as_they_are_written(tmp_path: Path) -> None:
    """166666.67 read as a float first would be a sum of many digits."""
    case = next(case for case in ANSWERS if case.gold.yuan).model_dump(mode="json")
    file = tmp_path / "fen.jsonl"
    written = json.dumps(case | {"gold": case["gold"] | {"yuan": [0]}}).replace('"yuan": [0]', '"yuan": [166666.67]')
    file.write_text(written, encoding="utf-8")
    assert load_answer_cases(file)[0].gold.yuan == (Decimal("166666.67"),)


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
        ({"quote": ["一" * (SNIPPET_MAX + 1)]}, "longer than"),
        (
            {"documents": [case.document for case in RETRIEVAL if case.document != RETRIEVAL[0].document][:2]},
            "`documents`",
        ),
    ],
)
def test_a_wrong_answer_case_is_refused(tmp_path: Path, gold: dict[str, Any], fault: str) -> None:
    case = next(case for case in ANSWERS if case.gold.status == "answered").model_dump(mode="json")
    file = tmp_path / "wrong.jsonl"
    file.write_text(json.dumps(case | {"gold": case["gold"] | gold}, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(CaseError, match=f":1.*{re.escape(fault)}"):
        load_answer_cases(file)


def test_a_conversation_without_a_history_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "wrong.jsonl"
    file.write_text(as_line(CONVERSATIONS[0].model_copy(update={"history": ()})), encoding="utf-8")
    with pytest.raises(CaseError, match=":1.*has a history"):
        load_conversation_cases(file)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda case: case | {"persona": "hotline"}, "persona"),
        (lambda case: case | {"wordings": case["wordings"][:4]}, "wordings"),
        (lambda case: case | {"wordings": [*case["wordings"], "六"]}, "wordings"),
        (lambda case: case | {"wordings": [*case["wordings"][:4], ""]}, "wordings"),
        (lambda case: case | {"wordings": [*case["wordings"][:4], case["wordings"][0]]}, "stands there twice"),
        (lambda case: case | {"gold": case["gold"] | {"quote": ["不在文中的字"]}}, "does not stand in"),
        (lambda case: case | {"id": WORDINGS[0].id}, "is there already"),
    ],
)
def test_wrong_wordings_are_refused_with_their_line(tmp_path: Path, change: Change, fault: str) -> None:
    file = tmp_path / "wrong.jsonl"
    second = json.dumps(change(WORDINGS[1].model_dump(mode="json")), ensure_ascii=False)
    file.write_text(f"{as_line(WORDINGS[0])}\n{second}\n", encoding="utf-8")
    with pytest.raises(CaseError, match=f":2.*{re.escape(fault)}"):
        load_wording_cases(file)
