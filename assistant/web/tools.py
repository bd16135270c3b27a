"""The place of the MCP endpoint: where Gradio would serve its own. The server behind it is made by the first call."""

from typing import Any

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from assistant.web.intake import Refusal
from assistant.web.service import Service
from assistant.web.tool_calls import make_tools

PLACES = ("/gradio_api/mcp", "/gradio_api/mcp/")


class Endpoint:
    """The MCP calls as an ASGI app."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._server: Any = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One call. A GET would hold a stream open on which nothing ever comes."""
        if scope["method"] != "POST":
            raise Refusal("wrong_method")
        if self._server is None:
            self._server = await run_in_threadpool(self._make_server)
        from assistant.web.tool_server import serve_call

        await serve_call(self._server, scope, receive, send)

    def _make_server(self) -> Any:  # noqa: ANN401 - a type of the package that is loaded late
        from assistant.web.tool_server import make_server  # takes half a second, which the page need not wait for

        return make_server(make_tools(self._service))


def tools_router(service: Service) -> APIRouter:
    """The routes of the MCP endpoint."""
    endpoint = Endpoint(service)
    routes: list[BaseRoute] = [Route(place, endpoint, include_in_schema=False) for place in PLACES]
    return APIRouter(routes=routes)
