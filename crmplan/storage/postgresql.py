"""Everything that only PostgreSQL knows: the address, its checks, its waiting time.

One engagement per database, or per schema if the address sets ``search_path``. Several people may
have it open; how writers wait for one another is in ``changes.wait_for_turn``.
"""

from __future__ import annotations

import importlib.util
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from crmplan.errors import (
    EngagementError,
    EngagementExistsError,
    EngagementNewerError,
    MissingExtraError,
    NotAnEngagementError,
)
from crmplan.storage.changes import insert_all
from crmplan.storage.faults import told_as_engagement_errors
from crmplan.storage.schema import SCHEMA, create_tables, stamped_schema
from crmplan.storage.store import EngagementStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.assessment.engagement import Engagement

_PREPARING = 0x43524D50  # advisory lock for those who create or migrate
_CONNECT_SECONDS = 10


def is_address(place: Path | str) -> bool:
    """Tell the address of a PostgreSQL database from the path of a file."""
    return isinstance(place, str) and place.startswith(("postgresql://", "postgresql+psycopg://"))


def create(address: str, engagement: Engagement, *, wait_seconds: float) -> EngagementStore:
    """Make the tables in an empty database and fill them, in one transaction.

    Raises:
        EngagementExistsError: if an engagement is there.
    """
    with _prepared(address, wait_seconds=wait_seconds, read_only=False) as (connection, path):
        if stamped_schema(connection):
            raise EngagementExistsError(path)
        create_tables(connection)
        insert_all(connection, engagement)
    return _store(address, wait_seconds=wait_seconds, read_only=False)


def open_database(address: str, *, read_only: bool, wait_seconds: float) -> EngagementStore:
    """Open an engagement; an older one is migrated first.

    Raises:
        EngagementError: the class says what is wrong with it.
    """
    with _prepared(address, wait_seconds=wait_seconds, read_only=read_only) as (connection, path):
        found = stamped_schema(connection)
        if not found:
            raise NotAnEngagementError(path)
        if found > SCHEMA:
            raise EngagementNewerError(path, found=found, known=SCHEMA)
        if found < SCHEMA:
            _bring_up(connection, path, read_only=read_only)
    return _store(address, wait_seconds=wait_seconds, read_only=read_only)


def _bring_up(connection: sa.Connection, path: Path, *, read_only: bool) -> None:
    if read_only:
        raise EngagementError(
            path, "it was written by an older crmplan", hint="open it once for writing"
        )
    from crmplan.storage.migrations import migrate  # slow to import, seldom needed

    migrate(connection, to=SCHEMA)


def _store(address: str, *, wait_seconds: float, read_only: bool) -> EngagementStore:
    engine = _engine(address, wait_seconds=wait_seconds, read_only=read_only)
    with told_as_engagement_errors(_shown(address)):
        return EngagementStore(engine, path=_shown(address), close=engine.dispose)


@contextmanager
def _prepared(
    address: str, *, wait_seconds: float, read_only: bool
) -> Iterator[tuple[sa.Connection, Path]]:
    """Give a transaction in which to look, create or migrate, one program at a time."""
    path = _shown(address)
    engine = _engine(address, wait_seconds=wait_seconds, read_only=read_only)
    with ExitStack() as stack:
        stack.callback(engine.dispose)
        stack.enter_context(told_as_engagement_errors(path))
        connection = stack.enter_context(engine.connect())
        connection.execution_options(writes=not read_only)
        stack.enter_context(connection.begin())
        if not read_only:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_PREPARING)))
        yield connection, path


def _engine(address: str, *, wait_seconds: float, read_only: bool) -> sa.Engine:
    if importlib.util.find_spec("psycopg") is None:
        raise MissingExtraError("psycopg", extra="postgres")
    engine = sa.create_engine(
        sa.make_url(address).set(drivername="postgresql+psycopg"),
        poolclass=sa.pool.NullPool,  # a store holds the one connection that it uses
        connect_args={"connect_timeout": _CONNECT_SECONDS},
    )

    @sa.event.listens_for(engine, "connect")
    def _set_up(connection: Any, _: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = {int(wait_seconds * 1000)}")
            cursor.execute(f"SET default_transaction_read_only = {'on' if read_only else 'off'}")
        connection.commit()  # a rollback would take the settings back

    @sa.event.listens_for(engine, "begin")
    def _begin(begun: sa.Connection) -> None:
        # Reading takes several statements, which shall all see the same moment.
        if not begun.get_execution_options().get("writes", False):
            begun.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")

    return engine


def _shown(address: str) -> Path:
    return Path(sa.make_url(address).render_as_string(hide_password=True))
