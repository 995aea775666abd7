"""Which group reads what somebody had noted for their own eyes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("round_contributions", sa.Column("in_group", sa.Integer(), nullable=True))
