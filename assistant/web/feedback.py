"""`/api/feedback`: what the public says of answers, and what staff make of it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Request
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
from assistant.web import words
from assistant.web.access import Caller, caller_of, require
from assistant.web.feedback_cases import Gold, case_line, is_sound
from assistant.web.intake import MAX_REGION_CHARACTERS, Refusal
from assistant.web.openapi import ANY_POST, STAFF_ONLY, attachment, body_example, refusals, reply
from assistant.web.strict_route import Body, Clean, Day, StrictRoute
from corpus.library import packaged_text

REMARK_MAX = 500
ANSWER_MAX = 8_000
REVIEWED_MAX = 2_000
DOCUMENTS_MAX = 20
Asked = Annotated[Clean, Field(max_length=MAX_QUESTION_CHARACTERS)]
Short = Annotated[Clean, Field(max_length=REMARK_MAX)]

NDJSON = "application/x-ndjson"
FEEDBACK_EXAMPLE: dict[str, Any] = {
    "question": wording.EXAMPLE_QUESTION,
    "region": wording.EXAMPLE_REGION,
    "as_of": "2026-11-21",
    "answer": wording.EXAMPLE_ANSWER,
    "status": "answered",
    "verdict": "wrong",
    "reason": wording.EXAMPLE_REASON,
}
TICKET_EXAMPLE: dict[str, Any] = FEEDBACK_EXAMPLE | {
    "ticket": "F-20261122-0007",
    "number": 7,
    "at": "2026-11-22T09:30:00Z",
    "history": [],
    "expected": "",
    "times": 1,
    "state": "open",
    "settled_as": None,
    "note": None,
    "settled_by": None,
    "settled_at": None,
}
SETTLED_EXAMPLE: dict[str, Any] = {
    "state": "settled",
    "settled_as": "noted",
    "note": wording.EXAMPLE_NOTE,
    "settled_by": "zhangsan",
    "settled_at": "2026-11-22T10:05:00Z",
}
CASE_EXAMPLE = '{"id": "feedback-F-20261122-0007", "persona": "enterprise", …}'


class NewFeedback(Body):
    """An answer as it was shown, and what somebody says of it."""

    question: Asked = Field(min_length=1, description=wording.ASKED)
    history: list[Asked] = Field(default=[], max_length=MAX_HISTORY_QUESTIONS, description=wording.ASKED_BEFORE)
    region: Annotated[Clean, Field(max_length=MAX_REGION_CHARACTERS)] | None = Field(
        default=None, description=wording.ASKED_REGION
    )
    as_of: Day | None = Field(default=None, description=wording.ASKED_AS_OF)
    answer: Clean = Field(max_length=ANSWER_MAX, description=wording.SHOWN_ANSWER)
    status: Literal["answered", "needs_clarification", "not_found", "error"] = Field(description=wording.SHOWN_STATUS)
    verdict: Literal["up", "down", "wrong"] = Field(description=wording.VERDICT)
    reason: Short = Field(default="", description=wording.REASON)
    expected: Short = Field(default="", description=wording.EXPECTED)


class Received(Body):
    """The ticket that a remark was given."""

    ticket: str


class TicketShown(Body):
    """A ticket as staff see it."""

    ticket: str
    number: int
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

    settled_as: SettledAs = Field(alias="as", description=wording.SETTLED_AS)
    note: Short = Field(default="", description=wording.NOTE)
    answer: Annotated[Clean, Field(min_length=1, max_length=REVIEWED_MAX)] | None = Field(
        default=None, description=wording.REVIEWED_ANSWER
    )
    question: Annotated[Asked, Field(min_length=1)] | None = Field(default=None, description=wording.WHOLE_QUESTION)
    documents: list[Annotated[str, Field(max_length=200)]] = Field(
        default=[], max_length=DOCUMENTS_MAX, description=wording.REVIEWED_DOCUMENTS
    )
    expected: Short = Field(default="", description=wording.CASE_WHY)
    gold: Gold | None = Field(default=None, description=wording.GOLD)

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
    router = APIRouter(route_class=StrictRoute, tags=["feedback"])

    @router.post(
        "/api/feedback",
        status_code=201,
        summary=wording.FEEDBACK_SUMMARY,
        description=wording.FEEDBACK_ABOUT,
        responses={
            **reply(Received, wording.FEEDBACK_REPLY, {"ticket": TICKET_EXAMPLE["ticket"]}, 201),
            **refusals(*ANY_POST, "too_many_requests", "queue_full"),
        },
        openapi_extra=body_example(FEEDBACK_EXAMPLE),
    )
    def give(body: NewFeedback, request: Request) -> Received:
        day = None if body.as_of is None else date.fromisoformat(body.as_of)
        client = store.audit.hash_client(caller_of(request).client)
        try:
            return Received(ticket=store.feedback.add(Remark(**{**body.model_dump(), "as_of": day, "client": client})))
        except QueueFull as error:
            raise Refusal("queue_full") from error

    _add_staff_calls(router, store, text_of)
    return router


def _add_staff_calls(router: APIRouter, store: Store, text_of: Callable[[str], str | None]) -> None:
    @router.get(
        "/api/feedback",
        summary=wording.QUEUE_SUMMARY,
        description=wording.QUEUE_ABOUT,
        responses={
            **reply(FeedbackPage, wording.QUEUE_REPLY, {"items": [TICKET_EXAMPLE], "next_before": None}),
            **refusals(*STAFF_ONLY, "bad_field"),
        },
        dependencies=[Depends(require("staff"))],
    )
    def listed(
        state: Annotated[State | None, Query(description=wording.STATE_ABOUT)] = None,
        verdict: Annotated[Verdict | None, Query(description=wording.VERDICT_ABOUT)] = None,
        limit: Annotated[int, Query(ge=1, le=200, description=words.LIMIT_ABOUT)] = 50,
        before: Annotated[int | None, Query(ge=1, le=2**31 - 1, description=wording.BEFORE_ABOUT)] = None,
    ) -> FeedbackPage:
        tickets = store.feedback.page(state=state, verdict=verdict, limit=limit + 1, before=before)
        items = [_shown(ticket) for ticket in tickets[:limit]]
        return FeedbackPage(items=items, next_before=items[-1].number if len(tickets) > limit else None)

    @router.get(
        "/api/feedback/cases.jsonl",
        summary=wording.CASES_SUMMARY,
        response_class=Response,
        description=wording.CASES_ABOUT,
        responses={**attachment(wording.CASES_REPLY, NDJSON, CASE_EXAMPLE), **refusals(*STAFF_ONLY)},
        dependencies=[Depends(require("staff"))],
    )
    def cases() -> Response:
        lines = "".join(case_line(ticket) + "\n" for ticket in store.feedback.cases())
        return Response(lines, media_type=NDJSON)

    @router.post(
        "/api/feedback/{ticket}/settle",
        summary=wording.SETTLE_SUMMARY,
        description=wording.SETTLE_ABOUT,
        responses={
            **reply(TicketShown, wording.SETTLE_REPLY, TICKET_EXAMPLE | SETTLED_EXAMPLE),
            **refusals(*ANY_POST, *STAFF_ONLY, "no_ticket", "already_settled", "bad_gold"),
        },
        openapi_extra=body_example({"as": "noted", "note": wording.EXAMPLE_NOTE}),
    )
    def settle(
        ticket: Annotated[str, Path(description=wording.TICKET_ABOUT)],
        body: Settle,
        caller: Annotated[Caller, Depends(require("staff"))],
    ) -> TicketShown:
        return _settle(store, ticket, body, caller.name, text_of)


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
