"""Settings → a running assistant: builds what is missing, opens the index, follows it when it is replaced.

The edge between the pure answering core and files, clock and models.
"""

import logging
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from assistant import messages
from assistant.answer import Assistant
from assistant.claim_file import ClaimEntry
from assistant.config import Settings
from assistant.estimating import EstimateReport
from assistant.ledger_view import LedgerView
from assistant.llm import Assisted, Bounds, Endpoint, LanguageModel
from assistant.records import Answer, Citation, Question
from corpus import Library, derive
from corpus.library import write_whole
from corpus.records import Clause, PolicyDocument
from index import (
    BuildReport,
    Embedder,
    Index,
    IndexMissing,
    IndexStale,
    ModelMissing,
    build_index,
    open_embedder,
    open_index,
)

DIGEST = "documents.sha256"  # beside the pointer to the snapshot
LOOK_AGAIN_S = 2.0  # how often a running assistant looks whether the index was replaced
_LOG = logging.getLogger(__name__)


def today() -> date:
    """The day in China, whatever the machine's zone."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def shared_models() -> Path:
    """Where `jiangbu setup` puts the exported model: beside the program, for every home."""
    return Path(sys.prefix) / "share" / "jiangbu" / "models"


def embedder_of(settings: Settings, *, prepare: bool) -> Embedder:
    """The embedder that the settings name; with `prepare`, a model not exported yet is exported first."""
    key = settings.embedding_api_key.get_secret_value() if settings.embedding_api_key else ""
    if settings.embedding_base_url:
        name = f"openai:{settings.embedding_model}"
        return open_embedder(name, settings.home, base_url=settings.embedding_base_url, key=key)
    try:
        return open_embedder(settings.embedding_model, settings.home)
    except ModelMissing:
        if not prepare:
            raise
    from index import model_folder, prepare_model

    _LOG.warning("%s", messages.PREPARING_MODEL.format(model=settings.embedding_model))
    prepare_model(settings.embedding_model, settings.home / "models" / model_folder(settings.embedding_model))
    return open_embedder(settings.embedding_model, settings.home)


def language_model_of(settings: Settings) -> LanguageModel | None:
    """The language model that the settings name; None where they name none, or no address for it."""
    if settings.llm_model is None or settings.llm_base_url is None:
        return None
    key = settings.llm_api_key or SecretStr("")
    endpoint = Endpoint(model=settings.llm_model, base_url=settings.llm_base_url, api_key=key)
    bounds = Bounds(
        first_token_s=settings.llm_first_token_s,
        total_s=settings.llm_total_s,
        at_once=max(settings.llm_at_once, settings.batch_workers),  # in a batch, none goes without for want of a place
    )
    return LanguageModel(endpoint, bounds)


def build(
    settings: Settings,
    *,
    force: bool = False,
    progress: bool = True,
    watch: Callable[[int, int], None] | None = None,
) -> BuildReport:
    """Bring the index in line with the documents; says at once when there is nothing to do."""
    library = Library(settings.home)
    digest, documents = library.digest(), library.documents()
    report = build_index(
        documents,
        derive(documents),
        home=settings.home,
        embedder=embedder_of(settings, prepare=True),
        force=force,
        progress=progress,
        watch=watch,
    )
    write_whole(settings.home / "index" / DIGEST, digest)
    return report


def is_up_to_date(settings: Settings) -> bool:
    """Whether the index was made from the documents as they are now; one that was not noted is taken as it is."""
    noted = settings.home / "index" / DIGEST
    return not noted.exists() or noted.read_text("utf-8") == Library(settings.home).digest()


def open_or_build(settings: Settings, *, progress: bool = True) -> Index:
    """Open the index; build it first when there is none yet."""
    try:
        index = open_index(settings.home, embedder_of(settings, prepare=False))
        if is_up_to_date(settings):
            return index
        raise IndexStale(messages.INDEX_OUTDATED)
    except (IndexMissing, ModelMissing):
        build(settings, progress=progress)
        return open_index(settings.home, embedder_of(settings, prepare=False))


def open_ledger(settings: Settings) -> LedgerView:
    """The award ledger of the index; builds the index first when there is none yet."""
    index = open_or_build(settings)
    try:
        return LedgerView(index.ledger, index.documents)
    finally:
        index.close()


class LiveAssistant:
    """An assistant that moves to a newer index by itself. Safe to use from several threads."""

    def __init__(self, settings: Settings, *, progress: bool = True) -> None:
        self._settings = settings
        self._index = open_or_build(settings, progress=progress)
        self._assistant = Assistant(self._index)
        self._ledger = LedgerView(self._index.ledger, self._index.documents)
        self._model = language_model_of(settings)
        self._looked = time.monotonic()
        self._moving = threading.Lock()

    def warm(self) -> None:
        """Load now what the first question would load: the model, the words, the vector store, the tables of words."""
        self._index.warm()
        place = next((document.region.name for document in self._index.documents if document.region.parts), "")
        self._assistant.answer(Question(question=messages.WARM_UP.format(place=place)), today())
        if self._model is not None:
            self._model.warm()

    def answer(self, question: Question) -> Answer:
        """Answer a question as of its own date, else today."""
        *_, (last, _) = self.answer_in_steps(question)
        return last

    def answer_in_steps(self, question: Question) -> Iterator[tuple[Answer, bool]]:
        """The answer that counts, marked True, and before it one to show while a language model is at work."""
        assistant = self._current()
        if self._model is None:
            yield assistant.answer(question, today()), True
        else:
            assisted = Assisted(assistant, self._model, rewords=self._settings.llm_rewords)
            yield from assisted.answer_in_steps(question, today())

    def estimate(self, claim: ClaimEntry) -> EstimateReport:
        """What a claim comes to as of its own date, else today."""
        return self._current().estimate(claim, today())

    def search(self, text: str, limit: int) -> tuple[Citation, ...]:
        """The clauses that a question would be answered from, best first, numbered from 1."""
        assistant = self._current()
        found = dict.fromkeys(one.passage.clause_id for one in assistant.find_passages(text))
        clauses = (assistant.texts.clauses[clause_id] for clause_id in tuple(found)[:limit])
        return tuple(assistant.texts.cite(clause, marker) for marker, clause in enumerate(clauses, start=1))

    def documents(self) -> tuple[PolicyDocument, ...]:
        """All documents, ordered by id."""
        documents = self._current().texts.documents.values()
        return tuple(sorted(documents, key=lambda document: document.id))

    def ledger(self) -> LedgerView:
        """The award ledger of the index in use."""
        self._current()
        return self._ledger

    def version(self) -> str:
        """The name of the index snapshot in use."""
        self._current()
        return self._index.directory.name

    def document(self, document_id: str) -> Mapping[str, Any] | None:
        """A document with its clauses as the page and the REST call give it; None when there is none."""
        texts = self._current().texts
        document = texts.documents.get(document_id)
        if document is None:
            return None
        return describe_document(document, texts.of(document_id))

    def regions(self) -> tuple[str, ...]:
        """The regions that have documents, by name."""
        names = {document.region.name for document in self._current().texts.documents.values()}
        return tuple(sorted(names - {"全国"}))

    def _current(self) -> Assistant:
        if time.monotonic() - self._looked < LOOK_AGAIN_S or not self._moving.acquire(blocking=False):
            return self._assistant
        try:
            self._looked = time.monotonic()
            if not self._index.is_current():
                replaced = self._index
                self._index = open_index(self._settings.home, embedder_of(self._settings, prepare=False))
                self._assistant = Assistant(self._index)
                self._ledger = LedgerView(self._index.ledger, self._index.documents)
                # Answers under way still read the old snapshot; it goes when the next one replaces this.
                threading.Timer(LOOK_AGAIN_S * 5, replaced.close).start()
        finally:
            self._moving.release()
        return self._assistant


def describe_head(document: PolicyDocument) -> dict[str, Any]:
    """What is known of a document, as JSON: all but its text."""
    return {
        "id": document.id,
        "title": document.title,
        "region": document.region.name,
        "issuer": document.issuer,
        "document_number": document.document_number,
        "published": document.published,
        "in_force_from": document.in_force_from,
        "in_force_until": document.in_force_until,
        "status": document.status.value,
        "kind": document.kind.value,
    }


def describe_document(document: PolicyDocument, clauses: Iterable[Clause]) -> dict[str, Any]:
    """A document as JSON: what is known of it, its text, and its clauses with locators and offsets."""
    return describe_head(document) | {
        "repeals": list(document.repeals),
        "source": document.source,
        "text": document.text,
        "clauses": [
            {
                "id": clause.id,
                "locator": clause.locator,
                "heads": list(clause.heads),
                "start": clause.start,
                "end": clause.end,
            }
            for clause in clauses
        ],
    }
