"""F19: a backup made while the service answers and policies come in is restored elsewhere, whole and with its log."""

import json
from pathlib import Path

import pytest

from assistant.cli import main
from index import Embedder
from tests.faults.figures import Figures
from tests.faults.homes import ADDED, GOLDEN, check_index, policy_file
from tests.faults.program import Starter, serving

pytestmark = [
    pytest.mark.fault,
    pytest.mark.sample,
    pytest.mark.skipif("backup" not in main.commands, reason="there is no `jiangbu backup` yet"),
]


def rows_of(starter: Starter, home: Path) -> list[str]:
    """The log's entries of answers, oldest first."""
    listed = starter.run(home, "audit", "list", "--json", "--limit", "500")
    assert listed.status == 0, listed.told()
    rows = [json.loads(line) for line in listed.out.read_text("utf-8").splitlines()]
    return [f"{row['seq']} {row['question']}" for row in reversed(rows) if row["door"] == "api"]


def test_a_backup_made_while_serving(
    home: Path, server_starter: Starter, embedder: Embedder, figures: Figures, tmp_path: Path
) -> None:
    backup, elsewhere = tmp_path / "backup.zip", tmp_path / "elsewhere"
    with serving(server_starter, home) as server:
        assert server.wrong() == []
        adding = server_starter.start(home, "add", "--id", ADDED, str(policy_file(tmp_path)))
        made = server_starter.run(home, "backup", str(backup))
        assert made.status == 0, made.told()
        assert adding.wait() == 0, adding.told()
        assert server.wrong() == []
    before = rows_of(server_starter, home)
    restored = server_starter.run(elsewhere, "restore", str(backup))
    assert restored.status == 0, restored.told()
    kept = rows_of(server_starter, elsewhere)
    assert kept == before[: len(kept)] and len(kept) >= len(GOLDEN) - 1  # the last may still wait to be written
    verified = server_starter.run(elsewhere, "audit", "verify")
    assert verified.status == 0, verified.told()
    with serving(server_starter, elsewhere) as server:
        assert server.wrong() == []
    check_index(elsewhere, embedder)
    figures.tell("F19", "backup while serving and adding, restored elsewhere", tried=1, survived=1)
