"""Schema 1: the records of an engagement.

A migration says what a schema was, for ever; it does not import the tables of today.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TRUTH = sa.Boolean().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    _single(
        "organisation",
        *_texts("name", "sector", "country"),
        *(sa.Column(name, WHOLE) for name in ("staff", "users", "functions")),
        sa.Column("legacy", TRUTH, nullable=False),
        *_texts("weekend"),
    )
    _single(
        "settings", *_texts("language", "calendar", "consultant"), sa.Column("starts_on", sa.Text)
    )
    _list("frameworks", *_texts("id", "version", "profile", "held_on"), key=("id",))
    _list("respondents", *_texts("id", "name", "role", "group"), key=("id",))
    _tables_of_a_framework()
    _list(
        "factors",
        *_texts("factor"),
        sa.Column("probability", WHOLE, nullable=False),
        sa.Column("impact", WHOLE, nullable=False),
        *_texts("note"),
        key=("factor",),
    )


def _tables_of_a_framework() -> None:
    _list(
        "responses",
        *_texts("framework", "respondent", "item", "layer", "state"),
        sa.Column("level", WHOLE),
        *_texts("reason", "note"),
        _refers("responses", "framework", "frameworks"),
        _refers("responses", "respondent", "respondents"),
        key=("framework", "respondent", "item", "layer"),
    )
    _list(
        "evidence",
        *_texts("id", "framework", "item", "kind", "title", "reference", "grade"),
        sa.Column("supports", WHOLE),
        sa.Column("periods", WHOLE, nullable=False),
        sa.Column("noted_by", sa.Text),
        _refers("evidence", "framework", "frameworks"),
        key=("id",),
    )
    _list(
        "decisions",
        *_texts("framework", "item", "state"),
        sa.Column("level", WHOLE),
        *_texts("method", "reason", "dissent", "decided_by", "decided_on"),
        _refers("decisions", "framework", "frameworks"),
        key=("framework", "item"),
    )
    _list(
        "targets",
        *_texts("framework", "dimension", "level"),
        _refers("targets", "framework", "frameworks"),
        key=("framework", "dimension"),
    )
    _list(
        "importances",
        *_texts("framework", "dimension"),
        sa.Column("importance", WHOLE, nullable=False),
        _refers("importances", "framework", "frameworks"),
        key=("framework", "dimension"),
    )


def _texts(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, sa.Text, nullable=False) for name in names)


def _refers(table: str, field: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([field], [f"{to}.id"], name=op.f(f"fk_{table}_{field}"))


def _single(table: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        table,
        sa.Column("position", WHOLE, autoincrement=False),
        *columns,
        sa.PrimaryKeyConstraint("position", name=op.f(f"pk_{table}")),
        sa.CheckConstraint("position = 1", name=op.f(f"ck_{table}_single")),
        sqlite_strict=True,
    )


def _list(table: str, *contents: sa.schema.SchemaItem, key: tuple[str, ...]) -> None:
    op.create_table(
        table,
        sa.Column("position", WHOLE, autoincrement=True),
        *contents,
        sa.PrimaryKeyConstraint("position", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(*key, name=op.f(f"uq_{table}")),
        sqlite_strict=True,
    )
