"""The paths that show what a person can see."""

from __future__ import annotations

import re

from aiohttp import web

from adapters.playground import finding, view
from adapters.playground.body import number, query
from adapters.playground.commands import offered
from adapters.playground.desk import Desk, reply
from adapters.playground.faults import ApiError
from bot.texts.catalogue import _

PAGE = 500
"""How many messages are shown at once unless asked otherwise."""


class Looking:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._room = desk.room

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/state", self.state),
            web.get("/api/messages", self.messages),
            web.get("/api/commands", self.commands),
            web.get("/api/forms/{id}", self.form),
            web.get("/api/files/{id}", self.file),
        ]

    async def state(self, request: web.Request) -> web.Response:
        viewer = self._desk.viewer(request) if "as" in request.query else None
        words = self._desk.words(request)
        return reply(view.state(self._room, viewer, words, await self._desk.next_due()))

    async def messages(self, request: web.Request) -> web.Response:
        viewer = self._desk.viewer(request)
        where = finding.channel(self._room, viewer, query(request, "channel"))
        thread = finding.thread(self._room, viewer, where, request.query.get("thread") or None)
        limit = number(request, "limit", default=PAGE, most=1000)
        found = view.messages(self._room, viewer, where, thread)
        if "before" in request.query:
            before = finding.message(self._room, viewer, request.query["before"])
            found = [entry for entry in found if entry.seq < before.seq]
        shown = [view.message(self._room, viewer, entry) for entry in found[-limit:]]
        return reply({"channel": where.id, "thread": thread, "messages": shown, "more": len(found) > limit})

    async def commands(self, request: web.Request) -> web.Response:
        self._desk.viewer(request)
        return reply({"commands": offered(self._desk.commands, self._desk.words(request))})

    async def form(self, request: web.Request) -> web.Response:
        viewer = self._desk.viewer(request)
        opened = finding.form(self._room, viewer, request.match_info["id"])
        return reply({"form": view.form(self._room, viewer, opened)})

    async def file(self, request: web.Request) -> web.Response:
        viewer = self._desk.viewer(request)
        found = self._room.file(request.match_info["id"])
        if found is None:
            raise ApiError(404, _("There is no such file."), _("Files hang on messages."))
        entry, file = found
        finding.message(self._room, viewer, entry.id)
        name = re.sub(r"[^\w.-]", "_", file.name, flags=re.ASCII)
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return web.Response(body=file.content.encode(), content_type="application/octet-stream", headers=headers)
