"""Which task it is by which somebody took up an objection."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("round_votes", sa.Column("taken_up", sa.Text(), nullable=True))
