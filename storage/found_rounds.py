"""Rounds by what people call them, also when they are over."""

from __future__ import annotations

from sqlalchemy import Connection, or_, select

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
        stood = select(homes.c.round).where(
            homes.c.community == community,
            homes.c.platform == channel.space.platform,
            homes.c.space == channel.space.id,
            homes.c.channel == channel.id,
        )
        started = (
            (rounds.c.platform == channel.space.platform)
            & (rounds.c.space == channel.space.id)
            & (rounds.c.channel == channel.id)
        )
        last = (
            select(rounds.c.round)
            .where(rounds.c.community == community, rounds.c.ended_at.is_not(None))
            .where(or_(started, rounds.c.round.in_(stood)))
            .order_by(rounds.c.ended_at.desc(), rounds.c.round)
            .limit(LAST)
        )
        return tuple(self._connection.execute(last).scalars())
