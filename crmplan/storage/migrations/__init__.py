"""From an older schema to the newest, with Alembic.

The modules in ``versions`` are its revisions, "0001", "0002" and so on; the number of the newest is
the schema number. There are two from the first day, so that the way from an older file is walked by
the tests before a user walks it. Import this package only to migrate: Alembic is slow to import.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config

from crmplan.storage.schema import revision_of

if TYPE_CHECKING:
    from sqlalchemy import Connection


def migrate(connection: Connection, *, to: int) -> None:
    """Bring tables to a schema number, inside the transaction that the caller has begun."""
    config = Config()
    # Config interpolates "%", which a folder's name may hold.
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision_of(to))
