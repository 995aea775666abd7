"""Everything that Slack sends, on its way to the door and back: understood, handled durably, answered, acknowledged.

What is acknowledged is durable. What could not be handled is not acknowledged, so Slack sends it again (events only).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

import structlog

from adapters.slack import PLATFORM
from adapters.slack.answers import Ack, Answers
from adapters.slack.drafts import Drafts
from adapters.slack.happened import installed
from adapters.slack.home import Homes
from adapters.slack.inbound import Arrived, Closed, Removed, understand
from adapters.slack.profiles import Profiles, spoken_to
from bot.chat.answers import Answer, Tell
from bot.chat.events import (
    ByPerson,
    Event,
    HomeOpened,
    Installed,
    MemberJoined,
    MessagePosted,
    ProfileChanged,
)
from bot.chat.names import Account, Profile, Space
from bot.errors import PlatformRefusal, PlatformTrouble

log = structlog.get_logger("kring.slack")


class Door(Protocol):
    async def handle(self, event: Event) -> Answer: ...


class Forgetting(Protocol):
    """The workspaces that Kring is in."""

    async def forget(self, team: str) -> None: ...


class Hearing:
    def __init__(
        self,
        door: Door,
        *,
        workspaces: Forgetting,
        profiles: Profiles,
        answers: Answers,
        homes: Homes,
        drafts: Drafts,
        now: Callable[[], datetime],
    ) -> None:
        self._door = door
        self._workspaces = workspaces
        self._profiles = profiles
        self._answers = answers
        self._homes = homes
        self._drafts = drafts
        self._now = now
        self._greeted: set[str] = set()
        self._learning: dict[Account, asyncio.Task[None]] = {}

    async def hear(self, body: Mapping[str, Any], *, team: str, bot_user: str) -> Ack:
        """What stands in the acknowledgement. Raises what the door raises: then there shall be none."""
        name = self._profiles.naming(team, bot_user)
        what = understand(body, team=team, bot_user=bot_user, now=self._now(), name=name)
        match what:
            case Arrived():
                return await self._arrived(what)
            case Closed(origin=origin, action=action, values=values):
                await self._drafts.keep(origin.account, action, values)
            case Removed():
                log.warning("kring was taken out of a workspace", team=team)
                await self._workspaces.forget(team)
            case None:
                pass
        return None

    async def greet(self, team: str, installer: str) -> None:
        """Somebody put Kring into the workspace."""
        event = installed(Space(PLATFORM, team), installer, self._now())
        await self._door.handle(replace(event, profile=await self._profiles.soon(team, installer)))

    async def close(self) -> None:
        tasks = tuple(self._learning.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _arrived(self, what: Arrived) -> Ack:
        origin = what.origin
        event, profile = await self._with_profile(what.event, origin.team, origin.user)
        if isinstance(event, Installed) and not (profile and profile.host):
            return None  # who let it into a channel cannot set it up; the first administrator who looks is greeted
        answer = await self._door.handle(event)
        words = spoken_to(profile)
        try:
            if isinstance(event, HomeOpened):
                if isinstance(answer, Tell):
                    await self._homes.opened(origin, answer.message)
                await self._perhaps_new(origin.team, origin.user, profile)
                return None
            return await self._answers.give(answer, origin, words)
        except (PlatformTrouble, PlatformRefusal) as error:
            # what happened is kept; only its answer is lost
            log.info("an answer could not be shown", why=str(error))
            return None

    async def _with_profile(self, event: Event, team: str, user: str) -> tuple[Event, Profile | None]:
        """The event with what Slack says of who did it, where that is known or worth waiting for."""
        match event:
            case ProfileChanged(profile=profile):
                before = self._profiles.known(team, user)
                self._profiles.keep(team, user, _over(before, profile))
                return event, profile
            case MemberJoined(channel=None, profile=profile):
                return event, profile
            case MemberJoined():
                known = await self._profiles.soon(team, user)
                if known is None:
                    self._learn(event.account)
                return replace(event, profile=known or event.profile), known
            case MessagePosted(direct=False):
                known = self._profiles.known(team, user)
                if known is None and event.message.thread is not None:
                    self._learn(event.account)
                return replace(event, profile=known), known
            case _ if isinstance(event, (ByPerson, MessagePosted, Installed)):
                known = await self._profiles.soon(team, user)
                return replace(event, profile=known), known
            case _:
                return event, self._profiles.known(team, user)

    def _learn(self, account: Account) -> None:
        """Asks Slack who that is, while nobody waits; whoever takes part is called by their name then."""
        if account in self._learning:
            return

        async def learned() -> None:
            try:
                profile = await self._profiles.get(account.space.id, account.id)
                if profile is not None:
                    id_ = f"{PLATFORM}/profile/{account.space.id}/{account.id}/{self._now():%Y%m%d%H%M%S%f}"
                    await self._door.handle(ProfileChanged(id_, self._now(), account, profile))
            except Exception:
                log.exception("a profile could not be kept")
            finally:
                del self._learning[account]

        self._learning[account] = asyncio.create_task(learned(), name="profile")

    async def _perhaps_new(self, team: str, user: str, profile: Profile | None) -> None:
        """A token does not tell who installed Kring: the first administrator who opens the Home tab counts."""
        if profile is not None and profile.host and team not in self._greeted:
            await self.greet(team, user)
            self._greeted.add(team)


def _over(before: Profile | None, newer: Profile) -> Profile:
    """What `user_change` does not say stays as it was."""
    if before is None:
        return newer
    return replace(newer, language=newer.language or before.language, space_name=newer.space_name or before.space_name)
