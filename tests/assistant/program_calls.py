"""The app with the endpoints for other programs over the made-up policies, in process and on a loopback port."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from assistant.answer import Assistant
from assistant.claim_file import ClaimEntry
from assistant.estimating import EstimateReport
from assistant.service import describe_document
from assistant.web.app import ServerSettings, create_app
from assistant.web.listening import listen
from assistant.web.openapi import describe
from assistant.web.programs import program_routers
from corpus.records import PolicyDocument
from tests.assistant.policies import DAY
from tests.assistant.test_page_fakes import FakeService


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
    """The whole app."""
    app = create_app(service, settings, routers=program_routers(service))
    describe(app)
    return app


@contextmanager
def serve(app: FastAPI) -> Iterator[str]:
    """The app's address on a loopback port, while the block runs."""
    listener = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=2))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(15)
        listener.close()
    assert not thread.is_alive()
