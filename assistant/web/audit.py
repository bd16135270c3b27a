"""`GET /api/audit`: the audit log, for administrators."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from assistant.store.opening import Store
from assistant.web import store_wording as wording
from assistant.web import words
from assistant.web.access import require
from assistant.web.openapi import ADMIN_ONLY, refusals, reply
from assistant.web.strict_route import Body, StrictRoute

AUDIT_EXAMPLE: dict[str, Any] = {
    "items": [
        {
            "seq": 1024,
            "at": "2026-11-22T09:30:00Z",
            "door": "api",
            "client": "9f2c41d07ab3",
            "question": wording.EXAMPLE_QUESTION,
            "region": None,
            "status": "answered",
            "engine": "rules",
            "figures": [{"yuan": "300000", "kind": "cap"}],
            "citations": [{"document": "longgang-2023", "start": 512, "end": 540}],
            "index_version": "20261122T013000Z",
            "elapsed_ms": 12.5,
            "caller": "",
        }
    ],
    "next_before": 1024,
}


class AuditShown(Body):
    """One entry; `client` is a salted hash, the question is masked."""

    seq: int
    at: datetime
    door: str = Field(description=wording.DOOR)
    client: str
    question: str
    region: str | None
    status: str
    engine: str
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
    router = APIRouter(route_class=StrictRoute, tags=["service"])

    @router.get(
        "/api/audit",
        summary=wording.AUDIT_SUMMARY,
        description=wording.AUDIT_ABOUT,
        responses={
            **reply(AuditPage, wording.AUDIT_REPLY, AUDIT_EXAMPLE),
            **refusals(*ADMIN_ONLY, "bad_field"),
        },
        dependencies=[Depends(require("admin"))],
    )
    def recent(
        limit: Annotated[int, Query(ge=1, le=499, description=words.LIMIT_ABOUT)] = 50,
        before: Annotated[int | None, Query(ge=1, le=2**63 - 1, description=wording.BEFORE_ABOUT)] = None,
    ) -> AuditPage:
        rows = store.audit.recent(limit + 1, before)
        items = [AuditShown(**vars(row)) for row in rows[:limit]]
        return AuditPage(items=items, next_before=items[-1].seq if len(rows) > limit else None)

    return router
