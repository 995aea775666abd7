"""The paths by which people come and go, channels open and close, and time passes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

from adapters.playground import finding, view
from adapters.playground.body import Body
from adapters.playground.desk import Desk, reply
from adapters.playground.faults import ApiError, not_yours, unknown
from adapters.playground.model import Corner, Entry, Somebody, Somewhere
from bot.chat.hours import known_zone
from bot.texts.catalogue import LANGUAGES, _

FARTHEST = timedelta(days=400)
"""How far time may be moved at once."""


class Hosting:
    """`tell` gives what every open page should know."""

    def __init__(self, desk: Desk, tell: Callable[[dict[str, Any]], None]) -> None:
        self._desk = desk
        self._room = desk.room
        self._tell = tell

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/api/people", self.joins),
            web.patch("/api/people/{id}", self.sets),
            web.delete("/api/people/{id}", self.leaves),
            web.post("/api/channels", self.opens),
            web.delete("/api/channels/{id}", self.closes),
            web.post("/api/clock", self.passes),
            web.post("/api/settle", self.settles),
        ]

    # -- people

    async def joins(self, request: web.Request) -> web.Response:
        body = await Body.of(request)
        name, space = body.text("name", most=80), self._space(body.text("space"))
        zone = known_zone(body.text("timezone", default="Europe/Amsterdam"))
        if zone is None:
            raise ApiError(422, _("There is no such time zone."), _("Use a name such as Europe/Amsterdam."))
        there = [each for each in self._room.people.values() if each.space == space.id]
        same = [each for each in there if each.name.lower() == name.lower()]
        if same and not same[0].gone:
            raise ApiError(
                409, _("{name} is here already."), _("Give another name, or act as {id}."), name=name, id=same[0].id
            )
        newcomer = Somebody(
            id=same[0].id if same else self._room.free_id(name, self._room.people),
            name=name,
            space=space.id,
            since=0,
            language=body.choice("language", LANGUAGES),
            timezone=zone,
            role=body.text("role", default="", most=80) or None,
            host=body.flag("host", default=not there),
        )
        here = await self._desk.acts.join(newcomer)
        return reply({"person": view.person(self._room, here)}, status=201)

    async def sets(self, request: web.Request) -> web.Response:
        """Closes or opens a person's direct messages, as people can on a real platform."""
        who = finding.person(self._room, request.match_info["id"])
        body = await Body.of(request)
        changed = replace(who, direct=body.flag("direct_messages", default=who.direct))
        await self._room.save(changed)
        return reply({"person": view.person(self._room, changed)})

    async def leaves(self, request: web.Request) -> web.Response:
        who = finding.person(self._room, request.match_info["id"])
        await self._desk.acts.leave(who)
        return reply({"left": who.id})

    # -- channels

    async def opens(self, request: web.Request) -> web.Response:
        body = await Body.of(request)
        space, name = self._space(body.text("space")), body.text("name", most=80).removeprefix("#")
        here = [each for each in self._room.channels.values() if each.space == space.id and not each.gone]
        if name.lower() in {each.name.lower() for each in here}:
            raise ApiError(409, _("There is a channel “{name}” already."), _("Give another name."), name=name)
        opened = Corner(self._room.free_id(f"{space.id}-{name}", self._room.channels), name, space.id)
        await self._room.save(opened)
        return reply({"channel": view.corner(opened)}, status=201)

    async def closes(self, request: web.Request) -> web.Response:
        typed = request.match_info["id"]
        corner = self._room.channels.get(typed)
        if corner is None or corner.gone:
            known = [each.id for each in self._room.channels.values() if not each.gone and not each.owner]
            raise unknown(404, _("There is no channel “{typed}”."), typed, known)
        if corner.owner:
            raise not_yours()
        await self._room.save(replace(corner, gone=True))
        return reply({"deleted": corner.id})

    # -- time

    async def passes(self, request: web.Request) -> web.Response:
        body = await Body.of(request)
        await self._desk.acts.idle()
        if body.flag("next", default=False):
            handled = await self._next()
        else:
            handled = await self._pass(self._until(body))
        return reply({**await self._clock(), "handled": handled})

    async def settles(self, request: web.Request) -> web.Response:
        await self._desk.acts.idle()
        await self._desk.acts.resume()
        await self._pass(self._room.now())
        return reply(await self._clock())

    async def _pass(self, until: datetime) -> int:
        return await self._desk.clock.run_due(until, post=self._desk.post, travel=self._room.travel)

    async def _next(self) -> int:
        """Goes on until something happens that somebody sees; housekeeping is not worth a stop."""
        seen: list[Entry] = []
        stop = self._room.watch(lambda changes: seen.extend(after for _, after in changes if isinstance(after, Entry)))
        handled, farthest = 0, self._room.now() + FARTHEST
        try:
            while not seen and (moment := await self._desk.next_due()) is not None and moment <= farthest:
                handled += await self._pass(max(moment, self._room.now()))
        finally:
            stop()
        return handled

    async def _clock(self) -> dict[str, Any]:
        shown = {"now": view.iso(self._room.now()), "next_due": view.iso(await self._desk.next_due())}
        self._tell({"type": "clock", **shown})
        return shown

    def _until(self, body: Body) -> datetime:
        now = self._room.now()
        if body.has("hours"):
            hours = body.given("hours")
            if isinstance(hours, bool) or not isinstance(hours, int | float) or not 0 < hours < float("inf"):
                raise ApiError(422, _("“hours” must be a number above 0."), _("Time only runs forward."))
            until = now + timedelta(hours=min(hours, 1_000_000))
        elif body.has("to"):
            until = _moment(body.text("to"))
            if until <= now:
                raise ApiError(
                    422, _("That moment is past."), _("Time only runs forward; it is {now}."), now=str(view.iso(now))
                )
        else:
            raise ApiError(422, _("How far?"), _('Give "hours", "to" or "next": true.'))
        if until > now + FARTHEST:
            raise ApiError(
                422, _("That is too far at once."), _("At most {days} days; go on from there."), days=FARTHEST.days
            )
        return until

    def _space(self, name: str) -> Somewhere:
        spaces = self._room.spaces
        found = spaces.get(name) or next((each for each in spaces.values() if each.name.lower() == name.lower()), None)
        if found is None:
            raise unknown(404, _("There is no space “{typed}”."), name, spaces)
        return found


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ApiError(422, _("That is no moment."), _("Write it as 2026-12-01T09:00:00Z.")) from None
    if moment.tzinfo is None:
        raise ApiError(422, _("That moment has no zone."), _("Write it as 2026-12-01T09:00:00Z."))
    return moment.astimezone(UTC)
