"""Rounds are found by their number, by whom they were offered to and by their end, and people by their rights."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_rounds_number", "rounds", ["community", "number"])
    for column in ("offered_to", "early_by", "ended_at"):
        there = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            f"ix_rounds_{column}", "rounds", ["community", column], sqlite_where=there, postgresql_where=there
        )
    for right in ("facilitator", "host"):
        op.create_index(
            f"ix_people_{right}", "people", ["community"],
            sqlite_where=sa.text(f"{right} = 1"), postgresql_where=sa.column(right, sa.Boolean()),
        )  # fmt: skip
