"""Rounds by what people call them, also when they are over."""

from __future__ import annotations

from sqlalchemy import Connection, select, union

from bot.chat.names import Channel
from storage.round_tables import homes, rounds

LAST = 5


class FoundRounds:
    """Answers with ids; what a person may see of a round is not decided here."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def numbered(self, community: str, number: int) -> str | None:
        """The round that people call so, such as 7 for `R-7`."""
        called = select(rounds.c.round).where(rounds.c.community == community, rounds.c.number == number)
        found: str | None = self._connection.execute(called.limit(1)).scalar()
        return found

    def last_in(self, community: str, channel: Channel) -> tuple[str, ...]:
        """The rounds that ended last of those that stood in this channel, the newest first."""
        stood = union(
            *(
                select(table.c.round).where(
                    table.c.community == community,
                    table.c.platform == channel.space.platform,
                    table.c.space == channel.space.id,
                    table.c.channel == channel.id,
                )
                for table in (rounds.alias("started"), homes)
            )
        )
        last = (
            select(rounds.c.round)
            .where(rounds.c.community == community, rounds.c.ended_at.is_not(None))
            .where(rounds.c.round.in_(select(stood.subquery().c.round)))
            .order_by(rounds.c.ended_at.desc(), rounds.c.round)
            .limit(LAST)
        )
        return tuple(self._connection.execute(last).scalars())
