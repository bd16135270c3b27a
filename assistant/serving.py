"""`jiangbu serve`: wires the live assistant to the server and, if asked, opens the page."""

import os
import threading
import webbrowser
from collections.abc import Callable
from contextlib import closing
from urllib.parse import urlsplit

from assistant.config import Settings
from assistant.indexing import open_jobs
from assistant.service import LiveAssistant
from assistant.store import Store, StoreError, open_store
from assistant.switch import Switch
from assistant.web.app import Backstage, ServerSettings, create_app
from assistant.web.door import DoorSettings
from assistant.web.limiting import LimitSettings
from assistant.web.listening import CannotListen, hosts_for, listen, run_server

__all__ = ["CannotListen", "StoreError", "serve_forever"]

OPEN_AFTER_S = 2.0
WARM_WITHIN_S = 15.0  # after that it serves as it is: a store that hangs keeps nobody from the answers
# Where Gradio would keep what people send it; nobody can, but it asks for the place, and a machine need not have a
# folder for temporary files.
PAGE_FILES = "GRADIO_TEMP_DIR"


def serve_forever(
    settings: Settings, host: str, port: int, announce: Callable[[str], None], *, open_browser: bool
) -> None:
    """Serve the page and the calls until interrupted; `announce` is told the page's address, with the port taken.

    Raises:
        CannotListen: The port is taken or the address is not this machine's; the message says so in Chinese.
        StoreError: The database cannot be opened; the message says so in Chinese.
    """
    listener = listen(host, port)  # first: whoever comes early waits, and a taken port is told at once
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listener.getsockname()[1]}/"
    announce(address)
    os.environ.setdefault(PAGE_FILES, str(settings.home / "page-files"))
    url = settings.database_url.get_secret_value() if settings.database_url else None
    with closing(open_store(settings.home, url, audit_days=settings.audit_days)) as store:
        store.start()
        live = LiveAssistant(settings, mend=True)
        warming = threading.Thread(target=live.warm, daemon=True)
        warming.start()  # while the page is being put together
        try:
            app = create_app(live, _backstage(settings, live, store), server_settings(settings, host))
        finally:
            # Many who ask a cold server at once would hold up the very loading that they wait for; and where the app
            # cannot be made, onnxruntime aborts a program that ends while it is being loaded.
            warming.join(WARM_WITHIN_S)
        if open_browser:
            threading.Timer(OPEN_AFTER_S, webbrowser.open, [address]).start()
        run_server(app, listener)


def _backstage(settings: Settings, live: LiveAssistant, store: Store) -> Backstage:
    return Backstage(
        store=store,
        jobs=open_jobs(settings, live.version),
        evaluations=settings.home / "evals" / "runs",
        switch=Switch(settings.home),
        check=live.check,
    )


def server_settings(settings: Settings, host: str) -> ServerSettings:
    """What the settings say of the doors, listening on `host`."""
    limits = LimitSettings(asks_per_minute=settings.asks_per_minute, trusted_proxy=settings.trusted_proxy)
    origins = (settings.public_url,) if settings.public_url else ()
    hosts = (*hosts_for(host), *(urlsplit(origin).hostname or "" for origin in origins))
    doors = DoorSettings(allowed_hosts=hosts, public_origins=origins)
    return ServerSettings(doors=doors, limits=limits, audit_strict=settings.audit_strict)
