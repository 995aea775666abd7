"""What Discord says of people, wherever it names them: name, language, whether they may manage the server.

https://docs.discord.com/developers/resources/guild#guild-member-object (2026-11-26)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adapters.discord.servers import ADMINISTRATOR, MANAGE_GUILD, Server
from bot.chat.names import Profile
from bot.texts.catalogue import DEFAULT, Words, words_in

Payload = Mapping[str, Any]


def is_person(user: Payload) -> bool:
    return not user.get("bot") and not user.get("system")


def name_of(user: Payload, member: Payload | None = None) -> str:
    """As the server shows them: the nickname there, the display name, or the name of the account."""
    nick = member.get("nick") if member else None
    return str(nick or user.get("global_name") or user.get("username") or user["id"])


def profile_of(user: Payload, member: Payload | None, server: Server | None, *, locale: str | None = None) -> Profile:
    """`locale` is told with interactions only. Discord knows no time zone."""
    return Profile(
        name_of(user, member),
        language=language_of(locale),
        host=_may_manage(user["id"], member, server),
        space_name=server.name or None if server else None,
    )


def language_of(locale: str | None) -> str | None:
    """ISO 639-1: `nl`, and `en` for `en-GB`. https://docs.discord.com/developers/reference#locales (2026-11-26)"""
    return locale.partition("-")[0].lower() or None if locale else None


def spoken_to(language: str | None) -> Words:
    """The words for somebody of whom no more is known here than what Discord says."""
    return words_in(language or DEFAULT)


def _may_manage(user: str, member: Payload | None, server: Server | None) -> bool:
    """In an interaction Discord counts the rights itself; elsewhere the roles tell."""
    if member is None:
        return server is not None and server.owner == user
    if "permissions" in member:
        return bool(int(member["permissions"]) & (ADMINISTRATOR | MANAGE_GUILD))
    return server is not None and server.may_manage(user, member.get("roles", ()))
