"""The prompts, which are files: `assistant/prompts/*.md`, the instruction first, examples as turns after it."""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.llm.records import Task

HASH_DIGITS = 12
ROLES = {"用户": "user", "助手": "assistant"}  # the headings of the turns
_HEADING = re.compile(r"^## (用户|助手)\n", re.MULTILINE)


@dataclass(frozen=True)
class Prompt:
    """A prompt: what the model is told, examples as (role, words), and the first digits of the file's sha256."""

    instruction: str
    examples: tuple[tuple[str, str], ...]
    digest: str


@cache
def prompt_for(task: Task) -> Prompt:
    """The prompt of a task.

    >>> [role for role, _ in prompt_for("reword").examples][:2]
    ['user', 'assistant']
    """
    text = (files("assistant") / "prompts" / f"{task}.md").read_text("utf-8")
    instruction, *turns = _HEADING.split(text)
    examples = tuple((ROLES[role], said.strip()) for role, said in zip(turns[::2], turns[1::2], strict=True))
    return Prompt(instruction.strip(), examples, hashlib.sha256(text.encode()).hexdigest()[:HASH_DIGITS])
