"""What Slack's refusals mean to Kring. Each method's page lists its errors, such as
https://docs.slack.dev/reference/methods/chat.postMessage#errors (2026-11-25)."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.chat.events import Reason
from bot.errors import PlatformRefusal, PlatformTrouble

REFUSED: dict[str, Reason] = {
    "channel_not_found": "gone",
    "is_archived": "gone",
    "is_inactive": "gone",
    "message_not_found": "gone",
    "thread_not_found": "gone",
    "cannot_reply_to_message": "gone",
    "file_not_found": "gone",
    "not_in_channel": "forbidden",
    "missing_scope": "forbidden",
    "no_permission": "forbidden",
    "access_denied": "forbidden",
    "ekm_access_denied": "forbidden",
    "team_access_not_granted": "forbidden",
    "restricted_action": "forbidden",
    "restricted_action_read_only_channel": "forbidden",
    "restricted_action_thread_only_channel": "forbidden",
    "restricted_action_non_threadable_channel": "forbidden",
    "restricted_action_thread_locked": "forbidden",
    "cant_update_message": "forbidden",
    "cant_delete_message": "forbidden",
    "slack_connect_canvas_sharing_blocked": "forbidden",
    "slack_connect_file_upload_sharing_blocked": "forbidden",
    "messages_tab_disabled": "unreachable",
    "cannot_dm_bot": "unreachable",
    "user_not_found": "unreachable",
    "user_disabled": "unreachable",
    "user_not_visible": "unreachable",
    "user_not_in_channel": "unreachable",
    "users_not_found": "unreachable",
    "cannot_message_user": "unreachable",
    "not_allowed_user": "unreachable",
}
"""Everything else that Slack refuses is about the content, and will be refused again: `rejected`."""
HOST_MUST_ACT = {
    "invalid_auth": "the token is not valid",
    "not_authed": "no token was given",
    "token_revoked": "the token was revoked",
    "token_expired": "the token has expired",
    "account_inactive": "the app was removed from the workspace",
    "org_login_required": "the workspace is being moved to an organisation",
}
"""Nothing can be sent until the host does something: the requests wait, and `kring doctor` says what to do."""
SLACKS_OWN = {
    "internal_error",
    "fatal_error",
    "service_unavailable",
    "request_timeout",
    "accesslimited",
    "team_added_to_org",
}
"""Slack could not; it may have been done all the same."""
UNTIL_THE_HOST_ACTED = timedelta(minutes=10)
SHORTLY = timedelta(seconds=1)


def word_of(error: BaseException) -> str:
    """Slack's own word for what is wrong, such as `not_in_channel`; empty when it said none.

    What stands before Slack says that it cannot in plain text, which the SDK passes on as a string.
    """
    said = getattr(error, "response", None)
    said = getattr(said, "data", said)
    return str(said.get("error") or "") if isinstance(said, Mapping) else ""


def translated(error: Exception, now: datetime, *, to_person: bool = False) -> PlatformTrouble | PlatformRefusal:
    """The error as the house knows it. `to_person`: a direct message; a conversation that is not found is theirs."""
    match error:
        case PlatformTrouble() | PlatformRefusal():
            return error
        case SlackApiError():
            return _said(error, now, to_person=to_person)
        case aiohttp.ClientConnectorError():
            return PlatformTrouble("Slack cannot be reached")
        case aiohttp.ClientError() | asyncio.TimeoutError() | OSError() | SlackClientError():
            return PlatformTrouble(f"the connection to Slack broke: {type(error).__name__}", ambiguous=True)
        case _:
            raise error


def _said(error: SlackApiError, now: datetime, *, to_person: bool) -> PlatformTrouble | PlatformRefusal:
    word, status = word_of(error), getattr(error.response, "status_code", 0)
    if status == 429 or word in ("ratelimited", "rate_limited"):
        return PlatformTrouble("too many requests", retry_at=now + _asked_to_wait(error))
    if word in HOST_MUST_ACT:
        return PlatformTrouble(HOST_MUST_ACT[word], retry_at=now + UNTIL_THE_HOST_ACTED)
    if not word or word in SLACKS_OWN or status >= 500:
        return PlatformTrouble(f"Slack could not: {word or status}", ambiguous=True)
    reason = REFUSED.get(word, "rejected")
    if to_person and reason == "gone":
        reason = "unreachable"
    return PlatformRefusal(reason, word)


def _asked_to_wait(error: SlackApiError) -> timedelta:
    try:
        return timedelta(seconds=max(float(error.response.headers.get("Retry-After", "1")), 0.0))
    except (ValueError, AttributeError):
        return SHORTLY
