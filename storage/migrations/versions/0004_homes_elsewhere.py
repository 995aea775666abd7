"""A home channel in each space of a community."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    with op.batch_alter_table("communities") as communities:
        communities.add_column(sa.Column("homes_elsewhere", json, nullable=True))
    op.execute("UPDATE communities SET homes_elsewhere = '[]'")
    with op.batch_alter_table("communities") as communities:
        communities.alter_column("homes_elsewhere", existing_type=json, nullable=False)
