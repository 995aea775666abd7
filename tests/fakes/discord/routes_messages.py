"""Messages: https://docs.discord.com/developers/resources/message"""

from __future__ import annotations

from collections.abc import Callable

from tests.fakes.discord import attaching, places, shapes, veils
from tests.fakes.discord.component_checks import empty, message_faults
from tests.fakes.discord.errors import DiscordError, form
from tests.fakes.discord.ids import made_at
from tests.fakes.discord.permissions import Can
from tests.fakes.discord.rest import Call, route
from tests.fakes.discord.state import COMPONENTS_V2, SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS, Channel, Json, Message

NONCE_SECONDS = 300.0
""" "the past few minutes", taken: five."""
BULK_DAYS = 14
MAY_DELETE = frozenset({0, 6, 7, 8, 9, 10, 11, 12, 18, 19, 20, 22, 23, 24, 25, 46})
"""https://docs.discord.com/developers/resources/message#message-object-message-types, the column "Deletable"."""


def shape(call: Call, message: Message) -> Json:
    """As calls answer it: without the message content intent only what the app may read."""
    world = call.discord.world
    whole = shapes.message(world, message)
    return whole if "message_content" in world.app.intents_allowed else veils.veiled(world, message, whole)


@route("POST", "/channels/{channel}/messages", limit=(5, 5.0))
def create(call: Call) -> Json:
    """https://docs.discord.com/developers/resources/message#create-message"""
    channel = places.channel(call)
    body = call.fields
    same = _same(call, body)
    if same is not None:
        call.discord.counters.deduplicated += 1
        return shape(call, same) | {"nonce": str(body["nonce"])}
    places.to_write(call, channel)
    message = checked(call, channel, body)
    return shape(call, message) | ({} if message.nonce is None else {"nonce": message.nonce})


def checked(call: Call, channel: Channel, body: Json, *, in_new: Callable[[], Channel] | None = None) -> Message:
    """Checks the body and posts it; `in_new` makes the thread whose first message this is, once all is right."""
    refuse_faults(message_faults(body, files=attaching.names(body, call.files)))
    if empty(body, files=list(call.files)):
        raise DiscordError(50006)
    _rights(call, channel, body)
    nonce = body.get("nonce")
    answered = _answered(call, channel, body)
    files = attaching.attachments(call.discord, channel, body, call.files)
    place = channel if in_new is None else in_new()
    return call.discord.posting.post(
        place,
        call.discord.world.bot,
        body.get("content") or "",
        components=body.get("components") or [],
        embeds=body.get("embeds") or [],
        attachments=files,
        flags=(body.get("flags") or 0) & (COMPONENTS_V2 | SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS),
        nonce=None if nonce is None else str(nonce),
        reply_to=answered,
        allowed=body.get("allowed_mentions"),
        id_=None if in_new is None else place.id,
    )


def refuse_faults(faults: Json) -> None:
    if faults:
        raise DiscordError(50035, errors=faults)


def _same(call: Call, body: Json) -> Message | None:
    """https://docs.discord.com/developers/resources/message#create-message-jsonform-params: with `enforce_nonce` a
    message of the same author with the same nonce is returned; one that was deleted is made again (taken)."""
    nonce = body.get("nonce")
    if not body.get("enforce_nonce") or nonce is None:
        return None
    since = call.discord.wall() - NONCE_SECONDS
    found = call.discord.posting.by_nonce.get(str(nonce))
    gone = found is None or found.id not in call.discord.world.channels[found.channel].messages
    return None if found is None or gone or made_at(found.id) < since else found


def _rights(call: Call, channel: Channel, body: Json) -> None:
    if channel.guild is None:
        return
    if call.files:
        places.need(call, channel, Can.ATTACH_FILES)
    if body.get("embeds"):
        places.need(call, channel, Can.EMBED_LINKS)


