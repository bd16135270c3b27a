"""What the interface's description says of every call alike: refusals, tags, how to prove who you are."""

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel

from assistant.page.wording import REFUSALS
from assistant.web import words
from assistant.web.errors import ErrorReply, OpenAIErrorReply
from assistant.web.intake import STATUS_OF

Responses = dict[int | str, dict[str, Any]]
FASTAPI_ERROR = "HTTPValidationError"
STAFF_ONLY = ("login_needed", "wrong_token")
ADMIN_ONLY = (*STAFF_ONLY, "not_allowed")
ANY_POST = ("not_json", "cross_origin", "too_large", "not_json_type", "bad_field")


def refusals(*codes: str, model: type[BaseModel] = ErrorReply) -> Responses:
    """The replies to requests that are refused for these codes of `wording.REFUSALS`.

    >>> refusals("no_document")[404]["description"]
    '没有这份文件。'
    """
    table: Responses = {}
    for code in codes:
        status = STATUS_OF.get(code, 422)
        if model is OpenAIErrorReply and status == 422:
            status = 400
        message, hint = REFUSALS[code]
        example = {"error": {"code": code, "message": message, "hint": hint}}
        if model is OpenAIErrorReply:
            example["error"] |= {"type": "invalid_request_error", "param": None}  # type: ignore[dict-item] # JSON null
        reply = table.setdefault(status, {"description": message, "model": model, "content": _content({})})
        reply["content"]["application/json"]["examples"][code] = {"summary": message, "value": example}
    return table


def json_body(model: type[BaseModel], example: Mapping[str, Any]) -> dict[str, Any]:
    """The description of a body that a call reads by itself."""
    content = {"schema": model.model_json_schema(mode="validation"), "example": dict(example)}
    return {"requestBody": {"required": True, "content": {"application/json": content}}}


def body_example(example: Mapping[str, Any]) -> dict[str, Any]:
    """An example of a body that FastAPI reads and describes itself."""
    return {"requestBody": {"content": {"application/json": {"example": dict(example)}}}}


def reply(
    model: type[BaseModel] | None,
    description: str,
    example: Any,  # noqa: ANN401 - JSON
    status: int = 200,
) -> Responses:
    """A reply in JSON."""
    told: dict[str, Any] = {"description": description, "content": {"application/json": {"example": example}}}
    return {status: told | ({"model": model} if model else {})}


def attachment(description: str, media_type: str, example: str) -> Responses:
    """A reply of 200 that is a file."""
    schema = {"type": "string", "format": "binary"}
    return {200: {"description": description, "content": {media_type: {"schema": schema, "example": example}}}}


def describe(app: FastAPI) -> None:
    """Add tags and the bearer token to the description of `app`, and leave out FastAPI's own form of errors."""
    made: Callable[[], dict[str, Any]] = app.openapi

    def described() -> dict[str, Any]:
        whole = made()
        whole["tags"] = [{"name": name, "description": f"{title}：{about}"} for name, title, about in words.TAGS]
        schemes = whole.setdefault("components", {}).setdefault("securitySchemes", {})
        schemes.setdefault("bearer", {"type": "http", "scheme": "bearer", "description": words.BEARER})
        whole["security"] = [{}, {"bearer": []}]
        for call in (call for methods in whole["paths"].values() for call in methods.values()):
            if FASTAPI_ERROR in str(call["responses"].get("422")):  # added to every call with a parameter
                del call["responses"]["422"]
        for name in (FASTAPI_ERROR, "ValidationError"):
            whole["components"].get("schemas", {}).pop(name, None)
        return whole

    app.openapi = described  # type: ignore[method-assign] # FastAPI's own way to change it


def _content(examples: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"examples": examples}}
