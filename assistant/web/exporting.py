"""`POST /api/export`: a talk as a file. The questions come in, the answers are made here, so that none is forged."""

from datetime import date
from typing import Any, Literal

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.export.markdown import write_markdown
from assistant.export.records import Transcript, make_transcript
from assistant.records import MAX_QUESTION_CHARACTERS, Question
from assistant.service import today
from assistant.web import words
from assistant.web.attachments import attached
from assistant.web.errors import bad_places
from assistant.web.intake import MAX_REGION_CHARACTERS, Refusal, bounded_history, clean_text
from assistant.web.openapi import ANY_POST, attachment, json_body, refusals
from assistant.web.service import Service

TURNS_MAX = 50
MARKDOWN = "text/markdown; charset=utf-8"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXPORT_EXAMPLE: dict[str, Any] = {
    "format": "docx",
    "title": "标准化奖补政策问答记录",
    "turns": [{"question": "龙港市主导制定国家标准奖励多少", "as_of": "2026-11-21"}, {"question": "那行业标准呢"}],
}


class AskedTurn(BaseModel):
    """One question of the talk."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str = Field(min_length=1, max_length=MAX_QUESTION_CHARACTERS)
    as_of: date | None = None
    region: str | None = Field(default=None, max_length=MAX_REGION_CHARACTERS)


class ExportRequest(BaseModel):
    """A talk to export: its questions, oldest first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["md", "docx"]
    title: str = Field(default="", max_length=100)
    turns: tuple[AskedTurn, ...] = Field(min_length=1, max_length=TURNS_MAX)


def export_router(service: Service) -> APIRouter:
    """`POST /api/export`."""
    router = APIRouter(tags=["export"])

    @router.post(
        "/api/export",
        summary=words.EXPORT_SUMMARY,
        description=words.EXPORT_ABOUT,
        response_class=Response,
        responses={**attachment(words.EXPORT_REPLY, "text/markdown", "# …"), **refusals(*ANY_POST)},
        openapi_extra=json_body(ExportRequest, EXPORT_EXAMPLE),
    )
    async def export(request: Request) -> Response:
        wanted = _read_request(await request.body())
        return await run_in_threadpool(_write, service, wanted)

    return router


def _read_request(body: bytes) -> ExportRequest:
    try:
        return ExportRequest.model_validate_json(body, strict=True)
    except ValidationError as error:
        raise Refusal("bad_field", "、".join(bad_places(error))[:200]) from error


def _write(service: Service, wanted: ExportRequest) -> Response:
    talk = ask_again(service, wanted, today())
    name = words.EXPORT_FILE.format(day=talk.made.isoformat())
    if wanted.format == "md":
        return attached(write_markdown(talk).encode(), MARKDOWN, f"{name}.md")
    from assistant.export.word import write_word  # only who wants a Word file loads python-docx

    return attached(write_word(talk), WORD, f"{name}.docx")


def ask_again(service: Service, wanted: ExportRequest, day: date) -> Transcript:
    """The talk, each question answered anew with those before it as its history."""
    asked = [clean_text(turn.question) for turn in wanted.turns]
    regions = [clean_text(turn.region or "") or None for turn in wanted.turns]
    answers = [
        service.answer(
            Question(
                question=question,
                history=bounded_history(asked[:place]),
                as_of=wanted.turns[place].as_of,
                region=regions[place],
            )
        )
        for place, question in enumerate(asked)
    ]
    return make_transcript(clean_text(wanted.title), answers, regions, service.document, day)
