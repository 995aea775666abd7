"""People, channels, messages, files and views as Slack writes them in JSON, with all the fields it sends."""

from __future__ import annotations

from typing import Any

from tests.fakes.slack.state import Channel, Json, Message, Person, Upload, View, Workspace
from tests.fakes.slack.world import SLACKBOT, World


def user(person: Person, *, locale: bool = False) -> Json:
    """https://docs.slack.dev/reference/objects/user-object"""
    avatar = f"https://avatars.example.com/{person.id}"
    shown: Json = {
        "id": person.id,
        "team_id": person.home_team or person.team,
        "name": person.name.casefold().replace(" ", "."),
        "deleted": person.deleted,
        "color": "9f69e7",
        "real_name": person.name,
        "tz": person.tz,
        "tz_label": person.tz,
        "tz_offset": person.tz_offset,
        "profile": {
            "title": person.title,
            "phone": "",
            "skype": "",
            "real_name": person.name,
            "real_name_normalized": person.name,
            "display_name": "" if person.bot else person.name,
            "display_name_normalized": "" if person.bot else person.name,
            "fields": None,
            "status_text": "",
            "status_emoji": "",
            "status_emoji_display_info": [],
            "status_expiration": 0,
            "avatar_hash": "ge3b51ca72de",
            "email": person.email,
            "first_name": person.first_name,
            "last_name": "",
            "image_24": f"{avatar}/24.png",
            "image_32": f"{avatar}/32.png",
            "image_48": f"{avatar}/48.png",
            "image_72": f"{avatar}/72.png",
            "image_192": f"{avatar}/192.png",
            "image_512": f"{avatar}/512.png",
            "status_text_canonical": "",
            "team": person.home_team or person.team,
        },
        "is_admin": person.admin or person.owner,
        "is_owner": person.owner,
        "is_primary_owner": person.owner,
        "is_restricted": person.guest or person.single_channel_guest,
        "is_ultra_restricted": person.single_channel_guest,
        "is_bot": person.bot,
        "is_app_user": False,
        "updated": person.updated,
        "is_email_confirmed": True,
        "who_can_share_contact_card": "EVERYONE",
    }
    if person.stranger:
        shown["is_stranger"] = True
    if person.deleted:
        # a deactivated account loses its zone: https://docs.slack.dev/reference/objects/user-object
        for name in ("tz", "tz_label", "tz_offset", "is_admin", "is_owner", "is_primary_owner"):
            shown.pop(name, None)
    if locale and not person.deleted:
        shown["locale"] = person.locale
    return shown


def conversation(channel: Channel, *, member: str) -> Json:
    """https://docs.slack.dev/reference/objects/conversation-object"""
    shared: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.archived,
        "is_im": channel.kind == "im",
        "is_org_shared": False,
        "context_team_id": channel.team,
        "updated": channel.created * 1000,
    }
    if channel.kind == "im":
        other = next((each for each in channel.members if each != member), member)
        return shared | {"user": other, "is_user_deleted": False, "priority": 0, "is_open": True}
    return shared | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "private",
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.kind != "channel",
        "is_general": channel.name == "general",
        "unlinked": 0,
        "is_frozen": False,
        "creator": channel.creator,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "parent_conversation": None,
        "is_ext_shared": channel.shared,
        "is_shared": channel.shared,
        "shared_team_ids": [channel.team],
        "pending_connected_team_ids": [],
        "is_member": member in channel.members,
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "previous_names": [],
    }


def bot_profile(world: World, space: Workspace) -> Json:
    installed = world.installation(space)
    icon = f"https://avatars.example.com/{installed.bot_id}"
    return {
        "id": installed.bot_id,
        "app_id": world.app.id,
        "user_id": installed.bot_user,
        "name": world.bot(space).name,
        "icons": {"image_36": f"{icon}/36.png", "image_48": f"{icon}/48.png", "image_72": f"{icon}/72.png"},
        "deleted": False,
        "updated": world.bot(space).updated,
        "team_id": space.id,
    }


