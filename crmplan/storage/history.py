"""The history of an engagement: who changed what when; it only ever grows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from pydantic import AwareDatetime

from crmplan.assessment.record import Record
from crmplan.assessment.record_kinds import Kind, key_of_text, key_text
from crmplan.storage.rows import from_row
from crmplan.storage.tables import HISTORY

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from crmplan.assessment.record_kinds import Key


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


@dataclass(frozen=True, slots=True)
class Author:
    """Who makes a change, and when.

    Raises:
        ValueError: if the moment has no time zone; the history could not be put in order.
    """

    by: str
    at: datetime

    def __post_init__(self) -> None:
        """Check the moment."""
        if self.at.utcoffset() is None:
            raise ValueError("the moment of a change needs a time zone")


# Only for reading: the number of the entry names a damaged one.
_ENTRY = Kind("history entry", "history", HistoryEntry, ("id",))


def note_change(
    connection: Connection,
    kind: Kind,
    key: Key,
    *,
    old: Record | None,
    new: Record | None,
    author: Author,
) -> None:
    """Add one line to the history."""
    row = {
        "at": author.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": author.by,
        "kind": kind.name,
        "key": key_text(key),
        "old": old.model_dump_json() if old else None,
        "new": new.model_dump_json() if new else None,
    }
    connection.execute(sa.insert(HISTORY), row)


def read_history(connection: Connection, limit: int) -> tuple[HistoryEntry, ...]:
    """Read the last changes, newest first.

    Raises:
        DamagedRowError: if a row is no entry.
    """
    statement = sa.select(HISTORY).order_by(HISTORY.c.id.desc()).limit(limit)
    return tuple(_entry(dict(row)) for row in connection.execute(statement).mappings().all())


def _entry(row: dict[str, object]) -> HistoryEntry:
    entry = from_row(_ENTRY, {**row, "key": key_of_text(str(row["key"]))})
    assert isinstance(entry, HistoryEntry)
    return entry
