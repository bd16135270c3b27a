"""`/api/reviewed`: the answers that staff stand for, for everybody to read and for staff to withdraw."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from pydantic import Field

from assistant.store.opening import Store
from assistant.web import store_wording as wording
from assistant.web.access import require
from assistant.web.intake import Refusal
from assistant.web.strict_route import Body, StrictRoute, refusals


class ReviewedShown(Body):
    """A reviewed answer in force."""

    id: int = Field(examples=[3])
    question: str = Field(examples=[wording.EXAMPLE_QUESTION])
    region: str | None = Field(examples=[wording.EXAMPLE_REGION])
    answer: str = Field(examples=[wording.EXAMPLE_ANSWER])
    reviewer: str = Field(examples=["zhangsan"])
    reviewed_on: date
    documents: list[str]


class ReviewedPage(Body):
    """Some reviewed answers; `next_before` asks for those after them, null when there are none."""

    items: list[ReviewedShown]
    next_before: int | None


def reviewed_router(store: Store) -> APIRouter:
    """`GET /api/reviewed` and `POST /api/reviewed/{id}/withdraw`."""
    router = APIRouter(route_class=StrictRoute)

    @router.get("/api/reviewed", summary=wording.REVIEWED_SUMMARY, responses=refusals("bad_field"))
    def listed(
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
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
        responses=refusals("login_needed", "no_reviewed", "bad_field"),
        dependencies=[Depends(require("staff"))],
    )
    def withdraw(answer_id: int) -> Response:
        if not 0 < answer_id < 2**31 or not store.reviewed.withdraw(answer_id):
            raise Refusal("no_reviewed")
        return Response(status_code=204)

    return router
