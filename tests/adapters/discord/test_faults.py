"""What Discord's refusals mean to Kring."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import discord
import pytest

from adapters.discord.faults import (
    NOT_NOW,
    REFUSED,
    UNTIL_THE_HOST_ACTED,
    Broke,
    Failing,
    Throttled,
    code_of,
    host_must_act,
    translated,
)
from tests.adapters.outcomes import (
    BROKEN,
    assert_may_be_done,
    assert_not_done,
    assert_waits,
    never_connected,
    refused,
)

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


def said(code: int, status: int = 400) -> discord.HTTPException:
    """As discord.py raises it."""
    kind: Any = {403: discord.Forbidden, 404: discord.NotFound}.get(status, discord.HTTPException)
    body: Any = {"code": code, "message": "no"} if code else "plain words of a server in between"
    error: discord.HTTPException = kind(SimpleNamespace(status=status, reason="No"), body)
    return error


@pytest.mark.parametrize(
    ("code", "status", "reason"),
    [
        (10003, 404, "gone"),
        (10008, 404, "gone"),
        (10013, 404, "unreachable"),
        (50001, 403, "forbidden"),
        (50013, 403, "forbidden"),
        (50083, 400, "forbidden"),
        (160005, 403, "forbidden"),
        (160006, 400, "forbidden"),
        (50007, 403, "unreachable"),
        (50278, 403, "unreachable"),
        (50035, 400, "rejected"),
        (40005, 413, "rejected"),
        (200000, 400, "rejected"),
        (999999, 400, "rejected"),
        (0, 403, "forbidden"),
        (0, 404, "gone"),
        (0, 400, "rejected"),
    ],
)
def test_refused_for_good(code: int, status: int, reason: str) -> None:
    assert code_of(refused(translated(said(code, status), NOW), reason)) == (code or status)


def test_every_refusal_is_listed_once_and_says_what_discord_says() -> None:
    assert not REFUSED.keys() & NOT_NOW.keys()
    told = translated(said(50001, 403), NOW)
    assert str(told) == "forbidden: 50001 Missing access"


def test_a_conversation_with_somebody_that_is_not_there_is_theirs() -> None:
    told = translated(said(10003, 404), NOW, to_person=True)
    refused(told, "unreachable")


@pytest.mark.parametrize(("code", "status"), [(0, 401), (40001, 401), (50014, 401), (40002, 403)])
def test_what_only_the_host_can_mend_waits_for_the_host(code: int, status: int) -> None:
    assert host_must_act(said(code, status))
    assert_waits(translated(said(code, status), NOW), NOW + UNTIL_THE_HOST_ACTED)


@pytest.mark.parametrize(("code", "status"), [(20016, 429), (20028, 429), (30046, 429), (40004, 400), (130000, 503)])
def test_what_discord_does_not_do_now_waits(code: int, status: int) -> None:
    assert_waits(translated(said(code, status), NOW), NOW + NOT_NOW[code][0])


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (Throttled(2.5), 2.5),
        (Throttled(0.0), 0.0),
        (discord.RateLimited(31.0), 31.0),
        (Throttled(120.0, code=20016), 120.0),
        (Throttled(1.0, code=20016), 10.0),
        (Throttled(0.5, code=40003), 300.0),
    ],
)
def test_too_many_waits_as_long_as_discord_says_and_for_some_things_longer(error: Exception, seconds: float) -> None:
    assert_waits(translated(error, NOW), NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    "error",
    [
        Failing(500),
        Failing(503),
        said(0, 503),
        Broke(),
        *BROKEN,
    ],
    ids=["500", "503", "503 of discord.py", "broke", "disconnected", "time-out", "reset"],
)
def test_it_may_have_been_done_all_the_same(error: Exception) -> None:
    assert_may_be_done(translated(error, NOW))


async def test_what_never_reached_discord_was_not_done() -> None:
    assert_not_done(translated(await never_connected(), NOW))


def test_what_is_not_discords_doing_is_raised_as_it_is() -> None:
    with pytest.raises(KeyError):
        translated(KeyError("x"), NOW)
