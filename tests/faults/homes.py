"""Homes with a small made-up library, and what has to hold of one after whatever befell it."""

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from assistant.answer import Assistant
from assistant.records import Question
from corpus import Library, packaged_documents
from corpus.records import Passage
from index import Embedder, Query, open_index, publish
from tests.assistant.conftest import read_policy
from tests.assistant.policies import DAY, POLICIES

LIUZHOU = """柳州市标准化激励细则
第一条 主导制定国家标准的，每项激励{national}万元；主导制定行业标准的，每项激励{industry}万元。
第二条 申请由市市场监管局受理。
第三条 本细则自2025年2月1日起施行，有效期至2027年1月31日。
"""
ADDED = "liuzhou-2025"
ASKED_OF_ADDED = "柳州市主导制定国家标准激励多少"

# What each question has to be answered, read from the policies' clauses; None: the policies do not say.
GOLDEN: dict[str, str | None] = {
    "萧山区主导制定国家标准奖励多少": "310000",
    "萧山主导制定国际标准奖励多少": "610000",
    "萧山区主导制定行业标准每项奖多少钱": "180000",
    "萧山参与制定国际标准奖励多少": "240000",
    "萧山参与制定国家标准奖励多少": "120000",
    "萧山参与制定行业标准奖励多少": "70000",
    "萧山主导制定团体标准奖励多少": "40000",
    "萧山承担全国专业标准化技术委员会秘书处奖励多少": "450000",
    "萧山承担全国专业标准化分技术委员会秘书处奖励多少": "260000",
    "萧山承担全国标准化工作组奖励多少": "90000",
    "萧山AAAA级良好行为企业奖励多少": "80000",
    "萧山AAA级良好行为企业奖励多少": "50000",
    "苏州市主持制定江苏省地方标准补贴多少": "130000",
    "苏州主持制定国家标准补贴多少": "330000",
    "烟台牵头制定国家标准奖励多少": "270000",
    "烟台牵头制定行业标准奖励多少": "160000",
    "厦门主导制定国家标准激励多少": "350000",
    "厦门设立首席标准官奖励多少": "30000",
    "萧山首席标准官奖励多少": None,
    "海口主导制定国家标准奖励多少": None,
}


def make_library(home: Path) -> Path:
    """Make a home of the made-up policies alone; nothing is built."""
    (home / "corpus").mkdir(parents=True)
    (home / "corpus" / "removed.txt").write_text("".join(f"{one.id}\n" for one in packaged_documents()), "utf-8")
    Library(home).add([read_policy(text, name) for name, text in POLICIES.items()])
    return home


def amended(national: int, industry: int) -> str:
    """A policy more, its two figures in one clause."""
    return LIUZHOU.format(national=national, industry=industry)


def add_policy(home: Path, national: int = 43) -> None:
    """Store the policy more; the index does not know it yet."""
    Library(home).add([read_policy(amended(national, national - 20), ADDED)])


def golden_faults(assistant: Assistant, known: dict[str, str | None] | None = None) -> list[str]:
    """The golden questions that are not answered as the policies say."""
    wrong = []
    for asked, expected in (GOLDEN | (known or {})).items():
        answer = assistant.answer(Question(question=asked), DAY)
        got = [f"{amount.yuan:f}" for amount in answer.amounts]
        if got != ([] if expected is None else [expected]):
            wrong.append(f"{asked}: {got}, not {expected}")
    return wrong


@dataclass(frozen=True)
class Ready:
    """What was found on opening an index again: which snapshot, what it knows more, how long it took."""

    snapshot: str
    has_added: bool
    seconds: float


def check_index(home: Path, embedder: Embedder) -> Ready:
    """Open the published index as after a crash: whole, canaries found, every golden question right."""
    begun = time.monotonic()
    index = open_index(home, embedder)
    assistant = Assistant(index)
    assistant.answer(Question(question=next(iter(GOLDEN))), DAY)
    seconds = time.monotonic() - begun
    try:
        has_added = any(document.id == ADDED for document in index.documents)
        assert golden_faults(assistant, {ASKED_OF_ADDED: "430000" if has_added else None}) == []
        found = {hit.passage.id for one in index.passages[::4] for hit in index.search(_itself(one))[:1]}
        assert len(found) > 0.9 * len(index.passages[::4])  # some are of equal wording
        return Ready(index.directory.name, has_added, seconds)
    finally:
        index.close()


def _itself(passage: Passage) -> Query:
    return Query(text=f"{passage.context}\n{passage.text}", limit=1)


def leftovers(home: Path) -> list[str]:
    """What should not be there when no build and no reader is at work: unfinished files, a third snapshot."""
    parts = [str(path) for path in home.rglob("*") if path.name.endswith((".part", ".new"))]
    snapshots = sorted(publish.snapshots_folder(home).iterdir())
    return parts + [str(one) for one in snapshots[2:]]


def copy_home(home: Path, target: Path) -> Path:
    """A home like another, to be damaged."""
    return Path(shutil.copytree(home, target))


def policy_file(folder: Path, national: int = 43) -> Path:
    """The policy more as a raw file, as somebody would add it."""
    file = folder / f"{ADDED}-{national}.txt"
    file.write_text(amended(national, national - 20), "utf-8")
    return file
