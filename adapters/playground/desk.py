"""What every path of the API shares: the room, who asks, and in which language they are answered."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from aiohttp import web

from adapters.playground import finding, view
from adapters.playground.acts import Acts
from adapters.playground.answers import Given
from adapters.playground.body import Body, query
from adapters.playground.model import Corner, Somebody
from adapters.playground.room import Room
from bot.chat.commands import Command
from bot.texts.catalogue import Words, words_in

LANGUAGE = web.RequestKey("language", str)


class Post(Protocol):
    """What the playground needs from the postman."""

    async def settle(self) -> None: ...
    async def next_at(self) -> datetime | None: ...


class Passing(Protocol):
    """What the playground needs from the clock."""

    async def next_at(self) -> datetime | None: ...
    async def run_due(self, until: datetime, *, post: Any, travel: Callable[[datetime], Awaitable[None]]) -> int: ...


@dataclass(frozen=True, slots=True)
class Desk:
    room: Room
    acts: Acts
    clock: Passing
    post: Post
    commands: Sequence[Command] = ()

    def words(self, request: web.Request) -> Words:
        """The words of who asks; of the demo where nobody in particular does."""
        return words_in(request.get(LANGUAGE) or self.room.basis.language)

    def viewer(self, request: web.Request) -> Somebody:
        """Who `as` in the address names."""
        return self._known(request, query(request, "as"))

    async def actor(self, request: web.Request) -> tuple[Somebody, Body]:
        """Who `as` in the body names, and the body."""
        body = await Body.of(request)
        return self._known(request, body.text("as")), body

    async def place(self, request: web.Request) -> tuple[Somebody, Corner, str | None, Body]:
        """Who acts, in which channel and thread, and the body."""
        who, body = await self.actor(request)
        corner = finding.channel(self.room, who, body.text("channel"))
        thread = finding.thread(self.room, who, corner, body.text("thread", default="") or None)
        return who, corner, thread, body

    async def next_due(self) -> datetime | None:
        """When the next thing happens by itself: a deadline, or a message that waits for its moment."""
        moments = [await self.clock.next_at(), await self.post.next_at()]
        return min((moment for moment in moments if moment is not None), default=None)

    def given(self, who: Somebody, given: Given, **more: Any) -> web.Response:
        return reply({"answer": view.answer(self.room, who, given), **more})

    def _known(self, request: web.Request, name: str) -> Somebody:
        found = finding.person(self.room, name)
        request[LANGUAGE] = found.language or self.room.basis.language
        return found


def reply(body: dict[str, Any], status: int = 200) -> web.Response:
    return web.json_response(body, status=status, dumps=lambda thing: json.dumps(thing, ensure_ascii=False))
