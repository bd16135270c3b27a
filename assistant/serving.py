"""`jiangbu serve`: wires the live assistant to the server and, if asked, opens the page."""

import threading
import webbrowser
from collections.abc import Callable

from assistant.config import Settings
from assistant.service import LiveAssistant
from assistant.web.app import ServerSettings, create_app
from assistant.web.door import DoorSettings
from assistant.web.listening import CannotListen, hosts_for, listen, run_server

__all__ = ["CannotListen", "serve_forever"]

OPEN_AFTER_S = 2.0


def serve_forever(
    settings: Settings, host: str, port: int, announce: Callable[[str], None], *, open_browser: bool
) -> None:
    """Serve the page and the calls until interrupted; `announce` is told the page's address, with the port taken.

    Raises:
        CannotListen: The port is taken or the address is not this machine's; the message says so in Chinese.
    """
    listener = listen(host, port)  # first: whoever comes early waits, and a taken port is told at once
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listener.getsockname()[1]}/"
    announce(address)
    live = LiveAssistant(settings)
    threading.Thread(target=live.warm, daemon=True).start()  # while the page is being put together
    doors = DoorSettings(allowed_hosts=hosts_for(host))
    app = create_app(live, ServerSettings(doors=doors))
    if open_browser:
        threading.Timer(OPEN_AFTER_S, webbrowser.open, [address]).start()
    run_server(app, listener)
