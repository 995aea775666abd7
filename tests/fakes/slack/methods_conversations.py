"""conversations.* and reactions.*: https://docs.slack.dev/reference/methods?family=conversations"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from typing import TypeVar

from tests.fakes.slack import places, shapes
from tests.fakes.slack.ids import moment
from tests.fakes.slack.state import Channel, Json, Message
from tests.fakes.slack.web_api import Call, SlackError, method

T = TypeVar("T")
READ = ("channels:read", "groups:read", "im:read", "mpim:read")
HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")


def page(call: Call, items: Sequence[T], otherwise: int, most: int) -> tuple[list[T], Json]:
    """One page, and the cursor of the next: https://docs.slack.dev/apis/web-api/pagination"""
    start = 0
    if call.text("cursor"):
        try:
            start = int(base64.b64decode(call.text("cursor"), validate=True).decode().removeprefix("next:"))
        except (ValueError, binascii.Error):
            raise SlackError("invalid_cursor") from None
    size = call.number("limit", otherwise)
    if not 0 < size <= most:
        raise SlackError("invalid_limit")
    more = start + size < len(items)
    cursor = base64.b64encode(f"next:{start + size}".encode()).decode() if more else ""
    return list(items[start : start + size]), {"response_metadata": {"next_cursor": cursor}}


def in_time(call: Call, messages: Sequence[Message]) -> list[Message]:
    """Between `oldest` and `latest`, themselves only when `inclusive`."""
    for name in ("oldest", "latest"):
        if call.text(name) and not re.fullmatch(r"\d+(\.\d+)?", call.text(name)):
            raise SlackError(f"invalid_ts_{name}")
    slack = 0 if call.flag("inclusive") else 1
    oldest = (moment(call.text("oldest"))[0], moment(call.text("oldest"))[1] + slack) if call.text("oldest") else (0, 0)
    last = call.text("latest")
    latest = (moment(last)[0], moment(last)[1] - slack) if last else (2**40, 0)
    return [each for each in messages if oldest <= moment(each.ts) <= latest]


def json_of(call: Call, messages: Sequence[Message]) -> list[Json]:
    metadata = call.flag("include_all_metadata")
    return [shapes.message(call.slack.world, each, metadata=metadata) for each in messages]


@method("conversations.history", *HISTORY, tier=3)
def history(call: Call) -> Json:
    """Newest first; no replies, except those that were also sent to the channel."""
    channel = places.read(call)
    ordered = call.slack.world.ordered(channel)
    tops = [each for each in ordered if each.thread is None or each.subtype == "thread_broadcast"]
    found, more = page(call, in_time(call, tops)[::-1], 100, 999)
    has_more = bool(more["response_metadata"]["next_cursor"])
    shown = {"messages": json_of(call, found), "has_more": has_more, "pin_count": 0}
    return shown | (more if has_more else {"response_metadata": {"next_cursor": ""}})


@method("conversations.replies", *HISTORY, tier=3)
def replies(call: Call) -> Json:
    """Oldest first. The root comes along on each page, whatever `oldest` says."""
    channel = places.read(call)
    start = channel.messages.get(call.need("ts"))
    if start is None:
        raise SlackError("thread_not_found")
    if start.thread is not None:
        return {"messages": json_of(call, [start]), "has_more": False}
    inside = [channel.messages[ts] for ts in sorted(start.replies, key=moment)]
    found, more = page(call, in_time(call, inside), 1000, 1000)
    has_more = bool(more["response_metadata"]["next_cursor"])
    return {"messages": json_of(call, [start, *found]), "has_more": has_more} | (more if has_more else {})


@method("conversations.info", *READ, tier=3)
def info(call: Call) -> Json:
    channel = places.seen(call)
    call.scope(f"{places.KIND_SCOPE[channel.kind]}:read")
    shown = shapes.conversation(channel, member=call.installed.bot_user)
    if call.flag("include_num_members"):
        shown["num_members"] = len(channel.members)
    if call.flag("include_locale"):
        shown["locale"] = "en-US"
    return {"channel": shown}


