"""The MCP endpoint, spoken by the SDK's own client over loopback HTTP."""

import asyncio
import json
import re
from collections.abc import Iterator

import httpx
import pytest
from mcp import Client, MCPError, types

from assistant.estimating import EstimateReport
from assistant.records import Answer
from assistant.web.app import ServerSettings
from assistant.web.door import DoorSettings
from assistant.web.tool_calls import Clauses, Facts, Reading
from tests.assistant.browser import serving
from tests.assistant.policies import DAY
from tests.assistant.program_calls import PolicyService, app_of
from tests.assistant.test_page_fakes import QUOTE

TOOLS = ("ask", "search_clauses", "find_facts", "estimate_claim", "read_document")
CLAIM = {
    "region": "萧山区",
    "as_of": DAY.isoformat(),
    "achievements": [{"what": "主导制定国家标准", "count": 2, "cost": "80万元"}],
}


@pytest.fixture(scope="module")
def address(documents, assistant) -> Iterator[str]:
    with serving(app_of(PolicyService(documents, assistant))) as made:
        yield f"{made}/gradio_api/mcp"


def talk(address, work, **fields):
    """Do some work with a client that is connected."""

    async def connected():
        async with Client(address, **fields) as client:
            return await work(client)

    return asyncio.run(connected())


def call(address, name, arguments) -> types.CallToolResult:
    return talk(address, lambda client: client.call_tool(name, arguments))


def told(address, name, arguments, form):
    """The structured result of a call that succeeds, read back into its record."""
    result = call(address, name, arguments)
    assert not result.is_error, result.content
    return form.model_validate(result.structured_content)


def failed(address, name, arguments) -> str:
    result = call(address, name, arguments)
    assert result.is_error and result.structured_content is None
    return result.content[0].text


@pytest.mark.parametrize("mode", ["auto", "legacy"])
@pytest.mark.parametrize("end", ["", "/"])
def test_the_tools_are_listed_and_only_read(address, mode, end):
    tools = talk(address + end, lambda client: client.list_tools(), mode=mode).tools
    assert tuple(tool.name for tool in tools) == TOOLS
    for tool in tools:
        assert (tool.annotations.read_only_hint, tool.annotations.destructive_hint) == (True, False)
        assert tool.input_schema["type"] == tool.output_schema["type"] == "object"
        assert tool.input_schema["additionalProperties"] is False
        assert re.search("[一-龥]", tool.description)
        assert [name for name, field in tool.input_schema["properties"].items() if not field.get("description")] == []


def test_there_are_no_prompts_and_no_resources(address):
    capabilities = talk(address, lambda client: asyncio.sleep(0, client.server_capabilities))
    assert (capabilities.prompts, capabilities.resources) == (None, None)


def test_ask_gives_the_answer_as_everywhere(address):
    result = call(address, "ask", {"question": "牵头国家标准？", "as_of": "2026-01-02"})
    answer = Answer.model_validate_json(json.dumps(result.structured_content))
    assert (answer.status, str(answer.amounts[0].yuan), answer.as_of.isoformat()) == (
        "answered",
        "300000",
        "2026-01-02",
    )
    assert result.content[0].text.startswith(answer.answer) and QUOTE in result.content[0].text


def test_ask_takes_history_and_region(address):
    result = call(address, "ask", {"question": "历史", "history": ["甲"], "region": "云岭市"})
    assert result.structured_content["answer"] == "历史：甲｜地区：云岭市"
    assert result.structured_content["clarification"] is None


def test_search_gives_clauses_word_for_word(address):
    [clause] = told(address, "search_clauses", {"text": "国家标准", "limit": 3}, Clauses).clauses
    assert (clause.quote, clause.locator) == (QUOTE, "第七条")


def test_facts_are_found_and_counted(address):
    found = told(address, "find_facts", {"region": "萧山区", "role": "主导", "limit": 1}, Facts)
    assert (found.total, len(found.facts), found.facts[0].yuan) == (7, 1, "610000")


def test_a_claim_is_worked_out(address):
    result = call(address, "estimate_claim", CLAIM)
    report = EstimateReport.model_validate_json(json.dumps(result.structured_content))
    assert str(report.total.yuan) == "620000"


