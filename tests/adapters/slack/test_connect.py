"""The connection: what is acknowledged is durable, what comes twice counts once, and what breaks comes back."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import os
import signal
import time

import aiohttp
import pytest

from adapters.slack.connect import Socket
from adapters.slack.manifest import EVENTS_PATH
from bot.compose import store_of
from bot.errors import SettingsFault
from bot.running import open_house, run
from storage.unit import Unit
from tests.adapters.slack.scene import School, school, settings_of, until
from tests.fakes.slack_server import SlackServer

MODES = pytest.mark.parametrize("mode", ["socket", "http"])


async def known(here: School, event: str) -> bool:
    """Whether the door has noted the event."""
    return not await here.store.run(lambda unit: unit.first_time(event, here.house.kring.now()))


@MODES
async def test_what_could_not_be_kept_is_not_acknowledged_and_comes_again(sqlite_url: str, mode: str) -> None:
    async with school(sqlite_url, mode, retries=(0.05, 0.2, 1.0, 3.0), patience=1.0) as here:
        await here.store.run(lambda unit: unit.connection.exec_driver_sql("ALTER TABLE inbox RENAME TO mislaid"))
        await here.slack.says(here.bram, here.slack.dm(here.bram), "knowhow find tenths")
        await until(lambda: here.slack.counters.redelivered > 0)
        assert here.slack.counters.acked == 0
        await here.store.run(lambda unit: unit.connection.exec_driver_sql("ALTER TABLE mislaid RENAME TO inbox"))
        await here.settle()
        assert here.slack.counters.lost == 0
        answers = [each for each in here.slack.sees(here.bram, here.slack.dm(here.bram)) if each.author == "Kring"]
        assert [each.text.count("I found nothing") for each in answers] == [1]


async def test_who_set_kring_up_is_greeted_also_when_the_memory_failed_at_first(sqlite_url: str) -> None:
    async with school(sqlite_url, retries=(0.05, 0.2, 1.0, 3.0), patience=1.0) as here:
        await here.slack.calls(here.anna, here.practice, "/kring help")
        await here.settle()
        await here.store.run(lambda unit: unit.connection.exec_driver_sql("ALTER TABLE inbox RENAME TO mislaid"))
        opening = asyncio.create_task(here.slack.opens_home(here.anna))
        await until(lambda: here.slack.counters.redelivered > 0)
        await here.store.run(lambda unit: unit.connection.exec_driver_sql("ALTER TABLE mislaid RENAME TO inbox"))
        await opening
        await here.settle()
        letters = [each.text for each in here.slack.sees(here.anna, here.slack.dm(here.anna)) if each.author == "Kring"]
        assert [each.startswith("Hello, I am Kring.") for each in letters] == [True]


@MODES
async def test_what_comes_twice_is_handled_once(sqlite_url: str, mode: str) -> None:
    async with school(sqlite_url, mode, retries=(0.01, 0.02, 0.05), patience=0.3) as here:
        here.slack.mishaps.next("lost_ack")
        await here.slack.says(here.bram, here.slack.dm(here.bram), "knowhow find tenths")
        await here.settle()
        assert here.slack.counters.redelivered >= 1
        answers = [each for each in here.slack.sees(here.bram, here.slack.dm(here.bram)) if each.author == "Kring"]
        assert [each.text.count("I found nothing") for each in answers] == [1]


async def test_the_same_envelope_that_comes_at_once_again_is_handled_once(sqlite_url: str) -> None:
    async with school(sqlite_url) as here:
        here.slack.mishaps.next("doubled")
        await here.slack.says(here.bram, here.slack.dm(here.bram), "knowhow find tenths")
        await here.settle()
        answers = [each for each in here.slack.sees(here.bram, here.slack.dm(here.bram)) if each.author == "Kring"]
        assert len(answers) == 1


@MODES
async def test_slack_is_not_asked_who_kring_is_for_every_event(sqlite_url: str, mode: str) -> None:
    async with school(sqlite_url, mode) as here:
        for number in range(10):
            await here.slack.says(here.anna, here.practice, f"thought {number}")
            await here.slack.calls(here.anna, here.practice, "/kring help")
        await here.settle()
        assert here.slack.counters.calls["auth.test"] == 1


async def test_a_handshake_that_fails_is_tried_with_a_new_address(sqlite_url: str) -> None:
    async with school(sqlite_url) as here:
        assert here.house.slack.socket is not None
        here.house.slack.socket._ping = 0.05  # the watch looks this often
        handler = here.house.slack.socket._handler
        assert handler is not None
        handler.client.ping_interval = 0.05
        here.slack.mishaps.next("handshake", times=3)
        await here.slack.cut_sockets()
        await until(lambda: here.slack.connected == 1)
        outcome = await here.slack.calls(here.anna, here.practice, "/kring help")
        assert outcome.failed is None


@pytest.mark.parametrize("warning", [True, False])
async def test_slack_changes_the_socket_and_nothing_is_missed(sqlite_url: str, warning: bool) -> None:
    async with school(sqlite_url, retries=(0.05, 0.1, 0.2)) as here:
        for number in range(3):
            await here.slack.says(here.anna, here.practice, f"before {number}")
            await here.slack.refresh_sockets(warning=warning)
            await here.slack.says(here.anna, here.practice, f"after {number}")
        await here.slack.idle()
        assert here.slack.counters.lost == 0
        assert here.slack.counters.sent == here.slack.counters.acked


async def test_a_bad_app_token_stops_the_start_and_says_so(sqlite_url: str) -> None:
    def revoked(slack: SlackServer) -> None:
        slack.app.app_token = "xapp-1-A1-another"

    async with SlackServer() as slack:
        space = slack.workspace("De Regenboog")
        settings = settings_of(slack, space, sqlite_url)
        revoked(slack)
        async with store_of(settings) as store:
            with pytest.raises(SettingsFault, match="KRING_SLACK__APP_TOKEN is not valid"):
                async with open_house(settings, store):
                    pass


async def test_a_bad_bot_token_stops_the_start_and_says_so(sqlite_url: str) -> None:
    with pytest.raises(SettingsFault, match="KRING_SLACK__BOT_TOKEN was revoked"):
        async with school(sqlite_url, before=lambda slack: slack.revoke(next(iter(slack.world.workspaces)))):
            pass


def signed(secret: str, body: str, at: float) -> dict[str, str]:
    stamp = str(int(at))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {
        "content-type": "application/json",
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": f"v0={digest}",
    }


@pytest.mark.parametrize("forged", ["another", "", "old", "none"])
async def test_a_forged_request_is_refused_and_does_nothing(sqlite_url: str, forged: str) -> None:
    async with school(sqlite_url, "http") as here:
        event = {"type": "message", "channel": here.practice.id, "user": here.anna.id, "text": "hi", "ts": "1.0"}
        body = json.dumps({"type": "event_callback", "team_id": here.space.id, "event_id": "EvX", "event": event})
        secret = here.slack.app.signing_secret if forged == "old" else forged
        headers = signed(secret, body, time.time() - (600 if forged == "old" else 0))
        if forged == "none":
            headers = {"content-type": "application/json"}
        address = here.house.url.rstrip("/") + EVENTS_PATH
        async with aiohttp.ClientSession() as session, session.post(address, data=body, headers=headers) as response:
            assert response.status == 401
        assert not await known(here, "slack/EvX")


async def test_a_signed_request_is_taken(sqlite_url: str) -> None:
    async with school(sqlite_url, "http") as here:
        event = {"type": "message", "channel": here.practice.id, "user": here.anna.id, "text": "hi", "ts": "1.0"}
        body = json.dumps({"type": "event_callback", "team_id": here.space.id, "event_id": "EvX", "event": event})
        headers = signed(here.slack.app.signing_secret, body, time.time())
        address = here.house.url.rstrip("/") + EVENTS_PATH
        async with aiohttp.ClientSession() as session, session.post(address, data=body, headers=headers) as response:
            assert response.status == 200
        assert await known(here, "slack/EvX")


@pytest.mark.parametrize(
    "variables",
    [
        {"SLACK_BOT_TOKEN": "xoxb-another", "SLACK_SIGNING_SECRET": "another", "SLACK_APP_TOKEN": "xapp-another"},
        {"SLACK_CLIENT_ID": "1.1", "SLACK_CLIENT_SECRET": "another", "SLACK_VERIFICATION_TOKEN": "another"},
    ],
)
@MODES
async def test_what_bolt_would_read_from_the_environment_changes_nothing(
    sqlite_url: str, mode: str, variables: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    async with school(sqlite_url, mode) as here:
        outcome = await here.slack.calls(here.anna, here.practice, "/kring help")
        assert outcome.failed is None
        assert "What you can ask" in here.slack.told(here.anna, outcome)[0].text


async def test_it_stops_when_what_was_taken_is_acknowledged(sqlite_url: str) -> None:
    async with school(sqlite_url) as here:
        begun = asyncio.Event()
        loop = asyncio.get_running_loop()

        def busy(_: Unit) -> None:
            loop.call_soon_threadsafe(begun.set)
            time.sleep(0.3)

        writing = asyncio.ensure_future(here.store.run(busy))
        await begun.wait()
        await here.slack.says(here.anna, here.practice, "Who knows?")
        assert isinstance(here.house.slack.socket, Socket)
        handler = here.house.slack.socket._handler
        assert handler is not None
        await until(lambda: bool(handler._under_way))
        await here.house.slack.socket.stop()
        await writing
        assert here.slack.counters.acked == here.slack.counters.sent == 1


async def test_health_says_whether_the_socket_is_open(sqlite_url: str) -> None:
    async with school(sqlite_url) as here:
        assert here.house.slack.socket is not None
        assert await here.house.slack.socket.is_connected()
        await here.house.slack.socket.stop()
        assert not await here.house.slack.socket.is_connected()


async def test_it_can_be_stopped_while_slack_cannot_be_reached(sqlite_url: str) -> None:
    async with SlackServer() as slack:
        space = slack.workspace("De Regenboog")
        settings = settings_of(slack, space, sqlite_url)
    told: list[str] = []
    serving = asyncio.create_task(run(settings, ready=told.append))  # nobody listens there any more
    await asyncio.sleep(0.3)
    assert not serving.done()
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(serving, 5)
    assert told == []


async def test_it_runs_until_it_is_told_to_stop(sqlite_url: str) -> None:
    async with SlackServer() as slack:
        space = slack.workspace("De Regenboog")
        told: list[str] = []
        serving = asyncio.create_task(run(settings_of(slack, space, sqlite_url), ready=told.append))
        await until(lambda: bool(told))
        assert "De Regenboog" in told[0]
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(serving, 5)
        assert slack.connected == 0
