"""The homes of a round in several spaces, and where people joined it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "round_homes",
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("round", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("space", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("community", "round", "position", name=op.f("pk_round_homes")),
    )
    op.create_index(
        "ix_round_homes_channel", "round_homes", ["community", "platform", "space", "channel"], unique=False
    )
    with op.batch_alter_table("round_seats") as seats:
        seats.add_column(sa.Column("platform", sa.String(), nullable=True))
        seats.add_column(sa.Column("space", sa.String(), nullable=True))
