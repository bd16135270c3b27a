"""`GET /healthz` for everybody, and `GET /metrics` for Prometheus on this machine or with an administrator's token."""

import logging
from collections.abc import Callable, Mapping

from fastapi import APIRouter, Request
from fastapi.responses import Response
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from assistant.page.wording import HEALTH_SUMMARY
from assistant.store.engine import StoreError
from assistant.store.opening import Store
from assistant.switch import Closed
from assistant.web import store_wording as wording
from assistant.web import words
from assistant.web.access import caller_of
from assistant.web.intake import Refusal
from assistant.web.openapi import attachment, refusals, reply
from assistant.web.peer import Address, is_local
from index.errors import IndexingError

METRICS_EXAMPLE = 'jiangbu_answers_total{door="api",status="answered"} 42.0'
LATENCY_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

_LOG = logging.getLogger(__name__)


class Metrics:
    """What the service counts, in a registry of its own. Labels are of closed lists, never what somebody typed."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._answers = Counter(
            "jiangbu_answers", "Answers by door and status", ["door", "status"], registry=self._registry
        )
        self._seconds = Histogram(
            "jiangbu_answer_seconds", "Time to an answer", ["door"], buckets=LATENCY_S, registry=self._registry
        )
        self._refusals = Counter("jiangbu_refusals", "Requests refused, by code", ["code"], registry=self._registry)

    def answered(self, door: str, status: str, seconds: float) -> None:
        """Count an answer, and how long it took."""
        self._answers.labels(door, status).inc()
        self._seconds.labels(door).observe(seconds)

    def refused(self, code: str) -> None:
        """Count a refusal; `too_many_requests` are those of the rate limit."""
        self._refusals.labels(code).inc()

    def watch(self, name: str, meaning: str, value: Callable[[], float]) -> None:
        """Show a figure that is asked for whenever the metrics are read; one that fails reads NaN."""

        def asked() -> float:
            try:
                return value()
            except StoreError as error:
                _LOG.warning("cannot read the figure %s: %s", name, error)
                return float("nan")

        Gauge(f"jiangbu_{name}", meaning, registry=self._registry).set_function(asked)

    def watch_store(self, store: Store) -> None:
        """Show what the store has lost, what waits to be written, and what waits for staff."""
        background = store.audit.background
        self.watch("audit_lost", "Entries not written since the start", lambda: background.lost)
        self.watch("audit_queue", "Entries that wait to be written", lambda: background.waiting)
        self.watch("feedback_open", "Tickets that wait for staff", store.feedback.count_open)

    def text(self) -> bytes:
        """All figures as Prometheus reads them."""
        return generate_latest(self._registry)


def health_router(
    metrics: Metrics,
    is_sound: Callable[[], bool],
    trusted_proxy: Address | None = None,
    news: Callable[[], Mapping[str, str]] = dict,
) -> APIRouter:
    """`GET /healthz` and `GET /metrics`.

    Args:
        metrics: What to show.
        is_sound: Whether answers can be given and logged; must not raise.
        trusted_proxy: Whose word on the client's address is taken.
        news: What else everybody may know, such as which doors are closed; must not raise.
    """
    router = APIRouter(tags=["service"])

    @router.get(
        "/healthz",
        summary=HEALTH_SUMMARY,
        description=wording.HEALTH_ABOUT,
        responses={**reply(None, words.HEALTH_REPLY, {"status": "ok"}), **refusals("bad_host")},
    )
    def healthz() -> dict[str, str]:
        return {"status": "ok" if is_sound() else "degraded", **news()}

    @router.get(
        "/metrics",
        summary=wording.METRICS_SUMMARY,
        description=wording.METRICS_ABOUT,
        response_class=Response,
        responses={
            **attachment(wording.METRICS_REPLY, "text/plain", METRICS_EXAMPLE),
            **refusals("wrong_token", "not_allowed"),
        },
    )
    def shown(request: Request) -> Response:
        if not is_local(request.scope, trusted_proxy) and caller_of(request).role != "admin":
            raise Refusal("not_allowed")
        return Response(metrics.text(), media_type=CONTENT_TYPE_PLAIN_0_0_4)

    return router


def is_sound(store: Store, version: Callable[[], object]) -> bool:
    """Whether the index can be used and the audit log loses nothing; tells no one what is wrong but the log."""
    try:
        version()
    except (IndexingError, OSError) as error:
        _LOG.error("the index cannot be used: %s", error)
        return False
    return store.audit.is_whole() and not store.audit.background.is_losing()


def news_of(store: Store, closed: Callable[[], Closed]) -> dict[str, str]:
    """Which doors are closed, and how many entries the log lost since the start; what there is not is left out."""
    told = {"off": ",".join(closed()), "audit_lost": str(store.audit.lost or "")}
    return {name: value for name, value in told.items() if value}
