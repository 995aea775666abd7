"""What Kring asks Discord to tell it about, and why: the intents, and the two that a host must switch on.

Light mode needs no privileged intent. https://docs.discord.com/developers/events/gateway#gateway-intents (2026-11-26)
"""

from __future__ import annotations

from collections.abc import Iterator

import discord

from adapters.discord.cures import INTENTS

CONTENT_FLAGS = (1 << 18) | (1 << 19)
MEMBERS_FLAGS = (1 << 14) | (1 << 15)
PRESENCE_FLAGS = (1 << 12) | (1 << 13)
"""Flags of an application that may use the intent, in many servers or in few.
https://docs.discord.com/developers/resources/application#application-object-application-flags (2026-11-26)"""

REASONS = {
    "guilds": "to know its channels and threads by name, when a thread closes, and who may manage the server",
    "moderation": "to stop writing to somebody who was banned",
    "guild_messages": "to take back what quotes a message that its author deletes; Discord tells no words with it",
    "dm_messages": "to answer who writes to Kring alone",
    "message_content": "full mode: to read the threads of rounds, and threads that somebody keeps as know-how",
    "guild_reactions": "full mode: the emoji that keeps a message as know-how",
    "members": "full mode: to greet who joins, and to stop writing to who has left",
}
"""By discord.py's names. Those of full mode are asked for only when the settings say so."""


def asked_for(*, message_content: bool, members: bool) -> discord.Intents:
    return discord.Intents(
        guilds=True,
        moderation=True,
        guild_messages=True,
        dm_messages=True,
        message_content=message_content,
        guild_reactions=message_content,
        members=members,
    )


def not_switched_on(flags: int, *, message_content: bool, members: bool) -> Iterator[str]:
    """What the settings ask for and Discord's own page does not allow yet, one sentence each."""
    where = "switch it on at discord.com/developers/applications, Kring's app, Bot, Privileged Gateway Intents"
    if message_content and not flags & CONTENT_FLAGS:
        yield f'[discord] message_content = true needs the "Message Content Intent": {where}, or set it to false'
    if members and not flags & MEMBERS_FLAGS:
        yield f'[discord] members = true needs the "Server Members Intent": {where}, or set it to false'


def not_used(flags: int, *, message_content: bool, members: bool) -> Iterator[str]:
    """What Discord's own page allows and Kring does not ask for, one sentence each."""
    switched_on = (
        ("Message Content Intent", CONTENT_FLAGS, "[discord] message_content = false", message_content),
        ("Server Members Intent", MEMBERS_FLAGS, "[discord] members = false", members),
        ("Presence Intent", PRESENCE_FLAGS, "Kring never looks who is online", False),
    )
    for name, bits, why, used in switched_on:
        if flags & bits and not used:
            yield f'the "{name}" is switched on and not used ({why}); it could be switched off: {INTENTS}'
