"""The fake Slack sends what the payloads beside this file hold, field by field: so both stay as real as each other."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs, parse_qsl

import pytest
from aiohttp import ClientSession, web

from tests.adapters.slack.test_inbound import EVENTS, OTHERS, payload
from tests.fakes.slack_server import SlackServer

FREE = {"blocks", "values", "elements", "actions", "metadata", "icons"}
"""What depends on what the app sent, or on what stands in a view."""

Got = list[dict[str, Any]]


class Stage:
    """Ana, Bo and Kring in a channel, and everything that Slack sends to Kring's address."""

    def __init__(self, slack: SlackServer, got: Got, session: ClientSession) -> None:
        self.slack = slack
        self.got = got
        self._session = session
        self.school = slack.workspace("De Regenboog")
        self.ana, self.bo = slack.person(self.school, "Ana"), slack.person(self.school, "Bo")
        self.general = slack.channel(self.school, "general", [self.ana, self.bo])

    async def kring(self, method: str, **body: Any) -> dict[str, Any]:
        assert self.school.installation is not None
        headers = {"Authorization": f"Bearer {self.school.installation.token}"}
        async with self._session.post(self.slack.url + method, json=body, headers=headers) as response:
            said: dict[str, Any] = await response.json()
        assert said["ok"], said
        return said

    async def posts(self, *, thread: str | None = None) -> Any:
        button = {"type": "button", "action_id": "round.join:r7", "text": {"type": "plain_text", "text": "I'll speak"}}
        one = {"type": "static_select", "action_id": "me.language:", **choose("en", "nl")}
        many = {"type": "multi_static_select", "action_id": "round.vote:r7.4", **choose("2", "3")}
        link = {**button, "action_id": "Zx9Qk", "url": "https://example.org"}
        blocks = [{"type": "actions", "elements": [button, link]}] + [
            {"type": "section", "text": {"type": "mrkdwn", "text": "Choose"}, "accessory": each} for each in (one, many)
        ]
        said = await self.kring(
            "chat.postMessage",
            channel=self.general.id,
            text="x",
            blocks=blocks,
            **({"thread_ts": thread} if thread else {}),
        )
        return self.general.messages[said["ts"]]

    async def whispers(self, *, thread: str | None = None) -> Any:
        button = {
            "type": "button",
            "action_id": "round.change:r7.1",
            "text": {"type": "plain_text", "text": "Change it"},
        }
        await self.kring(
            "chat.postEphemeral", channel=self.general.id, user=self.ana.id, text="x",
            blocks=[{"type": "actions", "elements": [button]}], **({"thread_ts": thread} if thread else {}),
        )  # fmt: skip
        return self.general.private[-1]

    async def opens(self, *, home: bool = False, form: bool = True) -> Any:
        button = {"type": "button", "action_id": "a.b:", "text": {"type": "plain_text", "text": "Look"}}
        row = {"type": "actions", "elements": [button]}
        if home:
            await self.kring("views.publish", user_id=self.ana.id, view={"type": "home", "blocks": [row]})
            return self.slack.home(self.ana)
        outcome = await self.slack.calls(self.ana, self.general, "/kring knowhow add")
        field = {"type": "plain_text_input", "action_id": "value", "initial_value": "x"}
        blocks = [
            row,
            {"type": "input", "block_id": "title", "label": {"type": "plain_text", "text": "Title"}, "element": field},
        ]
        texts = {name: {"type": "plain_text", "text": name, "emoji": False} for name in ("title", "submit", "close")}
        if not form:
            blocks.pop()
            del texts["submit"]
        view = {"type": "modal", "callback_id": "knowhow.add:k1", "notify_on_close": True, "blocks": blocks, **texts}
        await self.kring("views.open", trigger_id=outcome.trigger_id, view=view)
        return self.slack.modal(self.ana)


def choose(*values: str) -> dict[str, Any]:
    options = [{"text": {"type": "plain_text", "text": value}, "value": value} for value in values]
    return {
        "placeholder": {"type": "plain_text", "text": "Choose"},
        "options": options,
        **({"initial_option": options[0]} if "en" in values else {}),
    }