@method("conversations.members", *READ, tier=4)
def members(call: Call) -> Json:
    channel = places.seen(call)
    call.scope(f"{places.KIND_SCOPE[channel.kind]}:read")
    found, more = page(call, channel.members, 100, 1000)
    return {"members": found, **more}


def _of_kinds(call: Call, channels: Sequence[Channel]) -> list[Channel]:
    wanted = call.text("types", "public_channel").split(",")
    kinds = {"channel": "public_channel", "private": "private_channel", "im": "im", "mpim": "mpim"}
    visible = [each for each in channels if each.kind == "channel" or call.installed.bot_user in each.members]
    return [
        each for each in visible if kinds[each.kind] in wanted and not (call.flag("exclude_archived") and each.archived)
    ]


@method("conversations.list", *READ, tier=2)
def list_(call: Call) -> Json:
    found, more = page(call, _of_kinds(call, list(call.space.channels.values())), 100, 1000)
    return {"channels": [shapes.conversation(each, member=call.installed.bot_user) for each in found], **more}


@method("users.conversations", *READ, tier=3)
def of_user(call: Call) -> Json:
    user = call.text("user", call.installed.bot_user)
    mine = [each for each in call.space.channels.values() if user in each.members]
    found, more = page(call, _of_kinds(call, mine), 100, 1000)
    return {"channels": [shapes.conversation(each, member=user) for each in found], **more}


@method("conversations.open", "im:write", "mpim:write", tier=3)
def open_(call: Call) -> Json:
    if call.text("channel"):
        channel = places.seen(call)
        if channel.kind not in {"im", "mpim"}:
            raise SlackError("method_not_supported_for_channel_type")
    else:
        users = [each.strip() for each in call.text("users").split(",") if each.strip()]
        if not users:
            raise SlackError("users_list_not_supplied")
        if len(users) > 8:
            raise SlackError("too_many_users")
        channel = places.direct(call, users[0]) if len(users) == 1 else _group(call, users)
    if call.flag("return_im"):
        return {"channel": shapes.conversation(channel, member=call.installed.bot_user), "no_op": True}
    return {"channel": {"id": channel.id}}


def _group(call: Call, users: list[str]) -> Channel:
    for user in users:
        person = call.space.people.get(user)
        if person is None:
            raise SlackError("user_not_found")
        places.reachable(call, person)
    everybody = [*users, call.installed.bot_user]
    for channel in call.space.channels.values():
        if channel.kind == "mpim" and set(channel.members) == set(everybody):
            return channel
    world = call.slack.world
    return world.add_channel(call.space, Channel(world.ids.new("G"), call.space.id, "mpdm", "mpim", everybody))


def _reacted(call: Call) -> tuple[Channel, Message]:
    channel = places.seen(call)
    message = channel.messages.get(call.need("timestamp"))
    if message is None:
        raise SlackError("message_not_found")
    if channel.archived:
        raise SlackError("is_archived")
    if channel.kind != "channel":
        places.member(call, channel)
    if not re.fullmatch(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?", call.need("name")):
        raise SlackError("invalid_name")
    return channel, message


@method("reactions.add", "reactions:write", tier=3)
def react(call: Call) -> Json:
    channel, message = _reacted(call)
    by = message.reactions.setdefault(call.text("name"), [])
    if call.installed.bot_user in by:
        raise SlackError("already_reacted")
    by.append(call.installed.bot_user)
    bot = call.slack.world.bot(call.space)
    call.slack.events.reacted(channel, message, bot, call.text("name"), added=True)
    return {}


@method("reactions.remove", "reactions:write", tier=2)
def unreact(call: Call) -> Json:
    channel, message = _reacted(call)
    by = message.reactions.get(call.text("name"), [])
    if call.installed.bot_user not in by:
        raise SlackError("no_reaction")
    by.remove(call.installed.bot_user)
    if not by:
        del message.reactions[call.text("name")]
    bot = call.slack.world.bot(call.space)
    call.slack.events.reacted(channel, message, bot, call.text("name"), added=False)
    return {}
