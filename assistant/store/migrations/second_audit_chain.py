"""The audit log becomes a chain, entries from before included; a ticket says whose it is, to be forgotten."""

import sqlalchemy as sa
from alembic import context, op

from assistant.store.audit_chain import HEAD_DUE, START, chained, link_of
from assistant.store.tables import Instant

revision = "0002"
down_revision = "0001"

ADDED = {"asked_salt": 32, "asked_digest": 64, "prev_hash": 64, "hash": 64}
FROM_BEFORE = sa.table(
    "audit",
    *(sa.column(name) for name in ("seq", "door", "client", "question", "region", "status", "engine")),
    *(sa.column(name) for name in ("index_version", "elapsed_ms", "caller", *ADDED)),
    sa.column("at", Instant),
    sa.column("figures", sa.JSON),
    sa.column("citations", sa.JSON),
)
AT_ONCE = 500  # rows


def upgrade() -> None:
    """Add the columns, then chain what is there."""
    for name, length in ADDED.items():
        op.add_column("audit", sa.Column(name, sa.String(length=length), nullable=False, server_default=""))
    op.add_column("feedback", sa.Column("client", sa.String(length=64), nullable=False, server_default=""))
    if not context.is_offline_mode() and _chain_rows(op.get_bind()):
        installation = sa.table("installation", sa.column("name"), sa.column("value"))
        op.execute(sa.insert(installation).values(name=HEAD_DUE, value="1"))


def _chain_rows(connection: sa.Connection) -> bool:
    """Chain the rows that are there; whether there are any."""
    last = START
    wanted = sa.select(FROM_BEFORE).order_by(FROM_BEFORE.c.seq).limit(AT_ONCE)
    while rows := connection.execute(wanted.where(FROM_BEFORE.c.seq > last.seq)).mappings().all():
        for row in rows:
            values = chained({name: row[name] for name in row if name not in ADDED}, last)
            new = {name: values[name] for name in ADDED}
            connection.execute(sa.update(FROM_BEFORE).where(FROM_BEFORE.c.seq == row["seq"]).values(new))
            last = link_of(values)
    return last != START
