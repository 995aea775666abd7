"""What Kring asks for at each platform, from the code that asks."""

from __future__ import annotations

from adapters.discord import intents, invite
from adapters.slack.manifest import EVENTS, SCOPES
from docs import meanings
from docs.writing import MADE, sentence, table


def slack_scopes() -> str:
    """What Kring asks for in Slack, each with its reason."""
    lines = [
        MADE,
        "# What Kring may do in Slack, and why",
        meanings.SLACK_SCOPES,
        "## Scopes of the bot\n",
        *table(("scope", "why"), ((f"`{scope}`", sentence(SCOPES[scope])) for scope in sorted(SCOPES))),
        meanings.SLACK_SOCKET.lstrip(),
        "## Events\n",
        *table(
            ("event", "what it tells", "needs"),
            (
                (f"`{event}`", sentence(what), f"`{scope}`" if scope else "")
                for event, (scope, what) in sorted(EVENTS.items())
            ),
        ),
    ]
    return "\n".join(lines)


def discord_permissions() -> str:
    """What Kring asks for in Discord, each with its reason."""
    light = intents.asked_for(message_content=False, members=False)
    asked = {name: "" if getattr(light, name) else meanings.INTENT_SWITCHES[name] for name in intents.REASONS}
    lines = [
        MADE,
        "# What Kring may do in Discord, and why",
        meanings.DISCORD_PERMISSIONS,
        "## Permissions in a server\n",
        *table(("permission", "why"), ((f"*{name}*", sentence(why)) for name, (_, why) in invite.PERMISSIONS.items())),
        meanings.DISCORD_NOT_ASKED.lstrip(),
        *table(("permission", "why not"), ((f"*{name}*", sentence(why)) for name, why in invite.NOT_ASKED.items())),
        "## Scopes of the link\n",
        *table(("scope", "why"), ((f"`{scope}`", sentence(why)) for scope, why in invite.SCOPES.items())),
        "## Intents\n",
        meanings.DISCORD_INTENTS.lstrip(),
        *table(
            ("intent", "why", "in full mode only, by"),
            ((f"`{name}`", sentence(why), asked[name]) for name, why in intents.REASONS.items()),
        ),
    ]
    return "\n".join(lines)
