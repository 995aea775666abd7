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

    def link(url: str, label: str) -> str:
        return url if not label or url.endswith(label) else f"{label} ({url})"

    return _read(text, lambda user, label: f"@{label or name(user) or user}", link)


def command(text: str) -> str:
    """The text of a command: people stay as `<@U1>`, which the parser of commands knows; all else in words."""
    return _read(text, lambda user, _: f"<@{user}>", lambda url, label: label or url)


def _read(text: str, person: Callable[[str, str], str], link: Callable[[str, str], str]) -> str:
    """`person` and `link` write what stands between angle brackets, with its label, which may be empty."""

    def shown(token: re.Match[str]) -> str:
        sign, what, label = token[1], token[2], token[3] or ""
        match sign:
            case "@":
                return person(what, label)
            case "#":
                return f"#{label or what}"
            case "!":
                return label or f"@{what.partition('^')[0]}"
            case _:
                return link(what, label)

    return _ESCAPE.sub(lambda found: _ESCAPED[found.group()], _TOKEN.sub(shown, text))


def called(text: str, bot_user: str) -> str | None:
    """What stands behind a mention of Kring with which the text begins; None when it begins otherwise."""
    begins = re.match(rf"\s*<@{re.escape(bot_user)}(?:\|[^>]*)?>[\s:,]*", text)
    return command(text[begins.end() :]).strip() if begins else None


def emoji(name: str) -> str:
    """The emoji's name without its skin tone: `+1::skin-tone-4` is `+1`."""
    return name.partition("::")[0]


def moment(ts: str) -> datetime:
    """When a message was sent: Slack's name for it is the second since 1970, and a number to tell it apart."""
    return datetime.fromtimestamp(float(ts), UTC)
