"""Reading and changing records inside a transaction, each change with its line of history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from crmplan.assessment import record_kinds as kinds
from crmplan.assessment.engagement import Engagement
from crmplan.errors import StillNeededError, UnknownElementError
from crmplan.problems import closest
from crmplan.storage.history import note_change
from crmplan.storage.rows import DamagedRowError, UnstorableError, from_row, to_row
from crmplan.storage.tables import is_entry, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement, Connection

    from crmplan.assessment.record import Record
    from crmplan.assessment.record_kinds import Key, Kind
    from crmplan.storage.history import Author


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
        connection.execute(sa.insert(table_of(kind)), {"position": 1, **row})
    for kind in kinds.LISTED:
        if rows := [to_row(kind, record) for record in getattr(engagement, kind.field)]:
            connection.execute(sa.insert(table_of(kind)), rows)


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
        connection.execute(sa.insert(table_of(kind)), row)
    else:
        connection.execute(sa.update(table_of(kind)).where(_has_key(kind, key)), row)
    note_change(connection, kind, key, old=old, new=record, author=author)


def remove(connection: Connection, kind: Kind, key: Key, *, author: Author) -> bool:
    """Take a record out; True if there was one.

    Raises:
        StillNeededError: if another record refers to it.
    """
    old = _find(connection, kind, key)
    if old is None:
        return False
    _require_no_children(connection, kind, key)
    connection.execute(sa.delete(table_of(kind)).where(_has_key(kind, key)))
    note_change(connection, kind, key, old=old, new=None, author=author)
    return True


def replace_all(connection: Connection, engagement: Engagement, *, author: Author) -> None:
    """Make what is stored equal to an engagement; every difference gets its line of history.

    Records that stay keep their place in the order of first entry; new ones come last.

    Raises:
        UnknownElementError, UnstorableError: see ``require_coherence``; nothing is changed then.
    """
    require_coherence(engagement)
    present = read_all(connection)
    for kind in reversed(kinds.LISTED):
        kept = {kind.key_of(record) for record in getattr(engagement, kind.field)}
        for record in getattr(present, kind.field):
            if (key := kind.key_of(record)) not in kept:
                remove(connection, kind, key, author=author)
    for kind in kinds.ALL:
        records = getattr(engagement, kind.field)
        for record in (records,) if kind in kinds.SINGLE else records:
            save(connection, kind, record, author=author)


def wait_for_turn(connection: Connection) -> None:
    """Let one transaction write at a time.

    PostgreSQL holds the next writer at this row, so that ``old`` in the history is what the change
    before it left. SQLite needs no more than its BEGIN IMMEDIATE and takes this as a plain read.
    """
    connection.execute(sa.select(table_of(kinds.SETTINGS).c.position).with_for_update()).all()


def _read_kind(connection: Connection, kind: Kind) -> tuple[Record, ...]:
    # All are fetched before one is judged: a cursor left half-way would keep the file from rest.
    statement = _rows_of(kind).order_by(table_of(kind).c.position)
    rows = connection.execute(statement).mappings().all()
    return tuple(from_row(kind, dict(row)) for row in rows)


def _find(connection: Connection, kind: Kind, key: Key) -> Record | None:
    statement = sa.select(table_of(kind)).where(_has_key(kind, key))
    row = connection.execute(statement).mappings().first()
    return None if row is None else from_row(kind, dict(row))


def _rows_of(kind: Kind) -> sa.Select[Any]:
    table = table_of(kind)
    every = sa.select(table)
    return every.where(table.c.kind == kind.name) if is_entry(kind) else every


def _has_key(kind: Kind, key: Key) -> ColumnElement[bool]:
    columns = table_of(kind).c
    if is_entry(kind):
        return sa.and_(columns.kind == kind.name, columns.key == kinds.key_text(key))
    if not kind.key:
        return columns.position == 1
    return sa.and_(*(columns[name] == value for name, value in zip(kind.key, key, strict=True)))


def _require_parents(connection: Connection, kind: Kind, record: Record) -> None:
    for field, parent in kind.parents:
        wanted = getattr(record, field)
        if _find(connection, parent, (wanted,)) is None:
            known = [parent.key_of(one)[0] for one in _read_kind(connection, parent)]
            raise _unknown(parent, wanted, known)


def _require_no_children(connection: Connection, kind: Kind, key: Key) -> None:
    for child in kinds.LISTED:
        fields = [field for field, parent in child.parents if parent is kind]
        for record in _read_kind(connection, child) if fields else ():
            if any((getattr(record, field),) == key for field in fields):
                raise StillNeededError(
                    f"{kind.name} {kinds.key_text(key)}",
                    f"{child.name} {kinds.key_text(child.key_of(record))}",
                )


def _unknown(parent: Kind, wanted: str, known: Iterable[str]) -> UnknownElementError:
    return UnknownElementError(
        wanted, kind=f"{parent.name} in this engagement", suggestion=closest(wanted, known)
    )
