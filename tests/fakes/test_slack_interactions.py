"""Commands, buttons, modals, shortcuts and the home page: https://docs.slack.dev/interactivity, as of 2026-11-25."""

from __future__ import annotations

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.fakes.listening import Heard, over_sockets, refusal
from tests.fakes.slack.people import ClientRefusal
from tests.fakes.slack.state import Channel, Person, Workspace
from tests.fakes.slack_server import SlackServer
from tests.fakes.surfaces import BLOCKS, Json, Opening, modal, option, plain

# -- commands


async def test_a_command(slack: SlackServer, school: Workspace, anna: Person, general: Channel) -> None:
    """https://docs.slack.dev/interactivity/implementing-slash-commands#app_command_handling"""
    async with over_sockets(slack, Heard(answer=lambda _: {"text": "Only you"})) as heard:
        outcome = await slack.calls(anna, general, "/kring  round give @Anna #general ")
    [envelope] = heard.envelopes
    assert envelope["type"] == "slash_commands"
    assert envelope["accepts"]
    payload = envelope["payload"]
    assert payload["command"] == "/kring"
    assert payload["text"] == f"round give <@{anna.id}|Anna> <#{general.id}|general>"
    assert (payload["team_id"], payload["team_domain"]) == (school.id, "de-regenboog")
    assert (payload["channel_id"], payload["channel_name"]) == (general.id, "general")
    assert (payload["user_id"], payload["user_name"]) == (anna.id, "anna")
    assert set(payload) >= {"token", "api_app_id", "is_enterprise_install", "response_url", "trigger_id"}
    [told] = slack.told(anna, outcome)
    assert told.private
    assert told.text == "Only you"


async def test_commands_do_not_work_in_threads(slack: SlackServer, anna: Person, general: Channel) -> None:
    """https://docs.slack.dev/interactivity/implementing-slash-commands"""
    root = await slack.says(anna, general, "Hi")
    assert (await slack.calls(anna, general, "/kring", thread=root)).failed == "in_thread"
    assert (await slack.calls(anna, general, "/unknown")).failed == "invalid_command"


async def test_the_name_of_a_private_place_is_not_told(slack: SlackServer, school: Workspace, anna: Person) -> None:
    closed = slack.channel(school, "closed", [anna], private=True)
    async with over_sockets(slack) as heard:
        await slack.calls(anna, closed, "/kring")
        await slack.calls(anna, slack.dm(anna), "/kring")
    assert [each["channel_name"] for each in heard.payloads] == ["privategroup", "directmessage"]


async def test_an_answer_is_checked(slack: SlackServer, anna: Person, general: Channel) -> None:
    answer = {"blocks": [{"type": "section", "text": plain("")}]}
    async with over_sockets(slack, Heard(answer=lambda _: answer)):
        outcome = await slack.calls(anna, general, "/kring")
    assert outcome.failed == "invalid_command_response"
    assert outcome.refused == ["must be more than 0 characters [json-pointer:/blocks/0/text/text]"]


async def test_a_command_that_is_not_acknowledged(slack: SlackServer, anna: Person, general: Channel) -> None:
    """https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response"""
    async with over_sockets(slack, Heard(answer=lambda _: False)) as heard:
        assert (await slack.calls(anna, general, "/kring")).failed == "operation_timeout"
    assert len(heard.envelopes) == 1


# -- response_url


async def test_a_response_url_works_five_times(
    slack: SlackServer, anna: Person, general: Channel, session: aiohttp.ClientSession
) -> None:
    """https://docs.slack.dev/interactivity/handling-user-interaction#message_responses"""
    async with over_sockets(slack):
        outcome = await slack.calls(anna, general, "/kring")
    hook = AsyncWebhookClient(outcome.response_url or "", session=session, retry_handlers=[])
    for n in range(5):
        assert (await hook.send(text=str(n))).status_code == 200
    sixth = await hook.send(text="5")
    assert (sixth.status_code, sixth.body) == (404, '{"ok": false, "error": "used_url"}')
    assert [each.text for each in slack.told(anna, outcome)] == ["0", "1", "2", "3", "4"]
    assert all(each.private for each in slack.told(anna, outcome))


