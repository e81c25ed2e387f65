"""An open engagement: read it whole, change it record by record."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from crmplan.storage import changes, kinds
from crmplan.storage.faults import told_as_engagement_errors
from crmplan.storage.history import Author, HistoryEntry, read_history

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Engine

    from crmplan.assessment.engagement import Engagement, Settings
    from crmplan.assessment.record import Record
    from crmplan.assessment.responses import (
        ChosenFactor,
        Decision,
        Evidence,
        Importance,
        Organisation,
        Respondent,
        Response,
        Target,
    )
    from crmplan.storage.kinds import Kind


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

    def save_response(self, response: Response, *, by: str, at: datetime) -> None:
        """Save one answer."""
        self._save(kinds.RESPONSE, (response,), Author(by, at))

    def save_responses(self, responses: Iterable[Response], *, by: str, at: datetime) -> None:
        """Save many answers in one transaction: all of them or none."""
        self._save(kinds.RESPONSE, responses, Author(by, at))

    def remove_response(self, key: tuple[str, str, str, str], *, by: str, at: datetime) -> bool:
        """Take the answer with this ``Response.key`` out; True if there was one."""
        with self.transaction():
            return changes.remove(self._connection, kinds.RESPONSE, key, author=Author(by, at))

    def save_evidence(self, evidence: Evidence, *, by: str, at: datetime) -> None:
        """Save a piece of evidence, identified by its id."""
        self._save(kinds.EVIDENCE, (evidence,), Author(by, at))

    def save_decision(self, decision: Decision, *, by: str, at: datetime) -> None:
        """Save the decision about an item."""
        self._save(kinds.DECISION, (decision,), Author(by, at))

    def save_target(self, target: Target, *, by: str, at: datetime) -> None:
        """Save the target of a dimension."""
        self._save(kinds.TARGET, (target,), Author(by, at))

    def save_importance(self, importance: Importance, *, by: str, at: datetime) -> None:
        """Save how much a dimension matters."""
        self._save(kinds.IMPORTANCE, (importance,), Author(by, at))

    def save_factor(self, factor: ChosenFactor, *, by: str, at: datetime) -> None:
        """Save a chosen external factor."""
        self._save(kinds.FACTOR, (factor,), Author(by, at))

    def add_respondent(self, respondent: Respondent, *, by: str, at: datetime) -> None:
        """Add a person; with an id that is there already, the entry is corrected."""
        self._save(kinds.RESPONDENT, (respondent,), Author(by, at))

    def change_settings(self, settings: Settings, *, by: str, at: datetime) -> None:
        """Replace the settings."""
        self._save(kinds.SETTINGS, (settings,), Author(by, at))

    def change_organisation(self, organisation: Organisation, *, by: str, at: datetime) -> None:
        """Replace what is known about the organisation."""
        self._save(kinds.ORGANISATION, (organisation,), Author(by, at))

    def _save(self, kind: Kind, records: Iterable[Record], author: Author) -> None:
        with self.transaction():
            for record in records:
                changes.save(self._connection, kind, record, author=author)
