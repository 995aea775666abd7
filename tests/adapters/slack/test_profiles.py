"""What Slack says of people, asked no faster than Slack answers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest

from adapters.slack.calling import Calling, new_client, new_session
from adapters.slack.manifest import manifest
from adapters.slack.pace import Pace
from adapters.slack.profiles import Profiles
from adapters.slack.workspaces import OneWorkspace, introduced
from bot.compose import utc_now
from bot.features import gather
from tests.fakes.slack_server import SlackServer

FAST = 30.0
"""So many times faster than Slack: two hundred people take a few seconds, and all at once are still too many."""


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    async with SlackServer(manifest=manifest(gather().offered.commands), tempo=FAST) as started:
        yield started


async def test_a_crowd_of_unknown_people_is_asked_for_one_after_the_other(slack: SlackServer) -> None:
    """A channel with hundreds of people begins to talk: everybody has a name, and Slack never has to say no."""
    space = slack.workspace("De Regenboog")
    people = [slack.person(space, f"Person {number}") for number in range(200)]
    async with new_session() as session:
        client = new_client(session, slack.url, None)
        workspace = await introduced(client, slack.world.installation(space).token)
        calling = Calling(session, slack.url, OneWorkspace(workspace, client), utc_now)
        profiles = Profiles(calling, Pace(time.monotonic, FAST), time.monotonic)
        found = await asyncio.gather(*(profiles.get(space.id, person.id) for person in people))
        await profiles.close()
    assert [each and each.name for each in found] == [person.name for person in people]
