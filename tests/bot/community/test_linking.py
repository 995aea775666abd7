"""One person with accounts in two spaces of a community."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from bot.chat.actions import Action
from bot.chat.events import MemberLeft
from bot.chat.people import Person
from storage.links import account_codes
from tests.bot.community.conftest import Diary
from tests.knock import House, Player


async def one_community(house: House) -> tuple[Player, Player]:
    """Anna's two accounts, in a Slack workspace and a Discord server of one community."""
    hessel = house.person("Hessel", platform="slack", host=True)
    dirk = house.person("Dirk", space="college", platform="discord", host=True)
    await hessel.calls("setup link")
    await dirk.calls(f"setup link {code_in(hessel)}")
    assert "This space now belongs to" in dirk.sees
    anna = house.person("Anna", platform="slack")
    return anna, house.person("Anna B", space="college", platform="discord")


def code_in(player: Player) -> str:
    found = re.search(r"link ([A-Z0-9]{4}-[A-Z0-9]{4})", player.sees)
    assert found is not None, player.sees
    return found[1]


async def a_code(player: Player) -> str:
    await player.calls("me link")
    return code_in(player)


async def linked(house: House) -> tuple[Player, Player]:
    anna, other = await one_community(house)
    await other.calls(f"me link {await a_code(anna)}")
    await other.presses("Yes, both are mine")
    return anna, other


async def person_of(house: House, player: Player) -> Person:
    found: Person = await house.store.look(lambda unit: unit.people.by_account(player.account))
    return found


async def test_a_code_from_the_one_account_makes_the_other_the_same_person(house: House) -> None:
    anna, other = await one_community(house)
    await other.calls("me role teacher educator")
    await anna.calls("me")
    await anna.presses("Link another account")
    code = code_in(anna)
    assert "one person with you" in anna.sees
    await other.calls(f"me link {code.lower().replace('-', ' ')}")
    assert "Is Anna of school you too?" in other.sees
    assert (await person_of(house, anna)).id != (await person_of(house, other)).id, "not before they said yes"
    await other.presses("Yes, both are mine")
    assert "college and school are one person to me now" in other.sees
    assert "Your account in college is linked with this one now." in anna.direct[-1].says
    one = await person_of(house, anna)
    assert await person_of(house, other) == one
    assert (one.name, one.role, one.account) == ("Anna", "teacher educator", anna.account)
    await other.calls("me")
    assert "Accounts: college (discord), school (slack)" in other.sees
    assert "Link another account" not in other.sees
    await anna.calls(f"me link {code}")
    assert "I do not know this code" in anna.sees, "it worked once"


async def test_what_was_chosen_first_counts_and_what_was_not_is_filled_in(house: House) -> None:
    anna, other = await one_community(house)
    await anna.calls("me timezone Lisbon")
    await anna.calls("me pause 2")
    await other.calls("me timezone Tokyo")
    await other.calls("me quiet 20:00-7:00 mon-sat")
    await other.calls("me pause 9")
    await other.calls(f"me link {await a_code(anna)}")
    await other.presses("Yes, both are mine")
    one = await person_of(house, anna)
    assert (one.timezone, one.quiet.days) == ("Europe/Lisbon", (0, 1, 2, 3, 4, 5))
    assert one.paused_until is not None
    assert one.paused_until > house.now + timedelta(days=7)


async def test_rights_of_either_are_the_one_person_s(house: House) -> None:
    anna, other = await one_community(house)
    hessel = house.person("Hessel", platform="slack", host=True)
    await anna.calls("me")
    await other.calls("me")
    await house.person("Dirk", space="college", platform="discord", host=True).calls("setup facilitator <@anna-b>")
    await hessel.calls("setup")
    await hessel.fills({})
    await hessel.presses("Who to turn to")
    await hessel.fills({"Person 1": "anna", "Person 2": "hessel"})
    await other.calls(f"me link {await a_code(anna)}")
    await other.presses("Yes, both are mine")
    assert (await person_of(house, anna)).facilitator
    await hessel.calls("setup check")
    assert "Facilitators: Anna" in hessel.sees
    assert "Who to turn to: Anna, Hessel" in hessel.sees


async def test_the_messages_nobody_asked_for_are_counted_once(house: House, diary: Diary) -> None:
    anna, other = await one_community(house)
    for player in (anna, other):
        await player.calls("diary remind one")
        await player.calls("diary remind two")
    assert (len(anna.direct), len(other.direct)) == (2, 2)
    await other.calls(f"me link {await a_code(anna)}")
    await other.presses("Yes, both are mine")
    before = len(anna.direct)
    await other.calls("diary remind three")
    assert len(anna.direct) == before, "four were sent today, and three are the budget"
    await house.passes(days=1)
    assert "three" in anna.direct[-1].says


