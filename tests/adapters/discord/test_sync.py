"""Discord is given Kring's commands when it has others, and only then."""

from __future__ import annotations

import copy
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from adapters.discord.commands import payload
from adapters.discord.sync import patiently_synced, synced
from bot.errors import SettingsFault
from bot.features import gather
from tests.adapters.discord.sending import School, school

Json = dict[str, Any]
WANTED = payload(gather().offered.commands)
LIST, PUT = "GET /applications/{application}/commands", "PUT /applications/{application}/commands"


@pytest.fixture
async def here() -> AsyncIterator[School]:
    async with school() as made:
        yield made


async def test_they_are_given_once(here: School) -> None:
    assert await synced(here.calling, WANTED)
    assert not await synced(here.calling, WANTED)
    assert not await synced(here.calling, WANTED)
    assert here.discord.counters.calls[PUT] == 1


def slash(commands: list[Json]) -> Json:
    return next(each for each in commands if each["type"] == 1)


def option(commands: list[Json]) -> Json:
    """Of `round start`."""
    [group] = [each for each in slash(commands)["options"] if each["name"] == "round"]
    [start] = [each for each in group["options"] if each["name"] == "start"]
    first: Json = start["options"][0]
    return first


CHANGES: dict[str, Callable[[list[Json]], object]] = {
    "a command more": lambda there: there.append({"type": 1, "name": "other", "description": "Another"}),
    "a command fewer": lambda there: there.pop(),
    "another description": lambda there: slash(there).update(description="Another"),
    "another translation": lambda there: slash(there)["description_localizations"].update(nl="Iets anders"),
    "one translation more": lambda there: slash(there)["description_localizations"].update(de="Etwas anderes"),
    "another place": lambda there: slash(there).update(contexts=[0]),
    "other rights": lambda there: slash(there).update(default_member_permissions="32"),
    "a subcommand fewer": lambda there: slash(there)["options"].pop(),
    "another order": lambda there: slash(there)["options"].reverse(),
    "an option more": lambda there: option(there).update(max_length=5),
    "an option that need not be given": lambda there: option(there).update(required=not option(there).get("required")),
}


@pytest.mark.parametrize("change", CHANGES)
async def test_what_differs_is_given_again(here: School, change: str) -> None:
    there = copy.deepcopy(WANTED)
    CHANGES[change](there)
    here.discord.commands.replace("", there)
    assert await synced(here.calling, WANTED)
    assert not await synced(here.calling, WANTED)


async def test_what_discord_adds_is_no_difference(here: School) -> None:
    here.discord.commands.replace("", copy.deepcopy(WANTED))
    assert not await synced(here.calling, WANTED)


async def test_what_fails_is_tried_again(here: School) -> None:
    here.discord.mishaps.next("failing", LIST)
    here.discord.mishaps.next("failing", PUT)
    await patiently_synced(here.calling, WANTED, 1000.0)
    assert not await synced(here.calling, WANTED)


async def test_what_discord_does_not_take_is_told_to_the_host(here: School) -> None:
    with pytest.raises(SettingsFault, match="does not take Kring's commands"):
        await patiently_synced(here.calling, [{"type": 1, "name": "NOT ALLOWED", "description": "x"}], 1000.0)
