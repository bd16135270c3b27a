"""The endpoints for other programs, put together: estimates, the ledger, exports, OpenAI's format, MCP."""

from fastapi import APIRouter

from assistant.web.completions import completions_router
from assistant.web.estimates import estimate_router
from assistant.web.exporting import export_router
from assistant.web.facts import facts_router
from assistant.web.service import Service
from assistant.web.tools import tools_router


def program_routers(service: Service) -> tuple[APIRouter, ...]:
    """The routers, to stand before the page's catch-all."""
    return (
        estimate_router(service.estimate),
        facts_router(service),
        export_router(service),
        completions_router(service.answer),
        tools_router(service),
    )
