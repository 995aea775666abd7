"""Repeating rounds when something is in the way: full channels, lost ones, people who leave, and a long silence."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from tests.bot.rounds.conversations.circle import Circle
from tests.bot.rounds.conversations.test_scheduling import TUESDAYS, cards, held
from tests.knock import House, Player

WEEKLY = 'round schedule "Tuesday 10:00" harvest "the doors"'


async def wakes(house: House) -> None:
    """The clock looks once, at this very moment: everything overdue is handled as after a restart."""
    moment = house.now
    await house.passes(microseconds=1)
    assert house.now - moment < timedelta(seconds=1)


async def test_where_two_rounds_go_on_already_its_holder_reads_it_and_may_start_later(house: House) -> None:
    circle = Circle(house)
    anna, bo = circle.anna, circle.people["Bo"]
    await anna.calls(WEEKLY)
    await bo.calls('round start harvest "one" hours=240')
    await bo.calls('round start harvest "two" hours=240')
    await house.passes(hours=25)
    assert cards(house) == ["Harvest: one", "Harvest: two"]
    assert anna.direct[-1].says.startswith(
        "Two rounds are going on in #general already, so «the doors» did not begin this time. "
        "The next time is 2026-12-01 09:00 UTC."
    )
    await anna.presses("Start it now")
    assert anna.sees.startswith("Two rounds are going on in this channel already.")
    await bo.calls("round cancel")
    await bo.picks("Choose a round", "Harvest: one")
    await bo.presses("Yes, stop it")
    await anna.presses("Start it now")
    assert anna.sees == "Your invitation stands in #general now."
    assert cards(house)[-1] == "Harvest: the doors"
    await anna.presses("Start it now", "did not begin this time")
    assert anna.sees == "That time is over, or was changed already."


async def test_after_weeks_of_silence_its_holder_is_told_once(house: House) -> None:
    anna = house.person("Anna")
    await anna.calls(WEEKLY)
    house.now += timedelta(weeks=5)
    await wakes(house)
    assert not cards(house)
    [told] = [shown.says for shown in anna.direct]
    assert told.startswith(
        "I was away when «the doors» should have begun, 5 times since 2026-11-24 09:00 UTC. "
        "The next time is 2026-12-29 09:00 UTC."
    )
    await anna.presses("Start it now")
    assert cards(house) == ["Harvest: the doors"]
    await house.passes(hours=25)
    assert cards(house) == ["Harvest: the doors"] * 2, "it goes on as before"


async def test_a_little_late_it_opens_all_the_same(house: House) -> None:
    anna = house.person("Anna")
    await anna.calls(WEEKLY)
    house.now += timedelta(hours=26)
    await wakes(house)
    assert cards(house) == ["Harvest: the doors"]
    assert not anna.direct


async def test_where_the_channel_is_gone_it_rests_and_is_taken_up_again(house: House) -> None:
    anna = house.person("Anna")
    await anna.calls(WEEKLY)
    house.closed[house.channel()] = "forbidden"
    await house.passes(days=2)
    before = len(anna.direct)
    assert before, "the round itself tells its facilitator"
    await house.passes(days=7)
    rests = [shown.says for shown in anna.direct if "It rests: I cannot write in its channel." in shown.says]
    assert len(rests) == 1
    await house.passes(days=30)
    assert [shown.says for shown in anna.direct if "It rests" in shown.says] == rests, "once"
    house.closed.clear()
    await anna.presses("Let it go on")
    assert anna.sees.startswith("You hold «the doors» from here. The next time is 2027-01-05 09:00 UTC.")
    await house.passes(days=7)
    assert cards(house) == ["Harvest: the doors"]


async def test_when_its_holder_leaves_facilitators_are_asked_and_the_first_one_holds_it(house: House) -> None:
    hessel, anna, bo, cas = (house.person(name, host=name == "Hessel") for name in ("Hessel", "Anna", "Bo", "Cas"))
    for each in (bo, cas):
        await each.calls("me")
        await hessel.calls(f"setup facilitator <@{each.account.id}>")
    await anna.calls(TUESDAYS)
    await anna.leaves()
    await house.passes(hours=1)
    for each in (bo, cas):
        assert "Whoever held the repeating round «the doors» in #general is not here any more" in each.direct[-1].says
    assert not hessel.direct
    await house.passes(days=3)
    assert not cards(house)
    await bo.presses("I'll hold it")
    assert bo.sees.startswith("You hold «the doors» from here. The next time is 2026-12-08 09:00 UTC.")
    await cas.presses("I'll hold it")
    assert cas.sees == "This is going on already."
    assert len(await held(house, bo)) == 1
    await house.passes(days=12)
    assert cards(house) == ["Harvest: the doors"]
    await bo.calls("round status")
    assert "You hold this round:" in bo.sees


async def test_whoever_is_forgotten_holds_nothing(house: House) -> None:
    hessel, anna = house.person("Hessel", host=True), house.person("Anna")
    await anna.calls(TUESDAYS)
    await hessel.calls("setup facilitator <@anna>")
    await anna.calls("me forget")
    await anna.presses("Keep it without my name")
    await house.passes(hours=1)
    assert "Would you hold it from here?" in hessel.direct[-1].says, "there is no other facilitator, so hosts are asked"
    await hessel.calls("round schedule")
    assert "It rests: whoever held it is not here any more." in hessel.sees
    assert "Anna" not in hessel.sees


async def test_who_wants_no_messages_is_not_asked_about_what_is_over_by_then(house: House) -> None:
    anna = house.person("Anna")
    await anna.calls(WEEKLY)
    await house.passes(days=4)
    await anna.calls("me pause 6")
    await house.passes(days=5)
    assert len(cards(house)) == 2, "without an answer it goes on"
    await house.passes(days=5, hours=12)
    asked = [shown.says for shown in anna.direct if "Does it go on?" in shown.says]
    assert not [each for each in asked if "2026-12-01" in each]
    assert [each for each in asked if "2026-12-08" in each]


async def test_two_accounts_of_one_person_hold_as_one(house: House) -> None:
    hessel, dirk = house.person("Hessel", host=True), house.person("Dirk", space="college", host=True)
    await hessel.calls("setup link")
    code = re.search(r"link ([A-Z0-9]{4}-[A-Z0-9]{4})", hessel.sees)
    assert code is not None
    await dirk.calls(f"setup link {code[1]}")
    here, there = house.person("Anna"), house.person("Anna", space="college")
    for each in (here, there):
        await each.calls(f'round schedule "Tuesday 10:00" harvest "in {each.account.space.id}"')
    await linked(here, there)
    assert {one["topic"] for one in await held(house, here)} == {"in school", "in college"}


async def linked(here: Player, there: Player) -> None:
    await here.calls("me link")
    code = re.search(r"link ([A-Z0-9]{4}-[A-Z0-9]{4})", here.sees)
    assert code is not None
    await there.calls(f"me link {code[1]}")
    await there.presses("Yes, both are mine")


async def test_through_october_and_march_on_the_wall_clock(house: House) -> None:
    """A year of Sundays at half past two in the night: each has one round, also where the clock shows it twice."""
    house.now = datetime(2026, 10, 17, 12, 0, tzinfo=UTC)
    anna = house.person("Anna")
    await anna.calls('round schedule "Sunday 2:30" harvest "the doors"')
    await house.passes(days=16)
    opened = [shown.at for shown in house.messages if shown.message and shown.says.startswith("Harvest: the doors")]
    assert opened[:3] == [
        datetime(2026, 10, 18, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 11, 1, 1, 30, tzinfo=UTC),
    ]
