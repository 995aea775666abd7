"""Somebody linked two accounts: one seat in a circle, one question, and the circle is as large as it is."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.chat.names import Space
from bot.circles import rules
from bot.circles.model import CircleOpened, Seat, SeatState
from tests.bot.circles.scene import HOME, a_facilitator, circles, gets_listed, listed, proposed, somebody
from tests.bot.circles.test_rules import NOW, PEOPLE, circle
from tests.knock import House, Player

LATER = NOW + timedelta(days=1)
COLLEGE = Space("playground", "college")


@pytest.mark.parametrize(
    ("own", "theirs", "kept"),
    [
        ("in", "asked", "in"), ("asked", "in", "in"), ("left", "in", "in"), ("in", "declined", "in"),
        ("declined", "asked", "asked"), ("asked", "left", "asked"), ("declined", "left", "left"),
    ],
)  # fmt: skip
def test_one_seat_the_nearer_one(own: SeatState, theirs: SeatState, kept: SeatState) -> None:
    before = circle(*PEOPLE[:6], seats=(Seat("ann", theirs, LATER), Seat("bo", "in", NOW), Seat("anna", own, NOW)))
    after, _ = rules.unite(before, "ann", "anna", LATER)
    assert after.seats == (Seat("anna", kept, NOW if own == kept else LATER), Seat("bo", "in", NOW))


def test_what_they_held_they_hold() -> None:
    before = circle("ann", *PEOPLE[:5], facilitator="ann")
    after, facts = rules.unite(before, "ann", "anna", LATER)
    assert (after.facilitator, after.members, facts) == ("anna", ("anna", *PEOPLE[:5]), ())
    assert rules.unite(after, "ann", "anna", LATER) == (after, ())


def test_a_circle_that_only_seemed_large_enough() -> None:
    before = circle("ann", "anna", *PEOPLE[:3])
    assert before.small_since is None
    after, _ = rules.unite(before, "ann", "anna", LATER)
    assert (len(after.members), after.small_since) == (4, LATER)


def test_nobody_waits_for_a_second_answer_of_the_same_person() -> None:
    before = circle("anna", *PEOPLE[:4], asked=("ann",), state="forming")
    after, facts = rules.unite(before, "ann", "anna", LATER)
    assert (after.state, facts) == ("open", (CircleOpened(5),))


async def code_of(player: Player) -> str:
    found = re.search(r"link ([A-Z0-9]{4}-[A-Z0-9]{4})", player.sees)
    assert found is not None
    return found[1]


async def become_one(here: Player, there: Player) -> None:
    await here.calls("me link")
    await there.calls(f"me link {await code_of(here)}")
    await there.presses("Yes, both are mine")


@pytest.fixture
async def two(house: House) -> tuple[Player, Player]:
    """Anna in the school and in the college, which are one community."""
    hessel, dirk = house.person("Hessel", host=True), house.person("Dirk", space="college", host=True)
    await hessel.calls("setup link")
    await dirk.calls(f"setup link {await code_of(hessel)}")
    return somebody(house, "Anna"), somebody(house, "Anna", space=COLLEGE)


async def test_who_was_to_be_asked_twice_is_asked_once(house: House, two: tuple[Player, Player]) -> None:
    fay = await a_facilitator(house)
    others = await listed(house, 5)
    for each in two:
        await gets_listed(each)
    await house.passes(hours=13)
    await proposed(house, fay)
    await fay.presses("Ask everybody")
    assert not any(each.direct for each in two), "it is night"
    await become_one(*two)
    await house.passes(hours=12)
    here, there = ([shown for shown in each.direct if "could be a circle" in shown.says] for each in two)
    assert (len(here), len(there)) == (1, 0)
    for each in (two[0], *others):
        await each.presses("Fine")
    [made] = await circles(house)
    assert (made.state, len(made.members)) == ("open", 6)


async def test_the_card_names_them_once(house: House, two: tuple[Player, Player]) -> None:
    here, there = two
    await here.calls("circle new Wait")
    await here.fills({"question": "What does waiting do?"})
    await there.calls("circle join 1")
    assert "People: Anna, Anna" in house.shown(HOME)[-1].says
    await become_one(here, there)
    [made] = await circles(house)
    assert len(made.members) == 1
    assert made.facilitator == made.members[0]
    assert "People: Anna\n" in house.shown(HOME)[-1].says
    await there.calls("circle leave")
    assert there.sees.startswith("Thank you for being in Wait. Shall I take you out?")
