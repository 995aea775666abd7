"""Lanes and certainty in the outbox, the messages that follow another, installations, drafts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("space", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("platform", "space", "account", "action", name=op.f("pk_drafts")),
    )
    op.create_index(op.f("ix_drafts_at"), "drafts", ["at"], unique=False)
    op.create_table(
        "installations",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("space", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rotating_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("platform", "space", name=op.f("pk_installations")),
    )
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("lane", sa.String(), nullable=True))
        outbox.add_column(sa.Column("queued_at", sa.DateTime(timezone=True), nullable=True))
        outbox.add_column(sa.Column("risks", sa.Integer(), nullable=True))
    # how a try ended was not kept before: what was tried may have been carried out
    op.execute("UPDATE outbox SET queued_at = ready_at, risks = tries")
    op.execute(LANES[op.get_bind().dialect.name])
    with op.batch_alter_table("outbox") as outbox:
        outbox.alter_column("lane", existing_type=sa.String(), nullable=False)
        outbox.alter_column("queued_at", existing_type=sa.DateTime(timezone=True), nullable=False)
        outbox.alter_column("risks", existing_type=sa.Integer(), nullable=False)
    op.drop_index("ix_outbox_free", table_name="outbox")
    for name, columns in INDEXES.items():
        op.create_index(
            name,
            "outbox",
            columns,
            unique=False,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    with op.batch_alter_table("posts") as posts:
        posts.add_column(sa.Column("more", json, nullable=True))
    op.execute("UPDATE posts SET more = '[]'")
    with op.batch_alter_table("posts") as posts:
        posts.alter_column("more", existing_type=json, nullable=False)


LANES = {
    "sqlite": "UPDATE outbox SET lane = substr(conversation, 1, instr(conversation, '/') + "
    "instr(substr(conversation, instr(conversation, '/') + 1), '/') - 1)",
    "postgresql": "UPDATE outbox SET "
    "lane = split_part(conversation, '/', 1) || '/' || split_part(conversation, '/', 2)",
}
"""A conversation is written as platform/space/kind/id; its first two parts are the lane."""
INDEXES = {
    "ix_outbox_free": ["free_at", "seq", "lane"],
    "ix_outbox_queue": ["queued_at", "seq", "free_at", "lane"],
    "ix_outbox_ready": ["ready_at", "seq", "free_at", "lane"],
}
