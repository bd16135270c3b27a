"""`POST /api/ask`: one question, one answer."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from assistant.page import wording
from assistant.page.wording import EXAMPLES
from assistant.records import Answer, Question
from assistant.web import words
from assistant.web.intake import read_question
from assistant.web.openapi import ANY_POST, json_body, refusals, reply

ASK_EXAMPLE: dict[str, Any] = {"question": EXAMPLES[0], "history": [], "as_of": "2026-11-21", "region": None}
ANSWER_EXAMPLE: dict[str, Any] = {
    "id": None,
    "question": EXAMPLES[0],
    "status": "needs_clarification",
    "answer": "各地规定不同，请问在哪个地区？",
    "amounts": [],
    "citations": [],
    "warnings": [],
    "calculation": [],
    "clarification": {"missing": ["region"], "options": ["山东省威海市", "浙江省温州市龙港市"]},
    "as_of": "2026-11-21",
    "elapsed_ms": 12.4,
    "engine": "rules",
}


def ask_router(answer: Callable[[Question], Answer]) -> APIRouter:
    """`POST /api/ask`."""
    router = APIRouter(tags=["ask"])

    @router.post(
        "/api/ask",
        summary=wording.ASK_SUMMARY,
        description=words.ASK_ABOUT,
        responses={
            **reply(Answer, wording.ANSWER_BY_API, ANSWER_EXAMPLE),
            **refusals(*ANY_POST, "question_too_long", "history_too_long"),
        },
        openapi_extra=json_body(Question, ASK_EXAMPLE),
    )
    async def ask(request: Request) -> Response:
        question = read_question(await request.body())
        answered = await run_in_threadpool(answer, question)
        return Response(answered.model_dump_json(), media_type="application/json")

    return router
