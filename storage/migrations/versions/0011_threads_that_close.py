"""Threads that close by themselves, and whether a community wants to be asked before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "closing_threads",
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("space", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("community", "id", name=op.f("pk_closing_threads")),
    )
    with op.batch_alter_table("closing_threads", schema=None) as threads:
        threads.create_index(
            "ix_closing_threads_community_platform_space_channel_thread",
            ["community", "platform", "space", "channel", "thread"],
            unique=True,
        )
    with op.batch_alter_table("communities") as communities:
        communities.add_column(sa.Column("offers_threads", sa.Boolean(), nullable=True))
    op.execute("UPDATE communities SET offers_threads = true")
    with op.batch_alter_table("communities") as communities:
        communities.alter_column("offers_threads", existing_type=sa.Boolean(), nullable=False)
