"""What a database driver complains about, told as an error of the program."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from crmplan.errors import EngagementDamagedError, EngagementError, EngagementLockedError
from crmplan.storage.rows import DamagedRowError, UnstorableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_NOT_ALLOWED = {
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_AUTH,
}
_LOCK_NOT_AVAILABLE = "55P03"  # PostgreSQL's SQLSTATE when lock_timeout has passed


@contextmanager
def told_as_engagement_errors(path: Path) -> Iterator[None]:
    """Turn faults of driver, rows and values into errors that name the engagement."""
    try:
        yield
    except DamagedRowError as error:
        raise EngagementDamagedError(path, detail=str(error)) from error
    except UnstorableError as error:
        raise EngagementError(path, str(error), hint="nothing was changed") from error
    except DBAPIError as error:
        raise _told(path, error.orig or error) from error
    except sqlite3.Error as error:
        raise _told(path, error) from error


@contextmanager
def told_of_files(path: Path) -> Iterator[None]:
    """Turn faults of the file system into errors that name the engagement."""
    try:
        yield
    except OSError as error:
        raise _not_allowed(path, error.strerror or str(error)) from error


def sqlite_code(error: BaseException) -> int:
    """Give SQLite's primary result code, 0 if the error has none."""
    # The low byte is the primary code, the rest says more exactly where it happened.
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def harmless(text: str) -> str:
    """Make one line of a text that a stranger's file may have had a part in.

    Characters that steer a terminal, or that cannot be written at all, become question marks.
    """
    return "".join(sign if sign.isprintable() else "?" for sign in " ".join(text.split()))


def _not_allowed(path: Path, reason: str) -> EngagementError:
    return EngagementError(
        path,
        f"the file or its folder cannot be opened for this ({reason})",
        hint="check the folder's permissions, or copy the file to a folder of your own",
    )


def _told(path: Path, error: BaseException) -> EngagementError:
    code = sqlite_code(error)
    if code in _LOCKED or getattr(error, "sqlstate", None) == _LOCK_NOT_AVAILABLE:
        return EngagementLockedError(path)
    if code in _DAMAGED:
        return EngagementDamagedError(path, detail=harmless(str(error)))
    if code in _NOT_ALLOWED:
        return _not_allowed(path, str(error))
    if code == sqlite3.SQLITE_FULL:
        return EngagementError(path, "the disk is full", hint="make room and try again")
    return EngagementError(path, f"the database answers: {harmless(str(error))}")
