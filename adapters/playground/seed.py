"""Fills a new playground: the two spaces, and a community that has been at it for three weeks.

Nothing is written into tables. People act through the door, as they do on the page, on a clock that begins three weeks
ago; so what stands there is what Kring made of it.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from importlib import resources
from typing import Any

from adapters.playground.desk import Desk
from adapters.playground.model import Corner, Somewhere
from adapters.playground.room import Room
from adapters.playground.story import somebody, tell
from bot.chat.hours import at_local

ZONE = "Europe/Amsterdam"
BEGAN = timedelta(weeks=3)
"""The community of the playground began so long ago, on a Monday."""
GREETS = "general"
PEOPLE = {"schools": ("anna", "bilal", "chantal", "daan"), "college": ("esra", "femke", "gijs")}
HOSTS = ("anna", "esra")


async def move_in(desk: Desk, language: str, *, empty: bool = False) -> None:
    """Furnishes a new playground, and lets its people move in unless it shall stay `empty`. Does nothing twice."""
    room = desk.room
    if room.basis.ready:
        return
    words = read(language)
    if not room.spaces:
        await _furnish(room, language, words)
        if not empty:
            end = _good_hour(room.now())
            await room.travel(_morning(end - BEGAN - timedelta(days=end.weekday())))
            await _people(room, words)
            await tell(desk, words, end)
    elif room.now() < datetime.now(UTC):  # the story was interrupted; what has happened so far stays
        await desk.clock.run_due(_good_hour(datetime.now(UTC)), post=desk.post, travel=room.travel)
    await room.save(replace(room.basis, ready=True))


def read(language: str) -> dict[str, Any]:
    """The people and their words, in one language."""
    file = resources.files(__package__).joinpath("werkplaats", f"{language}.toml")
    return tomllib.loads(file.read_text("utf-8"))


async def _furnish(room: Room, language: str, words: dict[str, Any]) -> None:
    spaces = [Somewhere(id_, name, greets=f"{id_}-{GREETS}") for id_, name in words["spaces"].items()]
    channels = [
        Corner(f"{space}-{id_}", name, space)
        for space, named in words["channels"].items()
        for id_, name in named.items()
    ]
    await room.save(replace(room.basis, community=words["community"], language=language), *spaces, *channels)


async def _people(room: Room, words: dict[str, Any]) -> None:
    """Those who were in the spaces before Kring came."""
    for space, ids in PEOPLE.items():
        for id_ in ids:
            person = somebody(id_, space, words, since=room.next_seq(), host=id_ in HOSTS)
            await room.save(person, Corner(person.dm, "Kring", space, owner=person.id))


def _good_hour(now: datetime) -> datetime:
    """Now, or the next morning on which people work: a newcomer is not welcomed at night."""
    while True:
        opening = _morning(now)
        if opening.weekday() < 5 and now <= opening + timedelta(hours=6):
            return max(now, opening)
        now = _morning(now + timedelta(days=1))


def _morning(moment: datetime) -> datetime:
    """Half past nine on that day."""
    return at_local(ZONE, moment.date(), time(9, 30)).astimezone(UTC)
