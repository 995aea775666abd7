"""What an app without the message content intent does not get to read.

https://docs.discord.com/developers/events/gateway#message-content-intent
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.discord import shapes
from tests.fakes.discord.state import Json, Message

if TYPE_CHECKING:
    from tests.fakes.discord.world import World

EMPTY: Json = {"content": "", "embeds": [], "attachments": [], "components": []}


def readable(world: World, message: Message) -> bool:
    """Its own messages, direct ones, and those that mention it are always whole."""
    return message.guild is None or message.author is world.bot or world.bot.id in message.mentions


def veiled(world: World, message: Message, shape: Json) -> Json:
    if readable(world, message):
        return shape
    without = {name: value for name, value in shape.items() if name != "poll"} | EMPTY
    inner = shape.get("referenced_message")
    found = shapes.referenced(world, message)
    if inner and found is not None:
        without["referenced_message"] = veiled(world, found, inner)
    return without