async def test_a_response_url_works_for_half_an_hour(session: aiohttp.ClientSession) -> None:
    """https://docs.slack.dev/interactivity/handling-user-interaction#message_responses"""
    now = [1_800_000_000.0]
    async with SlackServer(wall=lambda: now[0]) as slack:
        space = slack.workspace("De Regenboog")
        anna = slack.person(space, "Anna")
        general = slack.channel(space, "general", [anna])
        async with over_sockets(slack):
            outcome = await slack.calls(anna, general, "/kring")
        now[0] += 30 * 60
        hook = AsyncWebhookClient(outcome.response_url or "", session=session, retry_handlers=[])
        late = await hook.send(text="x")
        assert (late.status_code, late.body) == (404, '{"ok": false, "error": "expired_url"}')


async def test_a_response_url_replaces_deletes_and_announces(
    slack: SlackServer, client: AsyncWebClient, anna: Person, general: Channel, session: aiohttp.ClientSession
) -> None:
    """https://docs.slack.dev/interactivity/handling-user-interaction#message_responses"""
    await client.chat_postEphemeral(channel=general.id, user=anna.id, text="Well?", blocks=BLOCKS)
    async with over_sockets(slack):
        outcome = await slack.presses(anna, slack.sees(anna, general)[-1], "Press me")
        hook = AsyncWebhookClient(outcome.response_url or "", session=session, retry_handlers=[])
        await hook.send(text="Done", replace_original=True)
        assert [each.text for each in slack.sees(anna, general)] == ["Done"]
        await hook.send(delete_original=True)
        assert slack.sees(anna, general) == []
        await hook.send(text="News", response_type="in_channel")
        assert [each.private for each in slack.sees(anna, general)] == [False]
        await slack.idle()


# -- buttons and selects in messages


async def test_a_button(
    slack: SlackServer, client: AsyncWebClient, school: Workspace, anna: Person, general: Channel
) -> None:
    """https://docs.slack.dev/reference/interaction-payloads/block_actions-payload"""
    root = await slack.says(anna, general, "Hi")
    await client.chat_postMessage(channel=general.id, text="Well?", blocks=BLOCKS, thread_ts=root.ts)
    shown = slack.sees(anna, general, thread=root)[-1]
    assert shown.buttons == ("Press me",)
    assert shown.selects == (("Pick one", ("Apple", "Pear")),)
    async with over_sockets(slack) as heard:
        outcome = await slack.presses(anna, shown, "Press me")
        await slack.presses(anna, shown, "press")
    assert outcome.failed is None
    envelope = heard.asked[0]
    assert (envelope["type"], envelope["accepts"]) == ("interactive", False)
    payload = envelope["payload"]
    assert payload["type"] == "block_actions"
    assert payload["user"] == {"id": anna.id, "username": "anna", "name": "anna", "team_id": school.id}
    assert payload["team"] == {"id": school.id, "domain": "de-regenboog"}
    assert payload["enterprise"] is None
    assert payload["container"] == {
        "type": "message",
        "message_ts": shown.ts,
        "channel_id": general.id,
        "is_ephemeral": False,
        "thread_ts": root.ts,
    }
    assert payload["channel"] == {"id": general.id, "name": "general"}
    assert payload["message"]["ts"] == shown.ts
    assert payload["state"] == {"values": {}}
    [action] = payload["actions"]
    assert action == {
        "type": "button",
        "action_id": "press",
        "block_id": "row",
        "action_ts": action["action_ts"],
        "text": plain("Press me"),
        "value": "7",
    }


async def test_a_select(slack: SlackServer, client: AsyncWebClient, anna: Person, general: Channel) -> None:
    await client.chat_postMessage(channel=general.id, text="Well?", blocks=BLOCKS)
    shown = slack.sees(anna, general)[-1]
    async with over_sockets(slack) as heard:
        await slack.selects(anna, shown, "Pick one", "Pear")
        with pytest.raises(ClientRefusal, match="only"):
            await slack.selects(anna, shown, "Pick one", "Plum")
    [payload] = [each["payload"] for each in heard.asked]
    assert payload["actions"][0]["selected_option"] == option("b", "Pear")
    assert payload["state"]["values"]["row"]["pick"]["selected_option"] == option("b", "Pear")


