"""Settings → a running assistant: builds what is missing, opens the index, follows it when it is replaced.

The edge between the pure answering core and files, clock and models.
"""

import logging
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from assistant import messages
from assistant.claim_file import ClaimEntry
from assistant.config import Settings
from assistant.dated import DatedAssistants
from assistant.describing import describe_document
from assistant.estimating import EstimateReport
from assistant.ledger_view import LedgerView
from assistant.llm import Assisted, Bounds, Endpoint, LanguageModel
from assistant.records import Answer, Citation, Question
from corpus import Library, derive
from corpus.library import write_whole
from corpus.records import PolicyDocument
from index import (
    BuildReport,
    Embedder,
    Index,
    IndexDamaged,
    IndexingError,
    IndexMissing,
    IndexStale,
    ModelMissing,
    build_index,
    open_embedder,
    open_index,
    sweep_snapshots,
)
from index.publish import build_lock
from index.snapshot import check_whole

DIGEST = "documents.sha256"  # beside the pointer to the snapshot
LOOK_AGAIN_S = 2.0  # how often a running assistant looks whether the index was replaced
CHECK_AGAIN_S = 5.0  # how often at most its files are compared with what was published, which takes some 30 ms
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
    """Bring the index in line with the documents; says at once when there is nothing to do.

    Raises:
        BuildBusy: Another process is building.
        BuildFailed: Nothing was published; the index from before still serves.
    """
    library = Library(settings.home)
    with build_lock(settings.home):
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


def open_or_build(settings: Settings, *, progress: bool = True, mend: bool = False) -> Index:
    """Open the index; build it first when there is none yet.

    With `mend` also when it is damaged, of another format, or not in line with the documents, as a kill between
    storing them and building leaves it.
    """
    try:
        index = open_index(settings.home, embedder_of(settings, prepare=False))
        if is_up_to_date(settings):
            return index
        index.close()
        raise IndexStale(messages.INDEX_OUTDATED)
    except (IndexStale, IndexDamaged) as error:
        if not mend:
            raise
        _LOG.warning("%s", messages.MENDING.format(reason=error))
    except (IndexMissing, ModelMissing):
        pass  # the first start
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

    def __init__(self, settings: Settings, *, progress: bool = True, mend: bool = False) -> None:
        self._settings = settings
        self._library = Library(settings.home)
        self._dated = DatedAssistants(open_or_build(settings, progress=progress, mend=mend), self._library)
        self._model = language_model_of(settings)
        self._looked = time.monotonic()
        self._moving = threading.Lock()
        self._fault: Exception | None = None  # why the published index could not be moved to, if so
        self._damage: Exception | None = None  # what is wrong with the files of the one in use, if anything is
        self._checked = float("-inf")

    def check(self) -> None:
        """See that the index in use is the published one, and still lies on the disk as it was published.

        Answers come from memory and stay right; but the next start would not.

        Raises:
            IndexingError: It is not.
        """
        self._current()
        if time.monotonic() - self._checked >= CHECK_AGAIN_S:
            self._checked, self._damage = time.monotonic(), None
            try:
                check_whole(self._dated.index.directory, self._dated.index.manifest)
            except IndexDamaged as error:
                self._damage = error
        fault = self._fault or self._damage
        if fault is not None:
            raise fault

    def warm(self) -> None:
        """Load now what the first question would load: the model, the words, the vector store, the tables of words."""
        index = self._dated.index
        index.warm()
        place = next((document.region.name for document in index.documents if document.region.parts), "")
        self._dated.answer(Question(question=messages.WARM_UP.format(place=place)), today())
        if self._model is not None:
            self._model.warm()

    def answer(self, question: Question) -> Answer:
        """Answer a question as of its own date, else today."""
        *_, (last, _) = self.answer_in_steps(question)
        return last

    def answer_in_steps(self, question: Question) -> Iterator[tuple[Answer, bool]]:
        """The answer that counts, marked True, and before it one to show while a language model is at work."""
        assistant = self._current().on(question.as_of or today(), (*question.history, question.question))
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
        assistant = self._current().on(today(), (text,))
        found = dict.fromkeys(one.passage.clause_id for one in assistant.find_passages(text))
        clauses = (assistant.texts.clauses[clause_id] for clause_id in tuple(found)[:limit])
        return tuple(assistant.texts.cite(clause, marker) for marker, clause in enumerate(clauses, start=1))

    def documents(self) -> tuple[PolicyDocument, ...]:
        """All documents, ordered by id."""
        documents = self._current().whole.texts.documents.values()
        return tuple(sorted(documents, key=lambda document: document.id))

    def ledger(self) -> LedgerView:
        """The award ledger of the index in use."""
        return self._current().ledger

    def version(self) -> str:
        """The name of the index snapshot in use."""
        return self._current().index.directory.name

    def document(self, document_id: str) -> Mapping[str, Any] | None:
        """A document with its clauses as the page and the REST call give it; None when there is none."""
        texts = self._current().whole.texts
        document = texts.documents.get(document_id)
        if document is None:
            return None
        return describe_document(document, texts.of(document_id))

    def regions(self) -> tuple[str, ...]:
        """The regions that have documents, by name."""
        names = {document.region.name for document in self._current().whole.texts.documents.values()}
        return tuple(sorted(names - {"全国"}))

    def _current(self) -> DatedAssistants:
        if time.monotonic() - self._looked < LOOK_AGAIN_S or not self._moving.acquire(blocking=False):
            return self._dated
        try:
            self._looked = time.monotonic()
            self._dated.look()
            if not self._dated.index.is_current():
                self._move()
            self._fault = None
        except (IndexingError, OSError) as error:  # what is in memory is whole: it answers on
            if self._fault is None:
                _LOG.error("%s", messages.CANNOT_MOVE.format(reason=error))
            self._fault = error
        finally:
            self._moving.release()
        return self._dated

    def _move(self) -> None:
        replaced = self._dated
        index = open_index(self._settings.home, replaced.index.embedder)  # a model is the largest thing in memory
        self._dated, self._checked = DatedAssistants(index, self._library), float("-inf")
        # Answers under way still read the old snapshot; it goes when the next one replaces this, and at once
        # where it holds what has been removed.
        threading.Timer(LOOK_AGAIN_S * 5, self._let_go, [replaced]).start()

    def _let_go(self, replaced: DatedAssistants) -> None:
        replaced.look()
        replaced.index.close()
        if replaced.withholds:
            sweep_snapshots(self._settings.home)
