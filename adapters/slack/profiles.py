"""What Slack says of people: name, zone, language, rights.

Events name people by id only. What `users.info` says is remembered for a day; `user_change` tells what is newer.
https://docs.slack.dev/reference/objects/user-object (2026-11-25)
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

import structlog

from adapters.slack.calling import Calling
from adapters.slack.pace import Pace
from adapters.slack.reading import Name
from bot.chat.names import Profile
from bot.errors import PlatformRefusal, PlatformTrouble
from bot.texts.catalogue import DEFAULT, Words, words_in

SLACKBOT = "USLACKBOT"
"""Slack itself: it tells Kring, in a direct message, that it was removed from a channel, and reads no answer."""
KRING = "Kring"
KEPT = 24 * 3600.0
"""Seconds."""
MOST = 50_000
"""People remembered."""
SOON = 1.0
"""Seconds that somebody who waits for an answer waits for their profile; then it comes with their next act."""
AT_ONCE = 8
"""Questions to Slack at the same time."""

log = structlog.get_logger("kring.slack")


def is_person(user: Mapping[str, Any]) -> bool:
    return not user.get("is_bot") and user.get("id") != SLACKBOT


def profile_of(user: Mapping[str, Any], team: str, space_name: str | None = None) -> Profile:
    """What a user object says to the workspace `team`. A guest or somebody of another organisation is a person like any
    other; but who runs another workspace is no host of this one.
    """
    said = user.get("profile") or {}
    name = said.get("display_name") or said.get("real_name") or user.get("real_name") or user.get("name") or user["id"]
    locale = user.get("locale") or ""
    return Profile(
        name=name,
        language=locale.partition("-")[0].lower() or None,
        timezone=user.get("tz"),
        host=bool(user.get("is_admin") or user.get("is_owner")) and _belongs(user, team),
        role=said.get("title") or None,
        space_name=space_name,
    )


def _belongs(user: Mapping[str, Any], team: str) -> bool:
    """In a Slack Connect channel are people of other workspaces; in an Enterprise organisation one may be in several.
    https://docs.slack.dev/apis/slack-connect (2026-11-26)
    """
    teams = (user.get("enterprise_user") or {}).get("teams") or ()
    return user.get("team_id", team) == team or team in teams


def spoken_to(profile: Profile | None) -> Words:
    """The words for somebody of whom no more is known here than what Slack says."""
    return words_in(profile.language if profile and profile.language else DEFAULT)


class Profiles:
    """Remembers what was asked; asks for each person once at a time. `tick` counts seconds."""

    def __init__(self, calling: Calling, pace: Pace, tick: Callable[[], float]) -> None:
        self._calling = calling
        self._pace = pace
        self._tick = tick
        self._known: OrderedDict[tuple[str, str], tuple[float, Profile]] = OrderedDict()
        self._asking: dict[tuple[str, str], asyncio.Task[Profile | None]] = {}
        self._hands = asyncio.Semaphore(AT_ONCE)

    def known(self, team: str, user: str) -> Profile | None:
        """Without asking."""
        found = self._known.get((team, user))
        return found[1] if found and self._tick() - found[0] < KEPT else None

    def naming(self, team: str, bot_user: str) -> Name:
        """Names by id, for texts in which people are mentioned: those known here, and Kring itself."""

        def name(user: str) -> str | None:
            profile = self.known(team, user)
            return KRING if user == bot_user else profile.name if profile else None

        return name

    def keep(self, team: str, user: str, profile: Profile) -> None:
        key = (team, user)
        self._known[key] = (self._tick(), profile)
        self._known.move_to_end(key)
        while len(self._known) > MOST:
            self._known.popitem(last=False)

    async def soon(self, team: str, user: str) -> Profile | None:
        """For somebody who waits: what is known, or what Slack says within a second."""
        if (profile := self.known(team, user)) is not None:
            return profile
        done, _ = await asyncio.wait({self._ask(team, user)}, timeout=SOON)
        return next(iter(done)).result() if done else None

    async def get(self, team: str, user: str) -> Profile | None:
        """However long it takes; None when Slack does not say."""
        return self.known(team, user) or await self._ask(team, user)

    async def close(self) -> None:
        for task in tuple(self._asking.values()):
            task.cancel()
        await asyncio.gather(*self._asking.values(), return_exceptions=True)

    def _ask(self, team: str, user: str) -> asyncio.Task[Profile | None]:
        task = self._asking.get((team, user))
        if task is None:
            task = self._asking[team, user] = asyncio.create_task(self._asked(team, user), name=f"profile {user}")
            task.add_done_callback(lambda _: self._asking.pop((team, user), None))
        return task

    async def _asked(self, team: str, user: str) -> Profile | None:
        try:
            async with self._hands:
                client = await self._calling.client(team)
                await self._pace.wait(team, "users.info")
                said = await self._calling.ask(team, client.users_info(user=user, include_locale=True))
            workspace = await self._calling.workspace(team)
        except (PlatformTrouble, PlatformRefusal) as error:
            log.info("no profile", team=team, why=str(error))
            return None
        profile = profile_of(said["user"], team, workspace.name)
        self.keep(team, user, profile)
        return profile
