"""How often one client may come: a moving window over each minute, and over wrong passwords. In memory only.

Clients are kept by a salted hash among a fixed number of slots, so that no number of made-up addresses or names
fills the memory, and nobody can choose whose slot to share.
"""

import hashlib
import math
import secrets
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.web.errors import error_body
from assistant.web.intake import Refusal
from assistant.web.peer import Address, client_address, network_of

SLOTS = 8_192
GRADIO = "/gradio_api/"
OTHERS_PER_MINUTE = 1200
LOGIN_TRIES = RateLimitItemPerMinute(5, 15)
ASKING = (
    *("/api/ask", "/api/estimate", "/api/feedback", "/api/export", "/v1/chat/completions"),
    *("/gradio_api/queue/join", "/gradio_api/mcp"),
)
UNCOUNTED = ("/assets/", "/page/", "/static/")  # the page's own files: one page is a hundred of them


@dataclass(frozen=True, kw_only=True)
class LimitSettings:
    """How many questions a minute from one client (0: no limits at all), and which proxy to believe."""

    asks_per_minute: int = 600
    trusted_proxy: Address | None = None


class Windows:
    """Moving windows for any number of clients in bounded memory."""

    def __init__(self, slots: int = SLOTS) -> None:
        self._slots = slots
        self._salt = secrets.token_bytes(16)
        self._windows = MovingWindowRateLimiter(MemoryStorage())

    def wait_s(self, item: RateLimitItem, sort: str, client: str) -> int:
        """Take one of the client's turns.

        Returns:
            0 when there was one, else for how many whole seconds there is none.
        """
        slot = self._slot(client)
        if self._windows.hit(item, sort, slot):
            return 0
        return max(1, math.ceil(self._windows.get_window_stats(item, sort, slot).reset_time - time.time()))

    def forget(self, item: RateLimitItem, sort: str, client: str) -> None:
        """Give the client all its turns back."""
        self._windows.clear(item, sort, self._slot(client))

    def _slot(self, client: str) -> str:
        digest = hashlib.blake2b(client.encode("utf-8", "replace"), key=self._salt, digest_size=8).digest()
        return str(int.from_bytes(digest) % self._slots)


class Lockout:
    """Wrong passwords: five for each name and for each client within fifteen minutes.

    A try counts before the password is looked at, so that many at once are no way around it.
    """

    def __init__(self) -> None:
        self._windows = Windows()

    def wait_s(self, name: str, client: str) -> int:
        """Count a try; 0 when it may be made, else for how many seconds none may."""
        by_client = self._windows.wait_s(LOGIN_TRIES, "client", network_of(client))
        return by_client or self._windows.wait_s(LOGIN_TRIES, "name", _folded(name))

    def forget(self, name: str, client: str) -> None:
        """The password was right: what was tried before no longer counts."""
        self._windows.forget(LOGIN_TRIES, "client", network_of(client))
        self._windows.forget(LOGIN_TRIES, "name", _folded(name))


def _folded(name: str) -> str:
    """The name as accounts have it: written in another width, it has no tries of its own."""
    return unicodedata.normalize("NFKC", name)


class Limit:
    """ASGI: refuses a client that comes too often, with 429 and `Retry-After`."""

    def __init__(
        self, app: ASGIApp, settings: LimitSettings, refused: Callable[[str], object] = lambda code: None
    ) -> None:
        """Wrap an app.

        Args:
            app: What answers.
            settings: The limits.
            refused: Told the code of each refusal, for the metrics.
        """
        self.app = app
        self.settings = settings
        self._refused = refused
        self._windows = Windows()
        self._asks = RateLimitItemPerMinute(max(1, settings.asks_per_minute))
        self._others = RateLimitItemPerMinute(OTHERS_PER_MINUTE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        counted = scope["type"] == "http" and not scope["path"].startswith(UNCOUNTED)
        wait_s = self._wait_s(scope) if counted and self.settings.asks_per_minute else 0
        if not wait_s:
            await self.app(scope, receive, send)
            return
        refusal = Refusal("too_many_requests")
        self._refused(refusal.code)
        await too_often(refusal, wait_s, scope["path"])(scope, receive, send)

    def _wait_s(self, scope: Scope) -> int:
        client = network_of(client_address(scope, self.settings.trusted_proxy))
        if scope["path"].startswith(ASKING):
            return self._windows.wait_s(self._asks, "ask", client)
        return self._windows.wait_s(self._others, "other", client)


def too_often(refusal: Refusal, wait_s: int, path: str) -> JSONResponse:
    """The reply to who comes too often to a path; Gradio's page shows `detail`, and its calls alone have that."""
    body: dict[str, Any] = dict(error_body(refusal, path))
    if path.startswith(GRADIO):
        body["detail"] = body["error"]["message"]
    return JSONResponse(body, refusal.status, headers={"Retry-After": str(wait_s)})
