"""What goes wrong on demand."""

from __future__ import annotations

import time

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.listening import over_sockets
from tests.fakes.slack.state import Channel, Person
from tests.fakes.slack_server import SlackServer


async def test_a_post_may_be_taken_and_the_answer_lost(
    slack: SlackServer, client: AsyncWebClient, anna: Person, general: Channel
) -> None:
    slack.mishaps.next("dropped", "chat.postMessage")
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=general.id, text="Hi")
    assert [each.text for each in slack.sees(anna, general)] == ["Hi"]


async def test_or_be_lost_itself(slack: SlackServer, client: AsyncWebClient, anna: Person, general: Channel) -> None:
    slack.mishaps.next("refused", "chat.postMessage")
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=general.id, text="Hi")
    assert slack.sees(anna, general) == []


@pytest.mark.parametrize(("mishap", "stands"), [("failing", 0), ("failing_after", 1)])
async def test_the_server_may_fail(
    slack: SlackServer, client: AsyncWebClient, anna: Person, general: Channel, mishap: str, stands: int
) -> None:
    slack.mishaps.next(mishap, "chat.postMessage")
    with pytest.raises(SlackApiError) as raised:
        await client.chat_postMessage(channel=general.id, text="Hi")
    assert raised.value.response.status_code in {500, 503}
    assert len(slack.sees(anna, general)) == stands


async def test_it_may_be_too_much(slack: SlackServer, client: AsyncWebClient, general: Channel) -> None:
    slack.mishaps.chances.retry_after = 7
    slack.mishaps.next("throttled")
    with pytest.raises(SlackApiError) as raised:
        await client.chat_postMessage(channel=general.id, text="Hi")
    assert raised.value.response.headers["Retry-After"] == "7"
    assert slack.too_many == 0, "that one was asked for"


async def test_it_may_be_slow(slack: SlackServer, client: AsyncWebClient) -> None:
    slack.mishaps.next("slow")
    before = time.monotonic()
    await client.auth_test()
    assert time.monotonic() - before >= slack.mishaps.chances.slowness


async def test_chances_have_a_seed(slack: SlackServer, client: AsyncWebClient, general: Channel) -> None:
    slack.mishaps.chances.failing_after = 0.5
    slack.mishaps.chances.only = frozenset({"chat.postMessage"})
    failed = 0
    for _ in range(40):
        try:
            await client.chat_postMessage(channel=general.id, text="Hi")
        except SlackApiError:
            failed += 1
        await client.auth_test()
    assert 10 <= failed <= 30
    assert slack.mishaps.happened == {"failing_after": failed}
    slack.mishaps.none()
    await client.chat_postMessage(channel=general.id, text="Hi")
    with pytest.raises(ValueError, match="no mishap"):
        slack.mishaps.next("flooded")


async def test_in_a_storm_every_event_comes_through() -> None:
    """Envelopes doubled, acknowledgements lost, sockets cut: each event is handed over until it was acknowledged."""
    async with SlackServer(patience=0.5, retries=(0.0, 0.05, 0.1)) as slack:
        space = slack.workspace("De Regenboog")
        anna = slack.person(space, "Anna")
        general = slack.channel(space, "general", [anna])
        chances = slack.mishaps.chances
        chances.doubled, chances.lost_ack, chances.cut = 0.05, 0.01, 0.01
        async with over_sockets(slack) as heard:
            for n in range(600):
                await slack.says(anna, general, str(n))
                if n % 20 == 0:
                    await slack.idle()
            await slack.idle()
        assert slack.counters.lost == 0
        assert {each["text"] for each in heard.events} == {str(n) for n in range(600)}
        assert len(heard.envelopes) > 600
        assert set(slack.mishaps.happened) == {"doubled", "lost_ack", "cut"}
