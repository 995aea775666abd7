"""One's own data, being forgotten, and leaving the space."""

from __future__ import annotations

import json

import pytest

from bot.chat.requests import Upload
from tests.bot.community.conftest import Diary
from tests.knock import House


async def test_my_data_come_as_a_file_to_me_alone(house: House, diary: Diary) -> None:
    anna, bo = house.person("Anna", language="nl"), house.person("Bo")
    await anna.calls("diary write Today I waited ten seconds.")
    await bo.calls("diary write Nobody's business.")
    await anna.calls("me role docent")
    await anna.calls("diary remind De les")
    await anna.calls("me data")
    assert "Ik stuur je in ons eigen gesprek een bestand" in anna.sees
    (upload,) = [each for each in house.requests if isinstance(each, Upload)]
    assert upload.to == anna.account
    assert upload.filename == "kring-mijn-gegevens.json"
    data = json.loads(upload.content)
    assert data["diary"]["contributions"] == ["Today I waited ten seconds."]
    assert data["person"]["settings"]["name"] == "Anna"
    assert data["person"]["settings"]["role"] == "docent"
    assert data["person"]["accounts"][0]["account"] == "anna"
    assert data["person"]["messages_not_asked_for"] == [{"day": "2026-11-23", "kind": "checkin", "count": 1}]
    assert any("kan technisch gezien de database lezen" in line for line in data["about"]["who_can_read_it"])
    assert "Nobody" not in upload.content
    assert not bo.direct


@pytest.mark.parametrize(
    ("label", "choice"),
    [
        ("Keep it with my name", "keep"),
        ("Keep it without my name", "unname"),
        ("Remove it", "remove"),
    ],
)
async def test_being_forgotten(house: House, diary: Diary, label: str, choice: str) -> None:
    anna = house.person("Anna")
    await anna.calls("diary write Today I waited ten seconds.")
    before = await house.store.look(lambda unit: unit.people.by_account(anna.account))
    await anna.calls("me forget")
    assert "Shall I forget you?" in anna.sees
    assert "1 contribution to a round" in anna.sees
    assert not diary.forgotten
    await anna.presses(label)
    assert "I do not know you any more." in anna.sees
    assert diary.forgotten == [(before.id, choice)]
    stub = await house.store.look(lambda unit: unit.people.get(before.community, before.id))
    assert stub.name == ("Anna" if choice == "keep" else "somebody who was here")
    assert (stub.gone, stub.reachable, stub.account.id, stub.role, stub.organisation) == (True, False, "", "", "")
    assert await house.store.look(lambda unit: unit.people.by_account(anna.account)) is None
    await anna.calls("me")
    again = await house.store.look(lambda unit: unit.people.by_account(anna.account))
    assert again.id != before.id
    assert "contribution" not in anna.sees


async def test_changing_one_s_mind_about_being_forgotten(house: House, diary: Diary) -> None:
    anna = house.person("Anna")
    await anna.calls("me forget")
    await anna.presses("Do not forget me")
    assert "everything stays as it is" in anna.sees
    assert not diary.forgotten
    assert await house.store.look(lambda unit: unit.people.by_account(anna.account))


async def test_nothing_is_sent_to_somebody_who_was_forgotten(house: House, diary: Diary) -> None:
    anna = house.person("Anna")
    await house.passes(hours=10)  # in the evening it has to wait
    await anna.calls("diary remind The lesson")
    await anna.calls("me forget")
    await anna.presses("Remove it")
    await house.passes(days=3)
    assert not anna.direct


async def test_who_leaves_is_gone_before_other_features_hear_of_it(house: House, diary: Diary) -> None:
    anna = house.person("Anna")
    await anna.calls("help")
    await anna.leaves()
    assert diary.gone == [True]
    await house.passes(days=2)
    await anna.calls("me role back again")
    person = await house.store.look(lambda unit: unit.people.by_account(anna.account))
    assert not person.gone


async def test_what_somebody_chose_is_erased_three_months_after_they_left(house: House, diary: Diary) -> None:
    anna, bo = house.person("Anna"), house.person("Bo")
    await bo.joins()
    await anna.joins()
    await anna.calls("me role teacher")
    person = await house.store.look(lambda unit: unit.people.by_account(anna.account))
    await anna.leaves()
    await house.passes(days=85)
    assert await house.store.look(lambda unit: unit.people.by_account(anna.account))
    await house.passes(days=10)
    assert await house.store.look(lambda unit: unit.people.by_account(anna.account)) is None
    stub = await house.store.look(lambda unit: unit.people.get(person.community, person.id))
    assert (stub.name, stub.role) == ("Anna", "")
    assert diary.forgotten == [(person.id, "keep")]


async def test_somebody_kring_never_met_leaves_without_a_trace(house: House) -> None:
    await house.person("Anna").leaves()
    assert await house.store.look(lambda unit: unit.people.by_account(house.person("Anna").account)) is None
