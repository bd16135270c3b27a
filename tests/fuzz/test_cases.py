"""Inputs that once broke something, kept small; each has to hold from now on.

A case is a line of JSON in `cases/<target>.jsonl`: the input, and what it broke. `python -m evals.fuzz` finds them.
"""

import json
from pathlib import Path

import pytest

from evals.fuzz.targets import NUMERAL, POLICY, Target, question_target, try_one
from tests.assistant.policies import DAY

FOLDER = Path(__file__).parent / "cases"


def kept(name: str) -> list:
    lines = (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    assert cases and all(set(case) == {"input", "broke"} for case in cases)
    return [pytest.param(case["input"], id=case["broke"][:50]) for case in cases]


def holds(target: Target, text: str) -> None:
    finding = try_one(target, text)
    assert finding is None, finding


@pytest.mark.parametrize("text", kept("numeral"))
def test_a_kept_numeral_holds(text: str) -> None:
    holds(NUMERAL, text)


@pytest.mark.parametrize("text", kept("policy"))
def test_a_kept_policy_holds(text: str) -> None:
    holds(POLICY, text)


@pytest.mark.parametrize("text", kept("question"))
def test_a_kept_question_holds(assistant, documents, text: str) -> None:
    holds(question_target(assistant, documents.values(), DAY), text)
