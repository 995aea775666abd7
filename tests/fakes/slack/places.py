"""Which conversation the app means, and whether it may act there. Used by the methods."""

from __future__ import annotations

from tests.fakes.slack.state import Channel, Message, Person
from tests.fakes.slack.web_api import Call, SlackError

KIND_SCOPE = {"channel": "channels", "private": "groups", "im": "im", "mpim": "mpim"}


def seen(call: Call, name: str = "channel") -> Channel:
    """A conversation that the app can see: a public channel, or one that it is a member of. No names, no people."""
    wanted = call.need(name)
    channel = call.space.channels.get(wanted)
    if channel is None or (channel.kind != "channel" and call.installed.bot_user not in channel.members):
        raise SlackError("channel_not_found")
    return channel


def read(call: Call) -> Channel:
    """A conversation whose messages the app may read: `not_in_channel` for public ones it is not in."""
    channel = seen(call)
    call.scope(f"{KIND_SCOPE[channel.kind]}:history")
    if call.installed.bot_user not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def member(call: Call, channel: Channel) -> None:
    if call.installed.bot_user not in channel.members:
        raise SlackError("not_in_channel")


def to_post(call: Call) -> Channel:
    """Where `chat.postMessage` writes: an id, a name, or a person, whose direct conversation is opened
    (https://docs.slack.dev/reference/methods/chat.postMessage#channels)."""
    wanted = call.need("channel")
    channel = call.space.channels.get(wanted)
    if channel is None:
        named = [each for each in call.space.channels.values() if each.name and each.name == wanted.removeprefix("#")]
        if named:
            channel = named[0]
        elif wanted[0] in "UW":
            return direct(call, wanted)
    if channel is None or (channel.kind != "channel" and call.installed.bot_user not in channel.members):
        raise SlackError("channel_not_found")
    if channel.archived:
        raise SlackError("is_archived")
    # https://docs.slack.dev/reference/scopes/chat.write.public
    if call.installed.bot_user not in channel.members and "chat:write.public" not in call.installed.scopes:
        raise SlackError("not_in_channel")
    if channel.posting_restricted:
        raise SlackError("restricted_action")
    if channel.kind == "im":
        other = next(each for each in channel.members if each != call.installed.bot_user)
        reachable(call, call.slack.world.person(other))
    return channel


def reachable(call: Call, person: Person) -> None:
    """Whether the app may write to this person."""
    if person.bot or person.id == "USLACKBOT":
        raise SlackError("cannot_dm_bot")
    if person.deleted:
        # https://docs.slack.dev/reference/methods/conversations.open
        raise SlackError("user_disabled")
    if person.stranger:
        # somebody of another organisation is not to be seen by this app
        raise SlackError("user_not_visible" if call.args.get("users") else "channel_not_found")
    home = (call.slack.app.manifest.get("features") or {}).get("app_home") or {}
    if not home.get("messages_tab_enabled", True) and not call.args.get("users"):
        raise SlackError("messages_tab_disabled")


def direct(call: Call, user: str) -> Channel:
    person = call.space.people.get(user)
    if person is None:
        raise SlackError("user_not_found")
    reachable(call, person)
    return call.slack.world.open_dm(person)


def root(call: Call, channel: Channel) -> Message | None:
    """The root that `thread_ts` names."""
    wanted = call.text("thread_ts")
    if not wanted:
        return None
    found = call.slack.world.root(channel, wanted)
    if found is None:
        raise SlackError("thread_not_found")
    if found.subtype in {"channel_join", "channel_leave", "group_join", "group_leave"}:
        raise SlackError("cannot_reply_to_message")
    return found
