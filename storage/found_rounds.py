"""Rounds by what people call them, also when they are over."""

from __future__ import annotations

from sqlalchemy import Connection, select

from bot.chat.names import Channel
from storage.round_tables import rounds
from storage.stood import stood_in

_LAST_IN = stood_in(ended=True).order_by(rounds.c.ended_at.desc(), rounds.c.round).limit(5)


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
        here = {"in_platform": channel.space.platform, "in_space": channel.space.id, "in_channel": channel.id}
        return tuple(self._connection.scalars(_LAST_IN, {"in_community": community} | here))
