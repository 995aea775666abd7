"""Shows the person who acted what they see now, by whatever way Slack has left for it.

What fits into the acknowledgement goes there: it cannot be lost and costs no call. Everything else goes by the act's
`response_url` (five times within half an hour), by a modal while its trigger lives (three seconds), as a message that
only this person sees, or, at last, to their conversation with Kring.
https://docs.slack.dev/interactivity/handling-user-interaction (2026-11-25)
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, assert_never

import aiohttp
import structlog

from adapters.slack.blocks import Rendered, pages
from adapters.slack.calling import Calling
from adapters.slack.drafts import Drafts
from adapters.slack.inbound import ASK_AGAIN
from adapters.slack.limits import BUTTON_VALUE
from adapters.slack.modals import View, form_view, home_view, message_view
from adapters.slack.origin import Origin
from adapters.slack.pace import Pace
from adapters.slack.profiles import Profiles, spoken_to
from bot.chat.actions import Action
from bot.chat.answers import Answer, FormErrors, Nothing, OpenForm, Replace, Tell
from bot.chat.forms import Form
from bot.chat.messages import Button, Controls, Message, Words, message
from bot.errors import PlatformRefusal, PlatformTrouble
from bot.texts.catalogue import Words as Language
from bot.texts.catalogue import _

TOO_LATE = _("The form did not open in time. Press here, and it opens at once.")
NO_FORM_HERE = _("This needs a form, and in Slack a form opens from a button only.")
PRESS_AGAIN = _("The form did not open in time. Please press once more.")
MORE = _("There is more, but Slack has no room for it here.")
GRACE = 10.0
"""Seconds that answers under way get when Kring stops."""

Ack = dict[str, Any] | None
"""What stands in the acknowledgement."""

log = structlog.get_logger("kring.slack")


class Answers:
    def __init__(
        self, calling: Calling, pace: Pace, drafts: Drafts, profiles: Profiles, now: Callable[[], datetime]
    ) -> None:
        self._calling = calling
        self._profiles = profiles
        self._now = now
        self._pace = pace
        self._drafts = drafts
        self._under_way: set[asyncio.Task[None]] = set()

    async def give(self, answer: Answer, origin: Origin, words: Language) -> Ack:
        """The acknowledgement. What is not in it is on its way when this returns."""
        match answer:
            case Nothing():
                return {"response_action": "clear"} if origin.via == "form" else None
            case Tell(message=told):
                return await self._tell(told, origin, words)
            case Replace(message=told):
                return await self._replace(told, origin, words)
            case FormErrors(errors=errors):
                return {"response_action": "errors", "errors": dict(errors)}
            case OpenForm(form=form):
                return await self._open(form, origin, words)
            case _:
                assert_never(answer)

    async def close(self) -> None:
        """Returns when everything under way has arrived, or after a while."""
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    # -- messages

    async def _tell(self, told: Message, origin: Origin, words: Language) -> Ack:
        match origin.via:
            case "home":
                view = _modal(told, origin, words)
                await self._show(origin, "open", view)
                return None
            case "modal":
                self._later(self._in_the_modal(told, origin, words))
                return None
            case "form" if not origin.response_url:
                # opened where nothing can be said, such as the person's own page: said in the modal's place
                view = _modal(told, origin, words)
                return {"response_action": "update", "view": view}
            case "form":
                self._later(self._say(origin, self._pages(told, origin)))
                return {"response_action": "clear"}
            case "command":
                first, *more = self._pages(told, origin)
                if more:
                    self._later(self._say(origin, more))
                return {"response_type": "ephemeral", "text": first.text, "blocks": first.blocks}
            case _:
                self._later(self._say(origin, self._pages(told, origin)))
                return None

    async def _replace(self, told: Message, origin: Origin, words: Language) -> Ack:
        before = origin.before if origin.via == "form" else origin.via
        if before != "message":
            return await self._tell(told, origin, words)
        self._later(self._instead(told, origin))
        return {"response_action": "clear"} if origin.via == "form" else None

    async def _instead(self, told: Message, origin: Origin) -> None:
        first, *more = self._pages(told, origin)
        if not await self._respond(origin, first, replace_original=True):
            if origin.direct:
                await self._ask(origin, "chat.update", channel=origin.channel, ts=origin.message, part=first)
            else:
                more = [first, *more]
        if more:
            await self._say(origin, more)

    async def _in_the_modal(self, told: Message, origin: Origin, words: Language) -> None:
        view = _modal(told, origin, words)
        client = await self._calling.client(origin.team)
        await self._calling.ask(origin.team, client.views_update(view_id=origin.view, view=view))

    async def _say(self, origin: Origin, parts: list[Rendered]) -> None:
        for part in parts:
            if await self._respond(origin, part, replace_original=False):
                continue
            if origin.direct or not origin.channel:
                # a command may be called in a conversation of two people in which Kring is not
                own = origin.channel if "command" not in (origin.via, origin.before) else ""
                await self._ask(origin, "chat.postMessage", channel=own or origin.user, part=part)
                continue
            try:
                await self._ask(origin, "chat.postEphemeral", channel=origin.channel, part=part)
            except PlatformRefusal:  # Kring or the person is not in that channel
                await self._ask(origin, "chat.postMessage", channel=origin.user, part=part)

    async def _respond(self, origin: Origin, part: Rendered, *, replace_original: bool) -> bool:
        """By the act's own address; False when it takes nothing any more."""
        if not origin.response_url or self._now().timestamp() > origin.answers_until:
            return False
        body: dict[str, Any] = {"text": part.text, "blocks": part.blocks, "replace_original": replace_original}
        if not replace_original:
            body |= {"response_type": "ephemeral"}
            if origin.thread:
                body["thread_ts"] = origin.thread
        try:
            async with self._calling.session.post(origin.response_url, json=body) as response:
                return response.status == 200 and '"ok":false' not in (await response.text()).replace(" ", "")
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def _ask(self, origin: Origin, method: str, *, channel: str, part: Rendered, ts: str | None = None) -> None:
        client = await self._calling.client(origin.team)
        self._pace.took(origin.team, method)
        body: dict[str, Any] = {"channel": channel, "text": part.text, "blocks": part.blocks}
        if ts is not None:
            body["ts"] = ts
        elif origin.thread and channel == origin.channel:
            body["thread_ts"] = origin.thread
        if method == "chat.postEphemeral":
            body["user"] = origin.user
        await self._calling.ask(origin.team, client.api_call(method, json=body))

    def _pages(self, told: Message, origin: Origin) -> list[Rendered]:
        parts = list(pages(told, space=origin.space, private=True))
        for part in parts:
            for block in part.blocks:
                for element in block.get("elements", ()):
                    if element.get("action_id") == Action(ASK_AGAIN).pack():
                        element["value"] = origin.asked[:BUTTON_VALUE]
        return parts

    # -- forms

    async def _open(self, form: Form, origin: Origin, words: Language) -> Ack:
        form = await self._drafts.filled_in(origin.account, form)
        view = form_view(form, space=origin.space, metadata=origin.pack(), close=words.label("Not now"))
        if origin.via == "form":
            return {"response_action": "update", "view": view}
        if not origin.trigger:
            return await self._tell(_ask_again(NO_FORM_HERE, words), origin, words)
        if await self._show(origin, "push" if origin.via == "modal" else "open", view):
            return None
        if origin.via == "command":
            return await self._tell(_ask_again(TOO_LATE, words), origin, words)
        late = message(Words(words.say(PRESS_AGAIN)))
        if origin.via in ("home", "modal"):
            origin = replace(origin, via="written", channel="", direct=True)
        return await self._tell(late, origin, words)

    async def _show(self, origin: Origin, how: str, view: Mapping[str, Any]) -> bool:
        """The one call that is made while Slack waits: the trigger lives three seconds only. False when it was late."""
        client = await self._calling.client(origin.team)
        show = client.views_push if how == "push" else client.views_open
        try:
            await self._calling.ask(origin.team, show(trigger_id=origin.trigger, view=dict(view)))
        except (PlatformRefusal, PlatformTrouble) as error:
            log.info("a form could not be opened", why=str(error))
            return False
        return True

    async def publish(self, origin: Origin, page: Message) -> None:
        """The person's own page."""
        client = await self._calling.client(origin.team)
        self._pace.took(origin.team, "views.publish")
        words = spoken_to(self._profiles.known(origin.team, origin.user))
        view = home_view(page, space=origin.space, more=words.label(MORE))
        await self._calling.ask(origin.team, client.views_publish(user_id=origin.user, view=view))

    # -- inside

    def _later(self, showing: Coroutine[Any, Any, None]) -> None:
        """An answer may be lost: then the person tries again."""

        async def shown() -> None:
            try:
                await showing
            except (PlatformRefusal, PlatformTrouble) as error:
                log.info("an answer could not be shown", why=str(error))
            except Exception:
                log.exception("an answer could not be shown")

        task = asyncio.create_task(shown(), name="answer")
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)


def _modal(told: Message, origin: Origin, words: Language) -> View:
    """A message where only a modal can show it."""
    return message_view(
        told, space=origin.space, metadata=origin.pack(), close=words.label("Close"), more=words.label(MORE)
    )


def _ask_again(text: str, words: Language) -> Message:
    """A button that asks the same again: a press may open a form."""
    button = Button(words.label("Open the form"), Action(ASK_AGAIN), style="primary")
    return message(Words(words.say(text)), Controls((button,)))
