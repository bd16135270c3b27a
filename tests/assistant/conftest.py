"""An assistant that answers from the made-up policies, and a check that every one of its answers has to pass."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from assistant.answer import Assistant
from assistant.messages import LACKS, NEEDS
from assistant.records import Answer, Question
from assistant.sums import say_rate, say_yuan
from assistant.texts import Texts
from corpus.describe import Given
from corpus.intake import read_text
from corpus.ledger import derive
from corpus.records import PolicyDocument
from corpus.structure import read_clauses
from index import HashEmbedder, build, build_index, child, open_index
from index.embed import Progress, Vectors
from index.search import Index
from index.tokenize import load_full
from tests.assistant.browser import chromium, serving
from tests.assistant.policies import DAY, POLICIES
from tests.assistant.program_calls import PolicyService, app_of

SHARED_PART = 1.5  # squared length of what all vectors share; 0.6 is then the cosine of unrelated texts

Ask = Callable[..., Answer]
MARKER = re.compile(r"\[(\d+)\]")
MONEY = re.compile(r"[0-9.]+\s*[万亿]?元|[0-9.]+%")
DENIED = re.compile("^不是[^。]*。")  # sums in the asker's own words, which an answer may begin by denying


class CrowdedEmbedder(HashEmbedder):
    """Like `HashEmbedder`, its vectors crowded into a cone as a real model's are: unrelated texts are 0.6 alike."""

    def __init__(self) -> None:
        super().__init__()
        self.hashed = self.dimension
        self.dimension += 1
        self.model_id = "crowded-hash"

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return float32[n, dimension], rows of unit length, in input order."""
        shared = np.full((len(texts), 1), SHARED_PART**0.5, dtype=np.float32)
        hashed = HashEmbedder(self.hashed).embed_passages(texts, progress)
        return np.hstack([hashed, shared]) / np.float32((1 + SHARED_PART) ** 0.5)


def read_policy(text: str, document_id: str) -> PolicyDocument:
    """A policy read from its raw text, as `jiangbu add` reads it."""
    [document] = read_text(text, source=f"{document_id}.txt", given=Given(id=document_id)).documents
    return document


def figures_given(answer: Answer) -> str:
    """All sums that an answer may name: those quoted, those that it gives to programs, those it reckons with."""
    terms = [Decimal(term) for step in answer.calculation for term in re.findall(r"[\d.]+", step.expression)]
    sums = [*(amount.yuan for amount in answer.amounts), *(step.yuan for step in answer.calculation), *terms]
    said = [*map(say_yuan, sums), *(say_rate(term) for term in terms if term < 1)]
    return " ".join([*(citation.quote for citation in answer.citations), *said])


def tells_what_is_missing(answer: Answer) -> bool:
    """Whether it cites a clause to say what has to be known, or what the clause does not settle."""
    lacks = [template.partition("{about}")[2] or template for template in (*NEEDS.values(), *LACKS.values())]
    return answer.status != "error" and any(lack in answer.answer for lack in lacks)


def check_answer(answer: Answer, documents: dict[str, PolicyDocument]) -> None:
    """What holds for every answer: quotes are verbatim, markers and figures rest on them, refusals hardly cite."""
    for citation in answer.citations:
        assert documents[citation.document].text[citation.start : citation.end] == citation.quote
        assert (citation.title, citation.region) == (
            documents[citation.document].title,
            documents[citation.document].region.name,
        )
    markers = [citation.marker for citation in answer.citations]
    assert markers == list(range(1, len(markers) + 1))
    assert {int(marker) for marker in MARKER.findall(answer.answer)} == set(markers)
    assert len({(c.document, c.start, c.end) for c in answer.citations}) == len(markers)
    told = MONEY.findall(DENIED.sub("", answer.answer))
    assert [figure for figure in told if figure not in figures_given(answer)] == []
    assert {step.citation for step in answer.calculation} <= {*markers, None}  # a plain sum rests on no clause
    assert all(amount.yuan > 0 and amount.label for amount in answer.amounts)
    assert (answer.status == "answered") == bool(answer.citations) or tells_what_is_missing(answer)
    assert (answer.status == "needs_clarification") == (answer.clarification is not None)
    assert answer.answer.strip()
    assert answer.elapsed_ms >= 0


@pytest.fixture(scope="session")
def documents() -> dict[str, PolicyDocument]:
    """The made-up policies, by id."""
    return {document_id: read_policy(text, document_id) for document_id, text in POLICIES.items()}


def publish(home: Path, documents: dict[str, PolicyDocument]) -> None:
    """Build an index of some documents in this process alone; the steps in a child have their own tests."""
    steps = {"write": child.write_store, "check": lambda snapshot: None}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(child, "run_step", lambda step, snapshot, passages: steps[step](snapshot))
        patch.setattr(build, "load_full", lru_cache(load_full))
        build_index(
            list(documents.values()),
            derive(list(documents.values())),
            home=home,
            embedder=CrowdedEmbedder(),
            progress=False,
        )


@pytest.fixture(scope="session")
def answering_home(documents: dict[str, PolicyDocument], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an index of the made-up policies; tests read it and do not change it."""
    home = tmp_path_factory.mktemp("answering")
    publish(home, documents)
    return home


@pytest.fixture(scope="session")
def assistant(answering_home: Path) -> Assistant:
    """The assistant that answers from the made-up policies."""
    return Assistant(open_index(answering_home, CrowdedEmbedder()))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Headless Chromium."""
    with chromium() as made:
        yield made


@pytest.fixture(scope="module")
def policy_address(documents: dict[str, PolicyDocument], assistant: Assistant) -> Iterator[str]:
    """Where the whole app is served over the made-up policies: their ledger, documents and estimates."""
    with serving(app_of(PolicyService(documents, assistant))) as made:
        yield made


@pytest.fixture(scope="session")
def ask(assistant: Assistant, documents: dict[str, PolicyDocument]) -> Ask:
    """Ask a question, by default as of `DAY`; what holds for every answer is checked."""

    def asked(question: str, today: date = DAY, **fields: Any) -> Answer:
        answer = assistant.answer(Question(question=question, **fields), today)
        check_answer(answer, documents)
        return answer

    return asked


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The whole service over sound policies and a hostile one, with accounts and planted secrets."""
    from tests.assistant.whole_service import policies, whole_service

    home = tmp_path_factory.mktemp("whole")
    publish(home / "index", policies())
    with whole_service(home, Assistant(open_index(home / "index", CrowdedEmbedder()))) as made:
        yield made


@pytest.fixture
def texts_of() -> Callable[[str], Texts]:
    """The looked-up texts of one made-up policy, without an index."""

    def made(text: str) -> Texts:
        document = read_policy(text, "made-up")
        index = SimpleNamespace(documents=(document,), clauses=tuple(read_clauses(document)))
        return Texts(cast(Index, index))

    return made
