"""Tickets as cases of the evaluation: lines that `evals` reads, checked before they are kept.

The format is that of `evals/cases/further.jsonl`, which is closed: where a case comes from stands in its id. What is
quoted stands in a document that comes with the program, as the evaluation knows no other.
"""

import json
import re
from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from assistant.store.feedback import Ticket
from assistant.web.strict_route import Body

SNIPPET_MAX = 19  # characters but for white space; longer is wording, which stands in the documents alone
Yuan = Annotated[str, StringConstraints(pattern=r"^(0|[1-9]\d{0,12})(\.\d{1,2})?$")]
Word = Annotated[str, Field(min_length=1, max_length=60)]


class Gold(Body):
    """What a right answer holds; an answered question names its document and quotes it, the others do neither."""

    status: Literal["answered", "needs_clarification", "not_found"]
    yuan: list[Yuan] = Field(default=[], max_length=20, examples=[["300000"]])
    kind: Literal["exact", "cap"] | None = None
    must: list[Word] = Field(default=[], max_length=20)
    must_not: list[Word] = Field(default=[], max_length=20)
    document: Annotated[str, Field(max_length=200)] | None = None
    quote: list[Word] = Field(default=[], max_length=10)

    @model_validator(mode="after")
    def _whole(self) -> "Gold":
        if len({self.status == "answered", bool(self.quote), self.document is not None}) > 1:
            raise ValueError("an answered case has a document and quotes, any other neither")
        return self


def is_sound(gold: Gold, text_of: Callable[[str], str | None]) -> bool:
    """Whether every quote is short enough and stands in the document, white space aside."""
    if gold.document is None:
        return True
    text = _squeezed(text_of(gold.document) or "")
    quotes = [_squeezed(quote) for quote in gold.quote]
    return all(0 < len(quote) <= SNIPPET_MAX and quote in text for quote in quotes)


def case_line(ticket: Ticket) -> str:
    """A ticket that was settled as a case, as one line of JSON."""
    gold = dict(ticket.gold or {})
    case = {
        "id": f"feedback-{ticket.ticket}",
        "persona": "enterprise",
        "type": _type(ticket, gold["status"], bool(gold["yuan"])),
        "question": ticket.question,
        "history": [*ticket.history],
        "as_of": None if ticket.as_of is None else ticket.as_of.isoformat(),
        "gold": gold,
    }
    return json.dumps(case, ensure_ascii=False)


def _type(ticket: Ticket, status: str, is_sum: bool) -> str:
    """The sort of question, as far as the ticket tells."""
    if ticket.history:
        return "follow_up"
    if status != "answered":
        return {"not_found": "not_found", "needs_clarification": "clarify"}[status]
    return "award_lookup" if is_sum else "procedure"


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