def test_a_document_is_read_in_stretches(address, documents):
    text = documents["qingdao-2022"].text
    first = told(address, "read_document", {"document_id": "qingdao-2022", "length": 20}, Reading)
    rest = told(address, "read_document", {"document_id": "qingdao-2022", "start": 20}, Reading)
    assert (first.text + rest.text, first.total) == (text, len(text))
    assert (first.standing.code, rest.start, rest.end) == ("in_force", 20, len(text))


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("ask", {}, "缺少 question"),
        ("ask", {"question": 5}, "question 的类型或格式不对"),
        ("ask", {"question": ""}, "question 不能为空"),
        ("ask", {"question": "\u200b"}, "question 不能为空"),
        ("ask", {"question": "长" * 501}, "question 超过 500 个字"),
        ("ask", {"question": "a", "history": "b"}, "history 的类型或格式不对"),
        ("ask", {"question": "a", "as_of": "昨天"}, "as_of 的类型或格式不对"),
        ("ask", {"question": "a", "token": "b"}, "没有 token 这个参数"),
        ("search_clauses", {"text": "a", "limit": 21}, "limit 不能大于 20"),
        ("search_clauses", {"text": "a", "limit": True}, "limit 的类型或格式不对"),
        ("find_facts", {"limit": 0}, "limit 不能小于 1"),
        ("find_facts", {"limit": "5"}, "limit 的类型或格式不对"),
        ("estimate_claim", {"region": "萧山区"}, "achievements"),
        ("estimate_claim", CLAIM | {"achievements": [{"what": "主导制定国家标准", "cuont": 1}]}, "cuont"),
        ("read_document", {"document_id": "../../etc/passwd"}, "没有这份文件"),
        ("read_document", {"document_id": "qingdao-2022", "start": 10**6}, "start 超出了全文"),
        ("read_document", {"document_id": "qingdao-2022", "length": 8001}, "length 不能大于 8000"),
        ("ask", {"question": "坏"}, "系统出错"),
    ],
)
def test_what_is_wrong_is_told_in_chinese(address, name, arguments, said):
    text = failed(address, name, arguments)
    assert said in text
    assert text.endswith("。") and "secret" not in text


def refused(address, name, arguments) -> str:
    """The protocol error that a call raises."""

    async def work(client):
        with pytest.raises(MCPError) as error:
            await client.call_tool(name, arguments)
        return str(error.value)

    return talk(address, work)


def test_an_unknown_tool_is_named_with_those_there_are(address):
    said = refused(address, "delete_document", {})
    assert "没有工具“delete_document”" in said and "、".join(TOOLS) in said


def test_a_megabyte_is_refused_and_the_next_call_served(address):
    assert refused(address, "ask", {"question": "长" * 350_000})
    assert not call(address, "ask", {"question": "奖励"}).is_error


def test_calls_at_once_get_their_own_answers(address):
    async def many(client):
        asked = [{"question": "历史", "history": [f"甲{number}"]} for number in range(32)]
        return await asyncio.gather(*(client.call_tool("ask", arguments) for arguments in asked))

    said = [result.structured_content["answer"] for result in talk(address, many)]
    assert said == [f"历史：甲{number}｜地区：None" for number in range(32)]


def test_the_services_doors_stand_before_it(address):
    body = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    assert httpx.post(address, json=body, headers={"origin": "https://evil.test"}).status_code == 403
    assert httpx.post(address, json=body, headers={"host": "evil.test"}).status_code == 400
    assert httpx.post(address, content=b"x", headers={"content-type": "text/plain"}).status_code == 415


def test_no_stream_is_held_open(address):
    assert httpx.get(address, headers={"accept": "text/event-stream"}).status_code == 405
    assert httpx.delete(address).status_code == 405


def test_it_answers_under_another_name_where_the_door_lets_it(documents, assistant):
    settings = ServerSettings(doors=DoorSettings(allowed_hosts=("*",)))
    with serving(app_of(PolicyService(documents, assistant), settings)) as address:
        initialize = {
            "jsonrpc": "2.0",
            "id": 1,
            "method": "initialize",
            "params": {
                "protocolVersion": "2025-06-18",
                "capabilities": {},
                "clientInfo": {"name": "t", "version": "1"},
            },
        }
        headers = {"host": "jiangbu.example", "accept": "application/json, text/event-stream"}
        reply = httpx.post(f"{address}/gradio_api/mcp", json=initialize, headers=headers)
        assert reply.json()["result"]["serverInfo"]["name"] == "jiangbu"
