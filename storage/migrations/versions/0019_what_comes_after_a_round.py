"""When people look at what a round came to, and the round in which they go on with it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("rounds", sa.Column("look_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("rounds", sa.Column("went_on", sa.Integer(), nullable=True))
