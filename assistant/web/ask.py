"""`POST /api/ask`: one question, one answer."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from assistant.page import wording
from assistant.page.wording import EXAMPLES, REFUSALS
from assistant.records import Answer, Question
from assistant.web.intake import read_question

REFUSED: dict[int | str, dict[str, Any]] = {
    code: {"description": REFUSALS[why][0]}
    for code, why in (
        (400, "not_json"),
        (403, "cross_origin"),
        (413, "too_large"),
        (415, "not_json_type"),
        (422, "bad_field"),
    )
}
ASK_EXAMPLE: dict[str, Any] = {"question": EXAMPLES[0], "history": [], "as_of": "2026-11-21"}
ASK_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": Question.model_json_schema(), "example": ASK_EXAMPLE}},
    }
}


def ask_router(answer: Callable[[Question], Answer]) -> APIRouter:
    """`POST /api/ask`."""
    router = APIRouter()

    @router.post(
        "/api/ask",
        summary=wording.ASK_SUMMARY,
        responses={200: {"model": Answer, "description": wording.ANSWER_BY_API}, **REFUSED},
        openapi_extra=ASK_BODY,
    )
    async def ask(request: Request) -> Response:
        question = read_question(await request.body())
        reply = await run_in_threadpool(answer, question)
        return Response(reply.model_dump_json(), media_type="application/json")

    return router
