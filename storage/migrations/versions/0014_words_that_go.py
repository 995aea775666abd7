"""Until when somebody who left a round says what becomes of their words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("round_seats", sa.Column("choose_until", sa.DateTime(timezone=True), nullable=True))
