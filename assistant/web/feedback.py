"""`/api/feedback`: what the public says of answers, and what staff make of it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from pydantic import Field, model_validator

from assistant.records import MAX_HISTORY_QUESTIONS, MAX_QUESTION_CHARACTERS
from assistant.store.feedback import (
    AlreadySettled,
    QueueFull,
    Remark,
    SettledAs,
    Settlement,
    State,
    Ticket,
    Verdict,
)
from assistant.store.opening import Store
from assistant.web import store_wording as wording
from assistant.web.access import Caller, require
from assistant.web.feedback_cases import Gold, case_line, is_sound, packaged_text
from assistant.web.intake import MAX_REGION_CHARACTERS, Refusal
from assistant.web.strict_route import Body, Clean, Day, StrictRoute, refusals

REMARK_MAX = 500
ANSWER_MAX = 8_000
REVIEWED_MAX = 2_000
DOCUMENTS_MAX = 20
Asked = Annotated[Clean, Field(max_length=MAX_QUESTION_CHARACTERS)]
Short = Annotated[Clean, Field(max_length=REMARK_MAX)]


class NewFeedback(Body):
    """An answer as it was shown, and what somebody says of it."""

    question: Asked = Field(min_length=1, examples=[wording.EXAMPLE_QUESTION])
    history: list[Asked] = Field(default=[], max_length=MAX_HISTORY_QUESTIONS)
    region: Annotated[Clean, Field(max_length=MAX_REGION_CHARACTERS)] | None = None
    as_of: Day | None = Field(default=None, examples=["2026-11-21"])
    answer: Clean = Field(max_length=ANSWER_MAX, examples=[wording.EXAMPLE_ANSWER])
    status: Literal["answered", "needs_clarification", "not_found", "error"]
    verdict: Literal["up", "down", "wrong"]
    reason: Short = Field(default="", examples=[wording.EXAMPLE_REASON])
    expected: Short = ""


class Received(Body):
    """The ticket that a remark was given."""

    ticket: str = Field(examples=["F-20261122-0007"])


class TicketShown(Body):
    """A ticket as staff see it."""

    ticket: str = Field(examples=["F-20261122-0007"])
    number: int = Field(examples=[7])
    at: datetime
    verdict: Verdict
    question: str
    history: list[str]
    region: str | None
    as_of: date | None
    answer: str
    status: str
    reason: str
    expected: str
    times: int = Field(description="同一个没有答上的问题被问了几次")
    state: State
    settled_as: SettledAs | None
    note: str | None
    settled_by: str | None
    settled_at: datetime | None


class FeedbackPage(Body):
    """Some tickets; `next_before` asks for those after them, null when there are none."""

    items: list[TicketShown]
    next_before: int | None


class Settle(Body):
    """What staff make of a ticket: a case needs `gold`, a reviewed answer needs `answer`."""

    settled_as: SettledAs = Field(alias="as", examples=["noted"])
    note: Short = Field(default="", examples=[wording.EXAMPLE_NOTE])
    answer: Annotated[Clean, Field(min_length=1, max_length=REVIEWED_MAX)] | None = None
    question: Annotated[Asked, Field(min_length=1)] | None = Field(default=None, description=wording.WHOLE_QUESTION)
    documents: list[Annotated[str, Field(max_length=200)]] = Field(default=[], max_length=DOCUMENTS_MAX)
    expected: Short = ""
    gold: Gold | None = None

    @model_validator(mode="after")
    def _complete(self) -> "Settle":
        needs = {"noted": (False, False), "case": (True, False), "reviewed": (False, True)}[self.settled_as]
        if (self.gold is not None, self.answer is not None) != needs:
            raise ValueError("a case has gold, a reviewed answer has answer, and neither has the other")
        return self


def feedback_router(store: Store, text_of: Callable[[str], str | None] = packaged_text) -> APIRouter:
    """The calls under `/api/feedback`.

    Args:
        store: Where tickets are kept.
        text_of: The text of a document that comes with the program, by id; cases are checked against it.
    """
    router = APIRouter(route_class=StrictRoute)

    @router.post(
        "/api/feedback",
        status_code=201,
        summary=wording.FEEDBACK_SUMMARY,
        responses=refusals("bad_field", "too_many_requests", "queue_full"),
    )
    def give(body: NewFeedback) -> Received:
        day = None if body.as_of is None else date.fromisoformat(body.as_of)
        try:
            return Received(ticket=store.feedback.add(Remark(**{**body.model_dump(), "as_of": day})))
        except QueueFull as error:
            raise Refusal("queue_full") from error

    @router.get(
        "/api/feedback",
        summary=wording.QUEUE_SUMMARY,
        responses=refusals("login_needed", "bad_field"),
        dependencies=[Depends(require("staff"))],
    )
    def listed(
        state: State | None = None,
        verdict: Verdict | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    ) -> FeedbackPage:
        tickets = store.feedback.page(state=state, verdict=verdict, limit=limit + 1, before=before)
        items = [_shown(ticket) for ticket in tickets[:limit]]
        return FeedbackPage(items=items, next_before=items[-1].number if len(tickets) > limit else None)

    @router.get(
        "/api/feedback/cases.jsonl",
        summary=wording.CASES_SUMMARY,
        response_class=Response,
        responses={200: {"content": {"application/x-ndjson": {}}}, **refusals("login_needed")},
        dependencies=[Depends(require("staff"))],
    )
    def cases() -> Response:
        lines = "".join(case_line(ticket) + "\n" for ticket in store.feedback.cases())
        return Response(lines, media_type="application/x-ndjson")

    @router.post(
        "/api/feedback/{ticket}/settle",
        summary=wording.SETTLE_SUMMARY,
        responses=refusals("login_needed", "no_ticket", "already_settled", "bad_field"),
    )
    def settle(ticket: str, body: Settle, caller: Annotated[Caller, Depends(require("staff"))]) -> TicketShown:
        return _settle(store, ticket, body, caller.name, text_of)

    return router


def _settle(store: Store, name: str, body: Settle, by: str, text_of: Callable[[str], str | None]) -> TicketShown:
    ticket = store.feedback.find(name)
    if ticket is None:
        raise Refusal("no_ticket")
    gold: dict[str, Any] | None = None
    if body.gold is not None:
        if not is_sound(body.gold, text_of):
            raise Refusal("bad_gold")
        gold = {**body.gold.model_dump(mode="json"), "why": body.expected or ticket.expected}
    if body.answer is not None and ticket.history and body.question is None:
        raise Refusal("bad_field", "question")
    settlement = Settlement(settled_as=body.settled_as, note=body.note, by=by, gold=gold)
    try:
        store.settle(ticket, settlement, question=body.question, answer=body.answer, documents=body.documents)
    except AlreadySettled as error:
        raise Refusal("already_settled") from error
    return _shown(store.feedback.find(name) or ticket)


def _shown(ticket: Ticket) -> TicketShown:
    names = TicketShown.model_fields
    return TicketShown(
        **{name: getattr(ticket, name) for name in names if name != "history"}, history=[*ticket.history]
    )
