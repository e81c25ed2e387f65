"""Everything that only SQLite knows: the file, its checks, its locks, its rest.

An engagement file carries the application id "CRMP" and its schema number as ``user_version``.
While it is open for writing it works with a write-ahead log and flushes at every COMMIT; closed it
is one file again. The file is looked at through SQLite only: opening it a second time as plain
bytes and closing that would drop the locks that this process holds on it (POSIX).
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

import sqlalchemy as sa

from crmplan.errors import (
    EngagementDamagedError,
    EngagementError,
    EngagementMissingError,
    EngagementNewerError,
    NotAnEngagementError,
)
from crmplan.storage.faults import harmless, sqlite_code, told_as_engagement_errors, told_of_files
from crmplan.storage.tables import METADATA, REVISION

if TYPE_CHECKING:
    from pathlib import Path

APPLICATION_ID = 0x43524D50  # "CRMP"; `file` and other tools tell the file by it
LARGEST_FILE_BYTES = 1 << 30  # 200 people, 300 items and a long history need about 50 MB
_MAGIC = b"SQLite format 3\0"

_OWN_TABLES = {*METADATA.tables, REVISION.name}


def inspect(path: Path, *, newest: int, read_only: bool, wait_seconds: float) -> int:
    """Look over a file that may come from anywhere, without changing it.

    Returns:
        Its schema number, 1 to ``newest``.

    Raises:
        EngagementError: the class says what the file is: missing, something else, newer, damaged.
    """
    with told_of_files(path):
        _refuse_odd_files(path)
    # A crash in the middle of a migration leaves a journal; only a writing connection may play it
    # back, and without that the file cannot be read.
    mode = "rw" if _has(path, "-journal") and not read_only else "ro"
    with told_as_engagement_errors(path):
        try:
            with closing(connect(path, mode=mode, wait_seconds=wait_seconds)) as connection:
                return _judge(connection, path, newest)
        except UnicodeDecodeError as error:  # the driver fails to decode SQLite's own complaint
            raise EngagementDamagedError(path, detail="a name in it is no UTF-8") from error
        except sqlite3.DatabaseError as error:
            _tell_what_it_is(path, error)
            raise


def connect(path: Path, *, mode: str, wait_seconds: float) -> sqlite3.Connection:
    """Open a file: ``ro`` to read, ``rw`` to write, ``rwc`` to make it if need be."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=wait_seconds,
        isolation_level=None,  # we say BEGIN ourselves; Python's own BEGIN is deferred
        check_same_thread=False,  # the store lets one thread in at a time
    )
    # Bytes that are no UTF-8 become half characters, which no model accepts: the row is then named.
    connection.text_factory = partial(str, encoding="utf-8", errors="surrogateescape")
    for setting in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {setting}")
    return connection


def connect_to_draft(path: Path) -> sqlite3.Connection:
    """Make a file that nobody sees yet; whoever gives it its name flushes it first."""
    connection = connect(path, mode="rwc", wait_seconds=0)
    connection.execute("PRAGMA journal_mode=MEMORY")
    connection.execute("PRAGMA synchronous=OFF")
    return connection


def work_with_log(connection: sqlite3.Connection) -> None:
    """Prepare for writing; where there can be no log (network shares), SQLite keeps a journal."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    # Some disks refuse only the first write; this one changes nothing and tells it at once.
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("ROLLBACK")


def rest_and_close(connection: sqlite3.Connection) -> None:
    """Bring all back into one file, unless another program still works with it."""
    try:
        # Leaving the log needs the file for itself. Whoever closes last gets it, so nobody waits.
        connection.execute("PRAGMA busy_timeout=0")
        # A reader that stays keeps the log, but not what is in it, out of the file.
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        if sqlite_code(error) not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise
    finally:
        connection.close()


def engine_of(connection: sqlite3.Connection) -> sa.Engine:
    """Wrap one connection as an engine that begins transactions as they are meant.

    With the execution option ``writes`` a transaction takes the write lock at once: one that starts
    by reading is refused later if another has written meanwhile, whatever the waiting time.
    """
    engine = sa.create_engine("sqlite://", creator=lambda: connection, poolclass=sa.pool.StaticPool)

    @sa.event.listens_for(engine, "begin")
    def _begin(begun: sa.Connection) -> None:
        writes = begun.get_execution_options().get("writes", False)
        begun.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED")

    return engine


def mark(connection: sa.Connection, schema: int) -> None:
    """Write the marks that tell an engagement and its schema number."""
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version={schema}")


def copy_into(connection: sqlite3.Connection, to: Path) -> None:
    """Write a compact copy as of now, whoever else writes meanwhile."""
    connection.execute("VACUUM INTO ?", (str(to),))


def copy_to_memory(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Give a copy that lives in memory, and close the original."""
    memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    with closing(connection):
        connection.backup(memory)
    return memory