@pytest.mark.parametrize("typed", ["AAAA-AAAA", "x", "😀", "' OR 1=1"])
async def test_a_code_that_is_none(house: House, typed: str) -> None:
    anna, other = await one_community(house)
    await a_code(anna)
    await other.calls(f'me link "{typed}"')
    assert "I do not know this code, or its 15 minutes are over" in other.sees


async def test_codes_are_not_guessed(house: House) -> None:
    anna, other = await one_community(house)
    for _ in range(5):
        await other.calls("me link AAAAAAAA")
        assert "I do not know this code" in other.sees
    code = await a_code(anna)
    await other.calls(f"me link {code}")
    assert "too many codes that are none" in other.sees
    await house.passes(minutes=16)
    await other.calls(f"me link {await a_code(anna)}")
    assert "Shall I link your accounts?" in other.sees


async def test_a_code_is_over_after_a_quarter_of_an_hour_and_by_a_newer_one(house: House) -> None:
    anna, other = await one_community(house)
    old = await a_code(anna)
    await house.passes(minutes=15)
    await other.calls(f"me link {old}")
    assert "I do not know this code" in other.sees
    first, second = await a_code(anna), await a_code(anna)
    await other.calls(f"me link {first}")
    assert "I do not know this code" in other.sees
    await other.calls(f"me link {second}")
    await house.passes(minutes=15)
    await other.presses("Yes, both are mine")
    assert "I do not know this code" in other.sees, "the question itself is over too"


async def test_the_code_itself_is_not_kept_and_what_is_kept_goes_at_night(house: House) -> None:
    anna, _ = await one_community(house)
    code = (await a_code(anna)).replace("-", "")

    def rows(unit: Any) -> list[Any]:
        return list(unit.connection.execute(account_codes.select()))

    kept = await house.store.look(rows)
    assert kept
    assert code not in repr(kept)
    await house.passes(days=1)
    assert await house.store.look(rows) == []


async def test_accounts_of_two_communities_are_not_linked(house: House) -> None:
    anna, stranger = house.person("Anna"), house.person("Anna", space="elsewhere")
    await stranger.calls("me")
    await stranger.calls(f"me link {await a_code(anna)}")
    assert "First a host has to make the two spaces one community: call setup link in the one" in stranger.sees
    assert (await person_of(house, anna)).id != (await person_of(house, stranger)).id


async def test_only_accounts_of_different_spaces(house: House) -> None:
    anna, _ = await one_community(house)
    bo = house.person("Bo", platform="slack")
    code = await a_code(anna)
    await bo.calls(f"me link {code}")
    assert "You have an account in this space already." in bo.sees
    await anna.calls(f"me link {code}")
    assert "These accounts are linked already." in anna.sees


async def test_what_one_asks_for_comes_where_one_asks(house: House) -> None:
    anna, other = await linked(house)
    before = len(anna.direct)
    await other.calls("me data")
    assert "linked with this one" not in other.direct[-1].says
    assert '"platform": "discord"' in other.direct[-1].file
    assert '"platform": "slack"' in other.direct[-1].file
    assert len(anna.direct) == before


async def test_whoever_leaves_one_space_is_still_there_in_the_other(house: House) -> None:
    anna, other = await linked(house)
    await house.happens(MemberLeft(house.event_id(), house.now, anna.account))
    one = await person_of(house, other)
    assert (one.gone, one.account) == (False, other.account)


async def test_an_account_can_be_unlinked_and_begins_anew(house: House) -> None:
    anna, other = await linked(house)
    await anna.calls("me role historian")
    await anna.calls("me unlink")
    assert "Everything I know of you stays with your other account" in anna.sees
    await anna.presses("Yes, unlink it")
    assert "stands alone now" in anna.sees
    kept, fresh = await person_of(house, other), house.person("Anna", platform="slack")
    await fresh.calls("me")
    assert (kept.role, kept.account) == ("historian", other.account)
    assert "What you do: you did not say" in fresh.sees
    await fresh.calls("me unlink")
    assert "This account is linked to no other." in fresh.sees
    told = await house.store.look(lambda unit: unit.facts.of(kept.community, Action("community", kept.community)))
    assert [(kind, values["person"], values["platform"]) for _, kind, values in told if "Account" in kind] == [
        ("AccountLinked", kept.id, "discord"),
        ("AccountUnlinked", kept.id, "slack"),
    ]


async def test_forgetting_forgets_both_accounts(house: House, diary: Diary) -> None:
    anna, other = await linked(house)
    await other.calls("me forget")
    await other.presses("Remove it")
    for player in (anna, other):
        assert await house.store.look(lambda unit, it=player: unit.people.by_account(it.account)) is None
