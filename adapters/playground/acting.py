"""The paths by which people act. Each returns the answer they see."""

from __future__ import annotations

from aiohttp import web

from adapters.playground import finding, view
from adapters.playground.body import query
from adapters.playground.desk import Desk, reply
from adapters.playground.model import Entry, Somebody


class Acting:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._room = desk.room
        self._acts = desk.acts

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/api/messages", self.writes),
            web.patch("/api/messages/{id}", self.edits),
            web.delete("/api/messages/{id}", self.deletes),
            web.post("/api/reactions", self.reacts),
            web.delete("/api/reactions", self.takes_back),
            web.post("/api/commands", self.calls),
            web.post("/api/shortcuts", self.uses),
            web.post("/api/press", self.presses),
            web.post("/api/select", self.selects),
            web.post("/api/forms", self.fills),
            web.post("/api/read", self.reads),
        ]

    async def writes(self, request: web.Request) -> web.Response:
        who, where, thread, body = await self._desk.place(request)
        entry, given = await self._acts.write(who, where, thread, body.raw("text"))
        return self._desk.given(who, given, message=self._shown(who, entry))

    async def edits(self, request: web.Request) -> web.Response:
        who, body = await self._desk.actor(request)
        entry = finding.message(self._room, who, request.match_info["id"])
        entry, given = await self._acts.edit(who, entry, body.raw("text"))
        return self._desk.given(who, given, message=self._shown(who, entry))

    async def deletes(self, request: web.Request) -> web.Response:
        who = self._desk.viewer(request)
        entry = finding.message(self._room, who, request.match_info["id"])
        return self._desk.given(who, await self._acts.delete(who, entry))

    async def reacts(self, request: web.Request) -> web.Response:
        who, body = await self._desk.actor(request)
        entry = finding.message(self._room, who, body.text("message"))
        entry, given = await self._acts.react(who, entry, body.text("emoji"))
        return self._desk.given(who, given, message=self._shown(who, entry))

    async def takes_back(self, request: web.Request) -> web.Response:
        who = self._desk.viewer(request)
        entry = finding.message(self._room, who, query(request, "message"))
        entry = await self._acts.take_back(who, entry, query(request, "emoji"))
        return reply({"message": self._shown(who, entry)})

    async def calls(self, request: web.Request) -> web.Response:
        who, where, thread, body = await self._desk.place(request)
        return self._desk.given(who, await self._acts.command(who, where, thread, body.raw("text")))

    async def uses(self, request: web.Request) -> web.Response:
        who, body = await self._desk.actor(request)
        entry = finding.message(self._room, who, body.text("message"))
        return self._desk.given(who, await self._acts.shortcut(who, entry, body.text("name")))

    async def presses(self, request: web.Request) -> web.Response:
        who, body = await self._desk.actor(request)
        entry = finding.message(self._room, who, body.text("message"))
        button = finding.button(entry, body.text("label"), body.action())
        return self._desk.given(who, await self._acts.press(who, entry, button))

    async def selects(self, request: web.Request) -> web.Response:
        who, body = await self._desk.actor(request)
        entry = finding.message(self._room, who, body.text("message"))
        select = finding.select(entry, body.text("label"), body.action())
        values = finding.choices(select.choices, body.given("value"))
        return self._desk.given(who, await self._acts.select(who, entry, select, values))

    async def fills(self, request: web.Request) -> web.Response:
        who, body = await self._desk.actor(request)
        return self._desk.given(who, await self._acts.send_form(who, body.text("form"), body.table("values")))

    async def reads(self, request: web.Request) -> web.Response:
        who, where, thread, _body = await self._desk.place(request)
        await self._room.save(view.seen(self._room, who, where, thread))
        return reply({"channel": where.id, **view.unread(self._room, who, where)})

    def _shown(self, who: Somebody, entry: Entry) -> dict[str, object]:
        return view.message(self._room, who, self._room.entries.get(entry.id, entry))
