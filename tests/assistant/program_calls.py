"""The app with the endpoints for other programs over the made-up policies, in process and on a loopback port."""

import shutil
import tempfile
import weakref
from collections.abc import Mapping
from pathlib import Path

from fastapi import FastAPI

from assistant.answer import Assistant
from assistant.claim_file import ClaimEntry
from assistant.describing import describe_document
from assistant.estimating import EstimateReport
from assistant.indexing import IndexJobs
from assistant.store import open_store
from assistant.web.app import Backstage, ServerSettings, create_app
from assistant.web.limiting import LimitSettings
from corpus.library import Library
from corpus.records import PolicyDocument
from tests.assistant.policies import DAY
from tests.assistant.test_page_fakes import FakeService

UNLIMITED = LimitSettings(asks_per_minute=0)


class PolicyService(FakeService):
    """Canned answers, but the ledger, the documents and the estimates are those of the made-up policies."""

    def __init__(self, documents: Mapping[str, PolicyDocument], assistant: Assistant) -> None:
        super().__init__(tuple(sorted(documents.values(), key=lambda document: document.id)))
        self._assistant = assistant

    def estimate(self, claim: ClaimEntry) -> EstimateReport:
        return self._assistant.estimate(claim, DAY)

    def document(self, document_id: str) -> dict[str, object] | None:
        texts = self._assistant.texts
        if document_id not in texts.documents:
            return super().document(document_id)
        return describe_document(texts.documents[document_id], texts.of(document_id))


def app_of(service: FakeService, settings: ServerSettings | None = None) -> FastAPI:
    """The whole app, its store in a folder that goes away with it; adding and removing does nothing."""
    home = Path(tempfile.mkdtemp(prefix="jiangbu-test-"))
    store = open_store(home)
    jobs = IndexJobs(Library(home), lambda watch: None)
    app = create_app(service, Backstage(store=store, jobs=jobs), settings or ServerSettings(limits=UNLIMITED))

    def gone() -> None:
        store.close()
        shutil.rmtree(home, ignore_errors=True)

    weakref.finalize(app, gone)
    return app
