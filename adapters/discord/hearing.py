"""Everything that Discord tells, on its way to the door and back: understood, handled durably, answered.

Discord waits for nothing and tells nothing twice: what cannot be handled now is tried again here. What Kring missed
while it stood still is found again by `gaps`.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

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
from adapters.discord.people import is_person, language_of, profile_of
from adapters.discord.places import Places
from adapters.discord.replies import Reply
from adapters.discord.servers import Servers
from adapters.discord.steps import Lost, Partly, Steps, Whole
from adapters.discord.suggesting import Suggesting
from adapters.discord.whose import Whose
from bot.chat.answers import FormErrors
from bot.chat.events import Event, FormSent, MemberLeft, ProfileChanged
from bot.chat.names import Account, Profile, Space
from bot.errors import PlatformRefusal, PlatformTrouble

SOON = 1.5
"""Seconds after which somebody who waits is told that an answer comes; Discord gives three."""
GRACE = 5.0
"""Seconds that what is under way gets when Kring stops."""
MOST = 10_000
"""Interactions remembered as having come."""
_PING = 1

Payload = Mapping[str, Any]

log = structlog.get_logger("kring.discord")


class Gaps(Protocol):
    """Reads again what was missed."""

    def heard(self) -> None: ...
    def begun(self, servers: Sequence[str], shard: Sequence[int]) -> None: ...
    def came(self, server: str) -> None: ...
    def gone(self, server: str) -> None: ...


class Hearing:
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
        self._under_way: set[asyncio.Task[None]] = set()
        self._came: OrderedDict[str, None] = OrderedDict()
        self._gaps: Gaps | None = None
        self._closed = False

    def mind(self, gaps: Gaps) -> None:
        """From here on these are told when a session begins and which servers come and go."""
        self._gaps = gaps

    # -- what the gateway tells

    def took(self, kind: str, data: Payload) -> None:
        """Returns at once; what is to be done is begun in the order in which it came."""
        self._servers.took(kind, data)
        if kind in ("READY", "GUILD_CREATE", "GUILD_DELETE"):
            self._took_servers(kind, data)
        match kind:
            case "INTERACTION_CREATE":
                if self._is_first(data["id"]):
                    self._later(self._interaction(data), "interaction")
            case "MESSAGE_CREATE" if "guild_id" not in data:
                if is_person(data["author"]):  # what Kring says to one person comes back like this
                    self._later(self._written(data), "message")
            case _ if "guild_id" in data or (kind == "GUILD_CREATE" and not data.get("unavailable")):
                for event in self._happened.told(kind, data, self._now()):
                    self._remember(event)
                    self._later(self.tell(event), "event")
        if self._gaps is not None and kind != "READY":
            self._gaps.heard()

    async def tell(self, event: Event) -> None:
        """To the door, until it has taken it. Nobody waits for an answer."""
        await self._knocking.handle(event)

    def look_for(self, account: Account) -> None:
        """They could not be written to: perhaps they left, which in light mode nobody tells."""
        if not self._closed:
            self._later(self._look_for(account), "look")

    async def idle(self) -> None:
        """Returns when everything that came is handled and answered."""
        while self._under_way:
            await asyncio.wait(self._under_way)

    async def close(self) -> None:
        """Returns when what is under way is done, or had its time."""
        self._closed = True
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    # -- what people do with Kring

    async def _interaction(self, payload: Payload) -> None:
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
                answer = await self._door.handle(event)
                if not isinstance(answer, FormErrors):
                    await self._forms.done(origin.account, form.action)
                await self._answers.give(answer, origin, reply, form)
            case Partly() as went:
                await self._answers.ask_for_more(went, origin, reply, form)
            case Lost():
                await self._answers.lost(origin, reply)

    async def _written(self, data: Payload) -> None:
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

    # -- inside

    def _took_servers(self, kind: str, data: Payload) -> None:
        if self._gaps is None or data.get("unavailable"):
            return
        if kind == "READY":
            self._gaps.begun([each["id"] for each in data["guilds"]], data["shard"])
        elif kind == "GUILD_CREATE":
            self._gaps.came(data["id"])
        else:
            self._gaps.gone(data["id"])

    def _remember(self, event: Event) -> None:
        """What is told of people counts in their direct conversations too."""
        match event:
            case ProfileChanged(account=account, profile=profile):
                self._members.keep(account.space.id, account.id, profile)
            case MemberLeft(account=account):
                self._members.forget(account.space.id, account.id)

    def _is_first(self, interaction: str) -> bool:
        """A session that goes on may tell again what came already. The door would handle it once, but the second
        answer, which is none, might be given first."""
        if interaction in self._came:
            return False
        self._came[interaction] = None
        while len(self._came) > MOST:
            self._came.popitem(last=False)
        return True

    async def _look_for(self, account: Account) -> None:
        server = account.space.id
        try:
            if await self._members.is_in(server, account.id):
                return
        except PlatformTrouble as trouble:
            log.info("nobody knows whether they are still there", server=server, why=str(trouble))
            return
        self._members.forget(server, account.id)
        now = self._now()
        await self.tell(MemberLeft(f"{PLATFORM}/l{server}/{account.id}/{now.isoformat()}", now, account))

    def _later(self, work: Coroutine[Any, Any, None], name: str) -> None:
        task = asyncio.create_task(self._done(work), name=f"discord {name}")
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _done(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception:
            log.exception("what discord told could not be handled")


async def _deferred(reply: Reply) -> None:
    await asyncio.sleep(SOON)
    try:
        await reply.defer()
    except (PlatformTrouble, PlatformRefusal) as error:
        log.info("nobody could be told that an answer comes", why=str(error))
