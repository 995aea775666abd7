"""Kring's whole Slack side over a store, without Slack: what comes in is real, what goes out ends here."""

from __future__ import annotations

import itertools
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime

from slack_bolt.app.async_app import AsyncApp

from adapters.slack.answers import Answers
from adapters.slack.calling import Calling, new_client, new_session
from adapters.slack.connect import new_app
from adapters.slack.drafts import Drafts
from adapters.slack.hearing import Hearing
from adapters.slack.home import Homes
from adapters.slack.pace import Pace
from adapters.slack.profiles import Profiles
from adapters.slack.workspaces import OneWorkspace, Workspace
from benchmarks.signed import BOT, TEAM
from bot.chat.names import Account, Channel, MessageRef, Profile
from bot.chat.requests import Request
from bot.compose import compose
from bot.ports import Posted, Sent
from storage.store import Store

SECRET = "front"  # noqa: S105 - it signs requests that go nowhere
NOWHERE = "http://127.0.0.1:9/"


class Nowhere:
    """A Slack that takes everything at once, as fast as the real one would let us ask."""

    name = "slack"

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._numbers = itertools.count()

    def turn(self, request: Request) -> float:
        return self._pace.turn(request)

    def crowded(self) -> Mapping[str, float]:
        return self._pace.crowded()

    async def send(
        self, request_id: str, request: Request, target: Posted | None, since: datetime | None = None
    ) -> Sent:
        if target is not None:
            return Sent(target.message)
        where = request.to if isinstance(request.to, Channel) else Channel(request.to.space, f"D{request.to.id}")
        return Sent(MessageRef(where, f"sent{next(self._numbers)}"))


@asynccontextmanager
async def front(
    store: Store, people: Mapping[Account, Profile], *, now: Callable[[], datetime]
) -> AsyncIterator[AsyncApp]:
    """Bolt with the real hearing, door, postman and clock behind it; the people are known already."""
    workspace = Workspace(TEAM, "School", "xoxb-front", BOT, "B0KRING0001", "A0KRING0001", NOWHERE, frozenset())
    async with new_session() as session:
        client = new_client(session, NOWHERE, None)
        workspaces = OneWorkspace(workspace, client)
        pace = Pace(time.monotonic)
        calling = Calling(session, NOWHERE, workspaces, now)
        profiles = Profiles(calling, pace, time.monotonic)
        for account, profile in people.items():
            profiles.keep(account.space.id, account.id, profile)
        drafts = Drafts(store, now)
        answers = Answers(calling, pace, drafts, profiles, now)
        async with compose(store, [Nowhere(pace)], now=now) as kring:
            homes = Homes(kring.door, answers, now=now, tick=time.monotonic)
            kring.on_commit(homes.poke)
            hearing = Hearing(
                kring.door,
                workspaces=workspaces,
                profiles=profiles,
                answers=answers,
                homes=homes,
                drafts=drafts,
                now=now,
            )
            yield new_app(client, workspaces, hearing, SECRET)
            await hearing.close()
        await answers.close()
        await profiles.close()
