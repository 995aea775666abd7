"""Socket Mode: https://docs.slack.dev/apis/events-api/using-socket-mode, as of 2026-11-25."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest

from tests.fakes.listening import Heard, over_sockets
from tests.fakes.slack import sockets
from tests.fakes.slack.manifests import EVERYTHING
from tests.fakes.slack.state import Channel, Person
from tests.fakes.slack_server import SlackServer


async def until(happened: Callable[[], bool]) -> None:
    for _ in range(600):
        if happened():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("it did not happen")


async def test_it_says_hello(slack: SlackServer, session: aiohttp.ClientSession) -> None:
    async with session.ws_connect(slack.sockets.ticket()) as socket:
        hello = await socket.receive_json()
    assert hello["type"] == "hello"
    assert hello["num_connections"] == 1
    assert hello["connection_info"] == {"app_id": slack.app.id}


async def test_an_address_works_once(slack: SlackServer, session: aiohttp.ClientSession) -> None:
    """https://docs.slack.dev/reference/methods/apps.connections.open"""
    address = slack.sockets.ticket()
    async with session.ws_connect(address) as socket:
        await socket.receive_json()
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await session.ws_connect(address)


async def test_an_address_dies_after_half_a_minute(
    slack: SlackServer, session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "TICKET_SECONDS", 0.0)
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await session.ws_connect(slack.sockets.ticket())


async def test_an_event_has_everything_around_it(slack: SlackServer, anna: Person, general: Channel) -> None:
    """https://docs.slack.dev/apis/events-api#events-JSON"""
    async with over_sockets(slack) as heard:
        said = await slack.says(anna, general, "Hello")
        await slack.idle()
    [envelope] = heard.envelopes
    assert envelope["type"] == "events_api"
    assert not envelope["accepts"]
    assert (envelope["retry_attempt"], envelope["retry_reason"]) == (0, "")
    payload = envelope["payload"]
    assert payload["type"] == "event_callback"
    assert payload["team_id"] == anna.team
    assert payload["api_app_id"] == slack.app.id
    assert payload["event_id"].startswith("Ev")
    assert payload["authorizations"][0]["is_bot"]
    assert payload["event"] == {
        "type": "message",
        "user": anna.id,
        "ts": said.ts,
        "client_msg_id": payload["event"]["client_msg_id"],
        "text": "Hello",
        "team": anna.team,
        "blocks": payload["event"]["blocks"],
        "channel": general.id,
        "event_ts": said.ts,
        "channel_type": "channel",
    }


async def test_what_is_not_acknowledged_comes_again(slack: SlackServer, anna: Person, general: Channel) -> None:
    """Up to three times: https://docs.slack.dev/apis/events-api#retries"""
    async with over_sockets(slack, Heard(answer=lambda _: False)) as heard:
        await slack.says(anna, general, "Hello")
        await slack.idle()
    assert [each["retry_attempt"] for each in heard.envelopes] == [0, 1, 2, 3]
    assert [each["retry_reason"] for each in heard.envelopes] == ["", "timeout", "timeout", "timeout"]
    assert len({each["payload"]["event_id"] for each in heard.envelopes}) == 1
    counted = slack.counters
    assert (counted.sent, counted.redelivered, counted.acked, counted.lost) == (1, 3, 0, 1)


async def test_a_late_acknowledgement_is_none(slack: SlackServer, anna: Person, general: Channel) -> None:
    """Three seconds (0.3 here): https://docs.slack.dev/apis/events-api#acknowledge"""
    late = iter([0.4])

    async def answer(_: Any) -> None:
        await asyncio.sleep(next(late, 0))

    async with over_sockets(slack, Heard(answer=answer)) as heard:
        await slack.says(anna, general, "Hello")
        await slack.idle()
        await until(lambda: slack.counters.late == 1)
    assert [each["retry_attempt"] for each in heard.envelopes] == [0, 1]


async def test_what_was_under_way_when_the_socket_broke_comes_on_another(
    slack: SlackServer, anna: Person, general: Channel
) -> None:
    async with over_sockets(slack) as heard:
        slack.mishaps.next("cut")
        slack.mishaps.next("lost_ack")
        await slack.says(anna, general, "Hello")
        await slack.idle()
        assert slack.counters.redelivered >= 1
        assert slack.counters.acked == 1
    assert len({each["payload"]["event_id"] for each in heard.envelopes}) == 1


async def test_without_a_socket_an_event_waits_for_one(slack: SlackServer, anna: Person, general: Channel) -> None:
    await slack.says(anna, general, "Hello")
    await asyncio.sleep(0.1)
    async with over_sockets(slack) as heard:
        await slack.idle()
    assert len(heard.envelopes) == 1


