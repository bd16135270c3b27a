"""Endpoints that lie, leak, hang and break: what a language model behind an address may do to an answer.

`with HostileEndpoint(BEHAVIOURS["drips"]) as endpoint:` serves one at `endpoint.base_url`, on loopback.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from evals.hostile import honest, liars, sick
from evals.hostile.endpoint import HostileEndpoint, Request
from evals.hostile.protocol import Asked, Behaviour, Reply

__all__ = ["BEHAVIOURS", "HONEST", "LIARS", "SICK", "Asked", "Behaviour", "HostileEndpoint", "Reply", "Request"]


def _named(*behaviours: Callable[[Asked], Reply]) -> dict[str, Behaviour | None]:
    return {one.__name__: one for one in behaviours}


HONEST: Mapping[str, Behaviour | None] = MappingProxyType(
    _named(honest.echo, honest.looks_about, honest.mends, honest.tells_plainly)
)
LIARS: Mapping[str, Behaviour | None] = MappingProxyType(
    _named(
        liars.lies_in_every_figure,
        liars.swaps_units,
        liars.drops_citations,
        liars.doubles,
        liars.denies,
        liars.promises,
        liars.leaks_prompt,
        liars.obeys_injection,
        liars.markup,
        liars.wrong_tool_arguments,
        liars.unknown_tool,
        liars.endless_tools,
        liars.many_tools_at_once,
        liars.contradicts_itself,
    )
)
SICK: Mapping[str, Behaviour | None] = MappingProxyType(
    {"down": None}
    | _named(
        sick.slow_first_token,
        sick.keep_alive_only,
        sick.drips,
        sick.empty_tokens,
        sick.never_stops,
        sick.one_huge_line,
        sick.braces,
        sick.braces_in_pieces,
        sick.deep_json,
        sick.gzip_bomb,
        sick.limited,
        sick.server_error,
        sick.unauthorized,
        sick.bad_request,
        sick.truncated,
        sick.cut_cleanly,
        sick.error_in_stream,
        sick.filtered,
        sick.garbage_json,
        sick.strange_json,
        sick.not_streaming,
        sick.empty,
        sick.redirects,
        sick.wrong_content_type,
    )
)
BEHAVIOURS: Mapping[str, Behaviour | None] = MappingProxyType({**HONEST, **LIARS, **SICK})
