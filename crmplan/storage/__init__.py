"""An engagement at rest: one SQLite file, or a PostgreSQL database."""

from crmplan.storage.history import HistoryEntry
from crmplan.storage.places import copy_engagement, create_engagement, open_engagement
from crmplan.storage.store import EngagementStore

__all__ = [
    "EngagementStore",
    "HistoryEntry",
    "copy_engagement",
    "create_engagement",
    "open_engagement",
]
