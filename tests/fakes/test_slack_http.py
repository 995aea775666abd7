"""Signed requests: https://docs.slack.dev/apis/events-api/using-http-request-urls, as of 2026-11-25."""

from __future__ import annotations

import pytest
from aiohttp import web

from tests.fakes.listening import Heard, over_http
from tests.fakes.slack.state import Channel, Person
from tests.fakes.slack_server import SlackServer


async def test_an_address_answers_the_challenge_first(slack: SlackServer) -> None:
    """https://docs.slack.dev/reference/events/url_verification"""
    async with over_http(slack) as heard:
        assert heard.envelopes == []
    runner = web.AppRunner(web.Application())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    with pytest.raises(AssertionError, match="404"):
        await slack.deliver_to(f"http://127.0.0.1:{runner.addresses[0][1]}/")
    await runner.cleanup()


async def test_events_come_as_json_and_signed(slack: SlackServer, anna: Person, general: Channel) -> None:
    """https://docs.slack.dev/authentication/verifying-requests-from-slack; the SDK's own verifier is asked."""
    async with over_http(slack) as heard:
        await slack.says(anna, general, "Hello")
        await slack.idle()
    assert [each["text"] for each in heard.events] == ["Hello"]
    assert heard.headers[0]["X-Slack-Signature"].startswith("v0=")
    assert "X-Slack-Retry-Num" not in heard.headers[0]


async def test_what_is_not_answered_with_200_comes_again(slack: SlackServer, anna: Person, general: Channel) -> None:
    """https://docs.slack.dev/apis/events-api#retries"""
    answers = iter([web.Response(status=500), False])
    async with over_http(slack, Heard(answer=lambda _: next(answers, None))) as heard:
        await slack.says(anna, general, "Hello")
        await slack.idle()
    retries = [(each.get("X-Slack-Retry-Num"), each.get("X-Slack-Retry-Reason")) for each in heard.headers]
    assert retries == [(None, None), ("1", "http_error"), ("2", "http_timeout")]
    assert slack.counters.acked == 1


async def test_retries_can_be_declined(slack: SlackServer, anna: Person, general: Channel) -> None:
    """https://docs.slack.dev/apis/events-api#turning_off_retries"""
    no = Heard(answer=lambda _: web.Response(status=500, headers={"X-Slack-No-Retry": "1"}))
    async with over_http(slack, no) as heard:
        await slack.says(anna, general, "Hello")
        await slack.idle()
    assert len(heard.envelopes) == 1


async def test_commands_come_as_a_form(slack: SlackServer, anna: Person, general: Channel) -> None:
    """https://docs.slack.dev/interactivity/implementing-slash-commands"""
    async with over_http(slack, Heard(answer=lambda _: {"text": "Well *done*"})) as heard:
        outcome = await slack.calls(anna, general, "/kring round start")
    assert heard.envelopes[0]["type"] == "application/x-www-form-urlencoded"
    assert heard.payloads[0]["text"] == "round start"
    assert [each.text for each in slack.told(anna, outcome)] == ["Well done"]


async def test_commands_and_presses_are_not_tried_again(slack: SlackServer, anna: Person, general: Channel) -> None:
    """https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response"""
    async with over_http(slack, Heard(answer=lambda _: False)) as heard:
        assert (await slack.calls(anna, general, "/kring")).failed == "operation_timeout"
        heard.answer = lambda _: web.Response(status=500)
        assert (await slack.calls(anna, general, "/kring")).failed == "dispatch_failed"
    assert len(heard.envelopes) == 2


async def test_nobody_there(slack: SlackServer, anna: Person, general: Channel) -> None:
    async with over_http(slack):
        pass
    assert (await slack.calls(anna, general, "/kring")).failed == "dispatch_failed"
    await slack.says(anna, general, "Hello")
    await slack.idle()
    assert slack.counters.lost == 1


async def test_thousands_of_events_go_fast() -> None:
    async with SlackServer(patience=10) as slack:
        space = slack.workspace("De Regenboog")
        anna = slack.person(space, "Anna")
        general = slack.channel(space, "general", [anna])
        async with over_http(slack) as heard:
            for n in range(1000):
                await slack.says(anna, general, str(n))
                if n % 100 == 0:
                    await slack.idle()
            await slack.idle()
        assert len(heard.envelopes) == 1000
        assert (slack.counters.redelivered, slack.counters.late) == (0, 0)
