"""Measuring the commands, with a `jiangbu` that is made up: what counts, and what may not pass as a result."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from evals.bench import speed
from evals.bench.commands import CommandRun
from evals.bench.questions import question_cases, retrieval_cases

TODAY = date(2026, 11, 21)


def measure_with(monkeypatch: pytest.MonkeyPatch, home: Path, status: str, lost: int = 0) -> dict[str, float | None]:
    """Figures by name, when every answer has this status and a batch loses some of its lines."""

    def run(arguments: Sequence[str], *, home: Path, timeout_s: float) -> CommandRun:
        count = len(Path(arguments[2]).read_text("utf-8").splitlines()) - lost if "--batch" in arguments else 1
        return CommandRun(seconds=2.0, peak_mb=70.0, output=f'{{"status": "{status}"}}\n' * count)

    monkeypatch.setattr(speed, "run_jiangbu", run)
    found = speed.measure_commands(home, retrieval_cases(), question_cases(), TODAY)
    return {figure.name: figure.value for figure in found}


def test_all_questions_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = measure_with(monkeypatch, tmp_path, "answered")
    assert found["index build, fresh home"] == found["cold ask"] == 2.0
    assert found["ask --batch"] == (len(retrieval_cases()) + len(question_cases())) / 2.0


def test_answers_that_are_errors_are_no_speed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that fails at once would look like a fast one."""
    found = measure_with(monkeypatch, tmp_path, "error")
    assert found["cold ask"] is None and found["ask --batch"] is None


def test_a_batch_that_loses_a_line_is_no_speed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = measure_with(monkeypatch, tmp_path, "answered", lost=1)
    assert found["ask --batch"] is None and found["cold ask"] == 2.0
