"""A small app on the real discord.py client, that answers the interactions of a fake Discord as a test says."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import discord

from tests.fakes.discord.state import Channel, Guild, Outcome, Person
from tests.fakes.discord_listening import App, Json, listening
from tests.fakes.discord_server import DiscordServer

Answer = Callable[[discord.Interaction[Any]], Awaitable[Any]]


class Answering(App):
    """`answer` is called for every interaction. What it raises stands in `raised`."""

    def __init__(self) -> None:
        super().__init__(discord.Intents(guilds=True, guild_messages=True, dm_messages=True))
        self.answer: Answer | None = None
        self.raised: list[BaseException] = []
        self.tree = discord.app_commands.CommandTree(self)

    @property
    def heard(self) -> list[Json]:
        """Every interaction as it came in, oldest first."""
        return self.events("INTERACTION_CREATE")

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        if self.answer is None:
            return
        # pytest's own failures are no Exception: gathered, they are not lost either
        [error] = await asyncio.gather(self.answer(interaction), return_exceptions=True)
        if isinstance(error, BaseException):
            self.raised.append(error)


@asynccontextmanager
async def app_on(server: DiscordServer) -> AsyncIterator[Answering]:
    app = Answering()
    async with listening(server, app):
        yield app


@dataclass
class Scene:
    """A server with a channel and two people, and the app in it."""

    server: DiscordServer
    school: Guild
    anna: Person
    bram: Person
    general: Channel
    app: Answering

    def answers(self, answer: Answer) -> None:
        self.app.answer = answer

    async def helped(self, answer: Answer) -> Outcome:
        """Anna calls `/help`, and the app answers like this."""
        self.app.answer = answer
        return await self.server.calls(self.anna, self.general, "/help")


HELP = {"name": "help", "description": "Help"}


@asynccontextmanager
async def scene(*, patience: float = 0.5, wall: Callable[[], float] = time.time) -> AsyncIterator[Scene]:
    async with DiscordServer(limits=False, patience=patience, wall=wall) as server:
        server.commands.replace("", [HELP])
        school = server.server("De Regenboog")
        anna, bram = server.person(school, "Anna", locale="nl"), server.person(school, "Bram")
        general = server.channel(school, "general")
        async with app_on(server) as app:
            yield Scene(server, school, anna, bram, general, app)
