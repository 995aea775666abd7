"""chat.*: https://docs.slack.dev/reference/methods?family=chat"""

from __future__ import annotations

from typing import Any

from tests.fakes.slack import places, shapes
from tests.fakes.slack.blockkit import Surface, faults
from tests.fakes.slack.state import Json, Message, Upload
from tests.fakes.slack.web_api import Call, SlackError, method

LONGEST_TEXT = 40_000
LARGEST_METADATA = 16_000


def content(call: Call, surface: Surface = "message") -> tuple[str, list[Json] | None]:
    """The text and the blocks of a call, checked. Blocks None: not given."""
    text = call.text("text")
    blocks = call.structure("blocks", "invalid_blocks_format")
    if len(text) > LONGEST_TEXT:
        raise SlackError("msg_too_long")
    if blocks is not None:
        found = faults(blocks, surface) + missing_files(call, blocks)
        if found and all(fault.startswith("msg_blocks_too_long") for fault in found):
            raise SlackError("msg_blocks_too_long")
        if found:
            raise SlackError("invalid_blocks", *found, errors=found)
    return text, blocks


def missing_files(call: Call, value: Any, path: str = "/blocks") -> list[str]:
    """`slack_file` must name a finished picture of this workspace:
    https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object"""
    if isinstance(value, list):
        return [fault for index, each in enumerate(value) for fault in missing_files(call, each, f"{path}/{index}")]
    if not isinstance(value, dict):
        return []
    found = [fault for name, each in value.items() for fault in missing_files(call, each, f"{path}/{name}")]
    named = value.get("slack_file")
    if isinstance(named, dict) and "id" in named:
        upload = call.space.files.get(named["id"])
        if upload is None or upload.state != "complete" or not upload.mimetype.startswith("image/"):
            found.append(f"invalid slack file [json-pointer:{path}/slack_file]")
    return found


def metadata(call: Call) -> Json | None:
    """https://docs.slack.dev/messaging/message-metadata"""
    given = call.structure("metadata", "invalid_metadata_format")
    if not given:
        return given
    if not isinstance(given, dict) or not isinstance(given.get("event_type"), str):
        raise SlackError("invalid_metadata_format")
    if not isinstance(given.get("event_payload"), dict):
        raise SlackError("invalid_metadata_schema")
    if len(str(given)) > LARGEST_METADATA:
        raise SlackError("metadata_too_large")
    return given


@method("chat.postMessage", "chat:write", tier=None)
def post_message(call: Call) -> Json:
    channel = places.to_post(call)
    text, blocks = content(call)
    if not text and not blocks and not call.args.get("attachments"):
        raise SlackError("no_text")
    meta = metadata(call)
    message = call.slack.posting.post(
        channel,
        call.installed.bot_user,
        text,
        blocks=blocks or (),
        root=places.root(call, channel),
        by_app=True,
        metadata=meta,
        broadcast=call.flag("reply_broadcast"),
    )
    shown = shapes.message(call.slack.world, message, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shown}


def own(call: Call, refusal: str) -> Message:
    """The app's message that `channel` and `ts` name. What only one person sees cannot be named."""
    channel = places.seen(call)
    message = channel.messages.get(call.need("ts"))
    if message is None or message.subtype == "tombstone":
        raise SlackError("message_not_found")
    if not message.by_app:
        raise SlackError(refusal)
    return message


@method("chat.update", "chat:write", tier=3)
def update(call: Call) -> Json:
    message = own(call, "cant_update_message")
    channel = call.slack.world.channel(message.channel)
    if channel.archived:
        raise SlackError("is_inactive")
    places.member(call, channel)
    text, blocks = content(call)
    if not text and not blocks and "file_ids" not in call.args:
        raise SlackError("no_text")
    # without `blocks` the old ones stay, without `metadata` the old one
    call.slack.posting.change(
        message,
        text=text or message.text,
        blocks=message.blocks if blocks is None else blocks,
        metadata=metadata(call) if "metadata" in call.args else None,
        files=_files(call) if "file_ids" in call.args else None,
    )
    return {
        "channel": channel.id,
        "ts": message.ts,
        "text": message.text,
        "message": shapes.message(call.slack.world, message, metadata=True),
    }


def _files(call: Call) -> list[Upload]:
    ids = call.args["file_ids"]
    names = ids if isinstance(ids, list) else str(ids).strip("[]").replace('"', "").split(",")
    return [call.space.files[each.strip()] for each in names if each.strip() in call.space.files]


@method("chat.delete", "chat:write", tier=3)
def delete(call: Call) -> Json:
    message = own(call, "cant_delete_message")
    channel = call.slack.world.channel(message.channel)
    places.member(call, channel)
    call.slack.posting.remove(message)
    return {"channel": channel.id, "ts": message.ts}


@method("chat.postEphemeral", "chat:write", tier=4)
def post_ephemeral(call: Call) -> Json:
    channel = places.seen(call)
    if channel.archived:
        raise SlackError("is_archived")
    places.member(call, channel)
    person = call.space.people.get(call.need("user"))
    if person is None or person.id not in channel.members or person.deleted:
        raise SlackError("user_not_in_channel")
    text, blocks = content(call)
    if not text and not blocks and not call.args.get("attachments"):
        raise SlackError("no_text")
    root = places.root(call, channel)
    whispered = call.slack.posting.whisper(channel, person, text, blocks=blocks or (), thread=root.ts if root else None)
    return {"message_ts": whispered.ts}


@method("chat.getPermalink", tier=None)
def permalink(call: Call) -> Json:
    channel = places.seen(call)
    ts = call.need("message_ts")
    message = channel.messages.get(ts)
    if message is None:
        raise SlackError("message_not_found")
    link = f"https://{call.space.domain}.slack.com/archives/{channel.id}/p{ts.replace('.', '')}"
    thread = f"?thread_ts={message.thread}&cid={channel.id}" if message.thread else ""
    return {"channel": channel.id, "permalink": link + thread}
