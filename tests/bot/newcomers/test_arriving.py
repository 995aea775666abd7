"""Who is new where a space is larger than its community: whoever joins the home channel, and nobody else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.chat.events import MemberJoined, MemberLeft
from bot.chat.names import Account, Channel, Space
from bot.chat.people import Community
from bot.newcomers.company import place
from bot.newcomers.rules import arrives
from tests.bot.newcomers.people import ANNA, newcomer
from tests.bot.newcomers.scene import School
from tests.knock import House, Player

WORKSPACE = Space("slack", "T1")


def linde(house: House) -> School:
    return School(house, WORKSPACE)


async def joins_the_workspace(house: House, player: Player) -> None:
    await house.happens(MemberJoined(house.event_id(), house.now, player.account, player.profile))


async def known(house: House, player: Player) -> bool:
    found: bool = await house.store.look(lambda unit: unit.people.by_account(player.account) is not None)
    return found


@pytest.mark.parametrize(
    ("platform", "channel", "arrived"),
    [
        ("slack", "home", True),
        ("slack", "random", False),
        ("slack", None, False),
        ("playground", "random", True),
        ("playground", None, True),
        ("discord", None, True),
    ],
)
def test_where_people_arrive(platform: str, channel: str | None, *, arrived: bool) -> None:
    space = Space(platform, "T1")
    community = Community("c", "De Linde", home=Channel(space, "home"))
    joined = Channel(space, channel) if channel else None
    assert arrives(community, space, joined) is arrived


def test_each_workspace_has_a_home_where_people_arrive_and_are_greeted() -> None:
    here, there = Space("slack", "T1"), Space("slack", "T2")
    home, hall = Channel(here, "home"), Channel(there, "hall")
    community = Community("c", "De Linde", home=home, homes_elsewhere=(hall,))
    assert arrives(community, there, hall)
    assert not arrives(community, there, Channel(there, "random"))
    dirk = replace(ANNA, account=Account(there, "dirk"))
    assert place(community, newcomer(dirk), dirk) == hall
    anna = replace(ANNA, account=Account(here, "anna"))
    assert place(community, newcomer(anna), anna) == home


async def test_joining_the_home_channel_is_arriving(house: House) -> None:
    school = linde(house)
    await school.opens()
    anna = school.somebody("Anna")
    await anna.joins(school.home)
    assert "Hi Anna, welcome to De Linde." in anna.direct[-1].says


async def test_joining_the_workspace_or_another_channel_is_not(house: House) -> None:
    school = linde(house)
    await school.opens()
    anna = school.somebody("Anna")
    await joins_the_workspace(house, anna)
    await anna.joins(Channel(WORKSPACE, "random"))
    assert not anna.direct
    assert not await known(house, anna), "of somebody who has nothing to do with the community nothing is noted down"
    await anna.joins(school.home)
    await anna.joins(school.home)
    assert len(anna.direct) == 1, "welcomed once"


async def test_nobody_is_greeted_before_there_is_a_home(house: House) -> None:
    school = linde(house)
    await school.opens(home=False)
    anna = school.somebody("Anna")
    await joins_the_workspace(house, anna)
    await anna.joins(Channel(WORKSPACE, "general"))
    assert not anna.direct


async def test_who_has_been_here_for_a_while_is_not_new(house: House) -> None:
    school = linde(house)
    await school.opens()
    bo = school.somebody("Bo")
    bo.place = Channel(WORKSPACE, "elsewhere")
    await bo.calls("round start harvest doors")
    carla = school.somebody("Carla")
    await carla.calls("knowhow add", Channel(WORKSPACE, "elsewhere"))
    await carla.fills(
        {
            "title": "How do I begin a lesson?",
            "situation": "in the first minutes",
            "what_we_do": "I wait at the door and greet everybody.",
        }
    )
    await house.passes(days=31)
    told = len(bo.direct), len(carla.direct)
    await bo.joins(school.home)
    await carla.joins(school.home)
    assert not any("welcome to" in shown.says for each in (bo, carla) for shown in each.direct)
    assert (len(bo.direct), len(carla.direct)) == told


async def test_who_was_let_into_a_round_last_week_is_still_new(house: House) -> None:
    school = linde(house)
    await school.opens()
    anna = school.somebody("Anna")
    await anna.calls("round start harvest doors", Channel(WORKSPACE, "elsewhere"))
    await house.passes(days=7)
    await anna.joins(school.home)
    assert any("Hi Anna, welcome to De Linde." in shown.says for shown in anna.direct)


async def test_hosts_and_facilitators_are_at_home_already(house: House) -> None:
    school = linde(house)
    faas, hessel = school.somebody("Faas"), school.somebody("Hessel", host=True)
    await hessel.calls("help")
    await school.opens(facilitators=[faas])
    await faas.joins(school.home)
    await hessel.joins(school.home)
    assert not faas.direct
    assert not hessel.direct


async def test_who_comes_back_soon_is_not_welcomed_again(house: House) -> None:
    school = linde(house)
    await school.opens()
    anna = school.somebody("Anna")
    await anna.joins(school.home)
    await house.happens(MemberLeft(house.event_id(), house.now, anna.account))
    await house.passes(days=5)
    await joins_the_workspace(house, anna)
    await anna.joins(school.home)
    assert len(anna.direct) == 1
