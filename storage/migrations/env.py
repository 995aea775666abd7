"""Alembic runs this for every command; the connection is ours, in a transaction of ours."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy import JSON, Connection

from storage.schema import Utc
from storage.tables import metadata

connection: Connection = context.config.attributes["connection"]


def _ours(name: str | None, type_: str, parents: Any) -> bool:
    """The full text index is made by hand (storage/search_tables.py): Alembic does not know its parts."""
    name = name or ""
    if type_ == "table":
        return not name.startswith("words_fts")
    return not (parents.get("table_name") == "words" and name in {"found", "ix_words_found"})


def _render(type_: str, thing: Any, script: Any) -> str | Literal[False]:
    """Migrations stand on their own: no types of ours in them."""
    if type_ == "type" and isinstance(thing, Utc):
        return "sa.DateTime(timezone=True)"
    if type_ == "type" and isinstance(thing, JSON):
        script.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


context.configure(
    connection=connection,
    target_metadata=metadata,
    # nothing is rebuilt when there is nothing yet
    render_as_batch=connection.dialect.name == "sqlite" and not context.config.attributes.get("start"),
    render_item=_render,
    include_name=_ours,
    transactional_ddl=True,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
