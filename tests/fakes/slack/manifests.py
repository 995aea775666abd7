"""The manifest of an app that may do everything the fake Slack knows, and what each thing in a manifest needs.

https://docs.slack.dev/reference/app-manifest
"""

from __future__ import annotations

from typing import Any

SCOPE_OF_EVENT: dict[str, str | None] = {
    # https://docs.slack.dev/reference/events
    "app_home_opened": None,
    "app_mention": "app_mentions:read",
    "app_uninstalled": None,
    "channel_archive": "channels:read",
    "channel_created": "channels:read",
    "channel_deleted": "channels:read",
    "channel_left": "channels:read",
    "channel_rename": "channels:read",
    "channel_unarchive": "channels:read",
    "group_archive": "groups:read",
    "group_deleted": "groups:read",
    "group_left": "groups:read",
    "group_rename": "groups:read",
    "group_unarchive": "groups:read",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "team_join": "users:read",
    "tokens_revoked": None,
    "user_change": "users:read",
}

EVERYTHING: dict[str, Any] = {
    "display_information": {"name": "Kring"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "bot_user": {"display_name": "Kring", "always_online": True},
        "slash_commands": [
            {"command": "/kring", "description": "Meet, know, belong", "usage_hint": "help", "should_escape": True}
        ],
        "shortcuts": [
            {"name": "Keep as know-how", "type": "message", "callback_id": "keep", "description": "Keep this"},
            {"name": "Kring", "type": "global", "callback_id": "menu", "description": "What Kring can do"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "app_mentions:read",
                "channels:history",
                "channels:read",
                "chat:write",
                "chat:write.public",
                "commands",
                "files:read",
                "files:write",
                "groups:history",
                "groups:read",
                "im:history",
                "im:read",
                "im:write",
                "mpim:history",
                "mpim:read",
                "reactions:read",
                "reactions:write",
                "team:read",
                "users:read",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {"bot_events": list(SCOPE_OF_EVENT)},
        "interactivity": {"is_enabled": True},
        "org_deploy_enabled": False,
        "socket_mode_enabled": True,
        "token_rotation_enabled": False,
    },
}
