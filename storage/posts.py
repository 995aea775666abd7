"""Where the messages stand that Kring posted about something, and the threads that were opened on them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    String,
    Table,
    Text,
    bindparam,
    literal_column,
    select,
    update,
)

from bot.chat.actions import Action
from bot.chat.names import Channel, MessageRef, Space, Thread
from bot.chat.requests import Conversation, order_key
from bot.chat.wire import from_json, to_json
from bot.ports import Posted
from storage.quick import Quick
from storage.schema import Json, metadata

posts = Table(
    "posts",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("community", String, nullable=False),
    # what the message is about
    Column("name", String, nullable=False),
    Column("id", String, nullable=False),
    # the conversation it was asked for, as `order_key` writes it and as JSON
    Column("conversation", String, nullable=False),
    Column("to", Text, nullable=False),
    Column("platform", String, nullable=False),
    Column("space", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("direct", Boolean, nullable=False),
    Column("message", String, nullable=False),
    # the thread it stands in
    Column("stands_in", String),
    # the thread that was opened on it
    Column("thread", String),
    # the ids of the messages that follow it
    Column("more", Json, nullable=False),
    Index(None, "community", "name", "id"),
    Index(None, "platform", "space", "channel", "message"),
    Index(
        "ix_posts_thread",
        "platform",
        "space",
        "channel",
        "thread",
        sqlite_where=literal_column("thread IS NOT NULL"),
        postgresql_where=literal_column("thread IS NOT NULL"),
    ),
)

_NEWEST = select(posts).where(posts.c.community == bindparam("in_community")).order_by(posts.c.seq.desc()).limit(1)
_NAMED = _NEWEST.where(posts.c.name == bindparam("named"), posts.c.id == bindparam("with_id"))
_ABOUT = Quick(_NAMED)
_ABOUT_THERE = Quick(_NAMED.where(posts.c.conversation == bindparam("there")))
_IN = (
    posts.c.platform == bindparam("in_platform"),
    posts.c.space == bindparam("in_space"),
    posts.c.channel == bindparam("in_channel"),
)
_THREAD = Quick(_NEWEST.where(*_IN, posts.c.thread == bindparam("this_thread")))
_MESSAGE = Quick(_NEWEST.where(*_IN, posts.c.message == bindparam("this_message")))
_ADD = Quick(posts.insert())
_OPENED = update(posts).where(posts.c.seq == bindparam("this")).values(thread=bindparam("opened"))
_EDITED = update(posts).where(posts.c.seq == bindparam("this")).values(more=bindparam("others"))


class Posts:
    """When something was posted twice, the newer message counts."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, community: str, about: Action, to: Conversation | None = None) -> Posted | None:
        """In that conversation; without one the newest, wherever it stands."""
        if to is not None:
            return self.there(community, about, order_key(to))
        return self._one(_ABOUT, in_community=community, named=about.name, with_id=about.id)

    def in_thread(self, community: str, thread: Thread) -> Posted | None:
        """The message of ours on which this thread was opened."""
        return self._one(_THREAD, in_community=community, this_thread=thread.id, **_in(thread.channel))

    def named(self, community: str, message: MessageRef) -> Posted | None:
        """What this message of ours is about."""
        return self._one(_MESSAGE, in_community=community, this_message=message.id, **_in(message.channel))

    # -- for the outbox

    def there(self, community: str, about: Action, conversation: str) -> Posted | None:
        """What was posted about this in that conversation."""
        return self._one(_ABOUT_THERE, in_community=community, named=about.name, with_id=about.id, there=conversation)

    def add(
        self, community: str, about: Action, to: Conversation, message: MessageRef, more: tuple[str, ...] = ()
    ) -> None:
        """The message was posted, and `more` that follow it."""
        _ADD.run(
            self._connection,
            {
                "community": community,
                "name": about.name,
                "id": about.id,
                "conversation": order_key(to),
                "to": to_json(to, Conversation),
                "platform": message.channel.space.platform,
                "space": message.channel.space.id,
                "channel": message.channel.id,
                "direct": message.channel.direct,
                "message": message.id,
                "stands_in": message.thread,
                "thread": None,
                "more": list(more),
            },
        )

    def opened(self, community: str, about: Action, conversation: str, thread: str) -> None:
        """A thread was opened on the message about this."""
        found = self._row(community, about, conversation)
        if found is not None:
            self._connection.execute(_OPENED, {"this": found.seq, "opened": thread})

    def edited(self, community: str, about: Action, conversation: str, more: tuple[str, ...]) -> None:
        """The message about this is another one now, and `more` follow it."""
        found = self._row(community, about, conversation)
        if found is not None and tuple(found.more) != more:
            self._connection.execute(_EDITED, {"this": found.seq, "others": list(more)})

    def _row(self, community: str, about: Action, conversation: str) -> Any:
        there = {"in_community": community, "named": about.name, "with_id": about.id, "there": conversation}
        return _ABOUT_THERE.one(self._connection, there)

    def _one(self, statement: Quick, **values: str) -> Posted | None:
        row = statement.one(self._connection, values)
        if row is None:
            return None
        channel = Channel(Space(row.platform, row.space), row.channel, direct=row.direct)
        return Posted(
            Action(row.name, row.id),
            from_json(row.to, Conversation),
            MessageRef(channel, row.message, row.stands_in),
            row.thread,
            tuple(row.more),
        )


def _in(channel: Channel) -> dict[str, str]:
    return {"in_platform": channel.space.platform, "in_space": channel.space.id, "in_channel": channel.id}
