"""The whole service in one app: the REST calls, the endpoints for other programs, the page.

>>> create_app(service)  # doctest: +SKIP
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.staticfiles import StaticFiles

from assistant.page.follow_ups import examples
from assistant.page.wording import API_TITLE, EXAMPLES
from assistant.service import today
from assistant.web.ask import ask_router
from assistant.web.documents import documents_router
from assistant.web.door import Door, DoorSettings, Finish
from assistant.web.plain import plain_router, speak_our_words
from assistant.web.service import Service

LEDGER_EXAMPLES = 3
STATIC = Path(__file__).parent.parent / "page" / "static"


@dataclass(frozen=True, kw_only=True)
class ServerSettings:
    """What the page offers, and the doors' limits."""

    examples: tuple[str, ...] = EXAMPLES
    doors: DoorSettings = field(default_factory=DoorSettings)


def create_app(
    service: Service, settings: ServerSettings | None = None, *, routers: Sequence[APIRouter] = ()
) -> FastAPI:
    """The whole service.

    Args:
        service: The assistant; called from several threads at once.
        settings: Example questions, limits.
        routers: Further calls, to stand before the page's catch-all.

    Returns:
        The app, ready for `run_server`.
    """
    settings = settings or ServerSettings()
    app = FastAPI(title=API_TITLE, docs_url=None, redoc_url=None)
    for router in (ask_router(service.answer), documents_router(service), *routers, plain_router(app)):
        app.include_router(router)
    app.mount("/page", StaticFiles(directory=STATIC))
    speak_our_words(app)
    app.add_middleware(Door, settings=settings.doors)
    app.add_middleware(Finish)
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported
    from assistant.page.blocks import build_page, mount_page

    begin_with = examples(service.ledger(), today(), LEDGER_EXAMPLES)
    page = build_page(service=service, examples=(*begin_with, *settings.examples))
    mount_page(app, page)
    return app
