"""Since when a platform may have told something that nobody heard, until all of it has been made up for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Connection, String, Table, delete, select

from storage.schema import Utc, metadata
from storage.upsert import Upsert

gaps = Table(
    "gaps",
    metadata,
    Column("platform", String, primary_key=True),
    Column("since", Utc, nullable=False),
)

_BEGIN = Upsert(gaps, lambda insert: insert.on_conflict_do_nothing(index_elements=["platform"]))


class Gaps:
    """Without it, what is handled while an old gap is still being read would look as if nothing before were missing."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def since(self, platform: str) -> datetime | None:
        """None where nothing is missing."""
        return self._connection.execute(select(gaps.c.since).where(gaps.c.platform == platform)).scalar()

    def begin(self, platform: str, since: datetime) -> None:
        """One that was not made up for yet stays as long as it is."""
        self._connection.execute(_BEGIN.on(self._connection), {"platform": platform, "since": since})

    def end(self, platform: str) -> None:
        """All of it is made up for."""
        self._connection.execute(delete(gaps).where(gaps.c.platform == platform))
