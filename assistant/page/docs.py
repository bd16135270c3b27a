"""The interface described for people, from its OpenAPI definition: no script, nothing from another host."""

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from assistant.page.document import sheet_html
from assistant.page.wording import API_INTRO, API_REPLY, API_REQUEST, API_TITLE, BACK_TO_ASK


def docs_html(openapi: Mapping[str, Any]) -> str:
    """One section for each call of the definition."""
    calls = [
        call_html(method, path, call) for path, methods in openapi["paths"].items() for method, call in methods.items()
    ]
    body = (
        f'<nav><a href="/">{BACK_TO_ASK}</a></nav><h1>{API_TITLE}</h1>'
        f'<p>{escape(API_INTRO)}<a href="/openapi.json">/openapi.json</a></p>{"".join(calls)}'
    )
    return sheet_html(API_TITLE, body)


def call_html(method: str, path: str, call: Mapping[str, Any]) -> str:
    """One call: how it is made, what for, an example where there is one, and the replies."""
    request = call.get("requestBody", {}).get("content", {}).get("application/json", {})
    example = request.get("example")
    shown = (
        f"<h3>{API_REQUEST}</h3><pre>{escape(json.dumps(example, ensure_ascii=False, indent=2))}</pre>"
        if example is not None
        else ""
    )
    replies = "".join(
        f"<li><code>{escape(status)}</code> {escape(reply.get('description', ''))}</li>"
        for status, reply in call.get("responses", {}).items()
    )
    return (
        f'<section class="jb-call"><h2><code>{escape(method.upper())} {escape(path)}</code></h2>'
        f"<p>{escape(call.get('summary', ''))}</p>{shown}<h3>{API_REPLY}</h3><ul>{replies}</ul></section>"
    )
