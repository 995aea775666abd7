"""One Kring beside a fake Slack and a fake Discord: the schools meet in a workspace, the college in a server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from bot.chat.names import Space
from bot.compose import store_of
from bot.running import House, open_house
from bot.settings import Settings
from tests.adapters.discord.scene import settings_of
from tests.adapters.stand_ins import Watch
from tests.process import TEMPO
from tests.stories import discord_house, slack_house
from tests.stories.discord import Mode
from tests.stories.discord_house import DiscordDriver
from tests.stories.house import SPACES, InTheHouse
from tests.stories.slack_house import SlackDriver
from tests.talk import Reply, Seen, Talk, Values

SLACK, DISCORD = "schools", "college"
"""Which space is where."""


class BothDriver(InTheHouse):
    """Each person acts in the client of the platform where they are; `people` says where that is."""

    platform = "slack and discord"

    def __init__(self, slack: SlackDriver, discord: DiscordDriver, house: House, watch: Watch) -> None:
        self.slack = slack
        self.discord = discord
        self.house = house
        self.watch = watch
        self.longest = min(slack.longest, discord.longest)

    def of(self, who: str) -> SlackDriver | DiscordDriver:
        return self.discord if who in self.discord.discord.world.people else self.slack

    # -- people and what they see

    async def join(self, name: str, space: str, language: str) -> str:
        return await (self.slack if space == SLACK else self.discord).join(name, space, language)

    async def leave(self, who: str) -> None:
        await self.of(who).leave(who)

    async def channels(self, who: str) -> dict[str, str]:
        return await self.of(who).channels(who)

    async def look(self, who: str, channel: str, thread: str | None) -> Sequence[Seen]:
        return await self.of(who).look(who, channel, thread)

    # -- what they do

    async def write(self, who: str, channel: str, thread: str | None, text: str) -> tuple[Seen, Reply]:
        return await self.of(who).write(who, channel, thread, text)

    async def edit(self, who: str, message: Seen, text: str) -> Reply:
        return await self.of(who).edit(who, message, text)

    async def delete(self, who: str, message: Seen) -> Reply:
        return await self.of(who).delete(who, message)

    async def react(self, who: str, message: Seen, emoji: str) -> Reply:
        return await self.of(who).react(who, message, emoji)

    async def call(self, who: str, channel: str, thread: str | None, text: str) -> Reply:
        return await self.of(who).call(who, channel, thread, text)

    async def use(self, who: str, message: Seen, shortcut: str) -> Reply:
        return await self.of(who).use(who, message, shortcut)

    async def press(self, who: str, message: Seen, label: str) -> Reply:
        return await self.of(who).press(who, message, label)

    async def pick(self, who: str, message: Seen, label: str, values: Sequence[str]) -> Reply:
        return await self.of(who).pick(who, message, label, values)

    async def fill(self, who: str, form: str, values: Values) -> Reply:
        return await self.of(who).fill(who, form, values)

    async def fill_again(self, who: str, form: str, values: Values) -> None:
        await self.of(who).fill_again(who, form, values)

    async def open_what_waits(self, who: str) -> Reply | None:
        return await self.of(who).open_what_waits(who)

    # -- doors that close

    async def close_messages(self, who: str) -> None:
        await self.of(who).close_messages(who)

    async def close_channel(self, channel: str) -> None:
        here = channel in self.discord.discord.world.channels
        await (self.discord if here else self.slack).close_channel(channel)

    # -- what is on its way

    async def quiet(self) -> None:
        await self.slack.quiet()
        await self.discord.quiet()

    def traffic(self) -> tuple[int, ...]:
        return (*self.slack.traffic(), *self.discord.traffic())

    async def beside(self) -> None:
        await self.slack.beside()


@asynccontextmanager
async def both_talk(database: str, mode: Mode) -> AsyncIterator[Talk]:
    """A story that begins on a Monday morning in a workspace and a server that have just let Kring in."""
    watch = Watch()
    async with slack_house.new_slack("socket", watch.now) as slack, discord_house.new_discord(mode, watch.now) as there:
        workspace, server = slack.workspace(SPACES[SLACK]), there.server(SPACES[DISCORD])
        settings = _settings(slack_house.settings_for(slack, "socket", database), settings_of(there, database, mode))
        async with store_of(settings) as store:
            installation = slack_house.installed(slack, workspace).pack()
            await store.keep_installation(Space("slack", workspace.id), installation)
            async with open_house(settings, store, now=watch.now, tempo=TEMPO) as house:
                general = slack.channel(workspace, "general", [workspace.owner])
                on_slack = SlackDriver(slack, house, watch, {SLACK: workspace}, {SLACK: general})
                channels = {DISCORD: there.channel(server, "general")}
                on_discord = DiscordDriver(there, mode, settings, watch, {DISCORD: server}, channels)
                on_discord.house = house
                driver = BothDriver(on_slack, on_discord, house, watch)
                await driver.deliver()
                yield Talk(driver)
                await driver.deliver()
        slack_house.check(slack, on_slack.expected)
        discord_house.check(on_discord)


def _settings(slack: Settings, discord: Settings) -> Settings:
    return slack.model_copy(update={"discord": discord.discord})
