"""`/api/talks`: the talks that somebody signed in keeps. Nobody, administrators included, reaches another's."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path
from fastapi.responses import Response
from pydantic import Field

from assistant.records import MAX_QUESTION_CHARACTERS
from assistant.store.opening import Store
from assistant.store.talks import TITLE_MAX, TooMuchKept
from assistant.web import store_wording as wording
from assistant.web.access import Caller, require
from assistant.web.intake import MAX_REGION_CHARACTERS, Refusal
from assistant.web.openapi import ANY_POST, STAFF_ONLY, Responses, body_example, refusals, reply
from assistant.web.strict_route import Body, Clean, Day, StrictRoute

TURNS_MAX = 100
ANSWER_MAX = 20_000
Title = Annotated[Clean, Field(min_length=1, max_length=TITLE_MAX, description=wording.TALK_TITLE)]
TalkId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,64}$", description=wording.TALK_ID_ABOUT)]
Signed = Annotated[Caller, Depends(require("staff"))]

TURN_EXAMPLE: dict[str, Any] = {
    "question": wording.EXAMPLE_QUESTION,
    "region": wording.EXAMPLE_REGION,
    "as_of": "2026-11-22",
    "status": "answered",
    "answer": wording.EXAMPLE_ANSWER,
}
TITLE_EXAMPLE: dict[str, Any] = {
    "id": "5b0f6a52",
    "title": wording.EXAMPLE_TITLE,
    "updated": "2026-11-22T09:30:00Z",
}
DONE: Responses = {204: {"description": wording.DONE}}
LOST = refusals(*STAFF_ONLY, "no_talk", "bad_field")


class Turn(Body):
    """A question with its answer, as it was shown."""

    question: Clean = Field(max_length=MAX_QUESTION_CHARACTERS)
    region: Annotated[Clean, Field(max_length=MAX_REGION_CHARACTERS)] | None = None
    as_of: Day | None = None
    status: Literal["answered", "needs_clarification", "not_found", "error"]
    answer: Clean = Field(max_length=ANSWER_MAX)


class TalkBody(Body):
    """A talk to keep."""

    title: Title
    turns: list[Turn] = Field(max_length=TURNS_MAX, description=wording.TALK_TURNS)


class TitleBody(Body):
    """Another title."""

    title: Title


class TitleShown(Body):
    """A talk in the list."""

    id: str
    title: str
    updated: datetime


class TalkShown(TitleShown):
    """A talk."""

    turns: list[Turn]


class TalkList(Body):
    """All talks of the account, the last changed first."""

    items: list[TitleShown]


def talks_router(store: Store) -> APIRouter:
    """The calls under `/api/talks`."""
    router = APIRouter(route_class=StrictRoute, tags=["talks"])

    @router.get(
        "/api/talks",
        summary=wording.TALKS_SUMMARY,
        description=wording.TALKS_ABOUT,
        responses={
            **reply(TalkList, wording.TALKS_REPLY, {"items": [TITLE_EXAMPLE]}),
            **refusals(*STAFF_ONLY),
        },
    )
    def listed(caller: Signed) -> TalkList:
        kept = store.talks.list(_own(caller))
        return TalkList(items=[TitleShown(id=one.id, title=one.title, updated=one.updated) for one in kept])

    @router.get(
        "/api/talks/{talk_id}",
        summary=wording.TALK_SUMMARY,
        description=wording.TALKS_ABOUT,
        responses={**reply(TalkShown, wording.TALK_REPLY, TITLE_EXAMPLE | {"turns": [TURN_EXAMPLE]}), **LOST},
    )
    def one(talk_id: TalkId, caller: Signed) -> TalkShown:
        talk = store.talks.find(_own(caller), talk_id)
        if talk is None:
            raise Refusal("no_talk")
        turns = [Turn.model_construct(**turn) for turn in talk.turns]
        return TalkShown.model_construct(id=talk.id, title=talk.title, updated=talk.updated, turns=turns)

    _add_changes(router, store)
    return router


def _add_changes(router: APIRouter, store: Store) -> None:
    @router.put(
        "/api/talks/{talk_id}",
        status_code=204,
        summary=wording.SAVE_TALK_SUMMARY,
        description=wording.SAVE_TALK_ABOUT,
        responses={**DONE, **refusals(*ANY_POST, *STAFF_ONLY, "too_much_kept")},
        openapi_extra=body_example({"title": wording.EXAMPLE_TITLE, "turns": [TURN_EXAMPLE]}),
    )
    def save(talk_id: TalkId, body: TalkBody, caller: Signed) -> Response:
        try:
            store.talks.save(_own(caller), talk_id, body.title, [turn.model_dump() for turn in body.turns])
        except TooMuchKept as error:
            raise Refusal("too_much_kept") from error
        return Response(status_code=204)

    @router.post(
        "/api/talks/{talk_id}/rename",
        status_code=204,
        summary=wording.RENAME_TALK_SUMMARY,
        description=wording.TALKS_ABOUT,
        responses={**DONE, **refusals(*ANY_POST, *STAFF_ONLY, "no_talk")},
        openapi_extra=body_example({"title": wording.EXAMPLE_TITLE}),
    )
    def rename(talk_id: TalkId, body: TitleBody, caller: Signed) -> Response:
        return _done(store.talks.rename(_own(caller), talk_id, body.title))

    @router.delete(
        "/api/talks/{talk_id}",
        status_code=204,
        summary=wording.DELETE_TALK_SUMMARY,
        description=wording.DELETE_TALK_ABOUT,
        responses={**DONE, **LOST},
    )
    def delete(talk_id: TalkId, caller: Signed) -> Response:
        return _done(store.talks.delete(_own(caller), talk_id))


def _own(caller: Caller) -> int:
    if caller.account_id is None:
        raise Refusal("login_needed")
    return caller.account_id


def _done(was_there: bool) -> Response:
    if not was_there:
        raise Refusal("no_talk")
    return Response(status_code=204)
