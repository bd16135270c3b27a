"""Who is asking: the public, staff, a reviewer or an administrator; signing in and out.

`Recognise` finds out once for each request, from a bearer token or the session cookie, and leaves it in the
request for `caller_of` and `require`, and in a context variable for what is called further down. Neither tokens nor
session ids are ever logged.
"""

import logging
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from pydantic import Field
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.store.accounts import NAME_MAX, PASSWORD_MAX, SESSION_LASTS, TOKEN_PREFIX, Account
from assistant.store.audit import AuditEntry
from assistant.store.opening import Store
from assistant.web import store_wording as wording
from assistant.web.errors import error_body
from assistant.web.intake import Refusal
from assistant.web.limiting import Lockout, too_often
from assistant.web.openapi import ANY_POST, body_example, refusals, reply
from assistant.web.peer import Address, client_address, drop_false_hosts, is_https
from assistant.web.strict_route import Body, StrictRoute

Role = Literal["public", "staff", "reviewer", "admin"]
ROLES: tuple[Role, ...] = ("public", "staff", "reviewer", "admin")  # each may do what those before it may
COOKIE = "jiangbu_session"
LOGIN = "/api/login"
CREDENTIAL_MAX = 200  # characters; ours are shorter
LOGIN_EXAMPLE = {"name": "zhangsan", "password": "correct-horse-battery"}
ME_EXAMPLE = {"name": "zhangsan", "role": "staff"}

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Caller:
    """Who is asking; `name` is "" for the public, `account_id` None. `client` is the address."""

    name: str = ""
    role: Role = "public"
    client: str = ""
    account_id: int | None = None


CALLER: ContextVar[Caller] = ContextVar("jiangbu_caller")  # set for what is called within a request


class Recognise:
    """ASGI: puts the `Caller` into each request; a wrong token is refused, a session that is over is the public."""

    def __init__(self, app: ASGIApp, store: Store, trusted_proxy: Address | None = None) -> None:
        self.app = app
        self._accounts = store.accounts
        self._trusted_proxy = trusted_proxy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            caller = await self._recognise(scope)
        except Refusal as refusal:
            await JSONResponse(error_body(refusal, scope["path"]), refusal.status)(scope, receive, send)
            return
        scope["jiangbu.caller"] = caller
        drop_false_hosts(scope, self._trusted_proxy)
        token = CALLER.set(caller)
        try:
            await self.app(scope, receive, send)
        finally:
            CALLER.reset(token)

    async def _recognise(self, scope: Scope) -> Caller:
        request = HTTPConnection(scope)
        client = client_address(scope, self._trusted_proxy)
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and token.startswith(TOKEN_PREFIX):
            account = await run_in_threadpool(self._accounts.by_token, token.strip()[:CREDENTIAL_MAX])
            if account is None:
                raise Refusal("wrong_token")
            return _caller(account, client)
        session = request.cookies.get(COOKIE, "")
        account = await run_in_threadpool(self._accounts.by_session, session[:CREDENTIAL_MAX]) if session else None
        return Caller(client=client) if account is None else _caller(account, client)


def caller_of(request: HTTPConnection) -> Caller:
    """Who sends this request; the public, where nobody was recognised."""
    caller = request.scope.get("jiangbu.caller")
    return caller if isinstance(caller, Caller) else Caller(client=client_address(request.scope))


def require(role: Role) -> Callable[[Request], Caller]:
    """A dependency, `Depends(require("staff"))`: gives the caller, or refuses one who may do less than that.

    The dependency raises:
        Refusal: `login_needed` for the public, `not_allowed` for staff where an administrator is needed.
    """

    def check(request: Request) -> Caller:
        caller = caller_of(request)
        if ROLES.index(caller.role) < ROLES.index(role):
            raise Refusal("login_needed" if caller.role == "public" else "not_allowed")
        return caller

    return check


class Login(Body):
    """A name and a password."""

    name: str = Field(min_length=1, max_length=NAME_MAX, description=wording.NAME)
    password: str = Field(min_length=1, max_length=PASSWORD_MAX, description=wording.PASSWORD)


class Me(Body):
    """Who one is; the public has no name."""

    name: str
    role: Role


def access_router(store: Store, trusted_proxy: Address | None = None) -> APIRouter:
    """`POST /api/login`, `POST /api/logout`, `GET /api/me`."""
    router = APIRouter(route_class=StrictRoute, tags=["access"])
    lockout = Lockout()

    @router.post(
        LOGIN,
        summary=wording.LOGIN_SUMMARY,
        description=wording.LOGIN_ABOUT,
        response_model=Me,
        responses={
            **reply(Me, wording.ME_REPLY, ME_EXAMPLE),
            **refusals(*ANY_POST, "wrong_login", "too_many_logins"),
        },
        openapi_extra=body_example(LOGIN_EXAMPLE),
    )
    def login(body: Login, request: Request) -> Response:
        client = caller_of(request).client
        wait_s = lockout.wait_s(body.name, client)
        account = None if wait_s else store.accounts.by_password(body.name, body.password)
        if account is None:
            refusal = Refusal("too_many_logins" if wait_s else "wrong_login")
            _note_refused(store, client, refusal.code)
            return too_often(refusal, wait_s, LOGIN) if wait_s else JSONResponse(refusal.body(), refusal.status)
        lockout.forget(body.name, client)
        reply = JSONResponse(Me(name=account.name, role=account.role).model_dump())
        reply.set_cookie(
            COOKIE,
            store.accounts.open_session(account),
            max_age=int(SESSION_LASTS.total_seconds()),
            httponly=True,
            samesite="strict",
            secure=is_https(request.scope, trusted_proxy),
        )
        return reply

    @router.post(
        "/api/logout",
        summary=wording.LOGOUT_SUMMARY,
        description=wording.LOGOUT_ABOUT,
        status_code=204,
        responses={204: {"description": wording.DONE}, **refusals("cross_origin")},
    )
    def logout(request: Request) -> Response:
        store.accounts.close_session(request.cookies.get(COOKIE, "")[:CREDENTIAL_MAX])
        reply = Response(status_code=204)
        reply.delete_cookie(COOKIE, httponly=True, samesite="strict")
        return reply

    @router.get(
        "/api/me",
        summary=wording.ME_SUMMARY,
        description=wording.ME_ABOUT,
        responses={**reply(Me, wording.ME_REPLY, ME_EXAMPLE), **refusals("wrong_token")},
    )
    def me(request: Request) -> Me:
        caller = caller_of(request)
        return Me(name=caller.name, role=caller.role)

    return router


def _caller(account: Account, client: str) -> Caller:
    return Caller(name=account.name, role=account.role, client=client, account_id=account.id)


def _note_refused(store: Store, client: str, code: str) -> None:
    """Log a refused login, without the name: people type passwords there by mistake."""
    hashed = store.audit.hash_client(client)
    _LOG.warning("a login was refused (%s), client %s", code, hashed)
    store.audit.write(AuditEntry(door="api", client=hashed, status=code))
