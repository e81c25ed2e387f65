"""Run by Alembic for each migration; the connection comes from ``migrate``."""

from __future__ import annotations

from alembic import context

from crmplan.storage.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    render_as_batch=True,  # SQLite changes a column only by making the table anew
)
with context.begin_transaction():
    context.run_migrations()
