"""What a round that is on hold waits for, where it goes on by itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("rounds", sa.Column("paused_for", sa.String(), nullable=True))
