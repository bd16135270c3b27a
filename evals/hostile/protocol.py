"""Streaming chat completions as OpenAI-compatible endpoints speak them: what is asked, and what goes back.

A behaviour is a function from one to the other; the replies here are well formed, the behaviours spoil them.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Any

MODEL = "hostile"
STEP = 6  # characters of a streamed piece
TOKENS_SAID = 100  # of the prompt and of the reply, in the usage that is sent along

Piece = bytes | float  # bytes to send, or seconds to wait before the next
_TASK = re.compile(r"问题：(.*)\n(?:</用户>|写 (\d+) 行)", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request, as an endpoint gets it."""

    messages: tuple[dict[str, Any], ...]
    tools: tuple[str, ...]  # names; empty where only words are asked for
    key: str = ""  # the bearer token
    script: Mapping[str, str] = field(default_factory=dict)  # what each question means
    elsewhere: str = ""  # another address, where nothing may be sent
    turn: int = 0  # requests that this endpoint had before

    def at(self, turn: int) -> "Asked":
        """The same, so many requests later."""
        return replace(self, turn=turn)

    @property
    def frames(self) -> bool:
        """Whether a frame is asked for, not words."""
        return "Restated" in self.tools

    @property
    def text(self) -> str:
        """The task: the last message of the user that tells one; examples stand before it, a repair may follow."""
        told = [_text(one["content"]) for one in self.messages if one["role"] == "user"]
        return next((one for one in reversed(told) if _TASK.search(one)), "")

    @property
    def is_repair(self) -> bool:
        """Whether this is the second attempt at a task."""
        return bool(self.messages) and self.messages[-1]["role"] == "user" and not _TASK.search(self.last)

    @property
    def tools_used(self) -> int:
        """Results of tools since the user last spoke; those of the examples before do not count."""
        since = takewhile(lambda one: one["role"] != "user", reversed(self.messages))
        return sum(one["role"] == "tool" for one in since)

    @property
    def last(self) -> str:
        """The last message."""
        return _text(self.messages[-1]["content"]) if self.messages else ""

    @property
    def system(self) -> str:
        """The prompt."""
        return next((_text(one["content"]) for one in self.messages if one["role"] == "system"), "")

    @property
    def question(self) -> str:
        """The question to be understood, or whose answer is to be worded."""
        found = _TASK.search(self.text)
        return found.group(1).strip() if found else ""

    @property
    def lines(self) -> int:
        """How many lines of words are asked for."""
        found = _TASK.search(self.text)
        return int(found.group(2) or 0) if found else 0

    @property
    def restated(self) -> str | None:
        """What the question means, if there is a script for it."""
        return self.script.get(self.question)


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What goes back over HTTP."""

    pieces: Iterable[Piece] = ()
    status: int = 200
    content_type: str = "text/event-stream"
    headers: Mapping[str, str] = field(default_factory=dict)
    whole: bool = True  # False: the connection is cut before the end of the body


Behaviour = Callable[[Asked], Reply]


def chunk(delta: Mapping[str, Any], finish: str | None = None) -> bytes:
    """One piece of a streamed reply."""
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return _event({"choices": [choice]})


def ending(finish: str = "stop") -> Iterator[bytes]:
    """What ends a reply: why, the tokens used, the end mark."""
    yield chunk({}, finish)
    usage = {"prompt_tokens": TOKENS_SAID, "completion_tokens": TOKENS_SAID, "total_tokens": 2 * TOKENS_SAID}
    yield _event({"choices": [], "usage": usage})
    yield b"data: [DONE]\n\n"


def words(text: str, *, finish: str = "stop") -> Reply:
    """A reply of words."""
    return Reply(pieces=(*word_pieces(text), *ending(finish)))


def word_pieces(text: str) -> Iterator[bytes]:
    """Words, piece by piece, without an end."""
    yield chunk({"role": "assistant", "content": ""})
    for start in range(0, len(text), STEP):
        yield chunk({"content": text[start : start + STEP]})


def tool_call(name: str, arguments: Mapping[str, Any] | str) -> Reply:
    """A reply that calls a tool; arguments given as text are sent as they are."""
    told = arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
    return Reply(pieces=(*call_pieces(name, told), *ending("tool_calls")))


def call_pieces(name: str, arguments: str, *, index: int = 0, step: int = STEP * 4) -> Iterator[bytes]:
    """A call of a tool, piece by piece, without an end."""
    head = {"index": index, "id": f"call_{index}", "type": "function", "function": {"name": name, "arguments": ""}}
    yield chunk({"role": "assistant", "content": None, "tool_calls": [head]})
    for start in range(0, len(arguments), step):
        yield chunk({"tool_calls": [{"index": index, "function": {"arguments": arguments[start : start + step]}}]})


def restate(question: str) -> Reply:
    """The frame of a question put plainly."""
    return tool_call("Restated", {"question": question})


def ask_back(question: str) -> Reply:
    """The frame of a question to the user."""
    return tool_call("AskBack", {"question": question})


def _event(body: Mapping[str, Any]) -> bytes:
    head = {"id": "chatcmpl-0", "object": "chat.completion.chunk", "created": 0, "model": MODEL}
    return b"data: " + json.dumps({**head, **body}, ensure_ascii=False).encode() + b"\n\n"


def _text(content: Any) -> str:  # noqa: ANN401 - text, or a list of parts
    if isinstance(content, list):
        return "".join(part.get("text", "") for part in content if isinstance(part, dict))
    return content or ""
