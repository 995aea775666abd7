"""A small real Slack for the real slack_sdk and slack_bolt clients, on a free loopback port, strict as the real one.

    async with SlackServer(manifest=manifest, tempo=100) as slack:
        school = slack.workspace("De Regenboog")              # the app is installed in it
        anna = slack.person(school, "Anna", locale="nl-NL")
        general = slack.channel(school, "general", [anna])    # the app's bot is a member
        ... start the app with base_url=slack.url, slack.app.app_token, school.installation.token ...
        outcome = await slack.calls(anna, general, "/kring round start")   # waits for the acknowledgement
        await slack.submits(anna, slack.modal(anna), {"Question": "What holds us up?"})
        await slack.idle()                                    # nothing undelivered, nothing unacknowledged
        slack.sees(anna, general)                             # -> list[Shown], newest last

Where things are: what people do with messages is in `slack/people.py`, coming and going in `slack/membership.py`,
buttons, commands, modals and the home page in `slack/pressing.py`, what they see in `slack/looking.py`. Who and what is
there is in `slack/state.py` (Person, Channel, Message, View, Upload, Outcome, Shown). The Web API is in
`slack/web_api.py` and `slack/methods_*.py`, its speed limits in `slack/pacing.py`, Block Kit's limits in
`slack/blockkit.py`; events and their retries in `slack/delivery.py`, over `slack/sockets.py` or signed requests
(`slack/signed.py`); response_urls, triggers and acknowledgements in `slack/responses.py`; what goes wrong on demand in
`slack/mishaps.py`.

People, channels and workspaces may be named by object or by id. Acts that the app must answer return an `Outcome`;
other acts return at once, and their events are on the way (`await slack.idle()`).

Every rule follows docs.slack.dev as of 2026-11-25. Where the page says nothing, the comment says what was taken.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.fakes.mishaps import Mishaps
from tests.fakes.overheard import Ear
from tests.fakes.slack import methods_app, methods_chat, methods_conversations, methods_files, methods_views
from tests.fakes.slack.counters import Counters
from tests.fakes.slack.delivery import Delivery
from tests.fakes.slack.events import Events
from tests.fakes.slack.looking import Looking
from tests.fakes.slack.manifests import EVERYTHING
from tests.fakes.slack.mishaps import Chances
from tests.fakes.slack.oauth import OAuth
from tests.fakes.slack.pacing import Pacing
from tests.fakes.slack.posting import Posting
from tests.fakes.slack.pressing import Pressing
from tests.fakes.slack.responses import Responses
from tests.fakes.slack.sockets import Sockets
from tests.fakes.slack.state import Message
from tests.fakes.slack.web_api import WebApi
from tests.fakes.slack.world import World

FAMILIES = (methods_app, methods_chat, methods_conversations, methods_files, methods_views)
"""Where the methods of the Web API are."""


class SlackServer(Pressing, Looking):
    """One Slack with one app.

    `manifest` is the app's (the dict of its JSON): its scopes, events, commands, shortcuts and home page bind. Without
    it the app may do everything.
    `tempo` multiplies every speed limit of the Web API. `patience` is how long an acknowledgement may take, `retries`
    the seconds before the second, third and fourth delivery of an event. `wall` is the time that is written on things
    and by which tokens and response_urls grow old; what Slack measures in seconds (acknowledgements, triggers) goes
    by real time. `limits` off: no speed limits at all.
    """

    def __init__(
        self,
        *,
        manifest: dict[str, Any] | None = None,
        tempo: float = 1.0,
        patience: float = 3.0,
        retries: Sequence[float] = (0.0, 60.0, 300.0),
        limits: bool = True,
        posts_a_minute: int = 600,
        wall: Callable[[], float] = time.time,
        seed: int = 0,
    ) -> None:
        self.counters = Counters()
        self.mishaps = Mishaps(seed, Chances)
        self.ear = Ear()
        self.world = World(manifest or EVERYTHING, wall)
        self.app = self.world.app
        self.wall = wall
        self.patience = patience
        self.pacing = Pacing(tempo, posts_a_minute=posts_a_minute, enabled=limits)
        self.events = Events(self)
        self.posting = Posting(self)
        self.sockets = Sockets(self)
        self.delivery = Delivery(self, patience=patience, retries=retries)
        self.responses = Responses(self)
        self.oauth = OAuth(self)
        self.web = WebApi(self)
        self.address = ""
        self.url = ""
        """`http://127.0.0.1:PORT/api/`: the base_url of the clients, `[slack] api_url` in the configuration."""
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self, port: int = 0) -> None:
        routes = web.Application(client_max_size=64 * 1024 * 1024)
        self.web.mount(routes)
        self.sockets.mount(routes)
        self.responses.mount(routes)
        self.oauth.mount(routes)
        self._runner = web.AppRunner(routes, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        bound = self._runner.addresses[0][1]
        self.address = f"http://127.0.0.1:{bound}"
        self.url = f"{self.address}/api/"
        self.delivery.start()

    async def stop(self) -> None:
        await self.delivery.stop()
        await self.sockets.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    # -- how the app is reached

    async def deliver_to(self, url: str, *, interactivity: str | None = None, commands: str | None = None) -> None:
        """From here on events, commands and presses go to these addresses in signed requests, no longer over sockets.

        As when the address is saved on the settings page, `url` must answer the `url_verification` challenge first;
        otherwise AssertionError says what it answered. Interactivity and commands go to `url` too unless named.
        """
        await self.delivery.deliver_to(url, interactivity or url, commands or url)

    async def idle(self, seconds: float = 30.0) -> None:
        """Returns when every event was acknowledged or given up and nobody waits for an answer.

        TimeoutError names what is still on the way.
        """
        await self.delivery.idle(seconds)

    @property
    def connected(self) -> int:
        """Open sockets."""
        return len(self.sockets.open)

    async def refresh_sockets(self, *, warning: bool = False) -> None:
        """What Slack does every hour or so: `disconnect` with `warning` about ten seconds ahead, or
        `refresh_requested` and the connection closed."""
        await self.sockets.refresh(warning=warning)

    async def cut_sockets(self) -> None:
        """Breaks every connection without a word."""
        await self.sockets.cut()

    # -- for assertions

    @property
    def too_many(self) -> int:
        """429 answers that the speed limits gave."""
        return self.counters.too_many

    def posts(self) -> list[Message]:
        """Every message of the app that stands somewhere, oldest first; not what only one person sees."""
        found = [
            message
            for space in self.world.workspaces.values()
            for channel in space.channels.values()
            for message in channel.messages.values()
            if message.by_app
        ]
        return sorted(found, key=lambda message: message.ts)

    def posts_by_id(self) -> dict[str, list[Message]]:
        """The same by the `id` in their metadata's event_payload."""
        found: dict[str, list[Message]] = {}
        for message in self.posts():
            if message.metadata_id is not None:
                found.setdefault(message.metadata_id, []).append(message)
        return found
