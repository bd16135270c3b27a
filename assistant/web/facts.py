"""`GET /api/facts` and its tables: the award ledger, filtered."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse, Response
from pydantic import Field

from assistant.ledger_filter import Choices, FactFilter, describe_facts, list_choices, select_facts
from assistant.service import today
from assistant.web import words
from assistant.web.attachments import attached
from assistant.web.fact_records import FactsReply
from assistant.web.fact_table import facts_csv, facts_xlsx
from assistant.web.openapi import attachment, refusals, reply
from assistant.web.service import Service

LIMIT, LIMIT_MAX, OFFSET_MAX = 1000, 5000, 10**9
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FACTS_EXAMPLE: dict[str, Any] = {"total": 0, "offset": 0, "facts": []}
CHOICES_EXAMPLE: dict[str, Any] = {
    "regions": [{"value": "山东省威海市", "count": 21}],
    "standards": [{"value": "国家标准", "count": 39}],
    "roles": [{"value": "主导", "count": 131}],
    "organs": [{"value": "技术委员会", "count": 42}],
    "levels": [{"value": "国家级", "count": 137}],
    "items": [{"value": "创新贡献奖", "count": 54}],
    "grades": [{"value": "一等奖", "count": 16}],
}


class FactsPage(FactFilter):
    """A page of the facts wanted."""

    limit: int = Field(default=LIMIT, ge=1, le=LIMIT_MAX, description=words.LIMIT_ABOUT)
    offset: int = Field(default=0, ge=0, le=OFFSET_MAX, description=words.OFFSET_ABOUT)


def facts_router(service: Service) -> APIRouter:
    """`GET /api/facts`, `/api/facts/choices`, `/api/facts.csv` and `/api/facts.xlsx`."""
    router = APIRouter(tags=["ledger"])

    @router.get(
        "/api/facts",
        summary=words.FACTS_SUMMARY,
        description=words.FACTS_ABOUT,
        responses={**reply(FactsReply, words.FACTS_REPLY, FACTS_EXAMPLE), **refusals("bad_field")},
    )
    def facts(wanted: Annotated[FactsPage, Query()]) -> Response:
        view, day = service.ledger(), wanted.as_of or today()
        found = select_facts(view, wanted, day)
        told = describe_facts(view, found[wanted.offset : wanted.offset + wanted.limit], day)
        return JSONResponse({"total": len(found), "offset": wanted.offset, "facts": jsonable_encoder(told)})

    @router.get(
        "/api/facts/choices",
        summary=words.CHOICES_SUMMARY,
        description=words.CHOICES_SUMMARY,
        responses={**reply(Choices, words.CHOICES_REPLY, CHOICES_EXAMPLE), **refusals("bad_host")},
    )
    def choices() -> Response:
        return Response(list_choices(service.ledger()).model_dump_json(), media_type="application/json")

    def table(wanted: FactFilter) -> tuple[list[dict[str, Any]], date]:
        view, day = service.ledger(), wanted.as_of or today()
        return describe_facts(view, select_facts(view, wanted, day), day), day

    @router.get(
        "/api/facts.csv",
        summary=words.FACTS_CSV_SUMMARY,
        description=words.FACTS_TABLE_ABOUT,
        response_class=Response,
        responses={**attachment(words.FACTS_TABLE_REPLY, "text/csv", "地区,事项,金额"), **refusals("bad_field")},
    )
    def as_csv(wanted: Annotated[FactFilter, Query()]) -> Response:
        found, day = table(wanted)
        return attached(facts_csv(found), CSV, f"{words.TABLE_FILE.format(day=day)}.csv")

    @router.get(
        "/api/facts.xlsx",
        summary=words.FACTS_XLSX_SUMMARY,
        description=words.FACTS_TABLE_ABOUT,
        response_class=Response,
        responses={**attachment(words.FACTS_TABLE_REPLY, XLSX, "(xlsx)"), **refusals("bad_field")},
    )
    def as_xlsx(wanted: Annotated[FactFilter, Query()]) -> Response:
        found, day = table(wanted)
        return attached(facts_xlsx(found), XLSX, f"{words.TABLE_FILE.format(day=day)}.xlsx")

    return router
