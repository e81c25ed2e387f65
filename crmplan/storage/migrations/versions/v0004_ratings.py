"""Schema 4: ratings attribute by attribute, in the place of a level."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the column; an older engagement has levels only."""
    op.add_column("responses", sa.Column("ratings", sa.Text))