def _answered(call: Call, channel: Channel, body: Json) -> Message | None:
    reference = body.get("message_reference")
    if not reference:
        return None
    if reference.get("type") == 1:
        raise DiscordError(50035, "Forwarding is not spoken here.")
    if channel.guild is not None and not places.may(call, channel, Can.READ_MESSAGE_HISTORY):
        raise DiscordError(160002)
    found = channel.messages.get(str(reference["message_id"]))
    if found is None and reference.get("fail_if_not_exists", True):
        raise form(("message_reference",), "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
    if found is not None and found.type not in {0, 19, 20, 23}:
        words = "Cannot reply to a system message"
        raise form(("message_reference",), "REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE", words)
    return found


@route("PATCH", "/channels/{channel}/messages/{message}", limit=(5, 5.0))
def edit(call: Call) -> Json:
    """https://docs.discord.com/developers/resources/message#edit-message"""
    channel = places.channel(call)
    message = places.message(call, channel)
    places.awake(call, channel)
    body = call.fields
    if message.author is not call.discord.world.bot:
        raise DiscordError(50005)
    kept = message.attachments
    flags = message.flags
    refuse_faults(message_faults(body, files=attaching.names(body, call.files, kept), flags=message.flags, edited=True))
    if isinstance(body.get("flags"), int):
        # only these can be changed, and Components V2 stays once it is there
        flags = flags & ~SUPPRESS_EMBEDS | body["flags"] & (SUPPRESS_EMBEDS | COMPONENTS_V2)
    _rights(call, channel, body)
    after: Json = {
        "content": message.content if "content" not in body else body["content"] or "",
        "components": message.components if "components" not in body else body["components"] or [],
        "embeds": message.embeds if "embeds" not in body else body["embeds"] or [],
    }
    if flags & COMPONENTS_V2 and (after["content"] or after["embeds"]):
        words = "The 'content' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
        raise form(("content",), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", words)
    attached = kept
    if call.files or "attachments" in body:
        given = body | ({"attachments": []} if body.get("attachments", "") is None else {})
        attached = attaching.attachments(call.discord, channel, given, call.files, kept)
    if empty(after, files=[each.filename for each in attached]):
        raise DiscordError(50006)
    call.discord.posting.change(
        message, **after, attachments=attached, flags=flags, allowed=body.get("allowed_mentions")
    )
    return shape(call, message)


@route("DELETE", "/channels/{channel}/messages/{message}", limit=(5, 1.0))
def delete(call: Call) -> None:
    """https://docs.discord.com/developers/resources/message#delete-message"""
    channel = places.channel(call)
    message = places.message(call, channel)
    if message.type not in MAY_DELETE:
        raise DiscordError(50021)
    if channel.archived and channel.locked and not places.may(call, channel, Can.MANAGE_THREADS):
        # https://docs.discord.com/developers/topics/threads#locked-threads
        raise DiscordError(50083)
    if message.author is not call.discord.world.bot:
        if channel.guild is None:
            raise DiscordError(50003)
        places.need(call, channel, Can.MANAGE_MESSAGES)
    call.discord.posting.remove(message)


@route("POST", "/channels/{channel}/messages/bulk-delete", limit=(1, 1.0))
def bulk_delete(call: Call) -> None:
    """https://docs.discord.com/developers/resources/message#bulk-delete-messages"""
    channel = places.channel(call)
    if channel.guild is None:
        raise DiscordError(50003)
    places.need(call, channel, Can.MANAGE_MESSAGES)
    ids = [str(each) for each in call.fields.get("messages") or []]
    if not 2 <= len(ids) <= 100:
        raise form(("messages",), "BASE_TYPE_BAD_LENGTH", "Must be between 2 and 100 in length.")
    if len(set(ids)) < len(ids):
        raise form(("messages",), "SET_TYPE_ALREADY_CONTAINS_VALUE", "The set already contains this value")
    if any(call.discord.wall() - made_at(each) > BULK_DAYS * 86400 for each in ids):
        raise DiscordError(50034)
    found = [channel.messages[each] for each in ids if each in channel.messages]
    call.discord.posting.remove_many(channel, found)


@route("GET", "/channels/{channel}/messages", limit=(5, 5.0))
def listed(call: Call) -> list[Json]:
    """https://docs.discord.com/developers/resources/message#get-channel-messages: the newest first, whichever of
    `around`, `before` and `after` is given; nothing at all without the right to read the history."""
    channel = places.channel(call)
    limit = _limit(call, 50, 100)
    if channel.guild is not None and not places.may(call, channel, Can.READ_MESSAGE_HISTORY):
        return []
    if len({"around", "before", "after"} & set(call.query)) > 1:
        raise form((), "BASE_TYPE_MUTUALLY_EXCLUSIVE", "Only one of around, before and after may be passed.")
    every = sorted(channel.messages.values(), key=lambda each: int(each.id))
    if "around" in call.query:
        mark = int(call.query["around"])
        older = [each for each in every if int(each.id) <= mark][-(limit // 2 + 1) :]
        newer = [each for each in every if int(each.id) > mark][: limit // 2]
        chosen = [*older, *newer][:limit]
    elif "after" in call.query:
        chosen = [each for each in every if int(each.id) > int(call.query["after"])][:limit]
    else:
        before = int(call.query.get("before", 2**63))
        chosen = [each for each in every if int(each.id) < before][-limit:]
    return [shape(call, each) for each in reversed(chosen)]


def _limit(call: Call, otherwise: int, most: int) -> int:
    text = call.query.get("limit", str(otherwise))
    if not text.isdecimal() or not 1 <= int(text) <= most:
        raise form(("limit",), "NUMBER_TYPE_MAX", f"int value should be less than or equal to {most}.")
    return int(text)


@route("GET", "/channels/{channel}/messages/{message}", limit=(30, 30.0))
def one(call: Call) -> Json:
    """https://docs.discord.com/developers/resources/message#get-channel-message"""
    channel = places.channel(call)
    if channel.guild is not None:
        places.need(call, channel, Can.READ_MESSAGE_HISTORY)
    return shape(call, places.message(call, channel))


@route("POST", "/channels/{channel}/typing", limit=(5, 5.0))
def typing(call: Call) -> None:
    """https://docs.discord.com/developers/resources/channel#trigger-typing-indicator"""
    channel = places.channel(call)
    places.to_write(call, channel)
