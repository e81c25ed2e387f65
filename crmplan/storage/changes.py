"""Reading and changing records inside a transaction, each change with its line of history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from crmplan.assessment.engagement import Engagement
from crmplan.errors import UnknownElementError
from crmplan.problems import closest
from crmplan.storage import kinds
from crmplan.storage.history import note_change
from crmplan.storage.rows import DamagedRowError, UnstorableError, from_row, to_row
from crmplan.storage.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement, Connection

    from crmplan.assessment.record import Record
    from crmplan.storage.history import Author
    from crmplan.storage.kinds import Key, Kind


def require_coherence(engagement: Engagement) -> None:
    """Check that no two records share a key, and that each refers to something.

    Raises:
        UnstorableError: at the first key that stands twice.
        UnknownElementError: at the first id of a framework or respondent that is not there.
    """
    ids: dict[Kind, set[str]] = {}
    for kind in kinds.LISTED:
        seen: set[Key] = set()
        for record in getattr(engagement, kind.field):
            key = kind.key_of(record)
            if key in seen:
                raise UnstorableError(f"there are two entries {'/'.join(key)} in {kind.field}")
            seen.add(key)
            for field, parent in kind.parents:
                if (wanted := getattr(record, field)) not in ids[parent]:
                    raise _unknown(parent, wanted, ids[parent])
        ids[kind] = {key[0] for key in seen}


def insert_all(connection: Connection, engagement: Engagement) -> None:
    """Fill empty tables with a coherent engagement, in its order."""
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
    found: dict[str, Any] = {kind.field: _read_kind(connection, kind) for kind in kinds.LISTED}
    for kind in kinds.SINGLE:
        record = _find(connection, kind, ())
        if record is None:
            raise DamagedRowError(f"table {kind.field} is empty")
        found[kind.field] = record
    return Engagement(**found)


def save(connection: Connection, kind: Kind, record: Record, *, author: Author) -> None:
    """Enter a record or replace the one with its key; the same record again changes nothing.

    Raises:
        UnknownElementError: if it refers to a respondent or framework that is not there.
    """
    key = kind.key_of(record)
    old = _find(connection, kind, key)
    if old == record:
        return
    row = to_row(kind, record)
    if old is None:
        _require_parents(connection, kind, record)
        connection.execute(sa.insert(TABLES[kind]), row)
    else:
        connection.execute(sa.update(TABLES[kind]).where(_has_key(kind, key)), row)
    note_change(connection, kind, key, old=old, new=record, author=author)


def remove(connection: Connection, kind: Kind, key: Key, *, author: Author) -> bool:
    """Take a record out; True if there was one."""
    old = _find(connection, kind, key)
    if old is None:
        return False
    connection.execute(sa.delete(TABLES[kind]).where(_has_key(kind, key)))
    note_change(connection, kind, key, old=old, new=None, author=author)
    return True


def wait_for_turn(connection: Connection) -> None:
    """Let one transaction write at a time.

    PostgreSQL holds the next writer at this row, so that ``old`` in the history is what the change
    before it left. SQLite needs no more than its BEGIN IMMEDIATE and takes this as a plain read.
    """
    connection.execute(sa.select(TABLES[kinds.SETTINGS].c.position).with_for_update()).all()


def _read_kind(connection: Connection, kind: Kind) -> tuple[Record, ...]:
    table = TABLES[kind]
    # All are fetched before one is judged: a cursor left half-way would keep the file from rest.
    rows = connection.execute(sa.select(table).order_by(table.c.position)).mappings().all()
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
            raise _unknown(parent, wanted, connection.scalars(sa.select(column)).all())


def _unknown(parent: Kind, wanted: str, known: Iterable[str]) -> UnknownElementError:
    return UnknownElementError(
        wanted, kind=f"{parent.name} in this engagement", suggestion=closest(wanted, known)
    )
