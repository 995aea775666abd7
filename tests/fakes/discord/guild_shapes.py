"""How servers and the app look in Discord's JSON."""

from __future__ import annotations

from tests.fakes.discord import permissions
from tests.fakes.discord.shapes import role
from tests.fakes.discord.state import App, Guild, Json, Member


def app_flags(app: App) -> int:
    """https://docs.discord.com/developers/resources/application#application-object-application-flags: which privileged
    intents are switched on; `…_LIMITED` for apps that are not verified."""
    bits = {"presences": 12, "members": 14, "message_content": 18}
    return sum(1 << (bit if app.verified else bit + 1) for name, bit in bits.items() if name in app.intents_allowed)


def guild(each: Guild, reader: Member | None = None) -> Json:
    """https://docs.discord.com/developers/resources/guild#guild-object: without channels, members, threads."""
    shape: Json = {
        "id": each.id,
        "name": each.name,
        "icon": None,
        "description": None,
        "splash": None,
        "discovery_splash": None,
        "banner": None,
        "owner_id": each.owner,
        "application_id": None,
        "region": "deprecated",
        "afk_channel_id": None,
        "afk_timeout": 300,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "nsfw": False,
        "premium_tier": 0,
        "premium_progress_bar_enabled": False,
        "preferred_locale": each.locale,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "safety_alerts_channel_id": None,
        "vanity_url_code": None,
        "features": [],
        "emojis": [],
        "stickers": [],
        "roles": [role(one) for one in each.roles.values()],
        "max_members": 25_000_000,
        "max_video_channel_users": 25,
    }
    if reader is not None:
        shape["permissions"] = str(permissions.in_guild(each, reader))
    return shape
