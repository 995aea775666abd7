"""Modals: https://docs.slack.dev/surfaces/modals, as of 2026-11-25."""

from __future__ import annotations

import asyncio

from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.listening import Heard, over_sockets, refusal
from tests.fakes.slack.state import Channel, Person
from tests.fakes.slack_server import SlackServer
from tests.fakes.surfaces import BLOCKS, FIELDS, Opening, modal, option, plain


async def test_a_form(slack: SlackServer, client: AsyncWebClient, anna: Person, general: Channel) -> None:
    """https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload"""
    async with over_sockets(slack, Heard(answer=Opening(client, modal(private_metadata="m")))) as heard:
        outcome = await slack.calls(anna, general, "/kring")
        view = slack.modal(anna)
        assert view is not None
        assert outcome.view is view
        assert slack.view_text(view) == "A form\nQuestion\nFruit\nWho"
        assert slack.view_fields(view)["Fruit"]["options"] == {"a": "Apple", "b": "Pear"}
        await slack.submits(anna, view, {"Question": "Why?", "fruit": ["Pear", "a"], "Who": anna})
    assert slack.modal(anna) is None, "without an answer the modal closes"
    sent = heard.envelopes[-1]
    assert (sent["type"], sent["accepts"]) == ("interactive", True)
    payload = sent["payload"]
    assert payload["type"] == "view_submission"
    assert payload["response_urls"] == []
    shown = payload["view"]
    assert (shown["callback_id"], shown["private_metadata"], shown["type"]) == ("ask", "m", "modal")
    assert shown["state"]["values"] == {
        "question": {"text": {"type": "plain_text_input", "value": "Why?"}},
        "fruit": {
            "pick": {
                "type": "multi_static_select",
                "selected_options": [option("b", "Pear"), option("a", "Apple")],
            }
        },
        "who": {"pick": {"type": "users_select", "selected_user": anna.id}},
    }
    assert set(shown) >= {"id", "hash", "root_view_id", "previous_view_id", "app_id", "bot_id", "external_id"}


async def test_the_client_checks_a_form_first(
    slack: SlackServer, client: AsyncWebClient, anna: Person, general: Channel
) -> None:
    """https://docs.slack.dev/reference/block-kit/blocks/input-block"""
    async with over_sockets(slack, Heard(answer=Opening(client, modal()))) as heard:
        await slack.calls(anna, general, "/kring")
        view = slack.modal(anna)
        assert view is not None
        empty = await slack.submits(anna, view)
        long = await slack.submits(anna, view, {"Question": "x" * 11})
    assert (empty.checked, list(empty.errors), list(long.errors)) == (True, ["question"], ["question"])
    assert len(heard.envelopes) == 1


async def test_errors_stand_beside_the_fields(
    slack: SlackServer, client: AsyncWebClient, anna: Person, general: Channel
) -> None:
    """https://docs.slack.dev/surfaces/modals#displaying_errors"""
    opening = Opening(client, modal(), {"response_action": "errors", "errors": {"question": "Too short"}})
    async with over_sockets(slack, Heard(answer=opening)):
        await slack.calls(anna, general, "/kring")
        view = slack.modal(anna)
        assert view is not None
        outcome = await slack.submits(anna, view, {"Question": "Why?"})
        assert outcome.errors == {"question": "Too short"}
        assert not outcome.checked
        assert slack.modal(anna) is view
        assert "Too short" in slack.view_text(view)
        assert slack.view_fields(view)["Question"]["value"] == "Why?"
        opening.answer = {"response_action": "errors", "errors": {"nowhere": "x"}}
        assert (await slack.submits(anna, view)).failed == "invalid_response_action"


async def test_a_form_may_go_on(slack: SlackServer, client: AsyncWebClient, anna: Person, general: Channel) -> None:
    """https://docs.slack.dev/surfaces/modals#response_actions"""
    opening = Opening(client, modal(), {"response_action": "push", "view": modal(title=plain("Second"))})
    async with over_sockets(slack, Heard(answer=opening)):
        await slack.calls(anna, general, "/kring")
        for _ in range(2):
            top = slack.modal(anna)
            assert top is not None
            await slack.submits(anna, top, {"Question": "Why?"})
        assert [each.title for each in slack.modals(anna)] == ["A form", "Second", "Second"]
        top = slack.modals(anna)[-1]
        # three in a stack: https://docs.slack.dev/surfaces/modals#view_stack
        assert (await slack.submits(anna, top, {"Question": "Why?"})).failed == "push_limit_reached"
        opening.answer = {"response_action": "update", "view": modal(title=plain("Third"))}
        await slack.submits(anna, top, {"Question": "Why?"})
        assert slack.modals(anna)[-1].title == "Third"
        opening.answer = {"response_action": "update", "view": modal(title=plain("x" * 25))}
        assert (await slack.submits(anna, top)).refused == [
            "must be less than 25 characters [json-pointer:/view/title/text]"
        ]
        opening.answer = {"response_action": "clear"}
        await slack.submits(anna, top)
        assert slack.modals(anna) == []


