"""Kring beside the fake Discord, in light or in full mode: in the same process, with a watch that a story sets."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime

from bot.compose import store_of
from bot.running import open_house
from bot.settings import Settings
from tests.adapters.discord.scene import at_rest, settings_of
from tests.adapters.stand_ins import Watch
from tests.fakes.discord.interactions import AUTOCOMPLETE
from tests.fakes.discord.mentions import said
from tests.fakes.discord.state import Channel, Guild
from tests.fakes.discord_server import DiscordServer
from tests.process import TEMPO
from tests.stories.discord import DiscordClient, Mode
from tests.stories.house import JITTER, SPACES, InTheHouse
from tests.talk import Talk


class DiscordDriver(InTheHouse, DiscordClient):
    """Kring in this process, from `start` on; it can be stopped, and started again."""

    def __init__(
        self,
        discord: DiscordServer,
        mode: Mode,
        settings: Settings,
        watch: Watch,
        servers: dict[str, Guild],
        general: dict[str, Channel],
    ) -> None:
        super().__init__(discord, mode, servers, general)
        self.settings = settings
        self.watch = watch
        self._running = AsyncExitStack()

    async def quiet(self) -> None:
        await at_rest(self.discord, self.house)

    async def start(self) -> None:
        store = await self._running.enter_async_context(store_of(self.settings))
        opening = open_house(self.settings, store, now=self.watch.now, tempo=TEMPO)
        self.house = await self._running.enter_async_context(opening)
        await self.deliver()

    async def stop(self) -> None:
        await self._running.aclose()

    @asynccontextmanager
    async def away(self) -> AsyncIterator[None]:
        """Kring is stopped meanwhile."""
        await self.stop()
        yield
        await self.start()


def new_discord(mode: Mode, now: Callable[[], datetime]) -> DiscordServer:
    """With the intents that the mode needs."""
    allowed = ("members", "message_content") if mode == "full" else ()
    return DiscordServer(tempo=TEMPO * JITTER, wall=lambda: now().timestamp(), intents_allowed=allowed)


@asynccontextmanager
async def discord_talk(database: str, mode: Mode) -> AsyncIterator[Talk]:
    """A story that begins on a Monday morning in two servers that Kring has just been invited to."""
    watch = Watch()
    async with new_discord(mode, watch.now) as discord:
        servers = {name: discord.server(called) for name, called in SPACES.items()}
        general = {name: discord.channel(server, "general") for name, server in servers.items()}
        driver = DiscordDriver(discord, mode, settings_of(discord, database, mode), watch, servers, general)
        try:
            await driver.start()
            yield Talk(driver)
            await driver.deliver()
        finally:
            await driver.stop()
        check(driver)


def check(driver: DiscordClient) -> None:
    """What holds at the end of every story. `driver.expected` is what Discord may have refused in it."""
    discord = driver.discord
    assert discord.too_many == 0, "Kring was too fast"
    assert not set(discord.counters.errors) - driver.expected, discord.counters.errors
    asked = discord.responses.asked
    assert not discord.responses.waiting(), "somebody still waits for an answer"
    assert not [each for each in asked if each.dead], "an answer came too late"
    assert not [each.outcome.refused for each in asked if each.outcome.refused], "an answer was refused"
    twice = {nonce: messages for nonce, messages in discord.posts_by_nonce().items() if len(messages) > 1}
    assert not twice, f"posted twice: {twice}"
    for message in discord.posts():
        assert not message.mention_everyone, f"everybody was called: {message}"
        assert not message.mention_roles, f"a role was called: {message}"
        if message.edited is None:  # an edit calls nobody
            unnamed = [who for who in message.pinged if f"<@{who}>" not in said(message.components)]
            assert not unnamed, f"called though not named: {unnamed} by {message}"
        channel = discord.world.channels[message.channel]
        if channel.guild is None:
            [who] = channel.recipients
            acts = [int(each.id) for each in asked if each.person.id == who and each.kind != AUTOCOMPLETE]
            assert min([*acts, driver.acted.get(who, int(message.id))]) < int(message.id), f"nobody asked for {message}"
