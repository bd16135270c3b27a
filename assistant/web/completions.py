"""The OpenAI-compatible endpoint: `/v1/models` and `/v1/chat/completions`, for clients made for language models.

The same answers as everywhere. Assistant messages that a client sends back are not believed: the history is what
the user asked.
"""

import json
from collections.abc import Callable, Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response, StreamingResponse
from pydantic import ValidationError

from assistant.records import Answer, Question
from assistant.web import words
from assistant.web.ask import ANSWER_EXAMPLE
from assistant.web.chat_records import (
    CREATED,
    MODEL,
    ChatRequest,
    Completion,
    ModelList,
    ModelRecord,
    make_chunks,
    make_completion,
    read_chat_question,
)
from assistant.web.errors import BadParameter, OpenAIErrorReply, bad_places
from assistant.web.intake import Refusal
from assistant.web.openapi import ANY_POST, json_body, refusals, reply

CHAT_EXAMPLE: dict[str, Any] = {
    "model": MODEL,
    "messages": [{"role": "user", "content": ANSWER_EXAMPLE["question"]}],
    "stream": False,
    "region": "威海市",
}
MODEL_EXAMPLE: dict[str, Any] = {"id": MODEL, "object": "model", "created": CREATED, "owned_by": MODEL}
COMPLETION_EXAMPLE: dict[str, Any] = {
    "id": "chatcmpl-0",
    "object": "chat.completion",
    "created": CREATED,
    "model": MODEL,
    "choices": [
        {
            "index": 0,
            "message": {"role": "assistant", "content": ANSWER_EXAMPLE["answer"], "refusal": None},
            "logprobs": None,
            "finish_reason": "stop",
        }
    ],
    "usage": {"prompt_tokens": 16, "completion_tokens": 15, "total_tokens": 31},
    "citations": [],
    "jiangbu": ANSWER_EXAMPLE,
}
_CHAT_REFUSALS = (*ANY_POST, "one_choice", "no_question", "text_only", "question_too_long")


def completions_router(answer: Callable[[Question], Answer]) -> APIRouter:
    """`GET /v1/models`, `GET /v1/models/{id}`, `POST /v1/chat/completions`, and words for any other under /v1."""
    router = APIRouter(tags=["openai"])
    _add_models(router)

    @router.post(
        "/v1/chat/completions",
        summary=words.CHAT_SUMMARY,
        description=words.CHAT_ABOUT,
        responses={
            **reply(Completion, words.CHAT_REPLY, COMPLETION_EXAMPLE),
            **refusals(*_CHAT_REFUSALS, model=OpenAIErrorReply),
        },
        openapi_extra=json_body(ChatRequest, CHAT_EXAMPLE),
    )
    async def complete(request: Request) -> Response:
        wanted = _read_request(await request.body())
        question = read_chat_question(wanted)
        answered = await run_in_threadpool(answer, question)  # before the first byte: a failure is still a status
        if not wanted.stream:
            completion = make_completion(question, answered)
            return Response(completion.model_dump_json(), media_type="application/json")
        with_usage = wanted.stream_options is not None and wanted.stream_options.include_usage
        return StreamingResponse(
            _events(make_chunks(question, answered, with_usage=with_usage)),
            media_type="text/event-stream",
            headers={"X-Accel-Buffering": "no"},
        )

    @router.api_route("/v1/{rest:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"], include_in_schema=False)
    def unknown(rest: str) -> Response:
        raise Refusal("wrong_method" if rest in ("models", "chat/completions") else "not_found")

    return router


def _add_models(router: APIRouter) -> None:
    @router.get(
        "/v1/models",
        summary=words.MODELS_SUMMARY,
        description=words.MODELS_SUMMARY,
        responses={
            **reply(ModelList, words.MODELS_REPLY, {"object": "list", "data": [MODEL_EXAMPLE]}),
            **refusals("bad_host", model=OpenAIErrorReply),
        },
    )
    def models() -> ModelList:
        return ModelList()

    @router.get(
        "/v1/models/{model_id}",
        summary=words.MODEL_SUMMARY,
        description=words.MODEL_SUMMARY,
        responses={
            **reply(ModelRecord, words.MODELS_REPLY, MODEL_EXAMPLE),
            **refusals("no_model", model=OpenAIErrorReply),
        },
    )
    def model(model_id: Annotated[str, Path(description=words.MODEL_ID_ABOUT)]) -> ModelRecord:
        if model_id != MODEL:
            raise BadParameter("no_model", "model")
        return ModelRecord()


def _read_request(body: bytes) -> ChatRequest:
    try:
        return ChatRequest.model_validate_json(body, strict=True)
    except ValidationError as error:
        places = bad_places(error)
        raise BadParameter("bad_field", places[0], "、".join(places)[:200], status=400) from error


def _events(chunks: Iterator[dict[str, Any]]) -> Iterator[str]:
    for chunk in chunks:
        yield f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n"
    yield "data: [DONE]\n\n"
