"""`/api/reviewed`: the answers that staff stand for, for everybody to read and for staff to withdraw."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from fastapi.responses import Response

from assistant.store.opening import Store
from assistant.web import store_wording as wording
from assistant.web import words
from assistant.web.access import require
from assistant.web.intake import Refusal
from assistant.web.openapi import STAFF_ONLY, refusals, reply
from assistant.web.strict_route import Body, StrictRoute

REVIEWED_EXAMPLE: dict[str, Any] = {
    "items": [
        {
            "id": 3,
            "question": wording.EXAMPLE_QUESTION,
            "region": wording.EXAMPLE_REGION,
            "answer": wording.EXAMPLE_ANSWER,
            "reviewer": "zhangsan",
            "reviewed_on": "2026-11-22",
            "documents": ["longgang-2023"],
        }
    ],
    "next_before": None,
}


class ReviewedShown(Body):
    """A reviewed answer in force."""

    id: int
    question: str
    region: str | None
    answer: str
    reviewer: str
    reviewed_on: date
    documents: list[str]


class ReviewedPage(Body):
    """Some reviewed answers; `next_before` asks for those after them, null when there are none."""

    items: list[ReviewedShown]
    next_before: int | None


def reviewed_router(store: Store) -> APIRouter:
    """`GET /api/reviewed` and `POST /api/reviewed/{id}/withdraw`."""
    router = APIRouter(route_class=StrictRoute, tags=["feedback"])

    @router.get(
        "/api/reviewed",
        summary=wording.REVIEWED_SUMMARY,
        description=wording.REVIEWED_ABOUT,
        responses={
            **reply(ReviewedPage, wording.REVIEWED_REPLY, REVIEWED_EXAMPLE),
            **refusals("bad_field"),
        },
    )
    def listed(
        limit: Annotated[int, Query(ge=1, le=200, description=words.LIMIT_ABOUT)] = 50,
        before: Annotated[int | None, Query(ge=1, le=2**31 - 1, description=wording.BEFORE_ABOUT)] = None,
    ) -> ReviewedPage:
        found = store.reviewed.page(limit + 1, before)
        items = [
            ReviewedShown(
                id=one.id,
                question=one.question,
                region=one.region,
                answer=one.answer,
                reviewer=one.reviewer,
                reviewed_on=one.reviewed_on,
                documents=[*one.documents],
            )
            for one in found[:limit]
        ]
        return ReviewedPage(items=items, next_before=items[-1].id if len(found) > limit else None)

    @router.post(
        "/api/reviewed/{answer_id}/withdraw",
        status_code=204,
        summary=wording.WITHDRAW_SUMMARY,
        description=wording.WITHDRAW_ABOUT,
        responses={204: {"description": wording.DONE}, **refusals(*STAFF_ONLY, "no_reviewed", "bad_field")},
        dependencies=[Depends(require("staff"))],
    )
    def withdraw(answer_id: Annotated[int, Path(description=wording.REVIEWED_ID_ABOUT)]) -> Response:
        if not 0 < answer_id < 2**31 or not store.reviewed.withdraw(answer_id):
            raise Refusal("no_reviewed")
        return Response(status_code=204)

    return router
