"""The tables of an engagement, the same in SQLite and PostgreSQL.

What people answer and decide has a table per kind, a row per record and a column per field; all
other records are entries, JSON in one table (docs/decisions/0021). ``position`` keeps the order of
first entry; a table with exactly one record has the position 1. On SQLite the tables are STRICT, so
that the check of a stranger's file also finds values of the wrong type. Dates and exact numbers are
texts: both databases then hold the same characters, and pydantic is the only judge of what they
mean.

A change here needs a migration in ``migrations/versions``; a test compares the two.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from crmplan.assessment import record_kinds as kinds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crmplan.assessment.record_kinds import Kind

METADATA = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

# STRICT tables of SQLite know neither BIGINT nor BOOLEAN; its INTEGER has 64 bits and serves both.
WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TRUTH = sa.Boolean().with_variant(sa.Integer(), "sqlite")


class NumberList(sa.TypeDecorator[object]):
    """Whole numbers as a text with commas; read as texts, which the model turns to numbers."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: object, dialect: sa.Dialect) -> object:  # noqa: ARG002
        """Join the numbers."""
        return ",".join(map(str, value)) if isinstance(value, (list, tuple)) else value

    def process_result_value(self, value: object, dialect: sa.Dialect) -> object:  # noqa: ARG002
        """Split the text; an empty one is an empty list."""
        return str(value).split(",") if value else []


class Percents(sa.TypeDecorator[object]):
    """Whole percents by name, as a JSON object; NULL for none."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: object, dialect: sa.Dialect) -> object:  # noqa: ARG002
        """Write the object."""
        return json.dumps(value) if value else None

    def process_result_value(self, value: object, dialect: sa.Dialect) -> object:  # noqa: ARG002
        """Read it; what is no JSON stays a text, which the model refuses."""
        if value is None:
            return {}
        try:
            return json.loads(str(value))
        except ValueError:
            return value


def _texts(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, sa.Text, nullable=False) for name in names)


def _texts_or_nothing(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, sa.Text) for name in names)


def _wholes(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, WHOLE, nullable=False) for name in names)


def _wholes_or_nothing(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, WHOLE) for name in names)


def _table(kind: Kind, columns: Iterable[sa.Column[Any]]) -> sa.Table:
    rules: list[sa.Constraint] = [
        sa.ForeignKeyConstraint([field], [f"{parent.field}.{parent.key[0]}"])
        for field, parent in kind.parents
    ]
    if kind.key:
        rules.insert(0, sa.UniqueConstraint(*kind.key))
    else:
        rules.append(sa.CheckConstraint("position = 1", name="single"))
    position = sa.Column("position", WHOLE, primary_key=True, autoincrement=bool(kind.key))
    return sa.Table(kind.field, METADATA, position, *columns, *rules, sqlite_strict=True)


_COLUMNS: dict[Kind, tuple[sa.Column[Any], ...]] = {
    kinds.ORGANISATION: (
        *_texts("name", "sector", "country"),
        *_wholes_or_nothing("staff", "users", "functions"),
        sa.Column("legacy", TRUTH, nullable=False),
        sa.Column("weekend", NumberList, nullable=False),
    ),
    kinds.SETTINGS: (
        *_texts("language", "calendar", "consultant"),
        *_texts_or_nothing("starts_on", "status_on"),
    ),
    kinds.FRAMEWORK: _texts("id", "version", "profile", "held_on"),
    kinds.RESPONDENT: _texts("id", "name", "role", "group"),
    kinds.RESPONSE: (
        *_texts("framework", "respondent", "item", "layer", "state"),
        *_wholes_or_nothing("level"),
        sa.Column("ratings", Percents),
        *_texts("reason", "note"),
    ),
    kinds.EVIDENCE: (
        *_texts("id", "framework", "item", "kind", "title", "reference", "grade"),
        *_wholes_or_nothing("supports"),
        *_wholes("periods"),
        *_texts_or_nothing("noted_by"),
    ),
    kinds.DECISION: (
        *_texts("framework", "item", "state"),
        *_wholes_or_nothing("level"),
        *_texts("method", "reason", "dissent", "decided_by", "decided_on"),
    ),
    kinds.TARGET: _texts("framework", "dimension", "level"),
    kinds.IMPORTANCE: (*_texts("framework", "dimension"), *_wholes("importance")),
    kinds.FACTOR: (*_texts("factor"), *_wholes("probability", "impact"), *_texts("note")),
}

TABLES = {kind: _table(kind, columns) for kind, columns in _COLUMNS.items()}

ENTRIES = sa.Table(
    "entries",
    METADATA,
    sa.Column("position", WHOLE, primary_key=True, autoincrement=True),
    *_texts("kind", "key", "content"),
    sa.UniqueConstraint("kind", "key"),
    sqlite_strict=True,
)
"""Records that have no table of their own; ``content`` is JSON."""


def is_entry(kind: Kind) -> bool:
    """Tell whether records of this kind have no table of their own."""
    return kind in kinds.BESIDE_ASSESSMENT


def table_of(kind: Kind) -> sa.Table:
    """Find the table that holds the records of a kind, alone or among others."""
    return ENTRIES if is_entry(kind) else TABLES[kind]


HISTORY = sa.Table(
    "history",
    METADATA,
    sa.Column("id", WHOLE, primary_key=True, autoincrement=True),
    *_texts("at", "by", "kind", "key"),
    *_texts_or_nothing("old", "new"),
    sqlite_strict=True,
)
"""Who changed what when; rows are only ever added. ``old`` and ``new`` are JSON, NULL for none."""

# Alembic's own table. It is declared here, outside METADATA, so that a new engagement can be
# stamped without importing Alembic, which takes a second on a slow machine.
REVISION = sa.Table(
    "alembic_version",
    sa.MetaData(),
    sa.Column("version_num", sa.String(32), nullable=False),
    sa.PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
