"""Schema 2: the history of changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table; what was changed before is not known."""
    op.create_table(
        "history",
        sa.Column("id", WHOLE, autoincrement=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("at", "by", "kind", "key")),
        *(sa.Column(name, sa.Text) for name in ("old", "new")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
        sqlite_strict=True,
    )
