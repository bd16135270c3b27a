"""A policy that was removed is cited nowhere within five seconds, before the index is built without it; then it is
nowhere on the disk either. An older version is answered from as of its own days only."""

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from assistant import dated
from assistant.answer import Assistant
from assistant.config import Settings
from assistant.dated import DatedAssistants
from assistant.indexing import IndexJobs
from assistant.records import Question
from assistant.service import LiveAssistant
from assistant.service import build as build_now
from assistant.web.app import program_routers
from assistant.web.health import Metrics
from assistant.web.intake_documents import intake_documents_router
from assistant.web.recorded import RecordedService
from assistant.web.tool_calls import Tool, ToolRefused, make_tools
from corpus import Library
from corpus.versions import supersede
from index import build, child, open_index
from index.publish import snapshots_folder
from index.snapshot import VECTORS
from index.tokenize import load_full
from tests.assistant.conftest import CrowdedEmbedder, publish, read_policy
from tests.assistant.http_service import served

GONE = "xiaoshan-2024"
TITLE = "萧山区标准化工作激励办法"
ASKED = "萧山主导制定国家标准奖励多少"
WITHIN_S = 5.0
DOORS = {
    "ask": ("POST", "/api/ask", {"question": ASKED}),
    "as of an earlier day": ("POST", "/api/ask", {"question": ASKED, "as_of": "2025-01-01"}),
    "its validity": ("POST", "/api/ask", {"question": f"《{TITLE}》还有效吗"}),
    "OpenAI": ("POST", "/v1/chat/completions", {"model": "jiangbu", "messages": [{"role": "user", "content": ASKED}]}),
    "documents": ("GET", "/api/documents", None),
    "document": ("GET", f"/api/documents/{GONE}", None),
    "text": ("GET", f"/api/documents/{GONE}/text.txt", None),
    "its page": ("GET", f"/documents/{GONE}", None),
    "facts": ("GET", "/api/facts?limit=5000", None),
    "CSV": ("GET", "/api/facts.csv", None),
    "choices": ("GET", "/api/facts/choices", None),
    "export": ("POST", "/api/export", {"turns": [{"question": ASKED}], "format": "md"}),
}


TOOLS = {
    "ask": {"question": ASKED},
    "search_clauses": {"text": "萧山主导制定国家标准"},
    "find_facts": {"text": "国家标准", "region": "萧山"},
    "estimate_claim": {"region": "萧山区", "achievements": [{"what": "主导制定国家标准"}]},
    "read_document": {"document_id": GONE},
}


def said_by(tool: Tool) -> str:
    """What an agent is told; a refusal is nothing."""
    try:
        return tool.call(TOOLS[tool.name]).model_dump_json()
    except ToolRefused:
        return ""


@pytest.fixture
def home(documents, answering_home, tmp_path, monkeypatch):
    """A home with an index of the made-up policies, which stand for those that come with the program."""
    monkeypatch.setattr("corpus.library.packaged_documents", lambda: list(documents.values()))
    monkeypatch.setattr("assistant.service.embedder_of", lambda settings, prepare: CrowdedEmbedder())
    steps = {"write": child.write_store, "check": lambda snapshot: None}
    monkeypatch.setattr(child, "run_step", lambda step, snapshot, passages: steps[step](snapshot))
    monkeypatch.setattr(build, "load_full", lru_cache(load_full))
    shutil.copytree(answering_home / "index", tmp_path / "index")
    return tmp_path


@pytest.fixture
def live(home) -> LiveAssistant:
    return LiveAssistant(Settings(home=home), progress=False)


def asked(live: LiveAssistant, question: str = ASKED, **fields: object):
    return live.answer(Question(question=question, **fields))


def within(seconds: float, holds) -> float:
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds
        time.sleep(0.1)
    return time.monotonic() - began


def test_delete_is_gone(live, home, tmp_path_factory):
    """While the index is being built without it, which takes as long as it takes."""
    other, never = LiveAssistant(Settings(home=home), progress=False), threading.Event()
    jobs = IndexJobs(Library(home), lambda watch: never.wait(60))
    with served(tmp_path_factory.mktemp("store"), *_routers(live, jobs, tmp_path_factory)) as service:
        client = service.client()

        def cited() -> list[str]:
            replies = {
                name: client.request(method, path, json=body) if body else client.request(method, path)
                for name, (method, path, body) in DOORS.items()
            }
            texts = {name: reply.text for name, reply in replies.items()}
            texts |= {f"MCP {tool.name}": said_by(tool) for tool in make_tools(live)}
            signs = {name: ("310000", TITLE) for name in texts}
            signs["choices"] = ("浙江省杭州市萧山区",)
            told = {name for name, text in texts.items() if any(sign in text for sign in signs[name])}
            told -= {"its validity"} if replies["its validity"].json()["citations"] == [] else set()
            return sorted(told)

        assert set(cited()) == {*DOORS, *(f"MCP {name}" for name in TOOLS)}
        assert service.client("gao").delete(f"/api/documents/{GONE}").status_code == 202
        within(WITHIN_S, lambda: cited() == [])
        within(WITHIN_S, lambda: asked(other).citations == () and other.document(GONE) is None)
        assert client.get(f"/api/documents/{GONE}").status_code == 404
        assert [one for one in live.search("国家标准", 20) if one.document == GONE] == []
        assert asked(live, "苏州主持制定国家标准补贴多少").citations != ()  # the others answer on
    never.set()


