"""The interface's description: whole for every call, and readable without a script."""

import json
import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assistant.web.openapi import describe
from tests.assistant.program_calls import app_of
from tests.assistant.test_page_fakes import FakeService

PROMISED = {
    ("post", "/api/ask"),
    ("post", "/api/estimate"),
    ("get", "/api/facts"),
    ("get", "/api/facts/choices"),
    ("get", "/api/facts.csv"),
    ("get", "/api/facts.xlsx"),
    ("get", "/api/documents"),
    ("get", "/api/documents/{document_id}"),
    ("get", "/api/documents/{document_id}/text.txt"),
    ("get", "/api/lint"),
    ("post", "/api/export"),
    ("get", "/v1/models"),
    ("get", "/v1/models/{model_id}"),
    ("post", "/v1/chat/completions"),
    ("get", "/healthz"),
}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(app_of(FakeService()), base_url="http://127.0.0.1") as made:
        yield made


@pytest.fixture(scope="module")
def described(client) -> dict:
    return client.get("/openapi.json").json()


@pytest.fixture(scope="module")
def calls(described) -> dict[tuple[str, str], dict]:
    return {(method, path): call for path, methods in described["paths"].items() for method, call in methods.items()}


def without(calls, has) -> list[str]:
    return [f"{method} {path}" for (method, path), call in calls.items() if not has(call)]


def successes(call) -> list[dict]:
    return [reply for status, reply in call["responses"].items() if status.startswith("2")]


def test_every_promised_call_is_described(calls):
    assert PROMISED - set(calls) == set()


def test_every_call_says_what_it_is_for(calls):
    assert without(calls, lambda call: re.search("[一-龥]", call.get("summary", ""))) == []
    assert without(calls, lambda call: re.search("[一-龥]", call.get("description", ""))) == []
    assert without(calls, lambda call: len(call.get("tags", ())) == 1) == []


def test_every_call_has_an_example(calls):
    def shows(call) -> bool:
        bodies = [*call.get("requestBody", {}).get("content", {}).values()]
        bodies += [content for reply in successes(call) for content in reply.get("content", {}).values()]
        silent = set(call["responses"]) >= {"204"}  # replies with nothing
        return (bool(bodies) or silent) and all("example" in body for body in bodies)

    assert without(calls, shows) == []


def test_every_call_says_how_it_refuses(calls):
    def refuses(call) -> bool:
        told = [reply for status, reply in call["responses"].items() if status.startswith("4")]
        return bool(told) and all(
            example["value"]["error"]["code"] == code and example["value"]["error"]["hint"]
            for reply in told
            for code, example in reply["content"]["application/json"]["examples"].items()
        )

    assert without(calls, refuses) == []


def test_every_parameter_says_what_it_means(calls):
    silent = [
        f"{path} {parameter['name']}"
        for (_, path), call in calls.items()
        for parameter in call.get("parameters", ())
        if not parameter.get("description")
    ]
    assert silent == []


def test_no_frameworks_own_error_form_is_left(described):
    assert "HTTPValidationError" not in described["components"]["schemas"]


def test_names_are_unique_and_references_lead_somewhere(described, calls):
    names = [call["operationId"] for call in calls.values()]
    assert len(names) == len(set(names))
    references = set(re.findall(r'"\$ref": ?"#/components/schemas/([^"]+)"', json.dumps(described)))
    assert references - set(described["components"]["schemas"]) == set()


def test_tags_and_the_bearer_token_are_declared(described, calls):
    assert described["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    assert {tag for call in calls.values() for tag in call["tags"]} <= {tag["name"] for tag in described["tags"]}


def test_the_page_for_people_shows_calls_parameters_and_tools_without_a_script(client, calls):
    page = client.get("/docs").text
    assert [path for _, path in calls if f" {path}</code>" not in page] == []
    assert "<li><code>standard</code> 标准类别" in page
    assert "<li><code>question</code>（必填）" in page
    assert "/gradio_api/mcp" in page and "<script" not in page
    assert client.get("/docs").headers["content-security-policy"].startswith("default-src 'none'")


def test_describing_twice_changes_nothing():
    app = app_of(FakeService())
    once = app.openapi()
    describe(app)
    assert app.openapi() == once
