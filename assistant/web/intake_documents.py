"""`POST` and `DELETE /api/documents`: what staff send waits for a reviewer, an administrator takes documents out.

`GET /api/jobs/{id}` tells how far that is.
"""

import base64
from collections.abc import Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from pydantic import Field, ValidationError

from assistant.collecting import read_given
from assistant.indexing import IndexJobs, Job, JobsFull, Review
from assistant.masking import mask
from assistant.page import wording
from assistant.records import Record
from assistant.store.audit import AuditEntry
from assistant.store.opening import Store
from assistant.store.uploads import UploadsFull
from assistant.web import words
from assistant.web.access import caller_of, require
from assistant.web.intake import Refusal, clean_text
from assistant.web.openapi import ADMIN_ONLY, ANY_POST, STAFF_ONLY, json_body, refusals, reply
from assistant.web.service import Service
from corpus import CorpusError
from corpus.errors import DocumentConflict
from corpus.intake import READERS, RawFile

MAX_FILES = 20
MAX_FILE_BYTES = 2 * 1024 * 1024
MAX_NAME_CHARACTERS = 100
INTAKE_EXAMPLE: dict[str, Any] = {
    "files": [{"name": "云岭市标准化激励细则.txt", "content_base64": "56ys5LiA5p2h"}],
    "stated": {"region": "云南省昆明市", "in_force_from": "2026-01-01"},
}
JOB_ID = "6f1f0c4e"
JOB_EXAMPLE: dict[str, Any] = {
    "id": JOB_ID,
    "state": "waiting",
    "done": 0,
    "total": 0,
    "documents": [],
    "message": "",
    "upload": None,
}


class SentFile(Record):
    """A raw file in a request."""

    name: str = Field(min_length=1, max_length=500, description="文件名，结尾说明格式；只取最后一段")
    content_base64: str = Field(description="内容，base64，至多 2 MB")


class Stated(Record):
    """What whoever adds the files knows of them; each wins over what the text says."""

    title: str | None = Field(default=None, max_length=200, description="题名；汇编不用")
    region: str | None = Field(default=None, max_length=60, description="适用地区")
    issuer: str | None = Field(default=None, max_length=200, description="发文机关")
    number: str | None = Field(default=None, max_length=100, description="文号；汇编不用")
    published: date | None = Field(default=None, description="发布日期")
    in_force_from: date | None = Field(default=None, description="施行日期")
    in_force_until: date | None = Field(default=None, description="有效期最后一天")
    draft: bool = Field(default=False, description="是征求意见稿")


class SentFiles(Record):
    """Files to take in."""

    files: tuple[SentFile, ...] = Field(min_length=1, max_length=MAX_FILES)
    stated: Stated = Stated()


def intake_documents_router(jobs: IndexJobs, service: Service, store: Store) -> APIRouter:
    """`POST /api/documents`, `DELETE /api/documents/{id}` and `GET /api/jobs/{id}`; who did what is logged."""
    router = APIRouter(tags=["documents"])
    staff, admin = Depends(require("staff")), Depends(require("admin"))
    review = Review(uploads=store.uploads, facts=lambda: service.ledger().ledger.facts)

    @router.post(
        "/api/documents",
        summary=wording.INTAKE_SUMMARY,
        description=wording.INTAKE_ABOUT,
        status_code=202,
        response_model=Job,
        responses={
            **reply(Job, wording.JOB_REPLY, JOB_EXAMPLE, 202),
            **refusals(*ANY_POST, *STAFF_ONLY, "bad_file", "no_region", "jobs_full", "uploads_full"),
        },
        openapi_extra=json_body(SentFiles, INTAKE_EXAMPLE),
        dependencies=[staff],
    )
    async def add_documents(request: Request) -> Response:
        body = await request.body()
        sent = await run_in_threadpool(read_sent_files, body)
        reply = await run_in_threadpool(_send, jobs, sent, caller_of(request).name, review)
        note_deed(store, request, "send", "；".join(clean_name(file.name) for file in sent.files))
        return reply

    @router.delete(
        "/api/documents/{document_id}",
        summary=wording.REMOVE_SUMMARY,
        status_code=202,
        response_model=Job,
        description=wording.REMOVE_ABOUT,
        responses={
            **reply(Job, wording.JOB_REPLY, JOB_EXAMPLE, 202),
            **refusals(*ADMIN_ONLY, "no_document", "jobs_full"),
        },
        dependencies=[admin],
    )
    def remove_document(
        request: Request, document_id: Annotated[str, Path(description=words.DOCUMENT_ID_ABOUT)]
    ) -> Response:
        if service.document(document_id) is None:
            raise Refusal("no_document")
        try:
            reply = accepted(jobs.remove(document_id))
        except JobsFull as error:
            raise Refusal("jobs_full") from error
        except DocumentConflict as error:  # removed before, and the index not yet built without it
            raise Refusal("no_document") from error
        note_deed(store, request, "remove", document_id)
        return reply

    _add_job_state(router, jobs)
    return router


