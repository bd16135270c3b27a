"""The served app that hostile inputs are put to, over made-up policies."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from assistant.dated import DatedAssistants
from index import open_index
from tests.assistant.conftest import CrowdedEmbedder, publish
from tests.assistant.whole_service import listening, whole_service
from tests.hostile.doors import Stand
from tests.hostile.policies import all_policies


@contextmanager
def standing(home: Path) -> Iterator[Stand]:
    """The app on a port of loopback, the assistant within it, and the documents that it answers from."""
    documents = all_policies()
    publish(home / "index", documents)
    assistant = DatedAssistants(open_index(home / "index", CrowdedEmbedder()))
    with whole_service(home, assistant, documents=documents) as whole, listening(whole.app) as address:
        with httpx.Client(base_url=address, timeout=20.0) as http:
            yield Stand(documents, assistant, whole, http)