async def test_closing_is_told_when_asked_for(
    slack: SlackServer, client: AsyncWebClient, anna: Person, general: Channel
) -> None:
    """https://docs.slack.dev/surfaces/modals#handling_view_closed"""
    async with over_sockets(slack, Heard(answer=Opening(client, modal(notify_on_close=True)))) as heard:
        await slack.calls(anna, general, "/kring")
        view = slack.modal(anna)
        assert view is not None
        slack.fills(anna, view, {"Question": "Half a th"})
        await slack.closes(anna, view)
        assert slack.modal(anna) is None
        payload = heard.payloads[-1]
    assert (payload["type"], payload["is_cleared"]) == ("view_closed", False)
    assert payload["view"]["state"]["values"]["question"]["text"]["value"] == "Half a th"


async def test_a_trigger_works_once_and_for_three_seconds(
    slack: SlackServer, client: AsyncWebClient, anna: Person, general: Channel
) -> None:
    """https://docs.slack.dev/reference/methods/views.open#errors"""
    async with over_sockets(slack):
        used = (await slack.calls(anna, general, "/kring")).trigger_id or ""
        old = (await slack.calls(anna, general, "/kring")).trigger_id or ""
    await client.views_open(trigger_id=used, view=modal())
    assert await refusal(client.views_open(trigger_id=used, view=modal())) == "exchanged_trigger_id"
    assert await refusal(client.views_open(trigger_id="1.2.abc", view=modal())) == "invalid_trigger_id"
    wrong = client.views_open(trigger_id=old, view=modal(title=plain("x" * 25)))
    assert await refusal(wrong) == "invalid_arguments"
    await asyncio.sleep(3.05)
    assert await refusal(client.views_open(trigger_id=old, view=modal())) == "expired_trigger_id"


async def test_a_modal_is_updated(slack: SlackServer, client: AsyncWebClient, anna: Person, general: Channel) -> None:
    """https://docs.slack.dev/reference/methods/views.update: what was filled in stays"""
    async with over_sockets(slack, Heard(answer=Opening(client, modal()))):
        await slack.calls(anna, general, "/kring")
    view = slack.modal(anna)
    assert view is not None
    slack.fills(anna, view, {"Question": "Why?"})
    before = view.hash
    await client.views_update(view_id=view.id, hash=before, view=modal(title=plain("Again")))
    assert (view.title, slack.view_fields(view)["Question"]["value"]) == ("Again", "Why?")
    late = client.views_update(view_id=view.id, hash=before, view=modal())
    assert await refusal(late) == "hash_conflict"
    await slack.closes(anna, view)
    assert await refusal(client.views_update(view_id=view.id, view=modal())) == "not_found"


async def test_a_modal_is_pushed_from_a_modal(
    slack: SlackServer, client: AsyncWebClient, anna: Person, general: Channel
) -> None:
    """https://docs.slack.dev/reference/methods/views.push"""
    with_button = modal(blocks=[*FIELDS, BLOCKS[1]])
    heard = Heard(answer=Opening(client, with_button))
    async with over_sockets(slack, heard):
        outcome = await slack.calls(anna, general, "/kring")
        first = slack.modal(anna)
        assert first is not None
        heard.answer = lambda _: None
        outcome = await slack.presses(anna, first, "Press me", values={"Question": "Why?"})
        await client.views_push(trigger_id=outcome.trigger_id or "", view=modal(title=plain("Second")))
        payload = heard.payloads[-1]
        command = await slack.calls(anna, general, "/kring")
    assert payload["container"] == {"type": "view", "view_id": first.id}
    assert payload["view"]["state"]["values"]["question"]["text"]["value"] == "Why?"
    assert "response_url" not in payload
    assert [each.title for each in slack.modals(anna)] == ["A form", "Second"]
    assert outcome.view is slack.modal(anna)
    outside = client.views_push(trigger_id=command.trigger_id or "", view=modal())
    assert await refusal(outside) == "not_found"
