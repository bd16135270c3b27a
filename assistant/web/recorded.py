"""The assistant as the doors use it: every answer is timed, counted, logged, and joined by a reviewed one.

One `RecordedService` is made around the assistant, and `for_door` gives each door its own view of it. Who asks is
read from `access.CALLER`, which `Recognise` sets for a request; a door that answers outside of one (Gradio's queue)
sets it with `asked_by`. The answer itself never waits for the store nor fails with it.
"""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Literal

from assistant.claim_file import ClaimEntry
from assistant.estimating import EstimateReport
from assistant.ledger_view import LedgerView
from assistant.masking import mask
from assistant.records import Answer, Citation, Question, Reviewed
from assistant.store.audit import AuditEntry
from assistant.store.engine import StoreError
from assistant.store.feedback import Remark
from assistant.store.opening import Store
from assistant.web.access import CALLER, Caller
from assistant.web.health import Metrics
from assistant.web.intake import MAX_REGION_CHARACTERS, bounded_history, clean_text
from assistant.web.service import Service
from assistant.web.store_wording import ESTIMATED
from corpus.records import PolicyDocument
from index.errors import IndexingError

Door = Literal["page", "api", "openai", "mcp"]
QUESTION_MAX = 2_000  # characters that are masked and kept of what was asked
REACH = 60  # characters that the longest number masked may have, with gaps
UNANSWERED = ("not_found", "error")  # one that asks back is a step on the way to an answer
FAILED = "failed"  # the status of what ended in an exception

_LOG = logging.getLogger(__name__)


@contextmanager
def asked_by(caller: Caller) -> Iterator[None]:
    """Have what is asked within the block be recorded as this caller's."""
    token = CALLER.set(caller)
    try:
        yield
    finally:
        CALLER.reset(token)


class RecordedService:
    """A `Service` around another one, which see; several threads may call it at once."""

    def __init__(self, service: Service, store: Store, metrics: Metrics, door: Door = "api") -> None:
        self._service = service
        self._store = store
        self._metrics = metrics
        self._door = door

    def for_door(self, door: Door) -> "RecordedService":
        """The same service, recording what comes through that door."""
        return RecordedService(self._service, self._store, self._metrics, door)

    def answer(self, question: Question) -> Answer:
        """Answer one question, with the reviewed answer to it if there is one."""
        *_, (last, _) = self.answer_in_steps(question)
        return last

    def answer_in_steps(self, question: Question) -> Iterator[tuple[Answer, bool]]:
        """The answer that counts, marked True, which is recorded; before it one to show meanwhile."""
        began = time.perf_counter()
        shown: Answer | None = None
        try:
            for answer, counts in self._service.answer_in_steps(question):
                shown = self._joined(answer, question)
                if not counts:
                    yield shown, False
        except GeneratorExit:  # whoever asked has left, with the answer that was shown
            if shown is not None:
                self._answered(question, shown, began)
            raise
        except Exception:
            self._note(question.question, question.region, FAILED, began)
            raise
        if shown is not None:
            self._answered(question, shown, began)
            yield shown, True

    def _answered(self, question: Question, answer: Answer, began: float) -> None:
        self._note(question.question, question.region, answer.status, began, answer)
        if answer.status in UNANSWERED and answer.reviewed is None and _caller().role == "public":
            self._queue(question, answer)

    def estimate(self, claim: ClaimEntry) -> EstimateReport:
        """What a claim comes to; raises `ClaimFileError` where it cannot be read."""
        asked = ESTIMATED.format(region=claim.region, items="；".join(one.what for one in claim.achievements))
        began = time.perf_counter()
        try:
            report = self._service.estimate(claim)
        except Exception:
            self._note(asked, claim.region, FAILED, began)
            raise
        self._note(asked, claim.region, report.status, began, report)
        return report

    def search(self, text: str, limit: int) -> Sequence[Citation]:
        """The clauses that a question would be answered from."""
        return self._service.search(text, limit)

    def document(self, document_id: str) -> Mapping[str, Any] | None:
        """A document as JSON takes it."""
        return self._service.document(document_id)

    def documents(self) -> Sequence[PolicyDocument]:
        """All documents."""
        return self._service.documents()

    def ledger(self) -> LedgerView:
        """The award ledger."""
        return self._service.ledger()

    def regions(self) -> tuple[str, ...]:
        """The regions that have documents."""
        return self._service.regions()

    def version(self) -> str:
        """The name of the index snapshot in use."""
        return self._service.version()

    def _joined(self, answer: Answer, question: Question) -> Answer:
        if question.history:  # 那行标呢 means another thing in every talk
            return answer
        try:
            found = self._store.reviewed.find(question.question, question.region)
        except StoreError as error:
            _LOG.warning("reviewed answers cannot be read: %s", error)
            return answer
        if found is None or any(self._service.document(one) is None for one in found.documents):
            return answer  # none, or it rests on what was removed since
        shown = Reviewed(answer=found.answer, reviewer=found.reviewer, reviewed_on=found.reviewed_on)
        return answer.model_copy(update={"reviewed": shown})

    def _note(
        self, asked: str, region: str | None, status: str, began: float, reply: Answer | EstimateReport | None = None
    ) -> None:
        seconds = time.perf_counter() - began
        self._metrics.answered(self._door, status, seconds)
        caller = _caller()
        self._store.audit.write(
            AuditEntry(
                door=self._door,
                client=self._store.audit.hash_client(caller.client) if caller.client else "",
                question=_kept(asked),
                region=_region(region),
                status=status,
                engine=reply.engine if isinstance(reply, Answer) else "rules",
                figures=_figures(reply),
                citations=_citations(reply),
                index_version=self._version() if reply is not None else "",
                elapsed_ms=round(seconds * 1000, 2),
                caller=caller.name,
            )
        )

    def _version(self) -> str:
        try:
            return self._service.version()
        except IndexingError as error:  # replaced by a damaged one since the answer was made
            _LOG.warning("the index has no name to log: %s", error)
            return ""

    def _queue(self, question: Question, answer: Answer) -> None:
        client = _caller().client
        self._store.note_unanswered(
            Remark(
                verdict="unanswered",
                question=_kept(question.question),
                answer=answer.answer,
                status=answer.status,
                history=bounded_history(question.history),
                region=_region(question.region),
                as_of=question.as_of,
                client=self._store.audit.hash_client(client) if client else "",
            )
        )


def _caller() -> Caller:
    return CALLER.get(Caller())


def _kept(text: str) -> str:
    """What is kept of a text: cleaned, masked, and then cut, so that no number is cut before it is seen."""
    return mask(clean_text(text[: QUESTION_MAX + REACH]))[:QUESTION_MAX]


def _region(region: str | None) -> str | None:
    return None if region is None else mask(clean_text(region[:MAX_REGION_CHARACTERS]))[:MAX_REGION_CHARACTERS]


def _figures(reply: Answer | EstimateReport | None) -> list[dict[str, str]]:
    if isinstance(reply, Answer):
        return [{"yuan": f"{amount.yuan:f}", "kind": amount.kind} for amount in reply.amounts]
    if reply is None or reply.total is None:
        return []
    return [{"yuan": f"{reply.total.yuan:f}", "kind": reply.total.kind}]


def _citations(reply: Answer | EstimateReport | None) -> list[dict[str, Any]]:
    cited = () if reply is None else reply.citations
    return [{"document": one.document, "start": one.start, "end": one.end} for one in cited]
