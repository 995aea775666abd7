"""What people do with Kring: understood, handled durably, and answered in time, or with a sign that an answer comes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog

from adapters.discord import PLATFORM
from adapters.discord.answers import Answers, unknown
from adapters.discord.calling import Calling
from adapters.discord.happened import Happened
from adapters.discord.inbound import (
    TYPING,
    Arrived,
    Declined,
    Opened,
    Strange,
    Submitted,
    Typing,
    Understood,
    origin_of,
    understand,
)
from adapters.discord.knocking import Door, Knocking
from adapters.discord.members import Members
from adapters.discord.origin import Origin
from adapters.discord.people import language_of, profile_of
from adapters.discord.places import Places
from adapters.discord.replies import Reply
from adapters.discord.servers import Servers
from adapters.discord.steps import Lost, Partly, Steps, Whole
from adapters.discord.suggesting import Suggesting
from adapters.discord.whose import Whose
from bot.chat.events import FormSent
from bot.chat.names import Account, Profile, Space
from bot.errors import PlatformRefusal, PlatformTrouble

SOON = 1.5
"""Seconds after which somebody who waits is told that an answer comes; Discord gives three."""
_PING = 1

Payload = Mapping[str, Any]

log = structlog.get_logger("kring.discord")


class Acting:
    def __init__(
        self,
        door: Door,
        calling: Calling,
        *,
        happened: Happened,
        servers: Servers,
        members: Members,
        places: Places,
        whose: Whose,
        answers: Answers,
        forms: Steps,
        suggesting: Suggesting,
        now: Callable[[], datetime],
    ) -> None:
        self._door = door
        self._knocking = Knocking(door)
        self._calling = calling
        self._happened = happened
        self._servers = servers
        self._members = members
        self._places = places
        self._whose = whose
        self._answers = answers
        self._forms = forms
        self._suggesting = suggesting
        self._now = now

    async def interaction(self, payload: Payload) -> None:
        """A command, a press, a form, or typing."""
        if payload["type"] == _PING:
            return
        reply = Reply(self._calling, origin_of(payload))
        # nobody is told that choices come: there is no such answer
        deferring = asyncio.create_task(_deferred(reply)) if payload["type"] != TYPING else None
        try:
            await self._acted(await self._understood(payload), reply)
        except (PlatformTrouble, PlatformRefusal) as error:
            # what happened is kept; only its answer is lost
            log.info("an answer could not be shown", why=str(error))
        finally:
            if deferring is not None:
                deferring.cancel()

    async def _understood(self, payload: Payload) -> Understood:
        there = origin_of(payload)
        server = payload.get("guild_id") or self._whose.wrote(payload.get("message"))
        server = server or await self._whose.server(there.user, there.channel, there.message) or ""
        profile = await self._profile(payload, there.user, server) if server else None
        if server and there.direct:
            self._places.keep(Account(Space(PLATFORM, server), there.user), there.channel)
        elif server:
            self._whose.seen(there.user, server)
            self._servers.knows_thread({**(payload.get("channel") or {}), "guild_id": server})
        return understand(payload, self._happened, server, profile, self._now())

    async def _profile(self, payload: Payload, user: str, server: str) -> Profile | None:
        if (member := payload.get("member")) is not None:
            found = profile_of(member["user"], member, self._servers.get(server), locale=payload.get("locale"))
            self._members.keep(server, user, found)
            return found
        known = await self._members.get(server, user)
        return replace(known, language=language_of(payload.get("locale")) or known.language) if known else None

    async def _acted(self, what: Understood, reply: Reply) -> None:
        match what:
            case Typing(asked=asked, origin=origin):
                await reply.suggest(await self._suggesting.choices(asked, origin))
            case _ if not what.origin.server:
                await self._answers.not_known(what.origin, reply)
            case Arrived(event=event, origin=origin):
                await self._answers.give(await self._door.handle(event), origin, reply)
            case Submitted():
                await self._submitted(what, reply)
            case Opened():
                await self._answers.open_again(what, reply)
            case Declined():
                await reply.end()
            case Strange(origin=origin):
                await self._answers.strange(origin, reply)

    async def _submitted(self, what: Submitted, reply: Reply) -> None:
        origin, form = what.origin, what.form
        match await self._forms.sent(origin.account, form, what.parts):
            case Whole(values=values):
                id_, at = f"{PLATFORM}/{origin.interaction}", self._now()
                event = FormSent(id_, at, origin.account, origin.place, form.action, values, what.profile)
                await self._answers.give(await self._door.handle(event), origin, reply, form)
            case Partly() as went:
                await self._answers.ask_for_more(went, origin, reply, form)
            case Lost():
                await self._answers.lost(origin, reply)

    async def written(self, data: Payload) -> None:
        """Somebody writes to Kring in their own conversation."""
        user = data["author"]
        server = await self._whose.server(user["id"], data["channel_id"])
        space = Space(PLATFORM, server or "")
        event = self._happened.direct(data, space, self._now())
        if event is None:
            return
        origin = Origin(server or "", user["id"], "written", data["channel_id"], direct=True, asked=event.text)
        try:
            if server is None:
                await self._answers.post(unknown(origin), origin)
                return
            self._places.keep(Account(space, user["id"]), data["channel_id"])
            event = replace(event, profile=await self._members.get(server, user["id"]))
            await self._answers.write(await self._knocking.handle(event), origin)
        except (PlatformTrouble, PlatformRefusal) as error:
            log.info("an answer could not be shown", why=str(error))


async def _deferred(reply: Reply) -> None:
    await asyncio.sleep(SOON)
    try:
        await reply.defer()
    except (PlatformTrouble, PlatformRefusal) as error:
        log.info("nobody could be told that an answer comes", why=str(error))
