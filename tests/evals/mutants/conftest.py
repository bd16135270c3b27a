"""A home with an index of two made-up policies, what opens it, and a suite that is put to mutants of it."""

from functools import lru_cache
from pathlib import Path

import pytest

from corpus.describe import Given
from corpus.intake import read_text
from corpus.ledger import derive
from evals.loading import Sources, load_file
from evals.mutants.trying import Bench
from evals.running import Plan
from index import HashEmbedder, build, build_index, child
from index.tokenize import load_full
from tests.assistant.policies import QINGDAO, XIAOSHAN
from tests.evals.made_up import case, paid, write

AS_OF = "2026-11-21"


@pytest.fixture(scope="session")
def policies():
    """Two made-up policies, by id."""
    texts = {"xiaoshan": XIAOSHAN, "qingdao": QINGDAO}
    read = (read_text(text, source=f"{id_}.txt", given=Given(id=id_)).documents for id_, text in texts.items())
    return {document.id: document for documents in read for document in documents}


@pytest.fixture(scope="session")
def home(policies, tmp_path_factory) -> Path:
    """A home with their index, built in this process alone."""
    folder = tmp_path_factory.mktemp("mutants")
    documents = list(policies.values())
    steps = {"write": child.write_store, "check": lambda snapshot: None}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(child, "run_step", lambda step, snapshot, passages: steps[step](snapshot))
        patch.setattr(build, "load_full", lru_cache(load_full))
        build_index(documents, derive(documents), home=folder, embedder=HashEmbedder(), progress=False)
    return folder


@pytest.fixture(scope="session")
def bench(home, policies, tmp_path_factory) -> Bench:
    """Four questions: one that the assistant has right by the ledger, by its sum, by its refusal; one it has wrong."""
    sources = Sources(list(policies.values()))
    cases = [
        case("national", "萧山区主导制定国家标准奖励多少？", gold=paid(310000, document="xiaoshan", quote="31万元")),
        case("both", "萧山区主导制定国家标准2项，一共奖励多少？", "award_calc", gold=paid(620000, document="xiaoshan")),
        case("none", "萧山区企业标准领跑者奖励多少？", "not_found"),
        case("wrong", "青岛市牵头起草国家标准扶持多少？", gold=paid(1, document="qingdao")),
    ]
    file = write(tmp_path_factory.mktemp("suite") / "small.jsonl", cases, suite="small", version=1, as_of=AS_OF)
    asked = tuple(Plan(suites=(("small", load_file(file)),)).probes(sources))
    return Bench(home=home, embedder=HashEmbedder(), asked=asked, sources=sources)
