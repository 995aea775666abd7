"""Discord is asked once for everything, and what it says is heard."""

from __future__ import annotations

import asyncio
import errno
import time
from collections.abc import AsyncIterator
from types import SimpleNamespace

import aiohttp
import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.discord import calling, login
from adapters.discord.calling import Calling, File
from adapters.discord.faults import Broke
from adapters.discord.login import pointed_at, proxy_for, rest
from bot.errors import PlatformRefusal, PlatformTrouble, SettingsFault
from tests.adapters.discord.sending import School, school
from tests.fakes.discord_server import DiscordServer

POST = "/channels/{channel_id}/messages"
CREATE = "POST /channels/{channel}/messages"
ONE = "/channels/{channel_id}"


@pytest.fixture
async def here() -> AsyncIterator[School]:
    async with school() as made:
        yield made


async def say(here: School, text: str = "hello", **more: object) -> str:
    said = await here.calling.ask("POST", POST, json={"content": text, **more}, channel_id=here.practice.id)
    return str(said["id"])


class Ears:
    """Keeps what is heard."""

    def __init__(self) -> None:
        self.left: list[tuple[str, str, int]] = []
        self.refusals: list[tuple[str, float, bool]] = []
        self.statuses: list[int] = []

    def heard(self, route: str, place: str, left: int, seconds: float) -> None:
        self.left.append((route, place, left))

    def refused(self, route: str, place: str, seconds: float, *, everything: bool) -> None:
        self.refusals.append((place, seconds, everything))

    def answered(self, status: int) -> None:
        self.statuses.append(status)


def listening(here: School) -> tuple[Calling, Ears]:
    ears = Ears()
    return Calling(here.calling._client, ears, here.clock.now), ears


# -- asking


async def test_what_discord_answers(here: School) -> None:
    id_ = await say(here)
    assert here.texts() == ["hello"]
    query = {"limit": 10, "after": str(int(id_) - 1)}
    [read] = await here.calling.ask("GET", POST, query=query, channel_id=here.practice.id)
    assert read["id"] == id_
    assert read["author"]["id"] == here.calling.me == here.discord.app.bot.id


async def test_files_come_along_with_their_descriptions(here: School) -> None:
    body = {
        "attachments": [{"id": 0, "filename": "a.json", "description": "All of it"}, {"id": 1, "filename": "b.txt"}]
    }
    files = [File("a.json", b'{"a": 1}', "All of it"), File("b.txt", b"b")]
    await here.calling.ask("POST", POST, json=body, files=files, channel_id=here.practice.id)
    [shown] = here.discord.sees(here.anna, here.practice)
    assert [(each.filename, each.content, each.description) for each in shown.files] == [
        ("a.json", b'{"a": 1}', "All of it"),
        ("b.txt", b"b", None),
    ]


async def test_an_id_cannot_leave_its_place_in_the_path(here: School) -> None:
    with pytest.raises(PlatformRefusal) as refusal:
        await here.calling.ask("GET", ONE, channel_id=f"1/../{here.practice.id}")
    assert refusal.value.reason == "gone"


# -- once


@pytest.mark.parametrize("status", ["failing", "failing_after"])
async def test_what_discord_could_not_do_is_not_sent_again_behind_our_back(here: School, status: str) -> None:
    """discord.py would send it again after a second, up to five times."""
    here.discord.mishaps.next(status, CREATE)
    begun = time.monotonic()
    with pytest.raises(PlatformTrouble) as trouble:
        await say(here)
    assert trouble.value.ambiguous
    assert time.monotonic() - begun < 0.9
    assert here.discord.counters.calls[CREATE] == 1


@pytest.mark.parametrize("mishap", ["dropped", "refused"])
async def test_a_connection_that_breaks_leaves_it_open_whether_it_was_done(here: School, mishap: str) -> None:
    here.discord.mishaps.next(mishap, CREATE)
    with pytest.raises(PlatformTrouble) as trouble:
        await say(here)
    assert trouble.value.ambiguous
    assert here.discord.counters.calls[CREATE] == 1


@pytest.mark.parametrize("number", [54, 10054])
async def test_a_reset_on_other_systems_is_not_sent_again_either(here: School, number: int) -> None:
    """There discord.py knows a reset by its number, and would send it again."""
    about = SimpleNamespace(trace_request_ctx=calling._Exchange("POST", "1", Ears()))
    params = SimpleNamespace(exception=ConnectionResetError(number, "reset"))
    with pytest.raises(Broke):
        await calling._broke(None, about, params)  # type: ignore[arg-type]  # what it looks at
    await calling._broke(None, about, SimpleNamespace(exception=OSError(errno.EPIPE, "")))  # type: ignore[arg-type]
    await calling._broke(None, SimpleNamespace(trace_request_ctx=None), params)  # type: ignore[arg-type]


async def test_too_many_does_not_sleep_with_the_request_in_hand(here: School) -> None:
    """discord.py would wait as long as it is told and go on, while the caller knows nothing of it."""
    client, ears = listening(here)
    here.discord.mishaps.chances.retry_after = 7.25
    here.discord.mishaps.next("throttled", CREATE)
    begun = time.monotonic()
    with pytest.raises(PlatformTrouble) as trouble:
        await client.ask("POST", POST, json={"content": "x"}, channel_id=here.practice.id)
    assert time.monotonic() - begun < 1
    assert trouble.value.retry_at is not None
    assert 6.5 < (trouble.value.retry_at - here.clock.now()).total_seconds() <= 7.25
    assert not trouble.value.ambiguous
    assert ears.refusals == [(here.practice.id, 7.25, False)]


