"""What holds for every answer, whatever was asked through whichever door (a.0 of the design's reliability anchors).

I5 (no host but our own) is watched by the fixture `no_egress` and by test_egress; I7 by test_audit; I10 in a browser by
test_payloads; the others here.
"""

import json
import re
import unicodedata

from assistant.records import Answer
from corpus.records import Status
from tests.assistant.conftest import DENIED, MARKER, MONEY, figures_given
from tests.assistant.policies import DAY
from tests.assistant.whole_service import HOSTILE_TITLE
from tests.hostile.cases import Case
from tests.hostile.doors import Seen, Stand, put

STATUSES = {200, 400, 401, 403, 404, 413, 415, 422, 429, 503}
WITHIN_S = 3.0
LIVE = re.compile(r"(?<!\\)\]\(|<(?!https?:)[A-Za-z/!]")  # a link or image of Markdown, a tag
MARKUP = re.compile(r"[<>`{}$\\]|\]\(|!\[|\]:|://|javascript:", re.IGNORECASE)
HOSTILE = "hostile-2024"  # the one document that has markup of its own to be quoted
VOLATILE = {"elapsed_ms": 0.0, "id": None}
_references: dict[tuple[object, ...], Answer] = {}


def check(seen: Seen, case: Case, stand: Stand) -> None:
    """Hold what came back to I1–I4 and I6; and to I9 and I10 as far as text goes."""
    assert seen.status in STATUSES, seen.body[:500]  # I1
    assert stand.whole.leaks(seen.body) == []
    _check_json(seen)
    assert seen.processor_seconds < WITHIN_S, seen.processor_seconds  # I6, on a machine that others load too
    if seen.answer is None:
        assert seen.status in (400, 413, 422), seen.body[:500]
        return
    _check_figures(seen.answer)
    _check_citations(seen.answer, stand)
    _check_shown(seen)
    asked = _reference(stand, case)
    if seen.answer.question == asked.question:  # a door may have cleaned it otherwise
        assert same(seen.answer) == same(asked), (seen.answer.answer, asked.answer)  # I9, and every door says the same


def check_alike(answer: Answer, case: Case, stand: Stand) -> None:
    """An input that only looks otherwise gets what the plain question gets."""
    plain = _reference(stand, Case(row=case.row, question=case.like))
    assert (answer.answer, answer.citations, answer.amounts) == (plain.answer, plain.citations, plain.amounts)


def _reference(stand: Stand, case: Case) -> Answer:
    """What the Python call says, asked once for all doors."""
    key = (case.question, case.history, case.region, case.as_of)
    if key not in _references:
        answer = put(stand, case, "python").answer
        assert answer is not None
        _references[key] = answer
    return _references[key]


def same(answer: Answer) -> Answer:
    """An answer without what differs from time to time."""
    return answer.model_copy(update=VOLATILE)


def _check_json(seen: Seen) -> None:
    """I2: strict JSON, or events of it."""
    lines = [line[5:] for line in seen.body.splitlines() if line.startswith("data:") and "[DONE]" not in line]
    for line in lines or [seen.body]:
        json.loads(line, parse_constant=lambda name: (_ for _ in ()).throw(ValueError(name)))


def _check_figures(answer: Answer) -> None:
    """I3: every sum shown is printed in a cited clause or in a step of the calculation."""
    told = MONEY.findall(DENIED.sub("", answer.answer))
    given = figures_given(answer)
    assert [figure for figure in told if figure not in given] == [], answer.answer
    quotes = " ".join(citation.quote for citation in answer.citations)
    assert not answer.amounts or quotes, answer.answer
    assert not (answer.amounts and answer.status in ("not_found", "error")), answer.answer


def _check_citations(answer: Answer, stand: Stand) -> None:
    """I4: verbatim, at its place, of a document that is there; and whoever cites what does not hold says so."""
    codes = {warning.code for warning in answer.warnings}
    day = answer.as_of or DAY
    for citation in answer.citations:
        document = stand.documents[citation.document]
        assert document.text[citation.start : citation.end] == citation.quote
        assert citation.title == document.title
        if document.status is Status.DRAFT:
            assert "draft" in codes
        elif document.in_force_from and day < document.in_force_from:
            assert "not_in_force_yet" in codes
        elif document.in_force_until and day > document.in_force_until:
            assert "expired" in codes
    markers = {int(marker) for marker in MARKER.findall(answer.answer)}
    assert markers == {citation.marker for citation in answer.citations}, answer.answer


def _check_shown(seen: Seen) -> None:
    """I10 in text: no hidden character, and no markup but a quote's; no live one where markup would be drawn."""
    assert seen.answer is not None
    for text in (seen.answer.answer, seen.text):
        assert [c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c not in "\n\t"] == []
    cites_hostile = any(citation.document == HOSTILE for citation in seen.answer.citations)
    if seen.door in ("chat", "agent"):
        assert LIVE.findall(seen.text) == []
    if not cites_hostile:
        own_words = seen.answer.answer.replace(HOSTILE_TITLE, "")  # a title may be named as where was looked
        assert MARKUP.findall(own_words) == [], seen.answer.answer
