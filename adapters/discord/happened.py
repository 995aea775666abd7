"""What Discord's gateway tells besides interactions, as events for the door. Pure: the same message is the same event.

https://docs.discord.com/developers/events/gateway-events (2026-11-26); samples in tests/adapters/discord/payloads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from adapters.discord import PLATFORM, closing, reading
from adapters.discord.people import is_person, name_of, profile_of
from adapters.discord.servers import Servers
from bot.chat.events import (
    Event,
    MemberJoined,
    MemberLeft,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    ProfileChanged,
    ReactionAdded,
)
from bot.chat.names import Account, Channel, MessageRef, Profile, Space, Thread

Payload = Mapping[str, Any]

NEW = timedelta(days=7)
"""So long after somebody joined may the server's rules wait for them."""
_WRITTEN = frozenset({0, 19})
"""The types of message that a person writes: a message, and a reply.
https://docs.discord.com/developers/resources/message#message-object-message-types (2026-11-26)"""


@dataclass(frozen=True, slots=True)
class Happened:
    """Reads events. `bot` is Kring's own account; `reads` says whether Discord gives Kring what people write."""

    servers: Servers
    bot: str
    reads: bool

    def told(self, kind: str, data: Payload, now: datetime) -> Iterator[Event]:
        """The events for the door; none for what is none of Kring's business. Only what happens in a server."""
        match kind:
            case "MESSAGE_CREATE" if self.reads:
                yield from self._posted(data, now)
            case "MESSAGE_UPDATE" if self.reads:
                yield from self._edited(data, now)
            case "MESSAGE_DELETE":
                yield self._deleted(data, data["id"], now)
            case "MESSAGE_DELETE_BULK":
                yield from (self._deleted(data, id_, now) for id_ in data["ids"])
            case "MESSAGE_REACTION_ADD" if self.reads:
                yield from self._reacted(data, now)
            case "GUILD_MEMBER_ADD":
                yield from self._joined(data, now)
            case "GUILD_MEMBER_UPDATE":
                yield from self._changed(data, now)
            case "GUILD_MEMBER_REMOVE" | "GUILD_BAN_ADD":
                yield from self._left(data, now)
            case _ if kind in closing.TOLD:
                yield from closing.told(kind, data, self.bot, now)
            case _:
                pass

    def _posted(self, data: Payload, now: datetime) -> Iterator[Event]:
        author, member = data["author"], data.get("member")
        if data["type"] not in _WRITTEN or data.get("webhook_id") or not is_person(author):
            return
        text = self.words(data)
        if not text.strip():
            return
        account = Account(Space(PLATFORM, data["guild_id"]), author["id"])
        # a message that was read again comes without its member: it says less than what is known
        profile = profile_of(author, member, self.servers.get(data["guild_id"])) if member is not None else None
        yield MessagePosted(f"{PLATFORM}/m{data['id']}", now, account, self.ref(data), text, profile=profile)

    def _edited(self, data: Payload, now: datetime) -> Iterator[Event]:
        """Discord also tells when it unfolds a link or somebody pins: then nothing says that it was edited."""
        author, when = data.get("author"), data.get("edited_timestamp")
        if not author or not when or data.get("webhook_id") or not is_person(author):
            return
        account = Account(Space(PLATFORM, data["guild_id"]), author["id"])
        yield MessageEdited(f"{PLATFORM}/e{data['id']}/{when}", now, account, self.ref(data), self.words(data))

    def _deleted(self, data: Payload, message: str, now: datetime) -> Event:
        return MessageDeleted(f"{PLATFORM}/d{message}", now, self.ref(data, message))

    def _reacted(self, data: Payload, now: datetime) -> Iterator[Event]:
        emoji, user = reading.emoji(data["emoji"]), data["user_id"]
        member = data.get("member") or {}
        if user == self.bot or not is_person(member.get("user") or {}):
            return
        account, ref = Account(Space(PLATFORM, data["guild_id"]), user), self.ref(data, data["message_id"])
        yield ReactionAdded(f"{PLATFORM}/r{data['message_id']}/{user}/{emoji}", now, account, ref, emoji)

    def _joined(self, data: Payload, now: datetime) -> Iterator[Event]:
        """Who has to agree to the server's rules first is not there before they did."""
        user, server = data["user"], data["guild_id"]
        if not is_person(user) or data.get("pending"):
            return
        id_ = f"{PLATFORM}/j{server}/{user['id']}/{data.get('joined_at')}"
        yield MemberJoined(id_, now, Account(Space(PLATFORM, server), user["id"]), self._profile(data))

    def _changed(self, data: Payload, now: datetime) -> Iterator[Event]:
        user, server = data["user"], data["guild_id"]
        if not is_person(user) or data.get("pending"):
            return
        account = Account(Space(PLATFORM, server), user["id"])
        if self._is_new(data, now):  # that they agreed to the rules is told so; a second time is no news
            yield from self._joined(data, now)
        yield ProfileChanged(f"{PLATFORM}/p{server}/{user['id']}/{now.isoformat()}", now, account, self._profile(data))

    def _is_new(self, data: Payload, now: datetime) -> bool:
        """Whether they came lately, and after Kring: whoever was there before it is no newcomer to it."""
        joined, server = data.get("joined_at"), self.servers.get(data["guild_id"])
        if not joined or server is None or not server.bot_joined:
            return False
        at = datetime.fromisoformat(joined)
        return at > datetime.fromisoformat(server.bot_joined) and at > now - NEW

    def _left(self, data: Payload, now: datetime) -> Iterator[Event]:
        user, server = data["user"], data["guild_id"]
        if is_person(user):
            id_ = f"{PLATFORM}/l{server}/{user['id']}/{now.isoformat()}"
            yield MemberLeft(id_, now, Account(Space(PLATFORM, server), user["id"]))

    def _profile(self, data: Payload) -> Profile:
        return profile_of(data["user"], data, self.servers.get(data["guild_id"]))

    def words(self, message: Payload) -> str:
        """What the message says, as people read it."""
        server = message.get("guild_id", "")
        named = {each["id"]: name_of(each, each.get("member")) for each in message.get("mentions", ())}
        return reading.words(
            message.get("content", ""), person=named.get, channel=lambda id_: self.servers.channel_name(server, id_)
        )

    def ref(self, data: Payload, message: str | None = None) -> MessageRef:
        """The message of an event in a server, in its channel or thread."""
        place = self.servers.place(data["guild_id"], data["channel_id"])
        id_ = message or data["id"]
        return MessageRef(place.channel, id_, place.id) if isinstance(place, Thread) else MessageRef(place, id_)

    def direct(self, data: Payload, space: Space, now: datetime) -> MessagePosted | None:
        """Somebody writes to Kring alone. `space` is where they are known."""
        author, text = data["author"], data.get("content", "")
        if data["type"] not in _WRITTEN or not is_person(author) or not text.strip():
            return None
        ref = MessageRef(Channel(space, data["channel_id"], direct=True), data["id"])
        return MessagePosted(f"{PLATFORM}/m{data['id']}", now, Account(space, author["id"]), ref, text, direct=True)
