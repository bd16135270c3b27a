"""The whole service in one app: the REST calls, the endpoints for other programs, the page, all behind the same doors.

>>> create_app(service, Backstage(store=store, jobs=jobs))  # doctest: +SKIP
"""

import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from anyio import to_thread
from fastapi import APIRouter, FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.routing import Mount

from assistant.indexing import IndexJobs
from assistant.page.follow_ups import examples
from assistant.page.wording import API_TITLE, EXAMPLES
from assistant.service import today
from assistant.store import Store
from assistant.switch import Closed, Switch
from assistant.web.access import Recognise, access_router
from assistant.web.ask import ask_router
from assistant.web.audit import audit_router
from assistant.web.completions import completions_router
from assistant.web.documents import documents_router
from assistant.web.door import Door, DoorSettings, Finish
from assistant.web.estimates import estimate_router
from assistant.web.evaluations import evaluations_router
from assistant.web.exporting import export_router
from assistant.web.facts import facts_router
from assistant.web.feedback import feedback_router
from assistant.web.health import Metrics, health_router, is_sound, news_of
from assistant.web.intake_documents import intake_documents_router
from assistant.web.limiting import Limit, LimitSettings
from assistant.web.openapi import describe
from assistant.web.plain import plain_router, speak_our_words
from assistant.web.recorded import RecordedService
from assistant.web.reviewed import reviewed_router
from assistant.web.service import Service
from assistant.web.switched import Switched
from assistant.web.talks import talks_router
from assistant.web.tools import tools_router
from assistant.web.uploads import uploads_router

LEDGER_EXAMPLES = 3
THREADS = 24
GRADIO_ENVIRONMENT = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    # Gradio works out percentiles over its last 10,000 events after each event, for a dashboard that is closed here:
    # after some thousand questions that takes longer than the answers.
    "GRADIO_ANALYTICS_MAX_EVENTS": "1",
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": "1000000",
}
STATIC = Path(__file__).parent.parent / "page" / "static"


@dataclass(frozen=True, kw_only=True)
class Backstage:
    """What the service keeps and does beside answering: accounts, feedback, the log; adding and removing policies."""

    store: Store
    jobs: IndexJobs
    evaluations: Path | None = None  # the folder of the runs of `jiangbu eval`
    switch: Switch | None = None  # which doors are closed; none ever where there is no switch
    check: Callable[[], object] | None = None  # raises where the index in use is not sound; else its version is asked

    def closed(self) -> Closed:
        """Which doors are closed now."""
        return {} if self.switch is None else self.switch.closed()


@dataclass(frozen=True, kw_only=True)
class ServerSettings:
    """What the page offers, and the doors' limits."""

    examples: tuple[str, ...] = EXAMPLES
    doors: DoorSettings = field(default_factory=DoorSettings)
    limits: LimitSettings = field(default_factory=LimitSettings)
    audit_strict: bool = False  # answer nothing while the audit log cannot be written


def create_app(service: Service, backstage: Backstage, settings: ServerSettings | None = None) -> FastAPI:
    """The whole service.

    Args:
        service: The assistant; called from several threads at once.
        backstage: The store and the jobs; whoever opened the store closes it.
        settings: Example questions, limits.

    Returns:
        The app, ready for `run_server`.
    """
    settings = settings or ServerSettings()
    metrics = Metrics()
    metrics.watch_store(backstage.store)
    recorded = RecordedService(service, backstage.store, metrics)
    app = FastAPI(title=API_TITLE, docs_url=None, redoc_url=None, lifespan=few_at_once)
    for router in (*program_routers(recorded), *staff_routers(service, backstage, metrics, settings.limits)):
        app.include_router(router)
    app.include_router(plain_router(app))
    describe(app)
    app.mount("/page", StaticFiles(directory=STATIC))
    stand_guard(app, backstage, settings, metrics.refused)
    put_page(app, recorded.for_door("page"), settings.examples, metrics.refused)
    return app


@asynccontextmanager
async def few_at_once(_: FastAPI) -> AsyncIterator[None]:
    """Let fewer threads answer at once than anyio does (40): the more take turns, the longer the unlucky wait."""
    to_thread.current_default_thread_limiter().total_tokens = THREADS
    yield


def program_routers(recorded: RecordedService) -> tuple[APIRouter, ...]:
    """What anybody may call."""
    return (
        ask_router(recorded.answer),
        estimate_router(recorded.estimate),
        facts_router(recorded),
        documents_router(recorded),
        export_router(recorded),
        completions_router(recorded.for_door("openai").answer),
        tools_router(recorded.for_door("mcp")),
    )


def staff_routers(
    service: Service, backstage: Backstage, metrics: Metrics, limits: LimitSettings
) -> tuple[APIRouter, ...]:
    """Feedback, accounts, what staff do, and how the service is."""
    store, proxy = backstage.store, limits.trusted_proxy
    check = backstage.check or service.version
    return (
        access_router(store, proxy),
        feedback_router(store),
        reviewed_router(store),
        talks_router(store),
        audit_router(store),
        evaluations_router(backstage.evaluations),
        intake_documents_router(backstage.jobs, service, store),
        uploads_router(backstage.jobs, store),
        health_router(metrics, lambda: is_sound(store, check), proxy, lambda: news_of(store, backstage.closed)),
    )


def stand_guard(app: FastAPI, backstage: Backstage, settings: ServerSettings, refused: Callable[[str], object]) -> None:
    """The doors, innermost first: what comes in was counted, its sender recognised, its size and form checked."""
    store = backstage.store
    speak_our_words(app, refused)
    app.add_middleware(Door, settings=settings.doors, refused=refused)
    log_fails = store.audit.is_failing if settings.audit_strict else lambda: False
    app.add_middleware(Switched, closed=backstage.closed, log_fails=log_fails, refused=refused)
    app.add_middleware(Recognise, store=store, trusted_proxy=settings.limits.trusted_proxy)
    app.add_middleware(Limit, settings=settings.limits, refused=refused)
    app.add_middleware(Finish)


def put_page(app: FastAPI, service: Service, more_examples: tuple[str, ...], refused: Callable[[str], object]) -> None:
    """The page at `/`, behind everything else."""
    os.environ |= GRADIO_ENVIRONMENT  # read when gradio is imported, and when its queue is made
    from assistant.page.blocks import build_page, mount_page

    begin_with = examples(service.ledger(), today(), LEDGER_EXAMPLES)
    mount_page(app, build_page(service=service, examples=(*begin_with, *more_examples)))
    for route in app.routes:
        if isinstance(route, Mount) and isinstance(route.app, FastAPI):  # Gradio's own app has errors of its own
            speak_our_words(route.app, refused)
