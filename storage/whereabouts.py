"""Where people and messages are, for a platform that does not say it with every event, or tells nothing twice.

These questions come before a community is known: they stand outside all communities, and their answers name ids only.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, union

from bot.chat.names import Account, Channel, MessageRef, Space, Thread
from bot.chat.requests import Conversation
from bot.chat.wire import from_json
from storage.inbox import inbox
from storage.item_tables import quotes
from storage.people_tables import accounts
from storage.posts import posts
from storage.round_tables import contributions

_SPACES = (
    select(accounts.c.space)
    .where(
        accounts.c.platform == bindparam("on_platform"),
        accounts.c.space.in_(bindparam("spaces", expanding=True)),
        accounts.c.account == bindparam("of_account"),
        accounts.c.left_at.is_(None),
    )
    .order_by(accounts.c.space)
)
_POSTED = (
    select(posts.c.space)
    .where(
        posts.c.platform == bindparam("on_platform"),
        posts.c.space.in_(bindparam("spaces", expanding=True)),
        posts.c.channel == bindparam("in_channel"),
        posts.c.message == bindparam("this_message"),
    )
    .limit(1)
)
_THREADS = (
    select(posts.c.space, posts.c.channel, posts.c.thread)
    .where(posts.c.platform == bindparam("on_platform"), posts.c.thread.is_not(None))
    .order_by(posts.c.seq.desc())
    .limit(bindparam("most"))
)
_DIRECTS = (
    select(posts.c.to, posts.c.channel)
    .where(posts.c.seq.in_(select(func.max(posts.c.seq)).where(posts.c.direct).group_by(posts.c.conversation)))
    .where(posts.c.platform == bindparam("on_platform"))
    .order_by(posts.c.seq.desc())
    .limit(bindparam("most"))
)
_WORDS = union(
    select(quotes.c.space, quotes.c.channel, quotes.c.thread, quotes.c.message).where(
        quotes.c.platform == bindparam("on_platform"), quotes.c.message != ""
    ),
    select(
        contributions.c.message_space,
        contributions.c.message_channel,
        contributions.c.message_thread,
        contributions.c.message,
    ).where(contributions.c.message_platform == bindparam("on_platform"), contributions.c.message.is_not(None)),
)
_LATEST = select(func.max(inbox.c.at)).where(inbox.c.event >= bindparam("first"), inbox.c.event < bindparam("behind"))


class Whereabouts:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def spaces_of(self, account: str, among: Collection[Space]) -> tuple[Space, ...]:
        """Those of these spaces of one platform in which the account with this id is known and has not left."""
        if not among:
            return ()
        [platform] = {space.platform for space in among}
        ids = sorted(space.id for space in among)
        rows = self._connection.execute(_SPACES, {"on_platform": platform, "spaces": ids, "of_account": account})
        return tuple(Space(platform, row.space) for row in rows)

    def space_of(self, channel: str, message: str, among: Collection[Space]) -> Space | None:
        """That of these spaces of one platform for which Kring posted this message."""
        if not among:
            return None
        [platform] = {space.platform for space in among}
        ids = sorted(space.id for space in among)
        values = {"on_platform": platform, "spaces": ids, "in_channel": channel, "this_message": message}
        found = self._connection.execute(_POSTED, values).scalar()
        return None if found is None else Space(platform, found)

    def threads(self, platform: str, most: int) -> tuple[Thread, ...]:
        """The threads that were opened on messages of Kring's, of those posted last."""
        rows = self._connection.execute(_THREADS, {"on_platform": platform, "most": most})
        return tuple(Thread(Channel(Space(platform, row.space), row.channel), row.thread) for row in rows)

    def directs(self, platform: str, most: int) -> Mapping[Account, str]:
        """The channels of direct conversations, by person, of those to whom Kring wrote last."""
        rows = self._connection.execute(_DIRECTS, {"on_platform": platform, "most": most})
        found = ((from_json(row.to, Conversation), row.channel) for row in rows)
        return {to: channel for to, channel in found if isinstance(to, Account)}

    def words_from(self, platform: str) -> tuple[MessageRef, ...]:
        """The messages whose words are kept anywhere: quoted in know-how, or given in a round."""
        rows = self._connection.execute(_WORDS, {"on_platform": platform})
        return tuple(
            MessageRef(Channel(Space(platform, space), channel), message, thread or None)
            for space, channel, thread, message in rows
        )

    def latest(self, platform: str) -> datetime | None:
        """When the last event of the platform was handled, of those whose ids are still remembered."""
        found: datetime | None = self._connection.execute(
            _LATEST, {"first": f"{platform}/", "behind": f"{platform}0"}
        ).scalar()
        return found
