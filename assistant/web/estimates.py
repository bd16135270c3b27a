"""`POST /api/estimate`: a claim, and what it comes to."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from assistant.claim_file import ClaimEntry, ClaimFileError, read_claim
from assistant.estimating import EstimateReport
from assistant.web import words
from assistant.web.intake import Refusal, strict_json
from assistant.web.openapi import ANY_POST, json_body, refusals, reply

CLAIM_EXAMPLE: dict[str, Any] = {
    "region": "威海市",
    "as_of": "2023-06-30",
    "received": "0",
    "achievements": [{"what": "主持制定国家标准", "count": 2}, {"what": "主持修订行业标准", "cost": "30万元"}],
}
REPORT_EXAMPLE: dict[str, Any] = {
    "region": "山东省威海市",
    "documents": ["weihai-2021"],
    "status": "undetermined",
    "total": None,
    "lines": [{"what": "主持制定国家标准", "facts": [], "counted": 0, "each": None, "total": None, "note": "…"}],
    "calculation": [],
    "citations": [],
    "warnings": [],
    "text": "…",
    "as_of": "2023-06-30",
    "elapsed_ms": 12.5,
}


def estimate_router(estimate: Callable[[ClaimEntry], EstimateReport]) -> APIRouter:
    """`POST /api/estimate`."""
    router = APIRouter(tags=["estimate"])

    @router.post(
        "/api/estimate",
        summary=words.ESTIMATE_SUMMARY,
        description=words.ESTIMATE_ABOUT,
        responses={
            **reply(EstimateReport, words.ESTIMATE_REPLY, REPORT_EXAMPLE),
            **refusals(*ANY_POST, "bad_claim"),
        },
        openapi_extra=json_body(ClaimEntry, CLAIM_EXAMPLE),
    )
    async def estimate_claim(request: Request) -> Response:
        body = await request.body()
        try:
            claim = read_claim(strict_json(body))
            report = await run_in_threadpool(estimate, claim)
        except ClaimFileError as error:
            raise Refusal("bad_claim", str(error)) from error
        return Response(report.model_dump_json(), media_type="application/json")

    return router
