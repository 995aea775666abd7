"""What people wrote, as Discord hands it over, in words.

    words(text, person=…, channel=…) -> str         called(text, bot) -> what stands behind a mention of Kring, or None
    emoji(partial) -> short name                    moment(id) -> when that was made

Discord writes people, roles, channels, commands, moments and a server's own emoji between angle brackets, and leaves
people's Markdown as they typed it. Of that only the backslashes go that say *as it is*, and only outside of code.
https://docs.discord.com/developers/reference#message-formatting (2026-11-26)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.chat.emoji import short_name

EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
"""Where Discord's ids begin to count. https://docs.discord.com/developers/reference#snowflakes (2026-11-26)"""

_TOKEN = re.compile(
    r"(?P<code>(?P<fence>`+)(?:.*?[^`])(?P=fence)(?!`))"
    r"|<@!?(?P<person>[0-9]+)>"
    r"|<@&(?P<role>[0-9]+)>"
    r"|<#(?P<channel>[0-9]+)>"
    r"|</(?P<command>[^:<>]+):[0-9]+>"
    r"|<a?:(?P<emoji>\w+):[0-9]+>"
    r"|<t:(?P<moment>-?[0-9]{1,13})(?::[tTdDfFsSR])?>"
    r"|<(?P<url>https?://[^\s<>]+)>"
    r"|\[(?P<label>[^\[\]\n]+)\]\(<?(?P<to>https?://[^\s<>()]+)>?\)"
    r"|\\(?P<mark>[^0-9A-Za-z\s])",
    re.DOTALL,
)

Name = Callable[[str], str | None]
"""The name of a person or channel by its id, as far as it is known here."""


def words(text: str, *, person: Name, channel: Name) -> str:
    """The text as people read it: names for people and channels, moments in UTC, addresses for links."""

    def shown(token: re.Match[str]) -> str:
        kind, what = token.lastgroup, token[0]
        found = token.groupdict()
        match kind:
            case "person":
                return f"@{person(found['person']) or found['person']}"
            case "role":
                return f"@{found['role']}"
            case "channel":
                return f"#{channel(found['channel']) or found['channel']}"
            case "command":
                return f"/{found['command']}"
            case "emoji":
                return f":{found['emoji']}:"
            case "moment":
                return _moment(int(found["moment"]), what)
            case "url" | "mark":
                return str(found[kind])
            case "to":
                return found["to"] if found["label"] == found["to"] else f"{found['label']} ({found['to']})"
            case _:  # code stays what it is
                return what

    return _TOKEN.sub(shown, text)


def called(text: str, bot: str) -> str | None:
    """What stands behind a mention of Kring with which the text begins; None when it begins otherwise.

    People stay as `<@1>`, which the parser of commands knows.
    """
    begins = re.match(rf"\s*<@!?{re.escape(bot)}>[\s:,]*", text)
    return re.sub(r"<@!([0-9]+)>", r"<@\1>", text[begins.end() :]).strip() if begins else None


def emoji(partial: Mapping[str, Any]) -> str:
    """The short name of an emoji as events name it: its own name where it is the server's, else by its sign."""
    name = partial.get("name") or ""
    return name if partial.get("id") else short_name(name) or name


def moment(id_: str) -> datetime:
    """When the thing with this id was made. https://docs.discord.com/developers/reference#snowflakes (2026-11-26)"""
    return EPOCH + timedelta(milliseconds=int(id_) >> 22)


def _moment(unix: int, otherwise: str) -> str:
    try:
        return datetime.fromtimestamp(unix, UTC).strftime("%Y-%m-%d %H:%M UTC")
    except (ValueError, OverflowError, OSError):
        return otherwise
