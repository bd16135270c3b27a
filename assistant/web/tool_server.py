"""The assistant's tools as an MCP server. The only door to the `mcp` package.

One POST, one JSON reply, no session kept. The service's own doors check host, origin and size before; so the
package's check of hosts, which knows loopback names only, is off.
"""

import json
import logging
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from fastapi.concurrency import run_in_threadpool
from mcp import MCPError, types
from mcp.server import Server, ServerRequestContext
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from starlette.types import Receive, Scope, Send

from assistant.export.markdown import inert
from assistant.web import words
from assistant.web.tool_calls import Tool, ToolRefused

logger = logging.getLogger(__name__)


async def serve_call(server: Server[Any], scope: Scope, receive: Receive, send: Send) -> None:
    """Serve one POST. What the SDK keeps for a session lives as long as the call: there are no sessions."""
    calls = StreamableHTTPSessionManager(
        server,
        json_response=True,
        stateless=True,
        security_settings=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    async with calls.run():
        await calls.handle_request(scope, receive, send)


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
        return await run_in_threadpool(_call, tool, params.arguments or {})

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
    return inert("\n".join([said, *(warning["message"] for warning in told.get("warnings", ())), *sources]))


def _said(text: str, *, is_error: bool, structured: dict[str, Any] | None = None) -> types.CallToolResult:
    return types.CallToolResult(
        content=[types.TextContent(text=text)], structured_content=structured, is_error=is_error
    )
