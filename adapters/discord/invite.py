"""The link with which a server invites Kring: the least permissions, each with its reason.

    url(application_id) -> str      PERMISSIONS: {name: (bit, reason)}      permissions() -> the bits together
    application_of(token) -> the id of its application, or None      NOT_ASKED: {name: reason}

https://docs.discord.com/developers/topics/oauth2#bot-authorization-flow and
https://docs.discord.com/developers/topics/permissions (2026-11-26)
"""

from __future__ import annotations

from base64 import urlsafe_b64decode
from collections.abc import Mapping
from functools import reduce
from operator import or_
from urllib.parse import urlencode

AUTHORIZE = "https://discord.com/oauth2/authorize"
SCOPES: Mapping[str, str] = {
    "bot": "to be in the server, write there and hear what happens",
    "applications.commands": "for `/kring` and for **Keep as know-how** in the menu of a message",
}
"""What the app asks of the server, and why."""

PERMISSIONS: Mapping[str, tuple[int, str]] = {
    "View Channels": (1 << 10, "to be in the channels that it shall serve; a private channel must let it in"),
    "Send Messages": (1 << 11, "to post invitations, what was said, and questions"),
    "Create Public Threads": (1 << 35, "to give each round a thread of its own"),
    "Create Private Threads": (1 << 36, "to give a private round a thread that only those inside read"),
    "Send Messages in Threads": (1 << 38, "to write in a round's thread, and to come back to one that was archived"),
    "Read Message History": (
        1 << 16,
        "to open threads, to see whether its own message is there and who wrote, and to read what somebody keeps",
    ),
    "Attach Files": (1 << 15, "to show the chart of a round as a picture, and to hand over an export"),
}
"""What Kring may do in a server, by the names in Discord's English settings."""

NOT_ASKED: Mapping[str, str] = {
    "Mention @everyone, @here, and All Roles": "Kring mentions nobody but the people whom it names",
    "Manage Messages, Manage Threads": (
        "it changes only what is its own; writing in an archived thread opens it again, and whoever opened a private "
        "thread may let people in and take them out"
    ),
    "Add Reactions": "it reacts to nothing; the emoji that keeps know-how is people's own",
    "Embed Links, Use External Emojis": "it uses neither",
    "Administrator, Manage Server, Manage Roles, Kick, Ban": "it runs no server",
}
"""What it does without, and why."""


def permissions() -> int:
    return reduce(or_, (bit for bit, _ in PERMISSIONS.values()))


def url(application_id: str) -> str:
    """The link, for whoever may manage a server. The id is that of the application, not of the server."""
    if not application_id.isdecimal():
        raise ValueError(f"not the id of an application: {application_id!r}")
    asked = {
        "client_id": application_id,
        "permissions": permissions(),
        "scope": " ".join(SCOPES),
        "integration_type": 0,
    }
    return f"{AUTHORIZE}?{urlencode(asked)}"


def application_of(token: str) -> str | None:
    """The id of the application, from the first part of its bot's token; None when that part names nothing.

    It is the id of the bot's account, which is the application's in all but those that are older than that rule
    (https://docs.discord.com/developers/topics/oauth2#bot-users, 2026-11-26): they give the id themselves.
    """
    first = token.partition(".")[0]
    try:
        named = urlsafe_b64decode(first + "=" * (-len(first) % 4)).decode("ascii")
    except ValueError:
        return None
    return named if named.isdecimal() else None
