"""An open engagement: read it whole, change it record by record."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from crmplan.assessment.record_kinds import KIND_OF
from crmplan.storage import changes
from crmplan.storage.faults import told_as_engagement_errors
from crmplan.storage.history import Author, HistoryEntry, read_history

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Engine

    from crmplan.assessment.engagement import Engagement
    from crmplan.assessment.record import Record
    from crmplan.assessment.record_kinds import Key, Kind


class EngagementStore:
    """An open engagement.

    Every ``save`` enters a record or replaces the one with the same key, adds a line to the
    history, and returns after COMMIT: what it returned from is on the disk. The same record again
    changes nothing. ``by`` is who makes the change, ``at`` when, with a time zone. Calls may come
    from several threads; they wait for one another.

    All methods raise an ``EngagementError``: ``EngagementLockedError`` if another program keeps
    writing, ``EngagementDamagedError`` if what stands there cannot be read. Saving what refers to
    an unknown framework or respondent raises ``UnknownElementError``. Not checked here: whether
    items and levels exist in the framework.

    Attributes:
        path: where the engagement is; for a database server its address without password.
    """

    def __init__(self, engine: Engine, *, path: Path, close: Callable[[], None]) -> None:
        """Take over an engine to checked tables; ``close`` is called last.

        Use ``open_engagement`` or ``create_engagement`` to get a store.
        """
        self.path = path
        self._close = close
        self._turn = threading.RLock()
        self._connection = engine.connect()

    def __enter__(self) -> Self:
        """Give the store itself, to be closed at the end of the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Leave the engagement as one file at rest; once closed, closing does nothing."""
        with self._turn:
            if not self._connection.closed:
                self._connection.close()
                with told_as_engagement_errors(self.path):
                    self._close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make several changes one: all of them or, after an exception, none.

        Nothing inside is durable before the block ends. Other threads wait meanwhile. A change that
        is refused inside may be caught there; it leaves nothing, and the others stand.
        """
        with self._turn, told_as_engagement_errors(self.path):
            if self._connection.in_transaction():
                with self._connection.begin_nested():
                    yield
                return
            self._connection.execution_options(writes=True)
            with self._connection.begin():
                changes.wait_for_turn(self._connection)
                yield

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._turn, told_as_engagement_errors(self.path):
            if self._connection.in_transaction():
                yield
                return
            self._connection.execution_options(writes=False)
            with self._connection.begin():
                yield

    def read(self) -> Engagement:
        """Read everything, as it stood at one moment; records in the order of first entry."""
        with self._reading():
            return changes.read_all(self._connection)

    def history(self, limit: int = 100) -> tuple[HistoryEntry, ...]:
        """Read the last changes, newest first."""
        with self._reading():
            return read_history(self._connection, limit)

    def save(self, record: Record, *, by: str, at: datetime) -> None:
        """Save one record of any kind."""
        self.save_all((record,), by=by, at=at)

    def save_all(self, records: Iterable[Record], *, by: str, at: datetime) -> None:
        """Save many records in one transaction: all of them or none."""
        author = Author(by, at)
        with self.transaction():
            for record in records:
                changes.save(self._connection, KIND_OF[type(record)], record, author=author)

    def replace(self, engagement: Engagement, *, by: str, at: datetime) -> None:
        """Make what is stored equal to an engagement, in one transaction.

        Records that are gone are removed, new ones entered, changed ones replaced; each with its
        line of history.
        """
        with self.transaction():
            changes.replace_all(self._connection, engagement, author=Author(by, at))

    def remove(self, kind: Kind, key: Key, *, by: str, at: datetime) -> bool:
        """Take the record of this kind and key out; True if there was one.

        Raises:
            StillNeededError: if another record refers to it.
        """
        with self.transaction():
            return changes.remove(self._connection, kind, key, author=Author(by, at))
