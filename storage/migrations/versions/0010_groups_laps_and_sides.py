"""Groups, laps and sides in rounds, and what only those inside read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.create_table(
        "round_groups",
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("round", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("formed", sa.Integer(), nullable=False),
        sa.Column("members", json, nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("over", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("community", "round", "position", name=op.f("pk_round_groups")),
    )
    with op.batch_alter_table("rounds") as rounds:
        rounds.add_column(sa.Column("ring", json, nullable=True))
    with op.batch_alter_table("round_seats") as seats:
        seats.add_column(sa.Column("side", sa.String(), nullable=True))
    with op.batch_alter_table("round_steps") as steps:
        steps.add_column(sa.Column("run_of", sa.Integer(), nullable=True))
        steps.add_column(sa.Column("in_group", sa.Integer(), nullable=True))
        steps.add_column(sa.Column("lap", sa.String(), nullable=True))
        steps.add_column(sa.Column("attempt", sa.Integer(), nullable=True))
    with op.batch_alter_table("round_contributions") as contributions:
        contributions.add_column(sa.Column("inside", sa.Boolean(), nullable=True))
