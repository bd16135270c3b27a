"""An answer as the page takes it: the record, and beside it what only the documents know, all of it plain text.

No markup is made here or anywhere else from what a document or an asker wrote: the page puts each piece into a text
node (`static/dom.js`), so that there is nothing to escape and nothing to forget.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from assistant.claim_answer import without_steps
from assistant.llm.wording import AI_LABEL
from assistant.page.passage import document_link, passage_around
from assistant.page.validity import validity_badge, warning_badge
from assistant.page.wording import DISCLAIMER
from assistant.records import Answer, Citation

Documents = Callable[[str], Mapping[str, Any] | None]


def show_answer(answer: Answer, documents: Documents, follow_ups: tuple[str, ...] = ()) -> dict[str, Any]:
    """An answer for the page.

    Returns:
        The fields of `Answer` as JSON, with `text` (the answer without the steps, which the page shows as a table),
        `evidence` (one entry a citation), `follow_ups`, `label` (whose words these are).
    """
    return {
        **answer.model_dump(mode="json"),
        "text": without_steps(answer.answer, len(answer.calculation)),
        "warnings": [
            {**warning.model_dump(), "badge": asdict(warning_badge(warning.code))} for warning in answer.warnings
        ],
        "evidence": [show_citation(citation, documents, answer.as_of) for citation in answer.citations],
        "follow_ups": list(follow_ups),
        "label": ai_label(answer) + DISCLAIMER,
    }


def ai_label(answer: Answer) -> str:
    """The label of generated words, where a model had a part in them and they do not bear it themselves."""
    return AI_LABEL if answer.engine == "llm" and AI_LABEL not in answer.answer else ""


def show_citation(citation: Citation, documents: Documents, as_of: date) -> dict[str, Any]:
    """A citation with its place in the document, and whether the document holds.

    A quote that the stored text does not bear out is shown without a place.
    """
    document = documents(citation.document)
    if document is None:
        return {**citation.model_dump(mode="json"), "before": "", "after": "", "link": "", "badge": None}
    text = str(document.get("text", ""))
    in_place = bool(citation.quote) and text[citation.start : citation.end] == citation.quote
    before, after = passage_around(text, citation.start, citation.end) if in_place else ("", "")
    return {
        **citation.model_dump(mode="json"),
        "before": before,
        "after": after,
        "link": document_link(citation.document, citation.start, citation.end),
        "badge": asdict(validity_badge(document, as_of)),
        "number": str(document.get("document_number") or ""),
        "issuer": str(document.get("issuer") or ""),
        "published": str(document.get("published") or ""),
    }
