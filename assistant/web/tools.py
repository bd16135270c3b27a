"""The MCP endpoint: the assistant's calls as tools for agents. The only door to the `mcp` package.

Served where Gradio would serve its own, by this app: one POST, one JSON reply, no session kept. The service's own
doors check host, origin and size before; so the package's check of hosts, which knows loopback names only, is off.
"""

import json
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from importlib.metadata import version
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, FastAPI
from mcp import MCPError, types
from mcp.server import Server, ServerRequestContext
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from assistant.web import words
from assistant.web.intake import Refusal
from assistant.web.service import Service
from assistant.web.tool_calls import Tool, ToolRefused, make_tools

PLACES = ("/gradio_api/mcp", "/gradio_api/mcp/")

logger = logging.getLogger(__name__)


class Endpoint:
    """The place of the MCP calls, as ASGI; open while the app runs, and as often as it is started."""

    def __init__(self, server: Server[Any]) -> None:
        self._server = server
        self._sessions: StreamableHTTPSessionManager | None = None

    @asynccontextmanager
    async def run(self, app: FastAPI) -> AsyncIterator[None]:
        """The lifespan of the endpoint."""
        self._sessions = StreamableHTTPSessionManager(
            self._server,
            json_response=True,
            stateless=True,
            security_settings=TransportSecuritySettings(enable_dns_rebinding_protection=False),
        )
        async with self._sessions.run():
            yield

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One call; before the app has started there is nobody to take it. No stream is kept open for a GET."""
        if scope["method"] != "POST":
            raise Refusal("wrong_method")
        if self._sessions is None:
            raise Refusal("busy")
        await self._sessions.handle_request(scope, receive, send)


def tools_router(service: Service) -> APIRouter:
    """The routes of the MCP endpoint, with its lifespan: `app.include_router` takes both."""
    endpoint = Endpoint(make_server(make_tools(service)))
    routes: list[BaseRoute] = [Route(place, endpoint, include_in_schema=False) for place in PLACES]
    return APIRouter(routes=routes, lifespan=endpoint.run)


def make_server(tools: Sequence[Tool]) -> Server[Any]:
    """An MCP server that offers these tools and nothing else."""
    by_name = {tool.name: tool for tool in tools}
    listed = types.ListToolsResult(tools=[_described(tool) for tool in tools])

    async def list_tools(
        context: ServerRequestContext[Any], params: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return listed

    async def call_tool(
        context: ServerRequestContext[Any], params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        tool = by_name.get(params.name)
        if tool is None:
            known = "、".join(by_name)
            raise MCPError(types.INVALID_PARAMS, words.TOOL_UNKNOWN.format(name=params.name[:60], names=known))
        return await to_thread.run_sync(partial(_call, tool, params.arguments or {}))

    return Server(
        "jiangbu",
        version=version("jiangbu"),
        title=words.TOOLS_TITLE,
        instructions=words.TOOLS_ABOUT,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _described(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=words.TOOL_TITLES[tool.name],
        description=words.TOOL_ABOUT[tool.name],
        input_schema=tool.takes.model_json_schema(),
        output_schema=tool.gives.model_json_schema(mode="serialization"),
        annotations=types.ToolAnnotations(
            title=words.TOOL_TITLES[tool.name],
            read_only_hint=True,
            destructive_hint=False,
            idempotent_hint=True,
            open_world_hint=False,
        ),
    )


def _call(tool: Tool, arguments: dict[str, Any]) -> types.CallToolResult:
    """Run a tool; what went wrong is told to the agent, in words that say what to do."""
    try:
        result = tool.call(arguments)
    except ToolRefused as refused:
        return _said(str(refused), is_error=True)
    except Exception:
        logger.exception("tool %s failed", tool.name)
        return _said(words.TOOL_FAILED, is_error=True)
    told = result.model_dump(mode="json")
    return _said(_text(told), is_error=False, structured=told)


def _text(told: dict[str, Any]) -> str:
    """A result for agents that read text alone: what is said with its sources, else the JSON."""
    said = told.get("answer") or told.get("text")
    if not isinstance(said, str):
        return json.dumps(told, ensure_ascii=False)
    sources = (words.TOOL_SOURCE.format(**citation) for citation in told.get("citations", ()))
    return "\n".join([said, *(warning["message"] for warning in told.get("warnings", ())), *sources])


def _said(text: str, *, is_error: bool, structured: dict[str, Any] | None = None) -> types.CallToolResult:
    return types.CallToolResult(
        content=[types.TextContent(text=text)], structured_content=structured, is_error=is_error
    )