async def test_of_a_whispered_message_only_its_place_is_told(
    slack: SlackServer, client: AsyncWebClient, school: Workspace, anna: Person, general: Channel
) -> None:
    await client.chat_postEphemeral(channel=general.id, user=anna.id, text="Well?", blocks=BLOCKS)
    bo = slack.person(school, "Bo")
    await slack.joins_channel(bo, general)
    shown = slack.ephemerals(anna)[0]
    async with over_sockets(slack) as heard:
        await slack.presses(anna, shown, "Press me")
        with pytest.raises(ClientRefusal, match="message_not_found"):
            await slack.presses(bo, shown, "Press me")
        await slack.idle()
    payload = next(each for each in heard.payloads if each["type"] == "block_actions")
    assert payload["container"]["is_ephemeral"]
    assert "message" not in payload


async def test_what_is_not_there_cannot_be_pressed(
    slack: SlackServer, client: AsyncWebClient, anna: Person, general: Channel
) -> None:
    posted = await client.chat_postMessage(channel=general.id, text="Well?", blocks=BLOCKS)
    shown = slack.sees(anna, general)[-1]
    with pytest.raises(ClientRefusal, match="there is no 'Go', only"):
        await slack.presses(anna, shown, "Go")
    await client.chat_delete(channel=general.id, ts=posted["ts"])
    with pytest.raises(ClientRefusal, match="message_not_found"):
        await slack.presses(anna, shown, "Press me")


# -- shortcuts and the home page


async def test_a_message_shortcut(
    slack: SlackServer, client: AsyncWebClient, school: Workspace, anna: Person, general: Channel
) -> None:
    """https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload"""
    said = await slack.says(anna, general, "Turn it off and on")
    async with over_sockets(slack, Heard(answer=Opening(client, modal()))) as heard:
        outcome = await slack.uses_shortcut(anna, said, "Keep as know-how")
        await slack.uses_global_shortcut(anna, "menu")
        with pytest.raises(ClientRefusal, match="there is no shortcut"):
            await slack.uses_shortcut(anna, said, "forget")
    payload, menu = [each["payload"] for each in heard.asked]
    assert (payload["type"], payload["callback_id"], payload["message_ts"]) == ("message_action", "keep", said.ts)
    assert payload["message"]["text"] == "Turn it off and on"
    assert payload["channel"] == {"id": general.id, "name": "general"}
    assert outcome.view is not None
    assert (menu["type"], menu["callback_id"]) == ("shortcut", "menu")


async def test_the_home_page(slack: SlackServer, client: AsyncWebClient, anna: Person) -> None:
    """https://docs.slack.dev/surfaces/app-home"""
    home = {"type": "home", "blocks": [BLOCKS[1]]}

    async def answer(payload: Json) -> None:
        if payload.get("event", {}).get("type") == "app_home_opened":
            await client.views_publish(user_id=anna.id, view=home)

    async with over_sockets(slack, Heard(answer=answer)) as heard:
        page = await slack.opens_home(anna)
        assert page is not None
        assert slack.view_buttons(page) == ("Press me",)
        await slack.presses(anna, page, "Press me")
        await slack.opens_home(anna)
    opened, pressed, again = heard.payloads
    assert opened["event"]["tab"] == "home"
    assert opened["event"]["channel"] == slack.dm(anna).id
    assert "view" not in opened["event"]
    assert pressed["view"]["type"] == "home"
    assert again["event"]["view"]["id"] == page.id
    nobody = client.views_publish(user_id="U0NOBODY", view=home)
    assert await refusal(nobody) == "invalid_arguments"
    assert await refusal(client.views_publish(user_id=anna.id, view=modal())) == "invalid_arguments"
    assert await refusal(client.views_publish(user_id=anna.id, view=home, hash="1.x")) == "hash_conflict"
