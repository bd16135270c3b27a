"""Copies of the store: taken while it is in use, and looked at before one is used instead of it."""

import os
import shutil
from contextlib import closing
from pathlib import Path

from sqlalchemy import delete

from assistant.store import wording
from assistant.store.audit import AuditEntry
from assistant.store.audit_chain import ChainReport, last_link
from assistant.store.audit_head import HEAD_NAME, AuditHead
from assistant.store.engine import FILE_NAME, StoreError, open_database
from assistant.store.opening import open_store
from assistant.store.tables import login


def copy_store(home: Path, url: str | None, folder: Path) -> str:
    """Copy the database as it is at one moment, with the last link of its audit log, into an empty folder.

    The link is that of the copy, which may be ahead of the file beside the database; but that file, as it is, where
    the log is not whole: a copy makes nothing whole.

    Returns:
        What is wrong with the audit log, "" when it is whole.

    Raises:
        StoreError: The database cannot be read, or is not SQLite's.
    """
    file = folder / FILE_NAME
    with closing(open_store(home, url)) as store:
        fault = store.audit.verify().fault
        store.database.copy_to(file)
        kept = (store.database.file or home).parent / HEAD_NAME
    os.chmod(file, 0o600)
    if fault:
        if kept.is_file():
            shutil.copyfile(kept, folder / HEAD_NAME)
        return fault
    with closing(open_database(folder)) as copied, copied.reading() as connection:
        AuditHead(folder / HEAD_NAME).write(last_link(connection))
    return ""


def check_copy(folder: Path, told: AuditEntry) -> ChainReport:
    """Look whether a copied store can be used, end all its sessions, and have its log tell what it was restored from.

    Returns:
        What there is to say about its audit log.

    Raises:
        StoreError: It cannot be used.
    """
    with closing(open_store(folder)) as store:
        if not store.database.is_intact():
            raise StoreError(wording.DAMAGED)
        report = store.audit.verify()
        with store.database.writing() as connection:
            connection.execute(delete(login))
            store.audit.write_in(connection, told)
        store.audit.keep_head()
    return report
