"""What Slack's Events API tells, as events for the door. https://docs.slack.dev/reference/events (2026-11-25)"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from adapters.slack import PLATFORM, reading
from adapters.slack.origin import Origin
from adapters.slack.profiles import SLACKBOT, is_person, profile_of
from bot.chat.events import (
    CommandCalled,
    Event,
    HomeOpened,
    Installed,
    MemberJoined,
    MemberLeft,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    ProfileChanged,
    ReactionAdded,
)
from bot.chat.names import Account, Channel, MessageRef, Profile, Space

_WRITTEN = {"", "file_share", "thread_broadcast", "me_message"}
"""The kinds of message that a person writes; all other subtypes are told by Slack itself."""
_REMOVED = "tombstone"
"""What is left of a deleted message that others have replied to."""

Told = tuple[Event, Origin]


def told(
    event: Mapping[str, Any], id_: str, *, team: str, bot_user: str, now: datetime, name: reading.Name
) -> Told | None:
    """The event, and where an answer to it would go; None for what is none of Kring's business."""
    here = _Here(Space(PLATFORM, team), id_, bot_user, now, name)
    match event:
        case {"type": "message"}:
            return here.message(event)
        case {"type": "app_mention"}:
            return here.mention(event)
        case {"type": "reaction_added", "item": {"type": "message"}}:
            return here.reaction(event)
        case {"type": "app_home_opened", "tab": "home"}:
            return HomeOpened(id_, now, here.account(event["user"])), Origin(team, event["user"], "home")
        case {"type": "team_join", "user": dict() as user} if is_person(user):
            joined = MemberJoined(id_, now, here.account(user["id"]), profile_of(user, team))
            return joined, Origin(team, user["id"], "joined")
        case {"type": "member_joined_channel"}:
            return here.joined_channel(event)
        case {"type": "user_change", "user": {"deleted": True} as user} if is_person(user):
            return MemberLeft(id_, now, here.account(user["id"])), Origin(team, user["id"], "joined")
        case {"type": "user_change", "user": dict() as user} if is_person(user):
            changed = ProfileChanged(id_, now, here.account(user["id"]), profile_of(user, team))
            return changed, Origin(team, user["id"], "joined")
        case _:
            return None


@dataclass(frozen=True, slots=True)
class _Here:
    """One event in one workspace."""

    space: Space
    id: str
    bot_user: str
    now: datetime
    name: reading.Name = field(repr=False)

    def account(self, user: str) -> Account:
        return Account(self.space, user)

    def message(self, event: Mapping[str, Any]) -> Told | None:
        match event.get("subtype", ""):
            case "message_changed":
                return self.changed(event)
            case "message_deleted":
                return self.deleted(event, event["deleted_ts"], event.get("previous_message") or {})
            case kind if kind in _WRITTEN:
                return self.posted(event)
            case _:
                return None

    def posted(self, event: Mapping[str, Any]) -> Told | None:
        user, text = event.get("user"), event.get("text", "")
        if not user or user in (self.bot_user, SLACKBOT) or event.get("bot_id") or not text.strip():
            return None
        direct = event.get("channel_type") == "im"
        asked = reading.called(text, self.bot_user)
        if asked is not None and not direct:
            return None  # told again as a mention
        if asked is not None:
            said = asked
        elif direct:  # people named in a command to Kring stay what the parser of commands knows
            said = reading.command(text)
        else:
            said = reading.words(text, self.name)
        ref = self.ref(event["channel"], event["ts"], event.get("thread_ts"), direct=direct)
        posted = MessagePosted(self.id, self.now, self.account(user), ref, said, direct=direct)
        return posted, self.origin(user, "written", ref, asked=said if direct else "")

    def changed(self, event: Mapping[str, Any]) -> Told | None:
        message, before = event["message"], event.get("previous_message") or {}
        if message.get("subtype") == _REMOVED:
            return self.deleted(event, message["ts"], before)
        user, text = message.get("user"), message.get("text", "")
        if not user or user == self.bot_user or message.get("bot_id") or text == before.get("text"):
            return None  # Slack also tells of links that were unfolded, and of replies
        ref = self.ref(event["channel"], message["ts"], message.get("thread_ts"))
        edited = MessageEdited(self.id, self.now, self.account(user), ref, reading.words(text, self.name))
        return edited, self.origin(user, "written", ref)

    def deleted(self, event: Mapping[str, Any], ts: str, before: Mapping[str, Any]) -> Told:
        user = None if before.get("bot_id") else before.get("user")
        ref = self.ref(event["channel"], ts, before.get("thread_ts"))
        account = self.account(user) if user and user != self.bot_user else None
        return MessageDeleted(self.id, self.now, ref, account), self.origin(user or "", "written", ref)

    def mention(self, event: Mapping[str, Any]) -> Told | None:
        user, asked = event.get("user"), reading.called(event.get("text", ""), self.bot_user)
        if not user or event.get("bot_id") or asked is None:
            return None  # somebody speaks of Kring, not to it
        ref = self.ref(event["channel"], event["ts"], event.get("thread_ts"))
        called = CommandCalled(self.id, self.now, self.account(user), ref.place, asked)
        return called, self.origin(user, "mention", ref, asked=asked)

    def reaction(self, event: Mapping[str, Any]) -> Told | None:
        user, item = event["user"], event["item"]
        if user == self.bot_user:
            return None
        ref = self.ref(item["channel"], item["ts"], None)
        reacted = ReactionAdded(self.id, self.now, self.account(user), ref, reading.emoji(event["reaction"]))
        return reacted, self.origin(user, "reaction", ref)

    def joined_channel(self, event: Mapping[str, Any]) -> Told | None:
        """Somebody came in, or Kring itself: then whoever let it in is told what to do."""
        user, inviter = event["user"], event.get("inviter")
        channel = Channel(self.space, event["channel"])
        if user == self.bot_user:
            if not inviter:
                return None
            return installed(self.space, inviter, self.now), Origin(self.space.id, inviter, "joined")
        joined = MemberJoined(self.id, self.now, self.account(user), Profile(self.name(user) or user), channel)
        return joined, Origin(self.space.id, user, "joined")

    def ref(self, channel: str, ts: str, thread: str | None, *, direct: bool = False) -> MessageRef:
        """A thread's first message names itself as its thread once somebody has replied."""
        where = Channel(self.space, channel, direct=direct or channel.startswith("D"))
        return MessageRef(where, ts, None if thread == ts else thread)

    def origin(self, user: str, via: Any, ref: MessageRef, *, asked: str = "") -> Origin:
        return Origin(
            self.space.id, user, via, ref.channel.id, ref.thread or "", ref.channel.direct, ref.id, asked=asked
        )


def installed(space: Space, by: str, now: datetime) -> Installed:
    """Kring came into the space; the id is the same however often one learns of it."""
    return Installed(f"{PLATFORM}/installed/{space.id}", now, Account(space, by))
