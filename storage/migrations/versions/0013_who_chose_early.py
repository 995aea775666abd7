"""Who took the format of a round though it usually comes later; until now only a fact said so."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("rounds") as rounds:
        rounds.add_column(sa.Column("early_by", sa.String(), nullable=True))
    connection = op.get_bind()
    chosen = connection.execute(
        sa.text("SELECT community, id, fields FROM facts WHERE name = 'round' AND fact = 'DepthChosen' ORDER BY seq")
    )
    for community, id_, fields in chosen.all():
        connection.execute(
            sa.text("UPDATE rounds SET early_by = :person WHERE community = :community AND round = :round"),
            {"person": json.loads(fields)["person"], "community": community, "round": id_},
        )
