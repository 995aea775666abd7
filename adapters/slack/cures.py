"""What to do about what Slack says: for `kring run` when it cannot start, and for `kring doctor`.

The words are those of https://docs.slack.dev/reference/methods/auth.test#errors and of
https://docs.slack.dev/reference/methods/apps.connections.open#errors (2026-11-25).
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from adapters.slack.faults import word_of
from bot.settings import variable

APP = "api.slack.com/apps -> your app"
PERMISSIONS = f"{APP} -> OAuth & Permissions"
REINSTALL = f"{APP} -> Install App -> Reinstall to Workspace"
BOT_TOKEN, APP_TOKEN = variable("slack", "bot_token"), variable("slack", "app_token")
CONFIG_TOKEN = variable("slack", "config_token")

_COPY = f"copy the Bot User OAuth Token again: {PERMISSIONS}"
_MAKE_ONE = f"make one with the scope connections:write: {APP} -> Basic Information -> App-Level Tokens"
_GENERATE = "make a new one: api.slack.com/apps -> Your App Configuration Tokens -> Generate Token"

OF_BOT_TOKEN = {
    "invalid_auth": f"{BOT_TOKEN} is not valid; {_COPY}",
    "not_authed": f"{BOT_TOKEN} is not valid; {_COPY}",
    "token_expired": f"{BOT_TOKEN} has expired; {_COPY}",
    "token_revoked": f"{BOT_TOKEN} was revoked; install the app again ({REINSTALL}) and {_COPY}",
    "account_inactive": f"the app was taken out of the workspace; install it again ({REINSTALL}) and {_COPY}",
}
OF_INSTALLATION = dict.fromkeys(
    ("invalid_auth", "not_authed", "token_expired", "token_revoked", "account_inactive"),
    "the workspace has removed Kring, or its token is no longer good; let somebody there install Kring again",
)
OF_APP_TOKEN = {
    "invalid_auth": f"{APP_TOKEN} is not valid; {_MAKE_ONE}",
    "not_authed": f"{APP_TOKEN} is not valid; {_MAKE_ONE}",
    "token_revoked": f"{APP_TOKEN} was revoked; {_MAKE_ONE}",
    "account_inactive": f"{APP_TOKEN} was revoked; {_MAKE_ONE}",
    "not_allowed_token_type": f"{APP_TOKEN} is not an app-level token; {_MAKE_ONE}",
    "missing_scope": f"{APP_TOKEN} lacks the scope connections:write; {_MAKE_ONE}",
}
SOCKET_MODE_OFF = f"switch on Enable Socket Mode: {APP} -> Socket Mode"
OF_CONFIG_TOKEN = {
    "invalid_auth": f"{CONFIG_TOKEN} is not valid; {_GENERATE}",
    "not_authed": f"{CONFIG_TOKEN} is not valid; {_GENERATE}",
    "token_expired": f"{CONFIG_TOKEN} has expired, as they do after twelve hours; {_GENERATE}",
    **dict.fromkeys(
        ("app_not_found", "invalid_app", "invalid_app_id", "no_permission"),
        f"{CONFIG_TOKEN} belongs to somebody who may not change this app; let a collaborator of the app {_GENERATE}",
    ),
}


def sentence(error: Exception, cures: Mapping[str, str], *, otherwise: str = "") -> str:
    """What is wrong and what to do, for what slack_sdk and aiohttp raise."""
    match error:
        case SlackApiError(response=response):
            word = word_of(error)
            if word in ("ratelimited", "rate_limited"):
                return "Slack has been asked too often; try again in a minute"
            if not word:
                return f"Slack cannot answer now (HTTP {getattr(response, 'status_code', '?')}); try again in a minute"
            return cures.get(word) or f"Slack says {word}" + (f"; {otherwise}" if otherwise else "")
        case aiohttp.ClientConnectorError():
            return "Slack cannot be reached: " + (error.os_error.strerror or str(error.os_error) or "no connection")
        case asyncio.TimeoutError():
            return "Slack does not answer; try again in a minute"
        case aiohttp.ClientError() | SlackClientError() | OSError():
            return f"the connection to Slack broke ({type(error).__name__}); try again in a minute"
        case _:
            raise error
