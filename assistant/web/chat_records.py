"""Chat completions in OpenAI's format: what is read of a request, and what replies are made of.

Usage counts characters, not tokens, since no language model cuts the text: `prompt_tokens` is the length of the
question and of the earlier questions that were used, `completion_tokens` that of the answer.
"""

import re
import time
import uuid
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.export.markdown import inert
from assistant.records import MAX_QUESTION_CHARACTERS, Answer, Citation, Question
from assistant.web.errors import BadParameter
from assistant.web.intake import MAX_REGION_CHARACTERS, bounded_history, clean_text

MODEL = "jiangbu"
CREATED = 1_767_225_600  # 2026-01-01; a model's date, which clients expect and nobody reads
_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]+|[^。；！？\n]+")


class Message(BaseModel):
    """One message; only those of the user are read."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    role: str = Field(description="user 的被采用；system、developer、assistant、tool 的不采用")
    content: Any = Field(default=None, description="文字，或 [{type: text, text: …}]")


class StreamOptions(BaseModel):
    """What a stream is to hold besides."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    include_usage: bool = Field(default=False, description="最后另给一段 usage")


class ChatRequest(BaseModel):
    """A request; OpenAI's other fields (temperature, tools, …) are taken and have no effect."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    model: str = Field(default=MODEL, description="写什么都由 jiangbu 回答")
    messages: tuple[Message, ...] = Field(min_length=1)
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    n: int | None = Field(default=None, description="只能是 1")
    region: str | None = Field(default=None, max_length=MAX_REGION_CHARACTERS, description="地区（扩展字段）")
    as_of: date | None = Field(default=None, description="判断日期（扩展字段）")


class Usage(BaseModel):
    """Characters, under OpenAI's names."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class ReplyMessage(BaseModel):
    """The answer's text."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None


class ReplyChoice(BaseModel):
    """The one choice."""

    index: int = 0
    message: ReplyMessage
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class Completion(BaseModel):
    """A whole reply; `citations` and `jiangbu` are additions to OpenAI's format."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str = MODEL
    choices: tuple[ReplyChoice]
    usage: Usage
    citations: tuple[Citation, ...]
    jiangbu: Answer


class ModelRecord(BaseModel):
    """The one model."""

    id: str = MODEL
    object: Literal["model"] = "model"
    created: int = CREATED
    owned_by: str = MODEL


class ModelList(BaseModel):
    """All models."""

    object: Literal["list"] = "list"
    data: tuple[ModelRecord, ...] = (ModelRecord(),)


def read_chat_question(request: ChatRequest) -> Question:
    """The question of a request: the last user message, with the earlier ones as history.

    Whatever model is named, the one there is answers, and the reply says so: many programs have a name built in.

    Raises:
        BadParameter: More than one choice is wanted, or there is no such question.
    """
    if request.n not in (None, 1):
        raise BadParameter("one_choice", "n", status=400)
    asked = [clean_text(_text(message.content)) for message in request.messages if message.role == "user"]
    if not asked or not asked[-1]:
        raise BadParameter("no_question", "messages", status=400)
    if len(asked[-1]) > MAX_QUESTION_CHARACTERS:
        raise BadParameter("question_too_long", "messages", status=400)
    return Question(
        question=asked[-1],
        history=bounded_history(asked[:-1]),
        as_of=request.as_of,
        region=clean_text(request.region or "") or None,
    )


def make_completion(question: Question, answer: Answer) -> Completion:
    """The whole reply."""
    return Completion(
        id=_id(),
        created=int(time.time()),
        choices=(ReplyChoice(message=ReplyMessage(content=inert(answer.answer))),),
        usage=count_usage(question, answer),
        citations=answer.citations,
        jiangbu=answer,
    )


def make_chunks(question: Question, answer: Answer, *, with_usage: bool) -> Iterator[dict[str, Any]]:
    """The reply in pieces: the role, the text by sentences, the end with the citations, the usage if wanted."""
    head = {"id": _id(), "object": "chat.completion.chunk", "created": int(time.time()), "model": MODEL}
    unused = {"usage": None} if with_usage else {}

    def chunk(delta: Mapping[str, str], finish_reason: str | None = None) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
        return {**head, "choices": [choice], **unused}

    yield chunk({"role": "assistant", "content": ""})
    for sentence in split_sentences(inert(answer.answer)):
        yield chunk({"content": sentence})
    told = answer.model_dump(mode="json")
    yield chunk({}, "stop") | {"citations": told["citations"], "jiangbu": told}
    if with_usage:
        yield {**head, "choices": [], "usage": count_usage(question, answer).model_dump()}


def count_usage(question: Question, answer: Answer) -> Usage:
    """How many characters went in and came out."""
    asked = len(question.question) + sum(map(len, question.history))
    said = len(answer.answer)
    return Usage(prompt_tokens=asked, completion_tokens=said, total_tokens=asked + said)


def split_sentences(text: str) -> list[str]:
    r"""A text in pieces that end where a sentence does; joined they are the text.

    >>> split_sentences("甲。乙；\n\n丙")
    ['甲。', '乙；\n\n', '丙']
    """
    return _SENTENCE.findall(text)


def _text(content: object) -> str:
    """The text of a user's message."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        raise BadParameter("no_question" if content is None else "text_only", "messages", status=400)
    parts = [part.get("text") for part in content if isinstance(part, dict) and part.get("type") == "text"]
    texts = [part for part in parts if isinstance(part, str)]
    if len(texts) < len(content):
        raise BadParameter("text_only", "messages", status=400)
    return "\n".join(texts)


def _id() -> str:
    return f"chatcmpl-{uuid.uuid4().hex}"
