"""What a host has set for a community, and its spaces."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from bot.chat.names import Channel, Space
from bot.chat.people import Community
from storage.members import Members
from storage.people import People, community_of
from storage.people_tables import communities, spaces
from storage.quick import Quick, rows_of

__all__ = ["Communities", "Members", "People"]

_COMMUNITY = Quick(select(communities).where(communities.c.community == bindparam("in_community")))
_OF_SPACE = Quick(
    select(communities)
    .join(spaces, spaces.c.community == communities.c.community)
    .where(spaces.c.platform == bindparam("in_platform"), spaces.c.space == bindparam("in_space"))
)


class Communities:
    """Communities, and which spaces belong to them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, space: Space) -> Community:
        """The community that this space belongs to; made, named after the space, at first sight."""
        values = {"in_platform": space.platform, "in_space": space.id}
        row = _OF_SPACE.one(self._connection, values)
        return self.get(community_of(self._connection, space)) if row is None else _to_community(row)

    def get(self, community: str) -> Community:
        """Raises LookupError when there is no such community (any more)."""
        row = _COMMUNITY.one(self._connection, {"in_community": community})
        if row is None:
            raise LookupError(f"no community {community!r}")
        return _to_community(row)

    def spaces(self, community: str) -> dict[Space, str]:
        """Its spaces, in the order they joined, and their names."""
        of_it = rows_of(self._connection, spaces, "number", community=community)
        return {Space(row.platform, row.space): row.name or row.platform_name or row.space for row in of_it}


def _to_community(row: Row[Any]) -> Community:
    home = None
    if row.home_channel is not None:
        home = Channel(Space(row.home_platform, row.home_space), row.home_channel)
    return Community(
        id=row.community,
        name=row.name,
        language=row.language,
        timezone=row.timezone,
        starters=row.starters,
        home=home,
        homes_elsewhere=tuple(Channel(Space(platform, space), id_) for platform, space, id_ in row.homes_elsewhere),
        keep_emoji=row.keep_emoji,
        daily_messages=row.daily_messages,
        contacts=tuple(row.contacts),
        quiet_days=tuple(map(date.fromisoformat, row.quiet_days)),
        offers_threads=row.offers_threads,
        set_up=row.set_up,
    )