def _routers(live, jobs, tmp_path_factory) -> Iterator[object]:
    from assistant.store import open_store

    store = open_store(tmp_path_factory.mktemp("log"))
    yield from program_routers(RecordedService(live, store, Metrics()))
    yield intake_documents_router(jobs, live, store)


def texts_on_disk(home: Path) -> list[Path]:
    """The files of the index that hold the title or an award of the removed policy; files come and go meanwhile."""
    told = [TITLE.encode(), "每项分别奖励61万元".encode()]
    found = []
    for path in (home / "index").rglob("*"):
        with suppress(FileNotFoundError, IsADirectoryError):
            content = path.read_bytes()
            found += [path] if any(one in content for one in told) else []
    return found


def test_when_the_index_is_built_the_text_is_on_the_disk_no_more(live, home, monkeypatch):
    monkeypatch.setattr("assistant.service.LOOK_AGAIN_S", 0.1)
    Library(home).remove(GONE)
    assert len(list(snapshots_folder(home).iterdir())) == 1 and texts_on_disk(home)
    build_now(Settings(home=home), progress=False)
    assert asked(live).citations == ()
    live._current()
    within(WITHIN_S, lambda: not texts_on_disk(home))
    assert len(list(snapshots_folder(home).iterdir())) == 1


def test_reconcile(live, home):
    """The manifest, the records, the vectors and the words speak of the same documents."""
    Library(home).remove(GONE)
    build_now(Settings(home=home), progress=False)
    with closing(open_index(home, CrowdedEmbedder())) as index:
        ids = Library(home).ids()
        assert {one.id for one in index.documents} == ids == {one.document_id for one in index.passages}
        count = len(index.passages)
        assert (index.manifest.documents, index.manifest.passages) == (len(ids), count)
        assert np.load(index.directory / VECTORS).shape[0] == index._dense.count() == count
        stored = index._dense._collection().get(include=["metadatas"])
        assert set(stored["ids"]) == {one.id for one in index.passages}
        assert index._lexical._scorer.scores["num_docs"] == count
        assert {one.document_id for one in index.ledger.facts} <= ids


def test_another_text_under_the_same_id_is_withheld_until_it_is_indexed(live, home, documents):
    library = Library(home)
    library.remove(GONE)
    library.add([replace(documents[GONE], text=documents[GONE].text.replace("31万元", "39万元"))])
    within(WITHIN_S, lambda: live.document(GONE) is None)


def test_a_damaged_file_of_another_document_keeps_nothing_in(live, home):
    (home / "corpus" / "documents").mkdir(parents=True)
    (home / "corpus" / "documents" / "broken.md").write_text("第一条 无头。", encoding="utf-8")
    (home / "corpus" / "removed.txt").write_text(f"{GONE}\n", encoding="utf-8")
    within(WITHIN_S, lambda: asked(live).citations == ())


NEWER = """萧山区标准化工作激励办法（2026年修订）
第一条 主导制定国家标准的，每项奖励34万元。
第二条 本办法自2026年4月1日起施行。
"""
BEFORE, SINCE = date(2026, 3, 31), date(2026, 4, 1)


@pytest.fixture(scope="module")
def versions(documents, tmp_path_factory) -> DatedAssistants:
    """Both versions in one index, as the library tells of them."""
    home = tmp_path_factory.mktemp("versions")
    newer = supersede(read_policy(NEWER, "xiaoshan-2026"), [GONE], SINCE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("corpus.library.packaged_documents", lambda: list(documents.values()))
        library = Library(home)
        library.add([newer])
        publish(home, {one.id: one for one in library.documents()})
        yield DatedAssistants(open_index(home, CrowdedEmbedder()), library)


def answered(versions: DatedAssistants, question: str, day: date):
    return versions.on(day, (question,)).answer(Question(question=question), day)


@pytest.mark.parametrize(("day", "yuan", "document"), [(BEFORE, 310000, GONE), (SINCE, 340000, "xiaoshan-2026")])
def test_an_answer_comes_from_the_version_that_counts_on_the_day(versions, day, yuan, document):
    answer = answered(versions, ASKED, day)
    assert [(one.yuan, one.kind) for one in answer.amounts] == [(yuan, "exact")]
    assert {one.document for one in answer.citations} == {document}


def test_the_answer_about_an_older_version_names_the_newer_one(versions):
    answer = answered(versions, f"《{TITLE}》还有效吗", SINCE)
    assert "已由新版本" in answer.answer and "xiaoshan-2026" in answer.answer
    assert {one.code for one in answer.warnings} >= {"expired"}
    before = answered(versions, f"《{TITLE}》还有效吗", BEFORE)
    assert "自2026年4月1日起由新版本" in before.answer and "已由新版本" not in before.answer


def test_both_versions_are_there_to_be_read(versions):
    documents = versions.whole.texts.documents
    assert {GONE, "xiaoshan-2026"} <= set(documents)
    assert documents[GONE].superseded.by == "xiaoshan-2026"
    assert {fact.document_id for fact in versions.ledger.ledger.facts} >= {GONE, "xiaoshan-2026"}


def test_only_a_few_assistants_are_kept(versions):
    for day in (BEFORE, SINCE, date(2020, 1, 1), date(2030, 1, 1)):
        assert isinstance(versions.on(day), Assistant)
    assert versions.on(SINCE) is versions.on(SINCE + timedelta(days=1))
    assert len(versions._parts) <= dated.KEPT
