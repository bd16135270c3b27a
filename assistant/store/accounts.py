"""Accounts of staff and administrators: passwords, tokens for programs, sessions in the browser.

Kept are hashes only: a password's by Argon2, a token's and a session's by SHA-256, as those are 32 random bytes.
Every look-up reads the account anew, so that a disabled one loses its access at once.
"""

import hashlib
import secrets
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import BoundedSemaphore
from typing import Any, Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from assistant.store import wording
from assistant.store.engine import Database, StoreError
from assistant.store.tables import account, login

StaffRole = Literal["staff", "reviewer", "admin"]
TOKEN_PREFIX = "jb_"
SESSION_LASTS = timedelta(hours=8)
NAME_MAX = 40
PASSWORD_MIN, PASSWORD_MAX = 10, 200
HASHES_AT_ONCE = 2  # each takes 64 MiB


class AccountError(StoreError):
    """A name or password that cannot be used, or an account that is not there or there already."""


@dataclass(frozen=True, kw_only=True)
class Account:
    """Somebody who may sign in."""

    id: int
    name: str
    role: StaffRole
    created: datetime
    disabled: bool


def _now() -> datetime:
    return datetime.now(UTC)


class Accounts:
    """The accounts in the store."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = _now) -> None:
        self._database = database
        self._clock = clock
        self._hasher = PasswordHasher()
        self._hashing = BoundedSemaphore(HASHES_AT_ONCE)
        self._nobodys: str | None = None  # what a password for an unknown name is compared with

    def add(self, name: str, role: StaffRole, password: str | None = None) -> str:
        """Make an account.

        Returns:
            Its API token, which nobody can find out later.

        Raises:
            AccountError: The name is taken or unusable, the password too short or too long.
        """
        clean = unicodedata.normalize("NFKC", name)
        if not clean.isprintable() or " " in clean or not 1 <= len(clean) <= NAME_MAX:
            raise AccountError(wording.BAD_NAME)
        if password is not None and not PASSWORD_MIN <= len(password) <= PASSWORD_MAX:
            raise AccountError(wording.BAD_PASSWORD.format(low=PASSWORD_MIN, high=PASSWORD_MAX))
        token = _new_token()
        values = {
            "name": clean,
            "role": role,
            "password_hash": None if password is None else self._hash(password),
            "token_hash": _digest(token),
            "created": self._clock(),
            "disabled": False,
        }
        with self._database.writing() as connection:
            try:
                connection.execute(insert(account).values(values))
            except IntegrityError as error:
                raise AccountError(wording.NAME_TAKEN.format(name=clean)) from error
        return token

    def list(self) -> Sequence[Account]:
        """All accounts by name, disabled ones too."""
        with self._database.reading() as connection:
            return [_account(row) for row in connection.execute(select(account).order_by(account.c.name))]

    def disable(self, name: str) -> None:
        """Take an account's access away.

        Raises:
            AccountError: There is none of that name.
        """
        with self._database.writing() as connection:
            chosen = account.c.name == unicodedata.normalize("NFKC", name)
            if connection.execute(update(account).where(chosen).values(disabled=True)).rowcount == 0:
                raise AccountError(wording.NO_ACCOUNT.format(name=name))
            known = select(account.c.id).where(chosen).scalar_subquery()
            connection.execute(delete(login).where(login.c.account_id == known))

    def renew_token(self, name: str) -> str:
        """A new API token; the old one is no longer taken.

        Raises:
            AccountError: There is no account of that name.
        """
        token = _new_token()
        chosen = account.c.name == unicodedata.normalize("NFKC", name)
        with self._database.writing() as connection:
            if connection.execute(update(account).where(chosen).values(token_hash=_digest(token))).rowcount == 0:
                raise AccountError(wording.NO_ACCOUNT.format(name=name))
        return token

    def by_token(self, token: str) -> Account | None:
        """Whose API token it is; None for a wrong one and for a disabled account."""
        return self._find(account.c.token_hash == _digest(token))

    def by_password(self, name: str, password: str) -> Account | None:
        """Whose name and password they are; takes the same time for a name that nobody has."""
        chosen = account.c.name == unicodedata.normalize("NFKC", name)
        with self._database.reading() as connection:
            row = connection.execute(select(account).where(chosen, ~account.c.disabled)).one_or_none()
        known = row is not None and row.password_hash is not None
        right = self._verify(row.password_hash if known and row is not None else self._nobody(), password)
        return _account(row) if right and known else None

    def open_session(self, of: Account) -> str:
        """A new session id for the browser, good for eight hours; old ones of anybody are swept out."""
        session = secrets.token_urlsafe(32)
        now = self._clock()
        with self._database.writing() as connection:
            connection.execute(delete(login).where(login.c.expires <= now))
            values = {"session_hash": _digest(session), "account_id": of.id, "expires": now + SESSION_LASTS}
            connection.execute(insert(login).values(values))
        return session

    def by_session(self, session: str) -> Account | None:
        """Whose session it is; None when it is unknown, over, or the account disabled."""
        own = select(login.c.account_id).where(login.c.session_hash == _digest(session))
        return self._find(account.c.id == own.where(login.c.expires > self._clock()).scalar_subquery())

    def close_session(self, session: str) -> None:
        """End a session; an unknown one is no fault."""
        with self._database.writing() as connection:
            connection.execute(delete(login).where(login.c.session_hash == _digest(session)))

    def _find(self, chosen: ColumnElement[bool]) -> Account | None:
        with self._database.reading() as connection:
            row = connection.execute(select(account).where(chosen, ~account.c.disabled)).one_or_none()
        return None if row is None else _account(row)

    def _hash(self, password: str) -> str:
        with self._hashing:
            return self._hasher.hash(password)

    def _nobody(self) -> str:
        if self._nobodys is None:
            self._nobodys = self._hash(secrets.token_urlsafe(32))
        return self._nobodys

    def _verify(self, hashed: str, password: str) -> bool:
        with self._hashing:
            try:
                return self._hasher.verify(hashed, password[: PASSWORD_MAX + 1])
            except (VerificationError, InvalidHashError):
                return False


def _new_token() -> str:
    return TOKEN_PREFIX + secrets.token_urlsafe(32)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _account(row: Any) -> Account:  # noqa: ANN401 - a row of the table above
    return Account(id=row.id, name=row.name, role=row.role, created=row.created, disabled=row.disabled)
