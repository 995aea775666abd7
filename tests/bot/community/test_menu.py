"""The private menu, and help."""

from __future__ import annotations

from tests.bot.community.conftest import Diary
from tests.knock import House


async def test_the_menu_shows_what_each_feature_offers_and_one_s_own_things(house: House, diary: Diary) -> None:
    anna = house.person("Anna")
    await anna.calls("")
    assert "What would you like to do, Anna? Only you see this." in anna.sees
    assert "Dear diary." in anna.sees
    assert "[My settings] [Pause] [Help]" in anna.sees
    await anna.presses("My settings")
    assert "What I know about you" in anna.sees


async def test_a_host_starts_with_setting_up(house: House) -> None:
    hessel = house.person("Hessel", host=True)
    await hessel.calls("")
    await hessel.presses("Set up")
    await hessel.fills({"Name of the community": "De Werkplaats"})
    await hessel.calls("")
    assert hessel.sees.startswith("De Werkplaats")


async def test_who_paused_finds_the_way_back_in_the_menu(house: House) -> None:
    anna = house.person("Anna")
    await anna.calls("me pause 3")
    await anna.calls("")
    assert "[Resume]" in anna.sees


async def test_help_lists_what_one_may_call_in_one_s_own_language(house: House) -> None:
    anna = house.person("Anna", language="nl")
    await anna.calls("hulp")
    assert "me\n/kring me · wat ik van je weet, en wat je kunt veranderen" in anna.sees
    assert "/kring me pause [days] · een tijdje niets waar je niet om vroeg" in anna.sees
    assert "setup" not in anna.sees
    assert "diary count" not in anna.sees
    hessel = house.person("Hessel", host=True)
    await hessel.calls("")
    await hessel.presses("Help")
    assert "/kring setup link [code]" in hessel.sees
    assert "(for hosts)" in hessel.sees
    assert "/kring diary count · count (for facilitators)" in hessel.sees


async def test_help_lists_for_hosts_what_facilitators_may_as_long_as_there_are_none(house: House) -> None:
    hessel, anna = house.person("Hessel", host=True), house.person("Anna")
    await anna.calls("help")
    assert "(for facilitators)" not in anna.sees
    await hessel.calls("help")
    assert "(for facilitators)" in hessel.sees
    await hessel.calls("setup facilitator <@anna>")
    await hessel.calls("help")
    assert "(for facilitators)" not in hessel.sees
    await anna.calls("help")
    assert "(for facilitators)" in anna.sees


async def test_help_about_one_thing_shows_its_options(house: House) -> None:
    hessel = house.person("Hessel", host=True)
    await hessel.calls("help setup")
    assert "off: no more: this person, or without a name everybody (off)" in hessel.sees
    assert "/kring me " not in hessel.sees


async def test_help_about_nothing_that_is_known(house: House) -> None:
    anna = house.person("Anna")
    await anna.calls("help dairy")
    assert "I know nothing called dairy. Did you mean diary?" in anna.sees
    await anna.calls("help quux")
    assert "/kring help lists what I know." in anna.sees