def refuse_other_schema(connection: sqlite3.Connection, path: Path) -> None:
    """Check that the tables are ours in the newest form.

    Raises:
        EngagementDamagedError: if a table or column is missing, is more, or is computed.
    """
    found = {
        name: [(row[1], row[6]) for row in connection.execute(f"PRAGMA table_xinfo({name})")]
        for name in sorted(_OWN_TABLES)
    }
    for table in METADATA.tables.values():
        # The second number is 0 for a plain column; others are computed by an expression.
        if sorted(found[table.name]) != sorted((column.name, 0) for column in table.columns):
            raise EngagementDamagedError(path, detail=f"table {table.name} has other columns")


def _refuse_odd_files(path: Path) -> None:
    if not path.exists():
        raise EngagementMissingError(path)
    if not path.is_file() or path.stat().st_size == 0:
        raise NotAnEngagementError(path)
    if (size := path.stat().st_size) > LARGEST_FILE_BYTES:
        raise EngagementError(
            path, f"{size >> 20} MB are too many", hint=f"at most {LARGEST_FILE_BYTES >> 20} MB"
        )


def _judge(connection: sqlite3.Connection, path: Path, newest: int) -> int:
    if _number(connection, "application_id") != APPLICATION_ID:
        raise NotAnEngagementError(path)
    schema = _number(connection, "user_version")
    if schema > newest:
        raise EngagementNewerError(path, found=schema, known=newest)
    if schema < 1:
        raise EngagementDamagedError(path, detail="it has no schema number")
    _refuse_strange_objects(connection, path)
    _refuse_broken_contents(connection, path)
    if schema == newest:
        refuse_other_schema(connection, path)
    return schema


def _has(path: Path, companion: str) -> bool:
    return path.with_name(path.name + companion).exists()


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _refuse_strange_objects(connection: sqlite3.Connection, path: Path) -> None:
    """Let nothing in that acts by itself: triggers, views, virtual tables, foreign tables."""
    objects = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema").fetchall()
    for kind, name, table, sql in objects:
        own = table in _OWN_TABLES and (
            (kind == "table" and sql.upper().startswith("CREATE TABLE "))
            or (kind == "index" and name.startswith("sqlite_autoindex_"))
        )
        if not own:
            raise EngagementDamagedError(path, detail=f"it holds a strange {kind} {name!r}")


def _refuse_broken_contents(connection: sqlite3.Connection, path: Path) -> None:
    # SQLite fills up a last page that is cut off; with a log beside it, the page may be in there.
    if path.stat().st_size % _number(connection, "page_size") and not _has(path, "-wal"):
        raise EngagementDamagedError(path, detail="its end is missing")
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise EngagementDamagedError(path, detail=harmless(str(found)))
    if dangling := connection.execute("PRAGMA foreign_key_check").fetchone():
        raise EngagementDamagedError(
            path, detail=f"table {dangling[0]} refers to {dangling[2]} that are not there"
        )


def _tell_what_it_is(path: Path, error: sqlite3.DatabaseError) -> None:
    code = sqlite_code(error)
    if code == sqlite3.SQLITE_NOTADB and not _was_an_engagement(path):
        raise NotAnEngagementError(path) from error
    if code == sqlite3.SQLITE_ERROR:  # what we asked is sound, so the file is not
        raise EngagementDamagedError(path, detail=harmless(str(error))) from error


def _was_an_engagement(path: Path) -> bool:
    # SQLite has just refused the file, so this process holds no lock on it that could be dropped.
    with path.open("rb") as file:
        head = file.read(72)
    return head.startswith(_MAGIC) and head[68:72] == APPLICATION_ID.to_bytes(4, "big")