@asynccontextmanager
async def hearing(got: Got) -> AsyncIterator[str]:
    async def take(request: web.Request) -> web.Response:
        text = await request.text()
        if request.content_type == "application/json":
            body = json.loads(text)
            if body["type"] == "url_verification":
                return web.Response(text=body["challenge"])
        else:
            body = dict(parse_qsl(text, keep_blank_values=True))
            body = json.loads(parse_qs(text)["payload"][0]) if "payload" in body else body
        got.append(body)
        return web.Response()

    app = web.Application()
    app.router.add_post("/", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    await runner.cleanup()


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    got: Got = []
    async with hearing(got) as url, SlackServer() as slack, ClientSession() as session:
        made = Stage(slack, got, session)
        await slack.deliver_to(url)
        yield made


# -- what happens, by the name of its payload


async def writes(stage: Stage) -> None:
    await stage.slack.says(stage.ana, stage.general, "How?")


async def replies(stage: Stage, **more: Any) -> None:
    root = await stage.slack.says(stage.ana, stage.general, "How?")
    await stage.slack.says(stage.bo, stage.general, "So.", thread=root, **more)


async def broadcasts(stage: Stage) -> None:
    await replies(stage, broadcast=True)


async def writes_to_kring(stage: Stage) -> None:
    await stage.slack.says(stage.ana, stage.slack.dm(stage.ana), "me")


async def edits_reply(stage: Stage) -> None:
    root = await stage.slack.says(stage.ana, stage.general, "How?")
    reply = await stage.slack.says(stage.bo, stage.general, "So.", thread=root)
    await stage.slack.edits(stage.bo, reply, "Thus.")


async def deletes_reply(stage: Stage) -> None:
    root = await stage.slack.says(stage.ana, stage.general, "How?")
    await stage.slack.deletes(stage.bo, await stage.slack.says(stage.bo, stage.general, "So.", thread=root))


async def deletes_root(stage: Stage) -> None:
    root = await stage.slack.says(stage.ana, stage.general, "How?")
    await stage.slack.says(stage.bo, stage.general, "So.", thread=root)
    await stage.slack.deletes(stage.ana, root)


async def mentions(stage: Stage) -> None:
    await stage.slack.says(stage.bo, stage.general, "@Kring round status")


async def mentions_in_thread(stage: Stage) -> None:
    root = await stage.slack.says(stage.ana, stage.general, "How?")
    await stage.slack.says(stage.bo, stage.general, "@Kring round status", thread=root)


async def kring_writes(stage: Stage) -> None:
    await stage.posts()


async def kring_edits(stage: Stage) -> None:
    card = await stage.posts()
    await stage.kring("chat.update", channel=stage.general.id, ts=card.ts, text="y")


async def reacts(stage: Stage) -> None:
    await stage.slack.reacts(stage.ana, await stage.slack.says(stage.bo, stage.general, "So."), "bookmark")


async def joins(stage: Stage) -> None:
    await stage.slack.joins_team(stage.school, "Cas")


async def joins_invited(stage: Stage) -> None:
    cas = stage.slack.person(stage.school, "Cas")
    await stage.slack.joins_channel(cas, stage.general, inviter=stage.ana)


async def kring_joins(stage: Stage) -> None:
    await stage.slack.invites_bot(stage.ana, await stage.slack.makes_channel(stage.ana, "library"))


async def kring_leaves(stage: Stage) -> None:
    await stage.slack.removes_bot(stage.ana, stage.general)


async def changes(stage: Stage) -> None:
    await stage.slack.changes_profile(stage.bo, name="Bodil")


async def goes(stage: Stage) -> None:
    await stage.slack.leaves_team(stage.bo)


async def opens_home(stage: Stage) -> None:
    await stage.opens(home=True)
    await stage.slack.opens_home(stage.ana)


async def opens_home_first(stage: Stage) -> None:
    await stage.slack.opens_home(stage.ana)


async def opens_messages(stage: Stage) -> None:
    await stage.slack.opens_home(stage.ana, tab="messages")


async def uninstalls(stage: Stage) -> None:
    await stage.slack.uninstalls(stage.school)


async def calls(stage: Stage) -> None:
    await stage.slack.calls(stage.ana, stage.general, "/kring me")


async def calls_in_direct(stage: Stage) -> None:
    await stage.slack.calls(stage.ana, stage.slack.dm(stage.ana), "/kring me")


async def presses(stage: Stage) -> None:
    await stage.slack.presses(stage.ana, await stage.posts(), "round.join:r7")


async def presses_root(stage: Stage) -> None:
    card = await stage.posts()
    await stage.slack.says(stage.bo, stage.general, "So.", thread=card)
    await stage.slack.presses(stage.ana, card, "round.join:r7")


async def presses_reply(stage: Stage) -> None:
    root = await stage.slack.says(stage.ana, stage.general, "How?")
    await stage.slack.presses(stage.ana, await stage.posts(thread=root.ts), "round.join:r7")


async def presses_link(stage: Stage) -> None:
    await stage.slack.presses(stage.ana, await stage.posts(), "Zx9Qk")


async def presses_whisper(stage: Stage) -> None:
    await stage.slack.presses(stage.ana, await stage.whispers(), "Change it")


async def presses_whisper_in_thread(stage: Stage) -> None:
    root = await stage.slack.says(stage.ana, stage.general, "How?")
    await stage.slack.says(stage.bo, stage.general, "So.", thread=root)
    await stage.slack.presses(stage.ana, await stage.whispers(thread=root.ts), "Change it")


async def picks(stage: Stage) -> None:
    await stage.slack.selects(stage.ana, await stage.posts(), "me.language:", "nl")


async def picks_many(stage: Stage) -> None:
    await stage.slack.selects(stage.ana, await stage.posts(), "round.vote:r7.4", "2", "3")


async def presses_in_modal(stage: Stage) -> None:
    await stage.slack.presses(stage.ana, await stage.opens(form=False), "a.b:")


async def presses_at_home(stage: Stage) -> None:
    await stage.slack.presses(stage.ana, await stage.opens(home=True), "a.b:")


async def submits(stage: Stage) -> None:
    await stage.slack.submits(stage.ana, await stage.opens())


async def closes(stage: Stage) -> None:
    await stage.slack.closes(stage.ana, await stage.opens())


async def keeps(stage: Stage) -> None:
    await stage.slack.uses_shortcut(stage.ana, await stage.slack.says(stage.bo, stage.general, "So."), "keep")


async def keeps_reply(stage: Stage) -> None:
    root = await stage.slack.says(stage.ana, stage.general, "How?")
    reply = await stage.slack.says(stage.bo, stage.general, "So.", thread=root)
    await stage.slack.uses_shortcut(stage.ana, reply, "keep")


async def keeps_what_kring_wrote(stage: Stage) -> None:
    await stage.slack.uses_shortcut(stage.ana, await stage.posts(), "keep")


ACTS: dict[str, Callable[[Stage], Coroutine[Any, Any, None]]] = {
    "message": writes,
    "message_in_thread": replies,
    "message_im": writes_to_kring,
    "message_thread_broadcast": broadcasts,
    "message_changed": edits_reply,
    "message_changed_of_kring": kring_edits,
    "message_deleted": deletes_reply,
    "message_deleted_with_replies": deletes_root,
    "message_of_kring": kring_writes,
    "message_of_slackbot": kring_leaves,
    "message_channel_join": joins_invited,
    "app_mention": mentions,
    "app_mention_in_thread": mentions_in_thread,
    "reaction_added": reacts,
    "member_joined_channel": joins_invited,
    "member_joined_channel_kring": kring_joins,
    "team_join": joins,
    "user_change": changes,
    "user_change_deactivated": goes,
    "app_home_opened": opens_home,
    "app_home_opened_first": opens_home_first,
    "app_home_opened_messages": opens_messages,
    "tokens_revoked": uninstalls,
    "app_uninstalled": uninstalls,
    "slash_command": calls,
    "slash_command_direct": calls_in_direct,
    "block_actions_message": presses,
    "block_actions_root_with_replies": presses_root,
    "block_actions_in_thread": presses_reply,
    "block_actions_link": presses_link,
    "block_actions_ephemeral": presses_whisper,
    "block_actions_ephemeral_in_thread": presses_whisper_in_thread,
    "block_actions_select": picks,
    "block_actions_multi_select": picks_many,
    "block_actions_modal": presses_in_modal,
    "block_actions_home": presses_at_home,
    "view_submission": submits,
    "view_closed": closes,
    "message_action": keeps,
    "message_action_in_thread": keeps_reply,
    "message_action_on_kring": keeps_what_kring_wrote,
}
FEWER = {"user_change_deactivated", "tokens_revoked", "app_uninstalled"}
"""Slack's own samples have fewer fields than others of the kind. Kring must understand them; the fake may send more."""
ONLY_SAMPLES = {
    # the same fields as another one, with other words in them
    "message_markup", "app_mention_in_passing", "reaction_added_with_skin_tone", "slash_command_markup",
    "team_join_guest", "block_actions_direct", "block_actions_confirmed",
    # what nobody does in the fake Slack
    "message_of_another_app", "message_changed_unfurl", "message_file_share", "message_file_share_without_words",
    "team_join_bot",
}  # fmt: skip


@pytest.mark.parametrize("name", ACTS)
async def test_the_fake_slack_sends_the_same_fields(stage: Stage, name: str) -> None:
    await ACTS[name](stage)
    await stage.slack.idle()
    sample = payload(name)
    sent = [each for each in stage.got if _kind(each) == _kind(sample)]
    assert sent, f"nothing of the kind was sent, only {[_kind(each) for each in stage.got]}"
    fields, wanted = set(_fields(sent[-1])), set(_fields(sample))
    assert not wanted - fields
    assert name in FEWER or not fields - wanted


def test_every_payload_is_compared_or_says_why_not() -> None:
    assert {*ACTS, *ONLY_SAMPLES} == {*EVENTS, *OTHERS}


def _kind(body: dict[str, Any]) -> tuple[str, ...]:
    event = body.get("event") or {}
    kinds = body.get("type"), event.get("type"), event.get("subtype"), body.get("command")
    return tuple(kind or "" for kind in kinds)


def _fields(part: Any, path: str = "") -> Iterator[str]:
    """The paths of all fields, as far as Slack decides on them."""
    match part:
        case dict():
            for name, value in part.items():
                yield f"{path}.{name}"
                if name not in FREE:
                    yield from _fields(value, f"{path}.{name}")
        case [first, *_]:
            yield from _fields(first, f"{path}[]")
