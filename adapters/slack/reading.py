"""What people wrote, as Slack hands it over, in words.

Slack escapes `&`, `<` and `>` and writes people, channels, groups and links between angle brackets.
https://docs.slack.dev/messaging/formatting-message-text (2026-11-25)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

_TOKEN = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
_ESCAPED = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_ESCAPE = re.compile("&lt;|&gt;|&amp;")

Name = Callable[[str], str | None]
"""The name of a user, as far as it is known here."""


def words(text: str, name: Name) -> str:
    """The text as people read it: names for people and channels, addresses for links."""

    def shown(token: re.Match[str]) -> str:
        sign, what, label = token.groups()
        match sign:
            case "@":
                return f"@{label or name(what) or what}"
            case "#":
                return f"#{label or what}"
            case "!":
                return label or f"@{what.partition('^')[0]}"
            case _:
                return what if label is None or label == what or what.endswith(label) else f"{label} ({what})"

    return _unescaped(_TOKEN.sub(shown, text))


def command(text: str) -> str:
    """The text of a command: people stay as `<@U1>`, which the parser of commands knows; all else in words."""

    def shown(token: re.Match[str]) -> str:
        sign, what, label = token.groups()
        match sign:
            case "@":
                return f"<@{what}>"
            case "#":
                return f"#{label or what}"
            case "!":
                return label or f"@{what.partition('^')[0]}"
            case _:
                return label or what

    return _unescaped(_TOKEN.sub(shown, text))


def called(text: str, bot_user: str) -> str | None:
    """What stands behind a mention of Kring with which the text begins; None when it begins otherwise."""
    begins = re.match(rf"\s*<@{re.escape(bot_user)}(?:\|[^>]*)?>[\s:,]*", text)
    return command(text[begins.end() :]).strip() if begins else None


def emoji(name: str) -> str:
    """The emoji's name without its skin tone: `+1::skin-tone-4` is `+1`."""
    return name.partition("::")[0]


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: _ESCAPED[found.group()], text)


def moment(ts: str) -> datetime:
    """When a message was sent: Slack's name for it is the second since 1970, and a number to tell it apart."""
    return datetime.fromtimestamp(float(ts), UTC)
