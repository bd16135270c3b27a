"""What the commands that use the store share: opening it as the settings say, and who runs the command."""

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from assistant.config import load_settings

if TYPE_CHECKING:
    from assistant.store import Store


@contextmanager
def opened_store() -> Iterator["Store"]:
    """The store of the settings; its failures become one line and exit status 1."""
    from assistant.store import StoreError, open_store

    settings = load_settings()
    try:
        url = settings.database_url.get_secret_value() if settings.database_url else None
        store = open_store(settings.home, url, audit_days=settings.audit_days)
        try:
            yield store
        finally:
            store.close()
    except StoreError as error:
        raise click.ClickException(str(error)) from error


def operator() -> str:
    """The name of the user of the operating system who runs the command; its number where it has no name."""
    try:
        return getpass.getuser()[:40]
    except (KeyError, OSError, ImportError):
        return str(os.getuid())
