"""A playground in which a scripted door answers, behind a real server on a free port."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import ClientSession

from adapters.clock import Clock
from adapters.playground.acts import Acts
from adapters.playground.desk import Desk
from adapters.playground.model import Basis, Corner, Somewhere
from adapters.playground.platform import PlaygroundPlatform
from adapters.playground.room import Room
from adapters.playground.server import serving
from adapters.postman import Postman
from bot.chat.commands import Command, Option
from tests.adapters.stand_ins import Doorman, Shelf, Watch

COMMANDS = (
    Command(
        ("round", "start"), "Start a round.", (Option("format", "How to talk.", "choice", True, ("open", "vote")),)
    ),
    Command(("me",), "What I know of you."),
)


class Drawer:
    """A room store in memory. `fails` makes it refuse to write."""

    def __init__(self, documents: Mapping[str, str] | None = None) -> None:
        self.documents = dict(documents or {})
        self.writes: list[set[str]] = []
        self.fails = False

    async def room_put(self, documents: Mapping[str, str | None]) -> None:
        if self.fails:
            raise OSError("the disk is full")
        self.writes.append(set(documents))
        for key, text in documents.items():
            if text is None:
                self.documents.pop(key, None)
            else:
                self.documents[key] = text

    async def room_all(self) -> Mapping[str, str]:
        return dict(self.documents)


@dataclass
class Play:
    """Everything at hand: what people do goes over HTTP, what Kring answers is written in `door.does`."""

    room: Room
    drawer: Drawer
    shelf: Shelf
    door: Doorman
    desk: Desk
    address: str = ""
    client: ClientSession = field(init=False)

    async def get(self, path: str, **query: str) -> Any:
        """The body of a request that must succeed."""
        status, body = await self.ask("GET", path, query=query)
        assert status < 300, body
        return body

    async def post(self, path: str, **body: Any) -> Any:
        status, answer = await self.ask("POST", path, body)
        assert status < 300, answer
        return answer

    async def refused(self, method: str, path: str, body: Any = None, **query: str) -> tuple[int, dict[str, str]]:
        """Status and words of a request that must not succeed."""
        status, answer = await self.ask(method, path, body, query)
        assert status >= 400, answer
        assert set(answer) >= {"error", "hint"}
        return status, answer

    async def ask(self, method: str, path: str, body: Any = None, query: Any = None) -> tuple[int, Any]:
        # `as` is a word of Python
        body = {name.rstrip("_"): value for name, value in body.items()} if isinstance(body, dict) else body
        query = {name.rstrip("_"): value for name, value in (query or {}).items()}
        async with self.client.request(method, self.address + path, json=body, params=query) as response:
            return response.status, await response.json()

    async def messages(self, who: str, channel: str = "school-general", thread: str = "") -> list[dict[str, Any]]:
        query = {"as_": who, "channel": channel} | ({"thread": thread} if thread else {})
        shown: list[dict[str, Any]] = (await self.get("api/messages", **query))["messages"]
        return shown


def build(drawer: Drawer) -> Play:
    watch = Watch()
    room = Room(drawer, real=watch.now)
    shelf = Shelf(watch)
    door = Doorman(shelf)
    postman = Postman(shelf, door, [PlaygroundPlatform(room)], now=room.now)
    clock = Clock(shelf, door, now=room.now)
    desk = Desk(room, Acts(room, door), clock, postman, COMMANDS)
    return Play(room, drawer, shelf, door, desk)


async def furnish(room: Room) -> None:
    """Two spaces with two channels each."""
    await room.save(
        Basis("De Werkplaats", "en"),
        Somewhere("school", "School", greets="school-general"),
        Somewhere("college", "College", greets="college-general"),
        Corner("school-general", "general", "school"),
        Corner("school-math", "math", "school"),
        Corner("college-general", "general", "college"),
    )


@pytest.fixture
async def play() -> AsyncIterator[Play]:
    """Ana and Bo at the school, Cas at the college."""
    made = build(Drawer())
    await furnish(made.room)
    async with serving(made.desk, "127.0.0.1", 0) as made.address, ClientSession() as made.client:
        for name, space, language in (("Ana", "school", "en"), ("Bo Berg", "school", "nl"), ("Cas", "college", "en")):
            await made.post("api/people", name=name, space=space, language=language)
        made.door.events.clear()
        yield made
