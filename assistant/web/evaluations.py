"""`/api/evaluations`: the runs of `jiangbu eval` for staff, and the report of each.

Only what a run left in its folder is read: the program does not import the evaluation. A report is a page of its own
that runs nothing; it is framed by our page and by no other (`REPORT_POLICY` in `door`).
"""

import logging
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from fastapi import APIRouter, Depends, Query
from fastapi import Path as InPath
from fastapi.responses import FileResponse, Response
from pydantic import BaseModel, Field, ValidationError

from assistant.web import store_wording as wording
from assistant.web import words
from assistant.web.access import require
from assistant.web.intake import Refusal
from assistant.web.openapi import STAFF_ONLY, attachment, refusals, reply
from assistant.web.strict_route import Body, StrictRoute

RUN_ID = re.compile(r"\d{8}T\d{6}\.\d{3}-[\w-]{1,80}")  # the moment, and what was run
CONFIG, SUMMARY, REPORT = "config.json", "summary.json", "report.html"
FILE_MAX = 64 * 1024 * 1024  # bytes: ours are far smaller
Kept = TypeVar("Kept", bound=BaseModel)
Outcome = Literal["holds", "regression", "below", "no_baseline"]
EXAMPLE_ID = "20261122T013000.000-answers"
EVALUATION_EXAMPLE: dict[str, Any] = {
    "id": EXAMPLE_ID,
    "started": "2026-11-22T01:30:00Z",
    "suites": ["answers"],
    "filters": [],
    "engine": "rules",
    "right": 540,
    "n": 551,
    "wrong_amounts": 0,
    "verdict": "holds",
    "has_report": True,
}

_LOG = logging.getLogger(__name__)


class EvaluationShown(Body):
    """One run; figures are null where it has none."""

    id: str
    started: datetime
    suites: list[str]
    filters: list[str] = Field(description=wording.FILTERS)
    engine: str
    right: int | None = Field(description=wording.RIGHT)
    n: int | None = Field(description=wording.ASKED_COUNT)
    wrong_amounts: int | None = Field(description=wording.WRONG_AMOUNTS)
    verdict: Outcome | None = Field(description=wording.OUTCOME)
    has_report: bool


class EvaluationList(Body):
    """The latest runs, latest first; `total` counts all."""

    items: list[EvaluationShown]
    total: int


class _Suite(BaseModel):
    name: str


class _Config(BaseModel):
    """What is read of a run's `config.json`."""

    started: datetime
    suites: list[_Suite]
    filters: list[str]
    engine: str


class _Summary(BaseModel):
    """What is read of a run's `summary.json`; all null for a run that has none, or a damaged one."""

    right: int | None = None
    n: int | None = None
    wrong_amounts: int | None = None
    verdict: Outcome | None = None


def evaluations_router(folder: Path | None) -> APIRouter:
    """`GET /api/evaluations` and `GET /api/evaluations/{run}/report.html`.

    Args:
        folder: Where the runs are kept, one folder each; it need not be there. None: there are none.
    """
    router = APIRouter(route_class=StrictRoute, tags=["evaluations"])

    @router.get(
        "/api/evaluations",
        summary=wording.EVALUATIONS_SUMMARY,
        description=wording.EVALUATIONS_ABOUT,
        responses={
            **reply(EvaluationList, wording.EVALUATIONS_REPLY, {"items": [EVALUATION_EXAMPLE], "total": 1}),
            **refusals(*STAFF_ONLY, "bad_field"),
        },
        dependencies=[Depends(require("staff"))],
    )
    def listed(limit: Annotated[int, Query(ge=1, le=200, description=words.LIMIT_ABOUT)] = 50) -> EvaluationList:
        runs = sorted(_folders(folder), key=lambda run: run.name, reverse=True)
        shown = (_shown(run) for run in runs[:limit])
        return EvaluationList(items=[one for one in shown if one is not None], total=len(runs))

    @router.get(
        "/api/evaluations/{run}/report.html",
        summary=wording.REPORT_SUMMARY,
        description=wording.REPORT_ABOUT,
        response_class=Response,
        responses={
            **attachment(wording.REPORT_REPLY, "text/html", "<!doctype html>…"),
            **refusals(*STAFF_ONLY, "no_report"),
        },
        dependencies=[Depends(require("staff"))],
    )
    def report(run: Annotated[str, InPath(description=wording.RUN_ABOUT)]) -> Response:
        found = next((one for one in _folders(folder) if one.name == run), None)
        if found is None or not _is_own(found / REPORT):
            raise Refusal("no_report")
        return FileResponse(found / REPORT, media_type="text/html; charset=utf-8")

    return router


def _folders(folder: Path | None) -> Iterator[Path]:
    """The folders of whole runs: listed, never made from what somebody sends, so that no name leads elsewhere."""
    try:
        found = [] if folder is None else list(folder.iterdir())
    except OSError:  # nothing was run yet
        return
    yield from (one for one in found if RUN_ID.fullmatch(one.name) and one.is_dir() and not one.is_symlink())


def _is_own(file: Path) -> bool:
    """Whether a file is there itself, not a link to one, and of a size that we write."""
    return file.is_file() and not file.is_symlink() and file.stat().st_size <= FILE_MAX


def _shown(run: Path) -> EvaluationShown | None:
    """A run as it is listed; None, and a line in the log, where its settings cannot be read."""
    config = _read(run / CONFIG, _Config)
    if config is None:
        _LOG.warning("the evaluation run %s has no readable %s and is not listed", run.name, CONFIG)
        return None
    summary = _read(run / SUMMARY, _Summary) or _Summary()
    return EvaluationShown(
        id=run.name,
        started=config.started,
        suites=[one.name for one in config.suites],
        filters=config.filters,
        engine=config.engine,
        **dict(summary),
        has_report=_is_own(run / REPORT),
    )


def _read(file: Path, model: type[Kept]) -> Kept | None:
    try:
        return model.model_validate_json(file.read_bytes()) if _is_own(file) else None
    except (OSError, ValidationError):
        return None
