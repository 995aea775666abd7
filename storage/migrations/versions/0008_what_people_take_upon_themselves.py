"""Light tasks and small steps in rounds, whom one may ask, and what each space lets cross."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "round_tasks",
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("round", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("community", "round", "position", name=op.f("pk_round_tasks")),
    )
    with op.batch_alter_table("round_contributions") as contributions:
        contributions.add_column(sa.Column("consent_ask", sa.Boolean(), nullable=True))
    with op.batch_alter_table("spaces") as spaces:
        spaces.add_column(sa.Column("crossing", sa.String(), nullable=True))
