"""Answers to people: triggers that open modals, response_urls, and what stands in acknowledgements.

https://docs.slack.dev/interactivity/handling-user-interaction
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.fakes.slack import shapes
from tests.fakes.slack.blockkit import faults, too_large, view_faults
from tests.fakes.slack.state import Channel, Json, Message, Outcome, Person, View, Workspace
from tests.fakes.slack.web_api import SlackError, broken

if TYPE_CHECKING:
    from tests.fakes.slack_server import SlackServer

TRIGGER_SECONDS = 3.0
URL_SECONDS = 30 * 60
URL_USES = 5


@dataclass(eq=False)
class Trigger:
    user: str
    space: str
    dies: float
    outcome: Outcome
    in_modal: bool
    used: bool = False

    def use(self, view: View) -> None:
        self.used = True
        self.outcome.view = view


@dataclass(eq=False)
class ResponseUrl:
    channel: Channel
    person: Person
    outcome: Outcome
    expires: float
    original: Message | None
    uses: int = URL_USES


class Responses:
    def __init__(self, slack: SlackServer) -> None:
        self._slack = slack
        self._triggers: dict[str, Trigger] = {}
        self._urls: dict[str, ResponseUrl] = {}
        self._acting: dict[str, Outcome] = {}
        """By user: their last act, so that a modal that is updated later is found in its outcome."""

    def mount(self, routes: web.Application) -> None:
        routes.router.add_post("/actions/{team}/{number}/{secret}", self._respond)

    # -- handing out

    def trigger(self, outcome: Outcome, person: Person, *, in_modal: bool = False) -> str:
        world = self._slack.world
        name = f"{world.ids.number()}.{world.ids.number()}.{world.secret('trigger')}"
        dies = time.monotonic() + TRIGGER_SECONDS
        self._triggers[name] = Trigger(person.id, person.team, dies, outcome, in_modal)
        outcome.trigger_id = name
        self._acting[person.id] = outcome
        return name

    def url(self, outcome: Outcome, person: Person, channel: Channel, original: Message | None = None) -> str:
        world = self._slack.world
        secret = world.secret("response url")
        expires = self._slack.wall() + URL_SECONDS
        self._urls[secret] = ResponseUrl(channel, person, outcome, expires, original)
        outcome.response_url = f"{self._slack.address}/actions/{channel.team}/{world.ids.number()}/{secret}"
        return outcome.response_url

    # -- using

    def exchange(self, space: Workspace, name: str) -> Trigger:
        """https://docs.slack.dev/reference/methods/views.open#errors"""
        found = self._triggers.get(name)
        if found is None or found.space != space.id:
            raise SlackError("invalid_trigger_id")
        if found.used:
            raise SlackError("exchanged_trigger_id")
        if found.dies < time.monotonic():
            raise SlackError("expired_trigger_id")
        return found

    def touched(self, view: View) -> None:
        acting = self._acting.get(view.user)
        if acting is not None and view.type == "modal":
            acting.view = view

    async def _respond(self, request: web.Request) -> web.Response:
        """https://docs.slack.dev/interactivity/handling-user-interaction#message_responses: five times in thirty
        minutes."""
        self._slack.web.under_way += 1
        try:
            name = "response_url"
            self._slack.counters.calls[name] = self._slack.counters.calls.get(name, 0) + 1
            found = self._urls.get(request.match_info["secret"])
            if found is None:
                return _no("invalid_url", 404)
            if found.expires <= self._slack.wall():
                return _no("expired_url", 404)
            if found.uses <= 0:
                return _no("used_url", 404)
            if self._slack.mishaps.strikes("failing", name):
                return web.Response(status=500, text="server_error")
            found.uses -= 1
            wrong = self.say(found, await request.json())
            if self._slack.mishaps.strikes("dropped", name):
                return broken(request)
            return _no(wrong, 400) if wrong else web.json_response({"ok": True})
        finally:
            self._slack.web.under_way -= 1

    def say(self, url: ResponseUrl, said: Json) -> str | None:
        """Carries out what was sent to a response_url or stands in a command's acknowledgement. The error, if any."""
        original = url.original
        if said.get("delete_original"):
            if original is None:
                return "no_original"
            self._slack.posting.remove(original)
            url.original = None
            return None
        text, blocks = said.get("text") or "", said.get("blocks") or []
        if not text and not blocks:
            return "no_text"
        # the whole length is not bounded here: https://github.com/slackapi/bolt-js/issues/2867
        wrong = [each for each in faults(blocks) if not each.startswith("msg_blocks_too_long")]
        if wrong:
            url.outcome.refused += wrong
            return "invalid_blocks"
        if said.get("replace_original") and original is not None:
            self._slack.posting.change(original, text=text, blocks=blocks)
            url.outcome.messages.append(original)
        elif said.get("response_type") == "in_channel":
            if url.channel.archived:
                return "is_archived"
            root = self._slack.world.root(url.channel, said.get("thread_ts"))
            bot = self._slack.world.bot(self._slack.world.space_of(url.channel))
            posted = self._slack.posting.post(url.channel, bot.id, text, blocks=blocks, root=root, by_app=True)
            url.outcome.messages.append(posted)
        else:
            thread = said.get("thread_ts")
            whisper = self._slack.posting.whisper(url.channel, url.person, text, blocks=blocks, thread=thread)
            url.outcome.messages.append(whisper)
        return None

    # -- acknowledgements

    def of_command(self, outcome: Outcome, body: Any) -> None:
        """https://docs.slack.dev/interactivity/implementing-slash-commands#responding_immediate_response"""
        outcome.response = body
        assert outcome.response_url is not None
        url = self._urls[outcome.response_url.rsplit("/", 1)[1]]
        if isinstance(body, dict) and (body.get("text") or body.get("blocks")):
            wrong = self.say(url, {name: value for name, value in body.items() if name != "replace_original"})
            if wrong:
                outcome.failed = "invalid_command_response"
        elif body not in (None, {}, {"text": ""}) and set(body) - {"response_type"}:
            outcome.failed = "invalid_command_response"

    def of_submission(self, outcome: Outcome, view: View, body: Any) -> None:
        """https://docs.slack.dev/surfaces/modals#response_actions. Nothing: this view closes."""
        from tests.fakes.slack import methods_views

        outcome.response = body
        space = self._slack.world.space(view.team)
        stack = space.modals.get(view.user, [])
        action = body.get("response_action") if isinstance(body, dict) else body
        match action:
            case None:
                if view in stack:
                    del stack[stack.index(view) :]
            case "clear":
                stack.clear()
            case "errors":
                known = {block["block_id"] for block in view.blocks if block["type"] == "input"}
                errors = body.get("errors") or {}
                if not errors or not set(errors) <= known:
                    outcome.failed = "invalid_response_action"
                    outcome.refused.append(f"errors name no input block: {sorted(set(errors) - known)}")
                    return
                view.errors = outcome.errors = dict(errors)
                outcome.view = view
            case "update" | "push":
                given = body.get("view")
                wrong = view_faults(given) or (["view_too_large"] if too_large(given) else [])
                if wrong:
                    outcome.failed = "invalid_response_action"
                    outcome.refused += wrong
                elif action == "update":
                    methods_views.change(self._slack, view, given)
                    outcome.view = view
                elif len(stack) >= methods_views.MOST_VIEWS:
                    outcome.failed = "push_limit_reached"
                else:
                    outcome.view = methods_views.make(self._slack, space, view.user, given, view)
                    stack.append(outcome.view)
            case _:
                outcome.failed = "invalid_response_action"

    def view(self, view: View) -> Json:
        return shapes.view(self._slack.world, view)


def _no(error: str, status: int) -> web.Response:
    return web.json_response({"ok": False, "error": error}, status=status)
