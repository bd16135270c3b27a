"""What the doors to a language model hand to each other: where it is, how far it may go, what it did."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import SecretStr

Task = Literal["understand", "reword"]
Outcome = Literal["used", "repaired", "unneeded", "fallen_back"]
Fault = Literal["down", "slow", "limited", "refused", "garbage", "too_long", "endless", "busy", "resting", "rejected"]
Check = Callable[[Any], Sequence[str]]  # what was made → what is wrong with it, in words for the model


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """An OpenAI-compatible endpoint and one of its models."""

    model: str
    base_url: str
    api_key: SecretStr


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """How far a model may go for one answer. Seconds, tokens, calls."""

    first_token_s: float = 10.0
    total_s: float = 60.0
    reply_tokens: int = 400  # of one reply
    calls: int = 6  # replies of one answer
    tool_calls: int = 8
    history_tokens: int = 300
    reply_bytes: int = 2_000_000  # of one HTTP reply; a stream of 400 tokens has some 100,000
    at_once: int = 2  # answers that may wait for the model at the same time


class ModelFault(RuntimeError):
    """The model gave nothing that can be used; `fault` says why, of a closed list."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        super().__init__(f"{fault}: {detail}" if detail else fault)
        self.fault = fault


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What one task took; `first_token_s` of its first reply, None where none came."""

    calls: int = 0
    prompt_tokens: int = 0
    reply_tokens: int = 0
    first_token_s: float | None = None
    seconds: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Made:
    """What the model made of a task, or why it made nothing."""

    made: Any = None  # a frame, or words; None where there is a fault
    repaired: bool = False  # whether the first attempt was refused
    fault: Fault | None = None
    reasons: tuple[str, ...] = ()  # why the last attempt was refused
    cost: Cost = field(default_factory=Cost)


@dataclass(frozen=True, kw_only=True)
class Use:
    """What the model did towards one answer, for the log and for measuring."""

    task: Task
    outcome: Outcome
    why: Fault | None = None
    reasons: tuple[str, ...] = ()  # what the checks refused; may hold the asker's words, so it is not logged
    cost: Cost = field(default_factory=Cost)
    model: str = ""
    prompt: str = ""  # the first digits of the prompt file's sha256


Notify = Callable[[Use], None]