def message(world: World, said: Message, *, metadata: bool = False) -> Json:
    """A message as `conversations.history` and events carry it, without the channel:
    https://docs.slack.dev/reference/events/message"""
    space = world.space_of(said)
    shown: Json = {"type": "message"}
    if said.subtype:
        shown["subtype"] = said.subtype
    shown |= {"user": said.user, "ts": said.ts}
    if said.by_app:
        shown |= {
            "bot_id": world.installation(space).bot_id,
            "app_id": world.app.id,
            "bot_profile": bot_profile(world, space),
        }
    elif said.subtype in (None, "thread_broadcast") and said.user != SLACKBOT:
        shown["client_msg_id"] = f"{said.ts[:8]}-{said.ts[-6:-2]}-4000-8000-{said.channel[-8:]}0000"
    author = space.people.get(said.user)
    shown |= {"text": said.text, "team": author.home_team if author and author.home_team else said.team}
    if author is not None and author.stranger:
        # somebody of another organisation: https://docs.slack.dev/apis/slack-connect
        shown |= {"user_team": author.home_team, "source_team": author.home_team}
    if said.blocks:
        shown["blocks"] = said.blocks
    if said.files:
        shown |= {"files": [file(world, each) for each in said.files], "upload": False, "display_as_bot": False}
    if said.edited:
        shown["edited"] = {"user": said.user, "ts": said.edited}
    if said.thread:
        shown |= _reply(world, said)
    elif said.replies:
        shown |= {
            "thread_ts": said.ts,
            "reply_count": len(said.replies),
            "reply_users_count": len(said.repliers),
            "latest_reply": said.replies[-1],
            "reply_users": said.repliers,
            "is_locked": False,
            "subscribed": said.by_app,
        }
    if said.reactions:
        shown["reactions"] = [
            {"name": name, "users": users, "count": len(users)} for name, users in said.reactions.items()
        ]
    if metadata and said.metadata:
        shown["metadata"] = said.metadata
    return shown | said.more


def _reply(world: World, said: Message) -> Json:
    root = world.channel(said.channel).messages.get(said.thread or "")
    shown: Json = {"thread_ts": said.thread, "parent_user_id": root.user if root else None}
    if said.subtype == "thread_broadcast" and root is not None:
        # https://docs.slack.dev/reference/events/message/thread_broadcast
        shown["root"] = message(world, root)
    return shown


def file(world: World, upload: Upload) -> Json:
    """https://docs.slack.dev/reference/objects/file-object"""
    private = f"https://{upload.team}.example.com/files-pri/{upload.team}-{upload.id}/{upload.name}"
    shown: Json = {
        "id": upload.id,
        "created": upload.created,
        "timestamp": upload.created,
        "name": upload.name,
        "title": upload.title,
        "mimetype": upload.mimetype,
        "filetype": upload.filetype,
        "pretty_type": upload.filetype.upper(),
        "user": upload.user,
        "user_team": upload.team,
        "editable": False,
        "size": upload.length,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": any(world.channel(each).kind == "channel" for each in upload.channels),
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": private,
        "url_private_download": f"{private}?download",
        "media_display_type": "unknown",
        "permalink": f"https://example.com/files/{upload.user}/{upload.id}/{upload.name}",
        "channels": [each for each in upload.channels if each[0] == "C"],
        "groups": [],
        "ims": [each for each in upload.channels if each[0] == "D"],
        "has_rich_preview": False,
        "file_access": "visible",
    }
    if upload.alt:
        shown["alt_txt"] = upload.alt
    return shown


def view(world: World, shown: View, *, state: bool = True) -> Json:
    """A view as the Web API and interaction payloads carry it: https://docs.slack.dev/reference/views"""
    installed = world.installation(world.space(shown.team))
    body: dict[str, Any] = shown.body
    return {
        "id": shown.id,
        "team_id": shown.team,
        "type": shown.type,
        "blocks": body["blocks"],
        "private_metadata": shown.private_metadata,
        "callback_id": shown.callback_id,
        "state": {"values": {block: dict(fields) for block, fields in shown.filled.items()} if state else {}},
        "hash": shown.hash,
        "title": body.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": body.get("clear_on_close", False),
        "notify_on_close": body.get("notify_on_close", False),
        "close": body.get("close"),
        "submit": body.get("submit"),
        "previous_view_id": shown.previous,
        "root_view_id": shown.root,
        "app_id": world.app.id,
        "external_id": body.get("external_id", ""),
        "app_installed_team_id": shown.team,
        "bot_id": installed.bot_id,
    }
