"""`/api/uploads`: what staff sent in, with a preview of what was read; a reviewer accepts or rejects it, by name."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response
from pydantic import Field, StringConstraints

from assistant.indexing import IndexJobs, Job, JobsFull
from assistant.page import wording
from assistant.preview import Preview
from assistant.reviewing import Decision, StrayVersion, check_decision
from assistant.store.opening import Store
from assistant.store.uploads import NOTE_MAX, NoUpload, Settled, Upload, UploadSettled
from assistant.web import words
from assistant.web.access import caller_of, require
from assistant.web.intake import Refusal
from assistant.web.intake_documents import JOB_EXAMPLE, accepted, note_deed
from assistant.web.openapi import ADMIN_ONLY, ANY_POST, STAFF_ONLY, body_example, refusals, reply
from assistant.web.store_wording import BEFORE_ABOUT
from assistant.web.strict_route import Body, Clean, StrictRoute

State = Literal["pending", "accepted", "rejected", "expired"]
NUMBER_MAX = 2**31 - 1
VERSIONS_MAX = 100
_HEAD: dict[str, Any] = {
    "number": 7,
    "at": "2026-11-23T09:00:00+08:00",
    "sender": "zhangsan",
    "names": ["云岭市标准化激励办法.docx"],
    "titles": ["云岭市标准化激励办法"],
    "state": "pending",
    "settled_by": None,
    "settled_at": None,
    "note": None,
    "documents": [],
}
UPLOADS_EXAMPLE: dict[str, Any] = {"items": [_HEAD], "next_before": None}
_DOCUMENT_EXAMPLE: dict[str, Any] = {
    "id": "yunling-2026",
    "title": "云岭市标准化激励办法",
    "region": "云南省昆明市",
    "issuer": None,
    "document_number": None,
    "published": None,
    "in_force_from": "2026-01-01",
    "in_force_until": None,
    "status": "issued",
    "kind": "award_policy",
    "repeals": [],
    "text": "第一条 …",
    "clauses": 12,
    "facts": [{"locator": "第三条", "subject": "（事项）", "amount": "41万元", "quote": "（原文）"}],
    "rejects": [],
    "findings": [],
    "conflicts": [
        {
            "document": "yunling-2024",
            "title": "云岭市标准化激励暂行办法",
            "locator": "第三条",
            "theirs": "39万元",
            "ours": "41万元",
            "here": "第三条",
        }
    ],
    "near": [],
    "supersedes": [{"document": "yunling-2024", "title": "云岭市标准化激励暂行办法", "share": 0.0}],
    "known": False,
}
UPLOAD_EXAMPLE: dict[str, Any] = _HEAD | {
    "preview": {
        "files": [
            {"name": _HEAD["names"][0], "form": "docx", "pages": 0, "hidden": [], "unsure": [], "notes": []},
        ],
        "documents": [_DOCUMENT_EXAMPLE],
    }
}
ACCEPT_EXAMPLE: dict[str, Any] = {
    "note": "与原件核对无误",
    "supersedes": [{"document": "yunling-2026", "older": "yunling-2024"}],
}
REJECT_EXAMPLE = {"note": "金额与原件不符"}


class UploadShown(Body):
    """What was sent, and what became of it."""

    number: int = Field(description=wording.UPLOAD_ID_ABOUT)
    at: datetime
    sender: str
    names: list[str]
    titles: list[str]
    state: State
    settled_by: str | None
    settled_at: datetime | None
    note: str | None
    documents: list[str] = Field(description=words.DOCUMENT_ID_ABOUT)


class UploadPage(Body):
    """Some uploads; `next_before` asks for those after them, null when there are none."""

    items: list[UploadShown]
    next_before: int | None


class UploadWhole(UploadShown):
    """An upload with what a reviewer is to look at; null once it is settled."""

    preview: Preview | None


class NewerVersion(Body):
    """That a document of the upload takes a stored one's place."""

    document: str = Field(max_length=100)
    older: str = Field(max_length=100)


class Acceptance(Body):
    """A reviewer's yes."""

    note: Annotated[Clean, StringConstraints(max_length=NOTE_MAX)] = Field(default="", description=wording.REVIEW_NOTE)
    supersedes: list[NewerVersion] | None = Field(
        default=None, max_length=VERSIONS_MAX, description=wording.SUPERSEDES_ABOUT
    )


class Rejection(Body):
    """A reviewer's no."""

    note: Annotated[Clean, StringConstraints(max_length=NOTE_MAX)] = Field(description=wording.REVIEW_WHY)


Number = Annotated[int, Path(ge=1, le=NUMBER_MAX, description=wording.UPLOAD_ID_ABOUT)]


