"""Kring beside the fake Slack: in the same process with a watch that a story sets, or in one that can be killed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Literal

from pydantic import SecretStr

from adapters.slack.installed import Installation
from adapters.slack.manifest import EVENTS_PATH, manifest
from adapters.slack.workspaces import Workspace
from bot.chat import names
from bot.compose import store_of
from bot.features import gather
from bot.running import House, open_house
from bot.settings import Database, Server, Settings, Slack
from tests.adapters.slack.scene import at_rest
from tests.adapters.stand_ins import Watch
from tests.fakes.slack.state import Channel
from tests.fakes.slack.state import Workspace as Space
from tests.fakes.slack_server import SlackServer
from tests.process import TEMPO, waiting
from tests.stories.house import JITTER, SPACES, InTheHouse
from tests.stories.slack import SlackClient
from tests.talk import Talk

Mode = Literal["socket", "http"]
RETRIES = (0.0, 60.0, 300.0)
"""Seconds after which Slack sends an event again."""


class SlackDriver(InTheHouse, SlackClient):
    """Kring in this process."""

    def __init__(
        self, slack: SlackServer, house: House, watch: Watch, spaces: dict[str, Space], general: dict[str, Channel]
    ) -> None:
        super().__init__(slack, spaces, general)
        self.house = house
        self.watch = watch

    async def quiet(self) -> None:
        await at_rest(self.slack)

    async def beside(self) -> None:
        await self.house.slack.homes.settle()

    def installation(self, space: Space) -> str:
        """What is kept of a workspace that has just installed the app."""
        return installed(self.slack, space).pack()


class FarSlackDriver(SlackClient):
    """Kring in another process, with a watch that is set to another time and runs on."""

    def __init__(
        self,
        slack: SlackServer,
        settings: Settings,
        shift: timedelta,
        spaces: dict[str, Space],
        general: dict[str, Channel],
    ) -> None:
        super().__init__(slack, spaces, general)
        self._database = settings.database.url.removeprefix("sqlite:///")
        self._shift = shift

    async def deliver(self) -> None:
        while True:
            before = self.traffic()
            await self.quiet()
            if not waiting(self._database, await self.now()) and self.traffic() == before:
                return

    async def quiet(self) -> None:
        """As far as one can tell from outside."""
        await self.slack.idle()
        await asyncio.sleep(0.1)
        await self.slack.idle()

    async def now(self) -> datetime:
        return datetime.now(UTC) + self._shift


def settings_for(slack: SlackServer, mode: Mode, database: str, *, port: int = 0) -> Settings:
    """Several workspaces, and an app that is known."""
    app = slack.app
    return Settings(
        database=Database(url=database),
        slack=Slack(
            mode=mode,
            api_url=slack.url,
            app_token=SecretStr(app.app_token) if mode == "socket" else None,
            signing_secret=SecretStr(app.signing_secret),
            client_id=SecretStr(app.client_id),
            client_secret=SecretStr(app.client_secret),
        ),
        server=Server(port=port, public_url="http://127.0.0.1:1"),
    )


def installed(slack: SlackServer, space: Space) -> Installation:
    """As if somebody had installed the app by its page."""
    given = slack.world.installation(space)
    workspace = Workspace(
        team=space.id,
        name=space.name,
        token=given.token,
        bot_user=given.bot_user,
        bot_id=given.bot_id,
        app_id=slack.app.id,
        url=f"https://{space.domain}.slack.com/",
        scopes=frozenset(given.scopes),
        installer=given.installer,
    )
    return Installation(workspace)


def new_slack(
    mode: Mode, now: Callable[[], datetime], *, retries: Sequence[float] = RETRIES, seed: int = 0
) -> SlackServer:
    """With the app as our manifest makes it."""
    url = None if mode == "socket" else "https://kring.example.org"
    made = manifest(gather().offered.commands, url)
    return SlackServer(manifest=made, tempo=TEMPO * JITTER, retries=retries, wall=lambda: now().timestamp(), seed=seed)


@asynccontextmanager
async def slack_talk(database: str, mode: Mode) -> AsyncIterator[Talk]:
    """A story that begins on a Monday morning in two workspaces that have just installed Kring."""
    watch = Watch()
    async with new_slack(mode, watch.now) as slack:
        spaces = {name: slack.workspace(called) for name, called in SPACES.items()}
        general = {name: slack.channel(space, "general", [space.owner]) for name, space in spaces.items()}
        settings = settings_for(slack, mode, database)
        async with store_of(settings) as store:
            for space in spaces.values():
                await store.keep_installation(names.Space("slack", space.id), installed(slack, space).pack())
            async with open_house(settings, store, now=watch.now, tempo=TEMPO) as house:
                if mode == "http":
                    await slack.deliver_to(house.url.rstrip("/") + EVENTS_PATH)
                driver = SlackDriver(slack, house, watch, spaces, general)
                yield Talk(driver)
                await driver.deliver()
                check(slack, driver.expected)


def check(slack: SlackServer, expected: set[str]) -> None:
    """What holds at the end of every story. `expected` is what Slack may have refused in it."""
    assert slack.too_many == 0, "Kring was too fast"
    assert slack.counters.lost == 0, "an event was never acknowledged"
    assert slack.counters.late == 0, "an acknowledgement came late"
    assert not set(slack.counters.errors) - expected, slack.counters.errors
    twice = {id_: messages for id_, messages in slack.posts_by_id().items() if len(messages) > 1}
    assert not twice, f"posted twice: {twice}"
