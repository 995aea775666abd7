"""Which rounds a community has held: for what is proposed next, without reading what was said in them."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection, select

from bot.chat.names import Channel, Space
from bot.rounds.ports import Past
from storage.round_tables import homes, rounds

LATEST = 200
"""So many are looked at; older ones say nothing about what to do next."""


class PastRounds:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def latest(self, community: str) -> tuple[Past, ...]:
        """Those that were held to their end, newest first, with every channel in which they stood."""
        done = (
            select(rounds.c.round, rounds.c.format, rounds.c.platform, rounds.c.space, rounds.c.channel)
            .add_columns(rounds.c.ended_at)
            .where(rounds.c.community == community, rounds.c.state == "done", rounds.c.ended_at.is_not(None))
            .order_by(rounds.c.ended_at.desc(), rounds.c.round)
            .limit(LATEST)
        )
        found = self._connection.execute(done).all()
        elsewhere: dict[str, list[Channel]] = defaultdict(list)
        stood = select(homes).where(
            homes.c.community == community, homes.c.round.in_([row.round for row in found]), homes.c.state != "lost"
        )
        for row in self._connection.execute(stood):
            elsewhere[row.round].append(Channel(Space(row.platform, row.space), row.channel))
        return tuple(
            Past(
                row.format,
                tuple(dict.fromkeys([Channel(Space(row.platform, row.space), row.channel), *elsewhere[row.round]])),
                row.ended_at,
            )
            for row in found
        )
