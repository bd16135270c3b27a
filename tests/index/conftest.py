"""A made-up corpus of any size, and indexes of it."""

import hashlib
import random
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from corpus.ledger import Derived
from corpus.records import Clause, Kind, Passage, PolicyDocument, Region, Status
from index import BuildReport, Embedder, HashEmbedder, build, build_index, child
from index.tokenize import load_full

CITIES = ("海棠市", "青禾市", "云汀市", "北岭市", "松川市", "白石市")
LEVELS = ("企业标准", "国际标准", "地方标准", "国家标准", "团体标准", "行业标准")
ROLES = ("牵头起草", "共同起草", "修订", "翻译外文版", "验证试验方法", "担任秘书处")
FIELDS = ("泵阀", "茶叶", "养老服务", "冷链物流", "眼镜", "印刷包装", "海洋牧场", "智慧停车", "民宿", "竹制品")
ENDS = ("须在验收后半年内提交", "由评审小组打分", "公示七天无异议后拨付", "以当年预算为限", "材料不齐的退回补正")


@dataclass(frozen=True)
class MadeUp:
    """Documents, clauses and passages that belong together."""

    documents: tuple[PolicyDocument, ...]
    clauses: tuple[Clause, ...]
    passages: tuple[Passage, ...]

    def build(self, home: Path, embedder: Embedder | None = None, *, force: bool = False) -> BuildReport:
        """Build an index of this corpus."""
        return build_index(
            self.documents,
            Derived(clauses=self.clauses, passages=self.passages),
            home=home,
            embedder=embedder or HashEmbedder(),
            force=force,
            progress=False,
        )


def document_of(number: int, sentences: list[str]) -> MadeUp:
    """Make one document with a clause and a passage for each sentence."""
    text, clauses, passages = "", [], []
    id_ = f"made-up-{number}"
    title = f"{CITIES[number % len(CITIES)]}标准化激励细则（第{number}号）"
    for place, sentence in enumerate(sentences, start=1):
        start = len(text)
        text += sentence + "\n"
        end = start + len(sentence)
        clause = Clause(
            id=f"{id_}#{place}", document_id=id_, locator=f"第{place}条", heads=("激励",), start=start, end=end
        )
        key = hashlib.sha256(f"{id_}|{title}|{sentence}|{start}".encode()).hexdigest()[:24]
        clauses.append(clause)
        passages.append(
            Passage(id=key, clause_id=clause.id, document_id=id_, start=start, end=end, text=sentence, context=title)
        )
    document = PolicyDocument(
        id=id_,
        title=title,
        region=Region(province="东临省", city=CITIES[number % len(CITIES)]),
        issuer=None,
        document_number=None,
        published=date(2021, 5, 1 + number % 28),
        in_force_from=date(2021, 6, 1),
        in_force_until=None if number % 2 else date(2026, 5, 31),
        status=Status.ISSUED,
        kind=Kind.AWARD_POLICY,
        repeals=(),
        source=f"{number}.txt",
        text=text,
    )
    return MadeUp(documents=(document,), clauses=tuple(clauses), passages=tuple(passages))


def join(parts: list[MadeUp]) -> MadeUp:
    """Put several documents into one corpus."""
    return MadeUp(
        documents=tuple(item for part in parts for item in part.documents),
        clauses=tuple(item for part in parts for item in part.clauses),
        passages=tuple(item for part in parts for item in part.passages),
    )


def sentence_of(random_: random.Random, length: int = 60) -> str:
    """Make one clause-like sentence."""
    text = (
        f"{random_.choice(FIELDS)}领域{random_.choice(ROLES)}{random_.choice(LEVELS)}"
        f"GB/T {random_.randint(100, 99999)}-20{random_.randint(10, 25)}的，给予{random_.randint(1, 90)}万元激励，"
    )
    while len(text) < length:
        text += f"{random_.choice(FIELDS)}项目编号{random_.randint(1, 10**6)}{random_.choice(ENDS)}；"
    return text


def corpus_of(documents: int, sentences: int, *, length: int = 60) -> MadeUp:
    """Make a corpus; the same arguments give the same corpus."""
    random_ = random.Random(documents * 1000 + sentences)
    return join(
        [document_of(number, [sentence_of(random_, length) for _ in range(sentences)]) for number in range(documents)]
    )


@pytest.fixture(scope="session")
def small() -> MadeUp:
    """Twelve documents of eight clauses."""
    return corpus_of(12, 8)


@pytest.fixture(scope="session")
def larger() -> MadeUp:
    """Twenty documents of eight clauses, none of them in the small corpus."""
    return corpus_of(20, 8)


@pytest.fixture(scope="session")
def built_home(small: MadeUp, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the small corpus published; tests may read it, not change it."""
    home = tmp_path_factory.mktemp("home")
    small.build(home)
    return home


@pytest.fixture
def quick_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds in this process alone, and with a dictionary that is loaded once."""
    steps = {"write": child.write_store, "check": lambda snapshot: None}
    monkeypatch.setattr(child, "run_step", lambda step, snapshot, passages: steps[step](snapshot))
    monkeypatch.setattr(build, "load_full", lru_cache(load_full))
