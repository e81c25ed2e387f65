"""The schema number, and how a database says which one it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from crmplan.storage.tables import METADATA, REVISION

if TYPE_CHECKING:
    from sqlalchemy import Connection

SCHEMA = 4
"""Number of the newest schema: of the last migration, and ``user_version`` in an SQLite file."""


def revision_of(schema: int) -> str:
    """Name the Alembic revision of a schema number."""
    return f"{schema:04d}"


def create_tables(connection: Connection) -> None:
    """Make the newest tables at once, stamped as if all migrations had run."""
    METADATA.create_all(connection, checkfirst=False)
    REVISION.create(connection)
    connection.execute(sa.insert(REVISION), {"version_num": revision_of(SCHEMA)})


def stamped_schema(connection: Connection) -> int:
    """Read the schema number from Alembic's table; 0 if there is none."""
    if not sa.inspect(connection).has_table(REVISION.name):
        return 0
    stamp = str(connection.scalar(sa.select(REVISION.c.version_num)))
    return int(stamp) if stamp.isdecimal() else 0
