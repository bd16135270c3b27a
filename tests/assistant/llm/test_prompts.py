"""The prompts are files; what the log names is their hash; their examples are what the checks let pass."""

import hashlib
import re
from importlib.resources import files

import pytest

from assistant.llm.frames import Restated, read_frame
from assistant.llm.framing import Said, faults_of
from assistant.llm.prompts import HASH_DIGITS, prompt_for
from assistant.llm.records import Task

TASKS: tuple[Task, ...] = ("understand", "reword")


@pytest.mark.parametrize("task", TASKS)
def test_the_digest_is_the_file_s(task: Task) -> None:
    written = (files("assistant") / "prompts" / f"{task}.md").read_bytes()
    assert prompt_for(task).digest == hashlib.sha256(written).hexdigest()[:HASH_DIGITS]
    assert re.fullmatch(r"[0-9a-f]{12}", prompt_for(task).digest)


@pytest.mark.parametrize("task", TASKS)
def test_a_prompt_tells_first_and_shows_by_turns(task: Task) -> None:
    prompt = prompt_for(task)
    assert prompt.instruction
    assert "## " not in prompt.instruction
    roles = [role for role, _ in prompt.examples]
    assert roles == ["user", "assistant"] * (len(roles) // 2)


@pytest.mark.parametrize("task", TASKS)
def test_no_prompt_holds_a_figure_of_money(task: Task) -> None:
    """A model cannot repeat one that it was not given."""
    told = prompt_for(task).instruction + "".join(words for _, words in prompt_for(task).examples)
    assert re.findall(r"\d+(?:\.\d+)?\s*[万亿]?元|\d%", told) == []


def test_the_examples_of_what_is_meant_pass_the_check() -> None:
    turns = [words for _, words in prompt_for("understand").examples]
    shown = [
        (asked.split("问题：", 1)[1].split("\n")[0], frame.question)
        for asked, said in zip(turns[::2], turns[1::2], strict=True)
        if isinstance(frame := read_frame(said), Restated)
    ]
    assert len(shown) >= 2
    for question, restated in shown:
        assert faults_of(restated, Said(question)) == [], restated