def uploads_router(jobs: IndexJobs, store: Store) -> APIRouter:
    """`GET /api/uploads`, `/api/uploads/{number}`, and `POST` to its `accept` and `reject`."""
    router = APIRouter(route_class=StrictRoute, tags=["documents"])
    _add_lists(router, store)
    reviewer = Depends(require("reviewer"))

    @router.post(
        "/api/uploads/{number}/accept",
        summary=wording.ACCEPT_SUMMARY,
        description=wording.ACCEPT_ABOUT,
        status_code=202,
        response_model=Job,
        responses={
            **reply(Job, wording.JOB_REPLY, JOB_EXAMPLE, 202),
            **refusals(*ANY_POST, *ADMIN_ONLY, "no_upload", "upload_settled", "no_older", "jobs_full"),
        },
        openapi_extra=body_example(ACCEPT_EXAMPLE),
        dependencies=[reviewer],
    )
    def accept(number: Number, body: Acceptance, request: Request) -> Response:
        upload = _waiting(store, number)
        chosen = None if body.supersedes is None else _by_document(body.supersedes)
        decision = Decision(number=number, by=caller_of(request).name, note=body.note, supersedes=chosen)
        try:
            check_decision(decision, upload, jobs.known_ids())
            job = jobs.accept(decision, store.uploads)
        except StrayVersion as error:
            raise Refusal("no_older") from error
        except JobsFull as error:
            raise Refusal("jobs_full") from error
        note_deed(store, request, "accept", _deed(upload, body.note))
        return accepted(job)

    @router.post(
        "/api/uploads/{number}/reject",
        summary=wording.REJECT_SUMMARY,
        description=wording.REJECT_ABOUT,
        response_model=UploadShown,
        responses={
            **reply(UploadShown, wording.UPLOAD_REPLY, _HEAD | {"state": "rejected", "settled_by": "lisi"}),
            **refusals(*ANY_POST, *ADMIN_ONLY, "no_upload", "upload_settled"),
        },
        openapi_extra=body_example(REJECT_EXAMPLE),
        dependencies=[reviewer],
    )
    def reject(number: Number, body: Rejection, request: Request) -> UploadShown:
        if not body.note:
            raise Refusal("bad_field", "note")
        upload = _waiting(store, number)
        try:
            store.uploads.settle(number, Settled(state="rejected", by=caller_of(request).name, note=body.note))
        except UploadSettled as error:
            raise Refusal("upload_settled") from error
        note_deed(store, request, "reject", _deed(upload, body.note))
        return UploadShown(**_head(store.uploads.find(number)))

    return router


def _add_lists(router: APIRouter, store: Store) -> None:
    staff = Depends(require("staff"))

    @router.get(
        "/api/uploads",
        summary=wording.UPLOADS_SUMMARY,
        description=wording.UPLOADS_ABOUT,
        responses={
            **reply(UploadPage, wording.UPLOADS_REPLY, UPLOADS_EXAMPLE),
            **refusals(*STAFF_ONLY, "bad_field"),
        },
        dependencies=[staff],
    )
    def listed(
        state: Annotated[State | None, Query(description=wording.UPLOAD_STATE_ABOUT)] = None,
        limit: Annotated[int, Query(ge=1, le=200, description=words.LIMIT_ABOUT)] = 50,
        before: Annotated[int | None, Query(ge=1, le=NUMBER_MAX, description=BEFORE_ABOUT)] = None,
    ) -> UploadPage:
        found = store.uploads.page(state, limit + 1, before)
        items = [UploadShown(**_head(one)) for one in found[:limit]]
        return UploadPage(items=items, next_before=items[-1].number if len(found) > limit else None)

    @router.get(
        "/api/uploads/{number}",
        summary=wording.UPLOAD_SUMMARY,
        description=wording.UPLOAD_ABOUT,
        responses={
            **reply(UploadWhole, wording.UPLOAD_REPLY, UPLOAD_EXAMPLE),
            **refusals(*STAFF_ONLY, "no_upload", "bad_field"),
        },
        dependencies=[staff],
    )
    def whole(number: Number) -> UploadWhole:
        upload = _find(store, number)
        preview = Preview.model_validate(upload.preview) if upload.preview else None
        return UploadWhole(**_head(upload), preview=preview)


def _find(store: Store, number: int) -> Upload:
    try:
        return store.uploads.find(number)
    except NoUpload as error:
        raise Refusal("no_upload") from error


def _waiting(store: Store, number: int) -> Upload:
    upload = _find(store, number)
    if upload.state != "pending":
        raise Refusal("upload_settled")
    return upload


def _by_document(versions: list[NewerVersion]) -> Mapping[str, list[str]]:
    chosen: dict[str, list[str]] = {}
    for one in versions:
        chosen.setdefault(one.document, []).append(one.older)
    return chosen


def _deed(upload: Upload, note: str) -> str:
    """What the log says: which upload, of whom, what is in it, and the reviewer's reason."""
    return wording.REVIEWED_DEED.format(
        number=upload.number, sender=upload.sender, titles="；".join(upload.titles)[:NOTE_MAX], note=note
    )


def _head(upload: Upload) -> dict[str, Any]:
    return {
        "number": upload.number,
        "at": upload.at,
        "sender": upload.sender,
        "names": list(upload.names),
        "titles": list(upload.titles),
        "state": upload.state,
        "settled_by": upload.settled_by,
        "settled_at": upload.settled_at,
        "note": upload.note,
        "documents": list(upload.ids),
    }
