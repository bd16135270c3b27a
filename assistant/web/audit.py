"""`GET /api/audit`: the audit log, for administrators."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from assistant.store.opening import Store
from assistant.web import store_wording as wording
from assistant.web.access import require
from assistant.web.strict_route import Body, StrictRoute, refusals


class AuditShown(Body):
    """One entry; `client` is a salted hash, the question is masked."""

    seq: int = Field(examples=[1024])
    at: datetime
    door: str = Field(examples=["api"])
    client: str
    question: str = Field(examples=[wording.EXAMPLE_QUESTION])
    region: str | None
    status: str = Field(examples=["answered"])
    engine: str = Field(examples=["rules"])
    figures: list[dict[str, str]]
    citations: list[dict[str, Any]]
    index_version: str
    elapsed_ms: float
    caller: str


class AuditPage(Body):
    """Some entries; `next_before` asks for those after them, null when there are none."""

    items: list[AuditShown]
    next_before: int | None


def audit_router(store: Store) -> APIRouter:
    """`GET /api/audit`."""
    router = APIRouter(route_class=StrictRoute)

    @router.get(
        "/api/audit",
        summary=wording.AUDIT_SUMMARY,
        responses=refusals("login_needed", "not_allowed", "bad_field"),
        dependencies=[Depends(require("admin"))],
    )
    def recent(
        limit: Annotated[int, Query(ge=1, le=499)] = 50,
        before: Annotated[int | None, Query(ge=1, le=2**63 - 1)] = None,
    ) -> AuditPage:
        rows = store.audit.recent(limit + 1, before)
        items = [AuditShown(**vars(row)) for row in rows[:limit]]
        return AuditPage(items=items, next_before=items[-1].seq if len(rows) > limit else None)

    return router
