"""F20: the same documents make the same index, and the same question the same answer, byte for byte, whatever the
seed of hashes and however many threads ask."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from index import publish
from tests.faults.figures import Figures
from tests.faults.homes import DAY, GOLDEN, copy_home, make_library
from tests.faults.program import ROOT

pytestmark = pytest.mark.fault

# Of the store of vectors and of the words' postings only the content is the same; they are compared by answers.
SAME_FILES = ("records.json", "dictionary.json", "vectors.npy")
SEEDS = ("0", "1", "random")


def jiangbu(home: Path, *arguments: str, **environment: str) -> str:
    """What the installed command prints."""
    done = subprocess.run(
        [sys.executable, "-c", "from assistant.cli import main; main()", *arguments],
        cwd=ROOT, env=os.environ | {"JIANGBU_HOME": str(home)} | environment, capture_output=True, text=True,
        timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def answers(home: Path, questions: Path, **environment: str) -> list[str]:
    """The answers to a batch, without what is allowed to differ."""
    lines = [json.loads(line) for line in jiangbu(home, "ask", "--batch", str(questions), **environment).splitlines()]
    return [json.dumps(line | {"elapsed_ms": 0}, ensure_ascii=False) for line in lines]


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """The golden questions and some that are not of amounts, as a batch."""
    others = [
        "萧山申请材料什么时候交",
        "青岛省级标准化试点扶持多少",
        "苏州市标准化专项扶持细则还有效吗",
        "烟台由谁受理",
    ]
    file = tmp_path / "questions.jsonl"
    lines = [json.dumps({"question": asked, "as_of": DAY.isoformat()}) for asked in (*GOLDEN, *others)]
    file.write_text("\n".join(lines), "utf-8")
    return file


def test_seeds_of_hashes(tmp_path: Path, questions: Path, figures: Figures) -> None:
    library = make_library(tmp_path / "library")
    found = []
    for place, seed in enumerate(SEEDS):
        home = copy_home(library, tmp_path / f"home-{place}")
        jiangbu(home, "build", PYTHONHASHSEED=seed)
        snapshot = publish.current_snapshot(home)
        manifest = json.loads((snapshot / "manifest.json").read_text("utf-8"))
        marks = {name: manifest["files"][name]["sha256"] for name in SAME_FILES}
        kept = {name: manifest[name] for name in ("corpus_sha256", "terms_sha256", "model_id", "passages")}
        facts = jiangbu(home, "facts", "--json", PYTHONHASHSEED=seed)
        found.append((marks, kept, facts, answers(home, questions, PYTHONHASHSEED=seed)))
        shutil.rmtree(home)
    assert all(one == found[0] for one in found)
    figures.tell(
        "F20", f"PYTHONHASHSEED {'/'.join(SEEDS)}: index and answers alike", tried=len(SEEDS), survived=len(found)
    )


@pytest.mark.sample
def test_numbers_of_threads(home: Path, questions: Path, figures: Figures) -> None:
    one = answers(home, questions, JIANGBU_BATCH_WORKERS="1")
    assert len(one) == len(GOLDEN) + 4
    assert answers(home, questions, JIANGBU_BATCH_WORKERS="8") == one
    figures.tell("F20", "1 and 8 threads: answers alike", tried=2, survived=2)
