"""The page with accounts, tickets and made-up policies, for the browser tests of 文库 and 反馈与待答."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from assistant.answer import Assistant
from assistant.describing import describe_document
from assistant.indexing import IndexJobs
from assistant.records import Answer, Question
from assistant.store import Store, open_store
from assistant.store.feedback import Settlement
from assistant.web.app import Backstage, ServerSettings, create_app
from assistant.web.limiting import LimitSettings
from corpus import Library
from corpus.records import PolicyDocument
from corpus.structure import read_clauses
from tests.assistant.browser import serving
from tests.assistant.conftest import read_policy
from tests.assistant.policies import DAY, POLICIES
from tests.assistant.test_page_fakes import EVIL, EVIL_TEXT, FakeService

PASSWORD = "correct-horse"
LONG_CLAUSES = 1200
MISPRINTED = """无锡市标准化补贴细则
第一条 主导制定国家标准、行业标准、地方标准的，每项分别补贴21万元、3万元、2元。
第二条 本细则自2025年1月1日起施行。
"""
LONG = "南通市标准汇集\n" + "".join(
    f"第{number}条 承担单位按季度报送台账，编号为{number}的台账由第{number % 7}组保管，"
    "并附核对记录备查，以供抽查核对之用。\n"
    for number in range(1, LONG_CLAUSES)
)


def library_documents() -> dict[str, PolicyDocument]:
    """The made-up policies, one with a misprint, one that is long, one that is hostile."""
    made = {name: read_policy(text, name) for name, text in POLICIES.items()}
    made["wuxi-2025"] = read_policy(MISPRINTED, "wuxi-2025")
    made["nantong-long"] = read_policy(LONG, "nantong-long")
    hostile = read_policy("盐城市标准细则\n第一条 甲。\n", "evil")
    made["evil"] = replace(hostile, title=EVIL, issuer=EVIL, text=f"第一条 甲。{EVIL_TEXT}\n")
    return made


class StaffService(FakeService):
    """Real answers from the made-up policies, as of the day that they were made up for; documents as in the library."""

    def __init__(self, documents: dict[str, PolicyDocument], assistant: Assistant) -> None:
        super().__init__(tuple(documents[name] for name in sorted(documents)))
        self._documents = documents
        self._assistant = assistant

    def answer(self, question: Question) -> Answer:
        return self._assistant.answer(question, DAY)

    def document(self, document_id: str) -> dict[str, object] | None:
        document = self._documents.get(document_id)
        return document and describe_document(document, read_clauses(document))


@dataclass(frozen=True)
class StaffPage:
    """Where the page is, its store, and how often the index was built anew."""

    address: str
    store: Store
    builds: list[str]

    def clear_queue(self) -> None:
        """Settle what earlier tests left open."""
        for ticket in self.store.feedback.page(state="open", limit=200):
            self.store.settle(ticket, Settlement(settled_as="noted", note="", by="earlier"))


@contextmanager
def staff_page(home: Path, assistant: Assistant) -> Iterator[StaffPage]:
    """The page with accounts wang (staff), shen (reviewer) and gao (admin), on `DAY`; a build is only noted."""
    documents = library_documents()
    store = open_store(home)
    store.accounts._hasher = PasswordHasher(time_cost=1, memory_cost=64)  # what it costs is no matter here
    store.accounts.add("wang", "staff", PASSWORD)
    store.accounts.add("shen", "reviewer", PASSWORD)
    store.accounts.add("gao", "admin", PASSWORD)
    service, builds = StaffService(documents, assistant), []

    def rebuild(watch) -> None:
        builds.append("built")
        watch(3, 3)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("corpus.library.packaged_documents", lambda: list(documents.values()))
        texts = {name: document.text for name, document in documents.items()}
        patch.setattr("corpus.library._packaged_texts", lambda: texts)  # remembered for as long as the process lives
        for module in ("documents", "facts"):
            patch.setattr(f"assistant.web.{module}.today", lambda: DAY)
        jobs = IndexJobs(Library(home), rebuild)
        backstage = Backstage(store=store, jobs=jobs, evaluations=home / "evals" / "runs")
        unlimited = LimitSettings(asks_per_minute=0)  # a browser that starts anew for each test asks for much
        app = create_app(service, backstage, ServerSettings(limits=unlimited))
        with serving(app) as address:
            yield StaffPage(address, store, builds)
    store.close()


def sign_in(page, address: str, name: str) -> None:
    """Give the page's browser the session of an account."""
    reply = page.context.request.post(f"{address}/api/login", data={"name": name, "password": PASSWORD})
    assert reply.ok
