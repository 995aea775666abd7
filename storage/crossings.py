"""What each space lets cross to the others in rounds that stand in several of them."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from bot.chat.names import Space
from bot.rounds.crossing import Crossing
from storage.people_tables import spaces


class Crossings:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, community: str) -> dict[Space, Crossing]:
        """Of every space that does not let everything cross."""
        chosen = select(spaces.c.platform, spaces.c.space, spaces.c.crossing).where(
            spaces.c.community == community, spaces.c.crossing.is_not(None)
        )
        return {Space(row.platform, row.space): row.crossing for row in self._connection.execute(chosen)}

    def choose(self, community: str, space: Space, crossing: Crossing) -> None:
        here = (
            spaces.c.community == community,
            spaces.c.platform == space.platform,
            spaces.c.space == space.id,
        )
        kept = None if crossing == "all" else crossing
        self._connection.execute(update(spaces).where(*here).values(crossing=kept))
