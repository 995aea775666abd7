"""The manifest from which a host makes Kring's Slack app: least scopes, each with its reason.

https://docs.slack.dev/reference/app-manifest, https://docs.slack.dev/reference/scopes (2026-11-25)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from adapters.slack.commands import shortcuts, slash
from bot.chat.commands import Command

EVENTS_PATH = "/slack/events"
"""Where Slack sends events, commands and what people press."""
INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"

SCOPES: Mapping[str, str] = {
    "app_mentions:read": "to hear `@Kring …`, which does in threads what `/kring …` cannot",
    "channels:history": "to hear what people say in a round's thread, and to read a thread of which somebody keeps "
    "know-how; only in public channels that Kring was invited to",
    "channels:read": "to hear who comes into such a channel",
    "chat:write": "to write in channels that Kring was invited to, and to people",
    "commands": "for `/kring` and for **Keep as know-how** in the menu of a message",
    "files:write": "to show the chart of a round as a picture",
    "groups:history": "the same as `channels:history`, in private channels that Kring was invited to",
    "groups:read": "the same as `channels:read`, in private channels that Kring was invited to",
    "im:history": "to hear what a person writes to Kring itself",
    "im:write": "to open the conversation with a person, for consent and check-ins",
    "reactions:read": "to hear the emoji that keeps a message as know-how",
    "reactions:write": "to mark a message that is kept",
    "users:read": "to know a person's name, time zone and language, and who joins or leaves the workspace",
}
"""What the bot may do, and why it must."""

EVENTS: Mapping[str, tuple[str | None, str]] = {
    "app_home_opened": (None, "somebody looks at their page in Kring's App Home"),
    "app_mention": ("app_mentions:read", "somebody calls `@Kring …`"),
    "app_uninstalled": (None, "Kring was removed from the workspace: its token is thrown away"),
    "member_joined_channel": ("channels:read", "somebody came into a channel where Kring is, or Kring itself did"),
    "message.channels": ("channels:history", "somebody writes, edits or deletes in a public channel where Kring is"),
    "message.groups": ("groups:history", "the same in a private channel where Kring is"),
    "message.im": ("im:history", "somebody writes to Kring"),
    "reaction_added": ("reactions:read", "somebody adds an emoji"),
    "team_join": ("users:read", "somebody is new in the workspace"),
    "tokens_revoked": (None, "the token is no longer good: it is thrown away"),
    "user_change": ("users:read", "somebody changed their name or time zone, or left the workspace"),
}
"""What Kring hears, the scope that it takes, and what it means."""


def manifest(
    commands: Iterable[Command], public_url: str | None = None, *, socket: bool | None = None
) -> dict[str, Any]:
    """The manifest: for Socket Mode, or for HTTP when there is a public address.

    With `socket` and a public address events come by Socket Mode, and only the install pages are public.

    Token rotation stays off: it cannot be switched off again, and the token that a host copies would last twelve hours.
    Where several workspaces install Kring a host may switch it on; Kring renews such tokens.
    """
    base = public_url.rstrip("/") if public_url else None
    socket = base is None if socket is None else socket
    events_url = base + EVENTS_PATH if base and not socket else None
    requested = {"request_url": events_url} if events_url else {}
    oauth: dict[str, Any] = {"redirect_urls": [base + REDIRECT_PATH]} if base else {}
    return {
        "display_information": {
            "name": "Kring",
            "description": "Dialogue rounds, kept know-how, and newcomers who are not forgotten.",
            "background_color": "#0f6468",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Kring", "always_online": True},
            "shortcuts": shortcuts(),
            "slash_commands": [slash(commands, events_url)],
        },
        "oauth_config": {**oauth, "scopes": {"bot": sorted(SCOPES)}},
        "settings": {
            "event_subscriptions": {**requested, "bot_events": sorted(EVENTS)},
            "interactivity": {"is_enabled": True, **requested},
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket,
            "token_rotation_enabled": False,
        },
    }
