"""What an option can be chosen from while somebody types it: looked up, never noted down."""

from __future__ import annotations

import pytest

from tests.bot.knowhow.scene import drafted, shared
from tests.knock import House


async def names(house: House, command: str, option: str, typed: str = "", person: str = "Visitor") -> list[str]:
    found = await house.door.choices(house.person(person).account, command, option, typed)
    return [value for value, _ in found]


async def test_formats_by_their_names(house: House) -> None:
    account = house.person("Anna").account
    found = dict(await house.door.choices(account, "round start", "format", ""))
    assert found["talking_circle"] == "Talking circle"
    assert len(found) >= 4


async def test_formats_in_the_language_of_who_types(house: House) -> None:
    anna = house.person("Anna", language="nl")
    await anna.calls("help")
    assert dict(await house.door.choices(anna.account, "round start", "format", ""))["harvest"] == "Oogst"


async def test_items_that_are_shared(house: House) -> None:
    await shared(house)
    assert await names(house, "knowhow show", "item") == ["K-1"]
    assert await names(house, "knowhow tried", "item", "k-1") == ["K-1"]
    assert await names(house, "knowhow show", "item", "K-7") == []
    assert await names(house, "knowhow show", "item", "xylophone") == []


async def test_a_draft_is_its_keepers_alone(house: House) -> None:
    await drafted(house)
    assert await names(house, "knowhow show", "item") == []


async def test_items_of_another_community_are_not_listed(house: House) -> None:
    await shared(house)
    stranger = house.person("Stranger", space="elsewhere").account
    assert await house.door.choices(stranger, "knowhow show", "item", "") == []


async def test_what_there_is_help_about(house: House) -> None:
    assert {"round", "knowhow", "me"} <= set(await names(house, "help", "noun"))
    assert await names(house, "help", "noun", "KNOW") == ["knowhow"]


async def test_help_is_listed_about_what_this_person_may_do(house: House) -> None:
    hanna = house.person("Hanna", host=True)
    await hanna.calls("help")
    await house.person("Visitor").calls("help")
    assert "setup" in await names(house, "help", "noun", person="Hanna")
    assert "setup" not in await names(house, "help", "noun")
    assert "setup" not in await names(house, "help", "noun", person="Stranger")


@pytest.mark.parametrize(("command", "option"), [("round start", "topic"), ("round start", "no"), ("nothing", "item")])
async def test_an_option_without_a_list_has_none(house: House, command: str, option: str) -> None:
    assert await names(house, command, option) == []


async def test_nobody_is_met_by_typing(house: House) -> None:
    ghost = house.person("Ghost").account
    await house.door.choices(ghost, "round start", "format", "ta")
    assert await house.store.look(lambda unit: unit.people.by_account(ghost)) is None