async def test_several_sockets_share_the_work(slack: SlackServer, anna: Person, general: Channel) -> None:
    """https://docs.slack.dev/apis/events-api/using-socket-mode#connections"""
    async with over_sockets(slack) as one, over_sockets(slack) as two:
        await until(lambda: slack.connected == 2)
        for n in range(10):
            await slack.says(anna, general, str(n))
        await slack.idle()
    assert len(one.envelopes) == len(two.envelopes) == 5


async def test_at_most_ten_sockets(slack: SlackServer, session: aiohttp.ClientSession) -> None:
    """https://docs.slack.dev/apis/events-api/using-socket-mode#connections"""
    ten = [await session.ws_connect(slack.sockets.ticket()) for _ in range(10)]
    eleventh = await session.ws_connect(slack.sockets.ticket())
    assert (await eleventh.receive_json())["reason"] == "too_many_websockets"
    for socket in (*ten, eleventh):
        await socket.close()


@pytest.mark.parametrize("warning", [True, False])
async def test_a_socket_is_refreshed(slack: SlackServer, anna: Person, general: Channel, warning: bool) -> None:
    """https://docs.slack.dev/apis/events-api/using-socket-mode#disconnect"""
    async with over_sockets(slack) as heard:
        calls = slack.counters.calls["apps.connections.open"]
        await slack.refresh_sockets(warning=warning)
        await until(lambda: slack.counters.calls["apps.connections.open"] > calls and slack.connected >= 1)
        await slack.says(anna, general, "Hello")
        await slack.idle()
    assert [each["text"] for each in heard.events] == ["Hello"]


async def test_a_handshake_may_fail(slack: SlackServer, session: aiohttp.ClientSession) -> None:
    slack.mishaps.next("handshake")
    with pytest.raises(aiohttp.WSServerHandshakeError) as raised:
        await session.ws_connect(slack.sockets.ticket())
    assert raised.value.status == 503


async def test_the_same_envelope_may_come_twice(slack: SlackServer, anna: Person, general: Channel) -> None:
    """https://github.com/slackapi/bolt-js/issues/2487"""
    async with over_sockets(slack) as heard:
        slack.mishaps.next("doubled")
        await slack.says(anna, general, "Hello")
        await until(lambda: len(heard.envelopes) == 2)
    assert heard.envelopes[0] == heard.envelopes[1]
    assert heard.envelopes[1]["retry_attempt"] == 0


async def test_only_what_the_manifest_subscribes_to_is_sent() -> None:
    """https://docs.slack.dev/reference/app-manifest"""
    settings = EVERYTHING["settings"] | {"event_subscriptions": {"bot_events": ["reaction_added"]}}
    async with SlackServer(manifest=EVERYTHING | {"settings": settings}) as small:
        space = small.workspace("De Regenboog")
        anna = small.person(space, "Anna")
        general = small.channel(space, "general", [anna])
        async with over_sockets(small) as heard:
            said = await small.says(anna, general, "Hello")
            await small.reacts(anna, said, "bookmark")
            await small.idle()
        assert heard.kinds == ["reaction_added"]


async def test_only_where_the_app_is(slack: SlackServer, anna: Person) -> None:
    """https://docs.slack.dev/reference/events/message.channels"""
    elsewhere = slack.channel(anna.team, "elsewhere", [anna], with_app=False)
    async with over_sockets(slack) as heard:
        await slack.says(anna, elsewhere, "Hello")
        await slack.says(anna, slack.dm(anna), "Hello you")
        await slack.idle()
    assert [(each["text"], each["channel_type"]) for each in heard.events] == [("Hello you", "im")]


async def test_idle_says_what_is_still_on_the_way(slack: SlackServer, anna: Person, general: Channel) -> None:
    async with over_sockets(slack, Heard(answer=lambda _: False)):
        await slack.says(anna, general, "Hello")
        with pytest.raises(TimeoutError, match="events_api message"):
            await slack.idle(0.1)


async def test_thousands_of_events_go_fast() -> None:
    async with SlackServer(patience=10) as slack:
        space = slack.workspace("De Regenboog")
        anna = slack.person(space, "Anna")
        general = slack.channel(space, "general", [anna])
        async with over_sockets(slack) as heard:
            for n in range(2000):
                await slack.says(anna, general, str(n))
                if n % 100 == 0:
                    await slack.idle()
            await slack.idle()
        assert len(heard.envelopes) == 2000
        assert slack.counters.redelivered == 0
