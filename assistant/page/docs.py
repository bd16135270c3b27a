"""The interface described for people, from its OpenAPI definition: no script, nothing from another host."""

import json
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from assistant.page.document import sheet_html
from assistant.page.wording import API_INTRO, API_REPLY, API_REQUEST, API_TITLE, BACK_TO_ASK
from assistant.web import words

Call = Mapping[str, Any]


def docs_html(openapi: Mapping[str, Any]) -> str:
    """One section for each call of the definition, under the headings of its tags."""
    schemas = openapi.get("components", {}).get("schemas", {})
    calls = [
        (call.get("tags", [""])[0], call_html(method, path, call, schemas))
        for path, methods in openapi["paths"].items()
        for method, call in methods.items()
    ]
    told = {tag["name"]: tag["description"] for tag in openapi.get("tags", ())}
    names = dict.fromkeys((*told, *(name for name, _ in calls)))
    groups = "".join(_group(told.get(name, name), [html for tag, html in calls if tag == name]) for name in names)
    body = (
        f'<nav><a href="/">{BACK_TO_ASK}</a></nav><h1>{API_TITLE}</h1>'
        f'<p>{escape(API_INTRO)}<a href="/openapi.json">/openapi.json</a></p>'
        f"<p>{escape(words.MCP_ABOUT)}</p><p>{escape(words.BEARER)}</p>{groups}"
    )
    return sheet_html(API_TITLE, body)


def call_html(method: str, path: str, call: Call, schemas: Mapping[str, Any]) -> str:
    """One call: how it is made, what for, its parameters, an example where there is one, and the replies."""
    request = call.get("requestBody", {}).get("content", {}).get("application/json", {})
    replies = "".join(
        f"<li><code>{escape(status)}</code> {_reply(reply)}</li>"
        for status, reply in sorted(call.get("responses", {}).items())
    )
    summary, about = call.get("summary", ""), call.get("description", "")
    return (
        f'<section class="jb-call"><h3><code>{escape(method.upper())} {escape(path)}</code></h3>'
        f"<p>{escape(summary)}</p>{f'<p>{escape(about)}</p>' if about != summary else ''}"
        f"{parameters_html(call, schemas)}{_example(request.get('example'))}"
        f"<h4>{API_REPLY}</h4><ul>{replies}</ul></section>"
    )


def parameters_html(call: Call, schemas: Mapping[str, Any]) -> str:
    """The parameters of a call and the fields of its body, as a list; nothing where there are none."""
    schema = call.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    schema = schemas.get(schema.get("$ref", "").rpartition("/")[2], schema)
    needed = schema.get("required", ())
    told = [
        *((one["name"], one.get("required", False), one) for one in call.get("parameters", ())),
        *((name, name in needed, field) for name, field in schema.get("properties", {}).items()),
    ]
    items = "".join(
        f"<li><code>{escape(name)}</code>{words.REQUIRED if must else ''} {escape(one.get('description', ''))}</li>"
        for name, must, one in told
    )
    return f"<h4>{words.PARAMETERS}</h4><ul>{items}</ul>" if items else ""


def _reply(reply: Mapping[str, Any]) -> str:
    """What a reply is; of a refusal, the code and the meaning of each that has this status."""
    told = reply.get("content", {}).get("application/json", {}).get("examples", {})
    codes = [f"<code>{escape(code)}</code> {escape(one.get('summary', ''))}" for code, one in told.items()]
    return " ".join(codes) or escape(reply.get("description", ""))


def _group(heading: str, calls: Iterable[str]) -> str:
    held = "".join(calls)
    return f"<h2>{escape(heading)}</h2>{held}" if held else ""


def _example(example: object) -> str:
    if example is None:
        return ""
    return f"<h4>{API_REQUEST}</h4><pre>{escape(json.dumps(example, ensure_ascii=False, indent=2))}</pre>"
