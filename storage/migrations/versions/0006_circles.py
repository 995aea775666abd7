"""Circles, their seats, and what people said and wished for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "circle_formations",
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("formation", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("platform", sa.String(), nullable=True),
        sa.Column("space", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seating", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("community", "formation", name=op.f("pk_circle_formations")),
    )
    with op.batch_alter_table("circle_formations", schema=None) as batch_op:
        batch_op.create_index("ix_circle_formations_state", ["community", "state"], unique=False)

    op.create_table(
        "circle_seats",
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("circle", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("community", "circle", "person", name=op.f("pk_circle_seats")),
    )
    with op.batch_alter_table("circle_seats", schema=None) as batch_op:
        batch_op.create_index("ix_circle_seats_person", ["community", "person"], unique=False)

    op.create_table(
        "circle_wanted",
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("ready", sa.Boolean(), nullable=False),
        sa.Column("experience", sa.String(), nullable=True),
        sa.Column("languages", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("slots", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("community", "person", name=op.f("pk_circle_wanted")),
    )
    op.create_table(
        "circle_wishes",
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("community", "person", "other", name=op.f("pk_circle_wishes")),
    )
    with op.batch_alter_table("circle_wishes", schema=None) as batch_op:
        batch_op.create_index("ix_circle_wishes_other", ["community", "other"], unique=False)

    op.create_table(
        "circles",
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("circle", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("facilitator", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=True),
        sa.Column("space", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("formation", sa.Integer(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ask_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("small_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("community", "circle", name=op.f("pk_circles")),
    )
    with op.batch_alter_table("circles", schema=None) as batch_op:
        batch_op.create_index("ix_circles_number", ["community", "number"], unique=True)
