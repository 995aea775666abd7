"""The stage: a community of its own on a database that is thrown away, and time that passes only when nobody acts."""

from __future__ import annotations

import itertools
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from adapters.playground.acts import Acts
from adapters.playground.desk import Desk
from adapters.playground.model import Corner, Somebody, Somewhere
from adapters.playground.platform import PlaygroundPlatform
from adapters.playground.players import Players
from adapters.playground.room import Room
from bot.chat.hours import at_local
from bot.compose import compose
from bot.rehearsal.as_text import ZONE
from bot.rehearsal.parts import HOME, Cast
from bot.rehearsal.plan import NAMES, Plan, lines
from bot.rehearsal.transcript import Transcript
from storage.engine import parse
from storage.opening import prepare
from storage.store import open_store

if TYPE_CHECKING:
    from storage.store import Store

BEGINS = datetime(2026, 9, 7, 7, 30, tzinfo=UTC)
"""A Monday, half past nine in the morning for everybody in it."""

DAYS = 60
"""After so long a round that has not ended is given up."""
OPENS, SHUTS = time(9), time(18)
"""When people act, in a round that is spread over days."""


async def simulate(plan: Plan) -> Transcript:
    """Plays the round of the plan to its end."""
    chance = random.Random(plan.seed)  # noqa: S311 - what is played shall be the same again
    with TemporaryDirectory() as folder:
        async with _house(plan, Path(folder)) as (desk, store):
            told = Transcript(plan.language)
            cast = Cast(plan, desk, store, Players(desk, pace=timedelta(0)), chance)
            await cast.introduce()
            told.watch(desk.room)
            await cast.begin()
            await _play(plan, desk, cast, chance)
            told.end = (await cast.round()).state
            return told


@cache
def _empty() -> bytes:
    """A database in which nothing is: who plays several rounds makes its tables once."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        prepare(parse(f"sqlite:///{path}"), holder="rehearsal", now=BEGINS, leased=False)
        return path.read_bytes()


@asynccontextmanager
async def _house(plan: Plan, folder: Path) -> AsyncIterator[tuple[Desk, Store]]:
    bits = random.Random(plan.seed).getrandbits  # noqa: S311 - as above
    path = folder / "rehearsal.db"
    path.write_bytes(_empty())
    async with open_store(f"sqlite:///{path}", holder="rehearsal", chance=bits, lasting=False) as store:
        room = Room(store, real=lambda: BEGINS)
        said = lines(plan.language)
        await room.save(
            Somewhere(HOME, said.place, greets=HOME),
            Corner(HOME, said.channel, HOME),
        )
        for name in NAMES[: plan.people]:
            who = Somebody(name.lower(), name, HOME, room.next_seq(), plan.language, ZONE, host=name == NAMES[0])
            await room.save(who, Corner(who.dm, "Kring", HOME, owner=who.id))
        numbers = itertools.count(plan.seed * 1_000_003)
        formats = {plan.format.id: plan.format}
        async with compose(
            store,
            [PlaygroundPlatform(room)],
            now=room.now,
            chance=numbers.__next__,
            formats=formats,
            alive=False,
        ) as kring:
            yield Desk(room, Acts(room, kring.door), kring.clock, kring.postman, kring.offered.commands), store


async def _play(plan: Plan, desk: Desk, cast: Cast, chance: random.Random) -> None:
    """Everybody gets to what they can do in a time of their own; between their acts happens what is due."""
    until = BEGINS + timedelta(days=DAYS)
    planned: dict[str, datetime] = {}
    while not (round_ := await cast.round()).ended and desk.room.now() < until:
        acts = {act.key: act for act in cast.can_do(round_)}
        planned = {key: moment for key, moment in planned.items() if key in acts}
        for key in [key for key in acts if key not in planned]:
            planned[key] = _next(plan, desk.room.now() + acts[key].within * chance.random())
        moments = sorted((moment, key) for key, moment in planned.items())
        due = await desk.next_due()
        if moments and (due is None or moments[0][0] < due):
            moment, key = moments[0]
            await cast.players.wait(moment)
            del planned[key]
            await acts[key].do()
        elif due is not None:
            await cast.players.wait(max(due, desk.room.now()))
        else:
            return


def _next(plan: Plan, moment: datetime) -> datetime:
    """That moment; spread over days, so far into the next working day as it is after or before one."""
    if plan.preset == "live":
        return moment
    day = moment.date()
    while day.weekday() >= 5 or moment >= at_local(ZONE, day, SHUTS):
        day += timedelta(days=1)
        moment = max(moment, at_local(ZONE, day, OPENS))
    return max(moment, at_local(ZONE, day, OPENS)).astimezone(UTC)
