"""The files of a message: those that came along, and those that stay on an edit.

https://docs.discord.com/developers/reference#uploading-files
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tests.fakes.discord.errors import DiscordError, form
from tests.fakes.discord.state import Attachment, Channel, Json
from tests.fakes.discord.uploads import MOST_BYTES, Sent

if TYPE_CHECKING:
    from tests.fakes.discord_server import DiscordServer

MOST_FILES = 10
MOST_TOGETHER = 25 * 1024 * 1024
"""https://docs.discord.com/developers/resources/message#create-message-limitations"""


def names(body: Json, files: Mapping[str, Sent], kept: Sequence[Attachment] = ()) -> set[str]:
    """What `attachment://…` may name."""
    told = {_name(each["filename"]) for each in body.get("attachments") or [] if each.get("filename")}
    return {_name(each.filename) for each in files.values()} | {each.filename for each in kept} | told


def attachments(
    discord: DiscordServer, channel: Channel, body: Json, files: Mapping[str, Sent], kept: Sequence[Attachment] = ()
) -> list[Attachment]:
    """The new list. With `attachments` in the body only what it names stays of `kept`; new files stand in it by the
    number of their field (`files[0]`), with their description."""
    told = {str(each.get("id")): each for each in body.get("attachments") or []}
    stay = [each for each in kept if body.get("attachments") is None or each.id in told]
    for each in stay:
        each.description = told.get(each.id, {}).get("description", each.description)
    new = []
    for field, sent in files.items():
        if len(sent.content) > MOST_BYTES:
            raise DiscordError(40005)
        about = told.get(field.removeprefix("files[").removesuffix("]"), {})
        made = discord.posting.attachment(
            channel,
            _name(about.get("filename") or sent.filename),
            sent.content,
            description=about.get("description") or None,
            type_=sent.content_type or _type(sent),
        )
        made.width, made.height = _size(sent.content)
        new.append(made)
    if sum(len(each.content) for each in files.values()) > MOST_TOGETHER:
        raise DiscordError(40005)
    if len(stay) + len(new) > MOST_FILES:
        raise form(("attachments",), "BASE_TYPE_MAX_LENGTH", f"Must be {MOST_FILES} or fewer in length.")
    return [*stay, *new]


def _name(filename: str) -> str:
    """https://docs.discord.com/developers/reference#uploading-files: letters, digits, `_`, `-`, `.`; spaces become
    `_`, other characters go (taken)."""
    return "".join(each for each in filename.replace(" ", "_") if each.isalnum() or each in "_-.")


def _type(sent: Sent) -> str:
    return "image/png" if sent.content.startswith(b"\x89PNG") else "application/octet-stream"


def _size(content: bytes) -> tuple[int | None, int | None]:
    """Width and height of a PNG."""
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or len(content) < 24:
        return None, None
    width, height = struct.unpack(">II", content[16:24])
    return width, height