def _add_job_state(router: APIRouter, jobs: IndexJobs) -> None:
    @router.get(
        "/api/jobs/{job_id}",
        summary=wording.JOB_SUMMARY,
        response_model=Job,
        description=wording.JOB_ABOUT,
        responses={**reply(Job, wording.JOB_REPLY, JOB_EXAMPLE), **refusals(*STAFF_ONLY, "no_job")},
        dependencies=[Depends(require("staff"))],
    )
    def job_state(job_id: Annotated[str, Path(description=wording.JOB_ID_ABOUT)]) -> Job:
        job = jobs.find(job_id)
        if job is None:
            raise Refusal("no_job")
        return job


def read_sent_files(body: bytes) -> SentFiles:
    """The files in a request body, not yet decoded.

    Raises:
        Refusal: A field is missing or of the wrong type.
    """
    try:
        return SentFiles.model_validate_json(body, strict=True)
    except ValidationError as error:
        fields = {".".join(map(str, fault["loc"])) or "JSON" for fault in error.errors()}
        raise Refusal("bad_field", "、".join(sorted(fields))) from error


def note_deed(store: Store, request: Request, status: str, what: str) -> None:
    """Log what somebody of the staff did, by name."""
    caller = caller_of(request)
    client = store.audit.hash_client(caller.client)
    store.audit.write(AuditEntry(door="api", client=client, status=status, question=mask(what), caller=caller.name))


def _send(jobs: IndexJobs, sent: SentFiles, sender: str, to: Review) -> Response:
    try:
        given = read_given({name: _cleaned(value) for name, value in sent.stated})
    except CorpusError as error:
        raise Refusal("no_region") from error
    try:
        to.uploads.check_room()
        return accepted(jobs.send(read_sent(sent.files), given, sender, to))
    except UploadsFull as error:
        raise Refusal("uploads_full") from error
    except JobsFull as error:
        raise Refusal("jobs_full") from error


def read_sent(files: Sequence[SentFile]) -> list[RawFile]:
    """The files of a request as bytes with clean names.

    Raises:
        Refusal: A name has an ending that is not read, a content is no base64 or too large.
    """
    read = []
    for number, file in enumerate(files, start=1):
        name = clean_name(file.name)
        if PurePosixPath(name).suffix.lower() not in READERS:
            raise Refusal("bad_file", wording.NO_SUCH_ENDING.format(number=number))
        try:
            content = base64.b64decode(file.content_base64, validate=True)
        except ValueError as error:  # binascii.Error, or characters outside ASCII
            raise Refusal("bad_file", wording.NO_BASE64.format(number=number)) from error
        if not 0 < len(content) <= MAX_FILE_BYTES:
            raise Refusal("bad_file", wording.BAD_FILE_SIZE.format(number=number))
        read.append(RawFile(name=name, content=content))
    return read


def clean_name(name: str) -> str:
    r"""The last part of a file name that a client sent, as text; it is kept as the source and opens nothing.

    >>> clean_name("..\\..\\etc/城北\u202e政策.txt")
    '城北政策.txt'
    """
    last = clean_text(name).replace("\\", "/").rsplit("/", maxsplit=1)[-1]
    line = " ".join(last.split())
    stem, dot, ending = line.rpartition(".")
    return f"{stem[: MAX_NAME_CHARACTERS - len(ending) - 1]}{dot}{ending}" if stem else line[:MAX_NAME_CHARACTERS]


def _cleaned(value: object) -> object:
    return clean_text(value) or None if isinstance(value, str) else value


def accepted(job: Job) -> Response:
    """The reply that a job was begun."""
    return Response(job.model_dump_json(), 202, media_type="application/json")