async def test_what_counts_for_everything_is_heard_as_such(here: School) -> None:
    client, ears = listening(here)
    here.discord.mishaps.chances.scope = "global"
    here.discord.mishaps.next("throttled")
    with pytest.raises(PlatformTrouble):
        await client.ask("GET", ONE, channel_id=here.practice.id)
    here.discord.mishaps.next("banned")
    with pytest.raises(PlatformTrouble) as trouble:
        await client.ask("GET", ONE, channel_id=here.practice.id)
    assert ears.refusals == [(here.practice.id, 0.5, True), (here.practice.id, 3600, True)]
    assert trouble.value.retry_at is not None
    assert (trouble.value.retry_at - here.clock.now()).total_seconds() > 3500
    await client.ask("GET", ONE, channel_id=here.practice.id)


async def test_what_is_left_of_a_window_is_heard(here: School) -> None:
    client, ears = listening(here)
    here.discord.pacing.tempo = 1.0
    for _ in range(2):
        await client.ask("POST", POST, json={"content": "x"}, channel_id=here.practice.id)
    with pytest.raises(PlatformRefusal):
        await client.ask("GET", ONE, channel_id="404")
    assert [each for each in ears.left if each[1] == here.practice.id] == [
        ("POST /channels/{channel_id}/messages", here.practice.id, 4),
        ("POST /channels/{channel_id}/messages", here.practice.id, 3),
    ]
    assert ears.statuses == [200, 200, 404]


async def test_what_is_left_of_a_long_window_can_be_used() -> None:
    """As long as a window goes on for more than `max_ratelimit_timeout`, discord.py refuses all that is left of it."""
    async with school() as here:
        here.discord.pacing.tempo = 0.1  # windows of fifty seconds
        for number in range(4):
            await say(here, str(number))
        assert len(here.texts()) == 4


async def test_a_window_that_is_very_long_comes_back_to_the_outbox() -> None:
    """By itself discord.py would sleep for any time that Discord names."""
    async with school() as here:
        here.discord.pacing.tempo = 0.01
        await say(here)
        with pytest.raises(PlatformTrouble) as trouble:
            await asyncio.wait_for(say(here), 3)
        assert trouble.value.retry_at is not None
        assert 400 < (trouble.value.retry_at - here.clock.now()).total_seconds() <= 500
        assert here.discord.too_many == 0


async def test_an_answer_that_does_not_come_is_not_waited_for_for_ever(
    here: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calling, "PATIENT", 0.1)
    here.discord.mishaps.chances.slowness = 2
    here.discord.mishaps.next("slow", CREATE)
    begun = time.monotonic()
    with pytest.raises(PlatformTrouble) as trouble:
        await say(here)
    assert trouble.value.ambiguous
    assert time.monotonic() - begun < 1


# -- logging in


async def test_a_token_that_discord_does_not_know_is_the_hosts_to_mend() -> None:
    async with DiscordServer() as discord:
        with pytest.raises(SettingsFault) as fault:
            async with rest("bad", discord.api_url, discord.gateway_url):
                pass
        assert "KRING_DISCORD__TOKEN" in str(fault.value)
        assert "bad" not in str(fault.value)


async def test_it_logs_in_when_discord_can_be_reached_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(login, "AGAIN", 0.05)
    async with DiscordServer() as discord:
        discord.mishaps.next("dropped", "GET /users/@me")
        discord.mishaps.next("throttled", "GET /users/@me")
        async with rest(discord.app.token, discord.api_url, discord.gateway_url) as client:
            assert client.user is not None
            assert discord.connected == 0


async def test_a_token_that_was_changed_waits_for_the_host(here: School) -> None:
    here.discord.app.token = "new"
    with pytest.raises(PlatformTrouble) as trouble:
        await say(here)
    assert trouble.value.retry_at is not None
    assert (trouble.value.retry_at - here.clock.now()).total_seconds() > 500


# -- addresses


def test_the_addresses_are_put_back() -> None:
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    with pointed_at("http://127.0.0.1:1/api/v10/", "ws://127.0.0.1:1/gw"):
        assert Route("GET", "/x").url == "http://127.0.0.1:1/api/v10/x"
        assert str(DiscordWebSocket.DEFAULT_GATEWAY) == "ws://127.0.0.1:1/gw"
    after = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    assert after == before


def test_the_proxy_of_the_environment_is_used_but_not_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "https_proxy", "no_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example.org:3128")
    monkeypatch.setenv("NO_PROXY", "near.example.org")
    assert proxy_for("https://discord.com/api/v10") == "http://proxy.example.org:3128"
    assert proxy_for("wss://gateway.discord.gg/") == "http://proxy.example.org:3128"
    for url in ("http://discord.com/", "https://near.example.org/api", "https://127.0.0.1:1/", "https://localhost/x"):
        assert proxy_for(url) is None


async def test_calls_go_through_the_proxy() -> None:
    """Here the fake Discord is the proxy: it is asked for the whole address."""
    async with DiscordServer() as discord:
        asked = yarl.URL(discord.api_url)
        elsewhere = f"http://discord.invalid{asked.path}"
        async with rest(discord.app.token, elsewhere, discord.gateway_url, proxy=discord.address) as client:
            assert client.http.proxy == discord.address
            assert discord.counters.calls["GET /users/@me"] == 1


async def test_what_cannot_be_reached_was_not_done(here: School) -> None:
    await here.discord.stop()
    with pytest.raises(PlatformTrouble):  # on the connection that was open
        await say(here)
    with pytest.raises(PlatformTrouble) as trouble:
        await say(here)
    assert not trouble.value.ambiguous
    assert isinstance(trouble.value.__cause__, aiohttp.ClientConnectorError)
