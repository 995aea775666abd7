"""files.*: https://docs.slack.dev/messaging/working-with-files"""

from __future__ import annotations

import mimetypes
from pathlib import PurePath

from tests.fakes.slack import places, shapes
from tests.fakes.slack.methods_chat import content
from tests.fakes.slack.state import Json, Upload
from tests.fakes.slack.web_api import Call, SlackError, method


@method("files.getUploadURLExternal", "files:write", tier=4)
def get_upload_url(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/files.getUploadURLExternal"""
    name, length, alt = call.need("filename"), call.number("length", 0), call.text("alt_txt")
    if length <= 0:
        raise SlackError("missing_argument")
    if len(alt) > 1000:
        raise SlackError("alt_txt_too_large")
    world = call.slack.world
    upload = Upload(
        id=world.ids.new("F"),
        team=call.space.id,
        user=call.installed.bot_user,
        name=name,
        title=name,
        length=length,
        created=world.ids.seconds(),
        alt=alt,
        mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream",
        filetype=PurePath(name).suffix.lstrip(".") or "binary",
        upload_secret=world.secret("upload"),
    )
    call.space.files[upload.id] = upload
    return {"upload_url": f"{call.slack.address}/upload/v1/{upload.upload_secret}", "file_id": upload.id}


@method("files.completeUploadExternal", "files:write", tier=4)
def complete_upload(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/files.completeUploadExternal"""
    named = call.structure("files", "invalid_arguments")
    if not isinstance(named, list) or not named:
        raise SlackError("invalid_arguments", "missing required field: files")
    uploads = [_sent(call, each) for each in named]
    channel = None
    if call.text("channel_id"):
        channel = call.space.channels.get(call.text("channel_id"))
        if channel is None or (channel.kind != "channel" and call.installed.bot_user not in channel.members):
            raise SlackError("channel_not_found")
        places.member(call, channel)
        if channel.archived:
            raise SlackError("is_archived")
        if channel.posting_restricted:
            raise SlackError("posting_to_channel_denied")
    if call.args.get("channels"):
        raise SlackError("invalid_arguments", "channels is not supported here")
    root = places.root(call, channel) if channel else None
    _text, blocks = content(call)
    for upload, each in zip(uploads, named, strict=True):
        upload.state = "complete"
        upload.title = each.get("title") or upload.name
    if channel is not None:
        message = call.slack.posting.post(
            channel,
            call.installed.bot_user,
            call.text("initial_comment"),
            blocks=blocks or (),
            root=root,
            by_app=True,
            files=uploads,
            subtype="file_share",
        )
        for upload in uploads:
            upload.channels.append(channel.id)
            stands = {"ts": message.ts, "channel_name": channel.name, "team_id": channel.team}
            upload.shares.setdefault(channel.id, []).append(stands | ({"thread_ts": root.ts} if root else {}))
    return {"files": [shapes.file(call.slack.world, each) for each in uploads]}


def _sent(call: Call, named: object) -> Upload:
    upload = call.space.files.get(named.get("id", "")) if isinstance(named, dict) else None
    if upload is None or upload.state != "sent":
        raise SlackError("file_not_found")
    return upload


@method("files.info", "files:read", tier=4)
def files_info(call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/files.info"""
    upload = call.space.files.get(call.need("file"))
    if upload is None or upload.state != "complete":
        raise SlackError("file_not_found")
    public = {each: where for each, where in upload.shares.items() if call.space.channels[each].kind == "channel"}
    private = {each: where for each, where in upload.shares.items() if each not in public}
    shares = {name: found for name, found in (("public", public), ("private", private)) if found}
    return {"file": shapes.file(call.slack.world, upload) | {"shares": shares}, "comments": []}


@method("files.delete", "files:write", tier=3)
def files_delete(call: Call) -> Json:
    upload = call.space.files.pop(call.need("file"), None)
    if upload is None:
        raise SlackError("file_not_found")
    return {}
