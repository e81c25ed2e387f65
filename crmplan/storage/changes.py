"""Reading and changing records inside a transaction, each change with its line of history."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from pydantic import AwareDatetime

from crmplan.assessment.engagement import Engagement
from crmplan.assessment.responses import Record
from crmplan.errors import UnknownElementError
from crmplan.problems import closest
from crmplan.storage import kinds
from crmplan.storage.kinds import Kind
from crmplan.storage.rows import DamagedRowError, from_row, to_row
from crmplan.storage.tables import HISTORY, TABLES

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

    from crmplan.storage.kinds import Key


class HistoryEntry(Record):
    """One change: who made it, when, and what stood there before and after.

    Attributes:
        at: moment of the change, in UTC.
        kind: what was changed, such as ``response`` or ``organisation``.
        key: what identifies the record; empty for the organisation and the settings.
        old: the record before as JSON; None if there was none.
        new: the record after as JSON; None if it was removed.
    """

    at: AwareDatetime
    by: str
    kind: str
    key: tuple[str, ...]
    old: str | None
    new: str | None


_HISTORY = Kind("history", "history", HistoryEntry)


def insert_all(connection: Connection, engagement: Engagement) -> None:
    """Fill empty tables with an engagement, in its order."""
    for kind in kinds.SINGLE:
        row = to_row(kind, getattr(engagement, kind.field))
        connection.execute(sa.insert(TABLES[kind]), {"position": 1, **row})
    for kind in kinds.LISTED:
        if rows := [to_row(kind, record) for record in getattr(engagement, kind.field)]:
            connection.execute(sa.insert(TABLES[kind]), rows)


def read_all(connection: Connection) -> Engagement:
    """Read the whole engagement, records in the order of their first entry.

    Raises:
        DamagedRowError: if a row is no record of its kind, or a single one is missing.
    """
    found: dict[str, Any] = {kind.field: _read_kind(connection, kind) for kind in kinds.ALL}
    for kind in kinds.SINGLE:
        if not found[kind.field]:
            raise DamagedRowError(f"table {kind.field} is empty")
        found[kind.field] = found[kind.field][0]
    return Engagement(**found)


def save(connection: Connection, kind: Kind, record: Record, *, by: str, at: datetime) -> None:
    """Enter a record or replace the one with its key; the same record again changes nothing.

    Raises:
        UnknownElementError: if it refers to a respondent or framework that is not there.
    """
    key = kind.key_of(record)
    old = _find(connection, kind, key)
    if old == record:
        return
    table = TABLES[kind]
    if old is None:
        _require_parents(connection, kind, record)
        connection.execute(sa.insert(table), to_row(kind, record))
    else:
        connection.execute(sa.update(table).where(_has_key(kind, key)), to_row(kind, record))
    _note(connection, kind, key, (old, record), by=by, at=at)


def remove(connection: Connection, kind: Kind, key: Key, *, by: str, at: datetime) -> bool:
    """Take a record out; True if there was one."""
    old = _find(connection, kind, key)
    if old is None:
        return False
    connection.execute(sa.delete(TABLES[kind]).where(_has_key(kind, key)))
    _note(connection, kind, key, (old, None), by=by, at=at)
    return True


def read_history(connection: Connection, limit: int) -> tuple[HistoryEntry, ...]:
    """Read the last changes, newest first."""
    statement = sa.select(HISTORY).order_by(HISTORY.c.id.desc()).limit(limit)
    return tuple(_entry(dict(row)) for row in connection.execute(statement).mappings())


def wait_for_turn(connection: Connection) -> None:
    """Let one transaction write at a time.

    PostgreSQL holds the next writer at this row, so that ``old`` in the history is what the change
    before it left. SQLite needs no more than its BEGIN IMMEDIATE and takes this as a plain read.
    """
    connection.execute(sa.select(TABLES[kinds.SETTINGS].c.position).with_for_update()).all()


def _read_kind(connection: Connection, kind: Kind) -> tuple[Record, ...]:
    table = TABLES[kind]
    rows = connection.execute(sa.select(table).order_by(table.c.position)).mappings()
    return tuple(from_row(kind, dict(row)) for row in rows)


def _find(connection: Connection, kind: Kind, key: Key) -> Record | None:
    statement = sa.select(TABLES[kind]).where(_has_key(kind, key))
    row = connection.execute(statement).mappings().first()
    return None if row is None else from_row(kind, dict(row))


def _has_key(kind: Kind, key: Key) -> ColumnElement[bool]:
    columns = TABLES[kind].c
    if not kind.key:
        return columns.position == 1
    return sa.and_(*(columns[name] == value for name, value in zip(kind.key, key, strict=True)))


def _require_parents(connection: Connection, kind: Kind, record: Record) -> None:
    for field, parent in kind.parents:
        column = TABLES[parent].c[parent.key[0]]
        wanted = getattr(record, field)
        if connection.execute(sa.select(column).where(column == wanted)).first() is None:
            raise unknown_parent(parent, wanted, connection.scalars(sa.select(column)).all())


def unknown_parent(parent: Kind, wanted: str, known: Iterable[str]) -> UnknownElementError:
    """Make the error for a record that refers to nothing."""
    return UnknownElementError(
        wanted, kind=f"{parent.name} in this engagement", suggestion=closest(wanted, known)
    )


def _note(
    connection: Connection,
    kind: Kind,
    key: Key,
    change: tuple[Record | None, Record | None],
    *,
    by: str,
    at: datetime,
) -> None:
    old, new = (None if record is None else record.model_dump_json() for record in change)
    row = {
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": by,
        "kind": kind.name,
        "key": json.dumps(key),
        "old": old,
        "new": new,
    }
    connection.execute(sa.insert(HISTORY), row)
