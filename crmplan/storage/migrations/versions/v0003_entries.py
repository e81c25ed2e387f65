"""Schema 3: records without a table of their own, and the day up to which progress is known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table and the column; an older engagement has nothing to put there."""
    op.create_table(
        "entries",
        sa.Column("position", WHOLE, autoincrement=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("kind", "key", "content")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_entries")),
        sa.UniqueConstraint("kind", "key", name=op.f("uq_entries")),
        sqlite_strict=True,
    )
    op.add_column("settings", sa.Column("status_on", sa.Text))
