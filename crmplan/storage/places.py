"""Making, opening and copying an engagement, wherever it is kept."""

from __future__ import annotations

from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from crmplan.storage import postgresql, sqlite_file
from crmplan.storage.changes import insert_all, require_coherence
from crmplan.storage.faults import told_as_engagement_errors
from crmplan.storage.placing import written_beside
from crmplan.storage.schema import SCHEMA, create_tables
from crmplan.storage.store import EngagementStore

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from crmplan.assessment.engagement import Engagement

WAIT_SECONDS = 3.0
"""How long to wait for another program that is writing."""


def create_engagement(
    place: Path | str, engagement: Engagement, *, wait_seconds: float = WAIT_SECONDS
) -> EngagementStore:
    """Store an engagement as a new file, or in an empty PostgreSQL database, and open it.

    Args:
        place: a path, or an address that begins with ``postgresql://``.
        engagement: what to store; the history begins empty.
        wait_seconds: patience with another program that is writing.

    Raises:
        EngagementExistsError: if something is there already.
        UnknownElementError: if a record refers to an unknown framework or respondent.
        EngagementError: if it cannot be written, or holds two records with one key.
    """
    if isinstance(place, str) and postgresql.is_address(place):
        with told_as_engagement_errors(Path(place)):
            require_coherence(engagement)
        return postgresql.create(place, engagement, wait_seconds=wait_seconds)
    path = Path(place)
    with told_as_engagement_errors(path):
        require_coherence(engagement)
        with written_beside(path) as draft:
            _write_file(draft, engagement)
    return open_engagement(path, wait_seconds=wait_seconds)


def open_engagement(
    place: Path | str, *, read_only: bool = False, wait_seconds: float = WAIT_SECONDS
) -> EngagementStore:
    """Open an engagement after a check that trusts nothing in it.

    One of an older crmplan is brought up to date; a copy stays beside it, named
    ``NAME.before-vN`` after the new schema number. Opened read-only it is left as it is, and works
    on a read-only disk.

    Raises:
        EngagementError: the class says why not: missing, no engagement, newer, damaged, locked.
    """
    if isinstance(place, str) and postgresql.is_address(place):
        return postgresql.open_database(place, read_only=read_only, wait_seconds=wait_seconds)
    path = Path(place)
    found = sqlite_file.inspect(path, newest=SCHEMA, read_only=read_only, wait_seconds=wait_seconds)
    with told_as_engagement_errors(path):
        if read_only:
            return _open_to_read(path, found, wait_seconds=wait_seconds)
        if found < SCHEMA:
            _migrate_file(path, wait_seconds=wait_seconds)
        return _open_to_write(path, wait_seconds=wait_seconds)


def copy_engagement(path: Path | str, to: Path | str) -> None:
    """Copy an engagement file, also while others write to it.

    Raises:
        EngagementExistsError: if the copy would overwrite something.
        EngagementError: if the file is none that can be opened, or the copy cannot be written.
    """
    source = Path(path)
    sqlite_file.inspect(source, newest=SCHEMA, read_only=True, wait_seconds=WAIT_SECONDS)
    with told_as_engagement_errors(source), ExitStack() as stack:
        connection = sqlite_file.connect(source, mode="ro", wait_seconds=WAIT_SECONDS)
        stack.enter_context(closing(connection))
        stack.enter_context(told_as_engagement_errors(Path(to)))
        draft = stack.enter_context(written_beside(Path(to)))
        sqlite_file.copy_into(connection, draft)


def _write_file(draft: Path, engagement: Engagement) -> None:
    raw = sqlite_file.connect_to_draft(draft)
    engine = sqlite_file.engine_of(raw)
    with closing(raw), engine.connect() as connection:
        connection.execution_options(writes=True)
        with connection.begin():
            sqlite_file.mark(connection, SCHEMA)
            create_tables(connection)
            insert_all(connection, engagement)


def _open_to_write(path: Path, *, wait_seconds: float) -> EngagementStore:
    raw = sqlite_file.connect(path, mode="rw", wait_seconds=wait_seconds)
    with _closed_on_failure(raw):
        sqlite_file.work_with_log(raw)
        close = partial(sqlite_file.rest_and_close, raw)
        return EngagementStore(sqlite_file.engine_of(raw), path=path, close=close)


def _open_to_read(path: Path, found: int, *, wait_seconds: float) -> EngagementStore:
    raw = sqlite_file.connect(path, mode="ro", wait_seconds=wait_seconds)
    if found < SCHEMA:
        raw = sqlite_file.copy_to_memory(raw)
    with _closed_on_failure(raw):
        if found < SCHEMA:
            _migrate(raw, path)
        return EngagementStore(sqlite_file.engine_of(raw), path=path, close=raw.close)


@contextmanager
def _closed_on_failure(raw: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        raw.close()
        raise


def _migrate_file(path: Path, *, wait_seconds: float) -> None:
    raw = sqlite_file.connect(path, mode="rw", wait_seconds=wait_seconds)
    with closing(raw):
        with written_beside(_free_name(path)) as draft:
            sqlite_file.copy_into(raw, draft)
        _migrate(raw, path)


def _free_name(path: Path) -> Path:
    """Name the copy before a migration; an earlier one of that name is kept."""
    wanted = path.with_name(f"{path.name}.before-v{SCHEMA}")
    number = 2
    while wanted.exists():
        wanted = path.with_name(f"{path.name}.before-v{SCHEMA}.{number}")
        number += 1
    return wanted


def _migrate(raw: sqlite3.Connection, path: Path) -> None:
    from crmplan.storage.migrations import migrate  # slow to import, seldom needed

    # Making a table anew would otherwise take along the rows that refer to it.
    raw.execute("PRAGMA foreign_keys=OFF")
    with sqlite_file.engine_of(raw).connect() as connection:
        connection.execution_options(writes=True)
        with connection.begin():
            migrate(connection, to=SCHEMA)
            sqlite_file.mark(connection, SCHEMA)
            sqlite_file.refuse_other_schema(raw, path)
