"""The doors through which a question can be put, each as a function: what goes in, what came out.

Every HTTP door is that of one served app on a port of loopback; the command runs within this process.
"""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from click.testing import CliRunner
from gradio_client.utils import apply_diff

from assistant.cli import main
from assistant.dated import DatedAssistants
from assistant.records import Answer, Question
from corpus.records import PolicyDocument
from tests.assistant.policies import DAY
from tests.assistant.whole_service import Whole
from tests.hostile.cases import Case

MCP = {"accept": "application/json, text/event-stream", "mcp-protocol-version": "2025-06-18"}


@dataclass(frozen=True)
class Stand:
    """What the doors lead to."""

    documents: Mapping[str, PolicyDocument]
    assistant: DatedAssistants
    whole: Whole
    http: httpx.Client


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What came back: an HTTP status (200 where the door is none), all that was sent, the answer if there is one."""

    door: str
    status: int
    body: str
    text: str = ""  # as a reader is shown it
    answer: Answer | None = None
    seconds: float = 0.0
    processor_seconds: float = 0.0  # of this process, which the server runs in as well


def fields_of(case: Case) -> dict[str, Any]:
    """The question as JSON takes it."""
    return {
        "question": case.question,
        "history": list(case.history),
        "region": case.region,
        "as_of": case.as_of.isoformat() if case.as_of else None,
    }


def ask_python(stand: Stand, case: Case) -> Seen:
    """`Assistant.answer`."""
    asked = Question(question=case.question, history=case.history, region=case.region, as_of=case.as_of)
    answer = stand.assistant.answer(asked, DAY)
    return Seen(door="python", status=200, body=answer.model_dump_json(), text=answer.answer, answer=answer)


def ask_command(stand: Stand, case: Case) -> Seen:
    """`jiangbu ask --batch -`."""

    class Service:
        def __init__(self, settings: object) -> None:
            pass

        def answer(self, question: Question) -> Answer:
            return stand.assistant.answer(question, DAY)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("assistant.service.LiveAssistant", Service)
        result = CliRunner().invoke(main, ["ask", "--batch", "-"], input=json.dumps(fields_of(case)).encode() + b"\n")
    assert (result.exit_code, result.stderr) == (0, "")
    answer = Answer.model_validate_json(result.stdout)
    return Seen(door="command", status=200, body=result.stdout, text=answer.answer, answer=answer)


def ask_rest(stand: Stand, case: Case) -> Seen:
    """`POST /api/ask`."""
    reply = stand.http.post("/api/ask", content=json.dumps(fields_of(case)), headers=_JSON)
    answer = Answer.model_validate_json(reply.content) if reply.status_code == 200 else None
    return Seen(
        door="rest", status=reply.status_code, body=reply.text, text=answer.answer if answer else "", answer=answer
    )


def ask_chat(stand: Stand, case: Case, *, stream: bool = False) -> Seen:
    """`POST /v1/chat/completions`."""
    messages = [{"role": "user", "content": asked} for asked in (*case.history, case.question)]
    body = {"model": "jiangbu", "messages": messages, "stream": stream}
    body |= {name: value for name, value in fields_of(case).items() if name in ("region", "as_of")}
    reply = stand.http.post("/v1/chat/completions", content=json.dumps(body), headers=_JSON)
    if reply.status_code != 200:
        return Seen(door="chat", status=reply.status_code, body=reply.text)
    if not stream:
        told = reply.json()
        said = told["choices"][0]["message"]["content"]
    else:
        chunks = [json.loads(line[6:]) for line in reply.text.splitlines() if line.startswith("data: {")]
        said = "".join(chunk["choices"][0]["delta"].get("content", "") for chunk in chunks)
        told = chunks[-1]
    return Seen(door="chat", status=200, body=reply.text, text=said, answer=Answer.model_validate(told["jiangbu"]))


def ask_stream(stand: Stand, case: Case) -> Seen:
    """The same, in pieces."""
    return ask_chat(stand, case, stream=True)


def ask_agent(stand: Stand, case: Case) -> Seen:
    """The MCP tool `ask`; a refusal counts as 422."""
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call"}
    params = {"name": "ask", "arguments": fields_of(case)}
    reply = stand.http.post("/gradio_api/mcp", content=json.dumps(call | {"params": params}), headers=_JSON | MCP)
    if reply.status_code != 200:
        return Seen(door="agent", status=reply.status_code, body=reply.text)
    result = reply.json()["result"]
    said = result["content"][0]["text"]
    if result.get("isError"):
        return Seen(door="agent", status=422, body=reply.text, text=said)
    return Seen(
        door="agent", status=200, body=reply.text, text=said, answer=Answer.model_validate(result["structuredContent"])
    )


def ask_page(stand: Stand, case: Case) -> Seen:
    """The page: into Gradio's queue, and what comes out of it. What the page refuses counts as 422."""
    history = [{"role": "user", "content": asked} for asked in case.history]
    event = fields_of(case) | {"turn": "t", "history": history, "region": case.region or ""}
    event |= {"as_of": case.as_of.isoformat() if case.as_of else ""}
    session = f"hostile{time.monotonic_ns()}"
    joined = {"data": [], "fn_index": 0, "session_hash": session, "event_data": event, "trigger_id": None}
    reply = stand.http.post("/gradio_api/queue/join", content=json.dumps(joined), headers=_JSON)
    if reply.status_code != 200:
        return Seen(door="page", status=reply.status_code, body=reply.text)
    last: Any = None
    with stand.http.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as events:
        body = events.read().decode()
    for line in body.splitlines():
        told = json.loads(line[5:]) if line.startswith("data:") else {}
        assert told.get("msg") != "process_completed" or told["success"], told
        if told.get("msg") == "process_generating":
            [value] = told["output"]["data"]
            last = value if last is None else apply_diff(last, value)
    if last is None or last["state"] == "refused":
        return Seen(door="page", status=422, body=body, text=last["text"] if last else "")
    known = {name: value for name, value in last["answer"].items() if name in Answer.model_fields}
    known["warnings"] = [{name: value for name, value in one.items() if name != "badge"} for one in known["warnings"]]
    return Seen(door="page", status=200, body=body, text=last["answer"]["text"], answer=Answer.model_validate(known))


_JSON = {"content-type": "application/json"}
DOORS: dict[str, Callable[[Stand, Case], Seen]] = {
    "python": ask_python,
    "command": ask_command,
    "rest": ask_rest,
    "chat": ask_chat,
    "stream": ask_stream,
    "agent": ask_agent,
    "page": ask_page,
}


def put(stand: Stand, case: Case, door: str) -> Seen:
    """Put a question through a door, with the time that it took."""
    began, worked = time.perf_counter(), time.process_time()
    seen = DOORS[door](stand, case)
    times = {"seconds": time.perf_counter() - began, "processor_seconds": time.process_time() - worked}
    return Seen(**vars(seen) | times)
