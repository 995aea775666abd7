"""What Slack's refusals mean to Kring."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.faults import UNTIL_THE_HOST_ACTED, translated
from tests.adapters.outcomes import (
    BROKEN,
    assert_may_be_done,
    assert_not_done,
    assert_waits,
    never_connected,
    refused,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def said(word: str, status: int = 200, **headers: str) -> SlackApiError:
    data: dict[str, Any] = {"ok": False, "error": word} if word else {}
    response = AsyncSlackResponse(
        client=None, http_verb="POST", api_url="chat.postMessage", req_args={}, data=data, headers=headers,
        status_code=status,
    )  # fmt: skip
    return SlackApiError("no", response)


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("channel_not_found", "gone"),
        ("is_archived", "gone"),
        ("message_not_found", "gone"),
        ("not_in_channel", "forbidden"),
        ("missing_scope", "forbidden"),
        ("restricted_action", "forbidden"),
        ("cannot_dm_bot", "unreachable"),
        ("user_not_found", "unreachable"),
        ("user_disabled", "unreachable"),
        ("msg_too_long", "rejected"),
        ("invalid_blocks", "rejected"),
        ("something_new", "rejected"),
    ],
)
def test_refused_for_good(word: str, reason: str) -> None:
    assert refused(translated(said(word), NOW), reason).detail == word


def test_a_conversation_with_somebody_that_is_not_there_is_theirs() -> None:
    told = translated(said("channel_not_found"), NOW, to_person=True)
    refused(told, "unreachable")


@pytest.mark.parametrize("word", ["token_revoked", "account_inactive", "invalid_auth", "token_expired"])
def test_what_only_the_host_can_mend_waits_for_the_host(word: str) -> None:
    assert_waits(translated(said(word), NOW), NOW + UNTIL_THE_HOST_ACTED)


@pytest.mark.parametrize(("after", "seconds"), [("30", 30), ("0", 0), ("soon", 1), (None, 1)])
def test_too_many_waits_as_long_as_slack_says(after: str | None, seconds: int) -> None:
    headers = {} if after is None else {"Retry-After": after}
    told = translated(said("ratelimited", 429, **headers), NOW)
    assert_waits(told, NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    "error",
    [
        said("internal_error"),
        said("", 500),
        said("", 503),
        *BROKEN,
    ],
    ids=["internal_error", "500", "503", "disconnected", "time-out", "reset"],
)
def test_it_may_have_been_done_all_the_same(error: Exception) -> None:
    assert_may_be_done(translated(error, NOW))


async def test_what_never_reached_slack_was_not_done() -> None:
    assert_not_done(translated(await never_connected(), NOW))


def test_what_is_not_slacks_doing_is_raised_as_it_is() -> None:
    with pytest.raises(KeyError):
        translated(KeyError("x"), NOW)
