"""What people see and choose for themselves."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from bot.chat.hours import at_local, local_day
from tests.bot.community.conftest import Diary
from tests.knock import House


async def test_the_card_shows_what_is_known_and_lets_it_be_changed(house: House, diary: Diary) -> None:
    anna = house.person("Anna", role="teacher of history")
    await anna.calls("diary write Today I waited ten seconds.")
    await anna.calls("me")
    for words in (
        "Language: English",
        "Time zone: Europe/Amsterdam",
        "Quiet hours: 18:00–09:00",
        "Working days: Monday, Tuesday, Wednesday, Thursday, and Friday",
        "Pause: no",
        "What you do: teacher of history",
        "Rights: member",
        "Organisation: school",
        "Accounts: school (playground)",
        "your name, settings and accounts",
        "1 contribution to a round",
        "Only you see this.",
    ):
        assert words in anna.sees


async def test_own_language_wins_over_the_platform_s(house: House) -> None:
    anna = house.person("Anna", language="nl")
    await anna.calls("me")
    assert "Wat ik van je weet" in anna.sees
    await anna.calls("me language en")
    assert "From now on I speak English with you." in anna.sees
    await anna.calls("me")
    assert "What I know about you" in anna.sees


async def test_the_language_is_picked_from_the_card_or_by_a_button(house: House) -> None:
    anna = house.person("Anna")
    await anna.calls("me")
    await anna.picks("Language", "Nederlands")
    assert "Vanaf nu spreek ik Nederlands met je." in anna.sees
    await anna.calls("me language")
    await anna.presses("English")
    assert "From now on I speak English with you." in anna.sees


async def test_a_language_that_the_platform_names_and_kring_does_not_speak_is_the_community_s(house: House) -> None:
    host = house.person("Hessel", host=True)
    await host.calls("setup")
    await host.fills({"Language of what everybody reads": "Nederlands"})
    jean = house.person("Jean", language="fr")
    await jean.calls("me")
    assert "Wat ik van je weet" in jean.sees


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Lisbon", "Europe/Lisbon"),
        ("lisbon", "Europe/Lisbon"),
        ("new york", "America/New_York"),
        ("europe/amsterdam", "Europe/Amsterdam"),
        ("Brussel", "Europe/Brussels"),
    ],
)
async def test_a_city_is_enough_for_a_time_zone(house: House, typed: str, zone: str) -> None:
    anna = house.person("Anna")
    await anna.calls(f"me timezone {typed}")
    assert f"Your time zone is {zone}." in anna.sees
    await anna.calls("me")
    assert f"Time zone: {zone}" in anna.sees


async def test_a_wrong_time_zone_gets_the_nearest_ones(house: House) -> None:
    anna = house.person("Anna")
    await anna.calls("me timezone Amsterdan")
    assert "I do not know the time zone Amsterdan. Is it Europe/Amsterdam" in anna.sees
    await anna.calls("me timezone qqqq")
    assert "Write it like Europe/Amsterdam." in anna.sees
    await anna.calls("me timezone")
    await anna.fills({"Time zone": "Amsterdan"})
    assert "Is it Europe/Amsterdam" in anna.errors["timezone"]
    await anna.fills({"Time zone": "Paris"})
    assert "Your time zone is Europe/Paris." in anna.sees


@pytest.mark.parametrize(
    ("typed", "hours", "days"),
    [
        ("18:00-9:00", "18:00–09:00", "Friday"),
        ("22-7 mon-sun", "22:00–07:00", "Sunday"),
        ("van 17.30 tot 8 ma t/m do", "17:30–08:00", "Monday, Tuesday, Wednesday, and Thursday"),
        ("off", "none", "Friday"),
        ("wed, fri", "18:00–09:00", "Wednesday and Friday"),
    ],
)
async def test_quiet_hours_as_people_type_them(house: House, typed: str, hours: str, days: str) -> None:
    anna = house.person("Anna")
    await anna.calls(f"me quiet {typed}")
    assert f"Quiet hours: {hours}." in anna.sees
    assert f"{days}." in anna.sees


async def test_quiet_hours_that_make_no_sense(house: House) -> None:
    anna = house.person("Anna")
    await anna.calls("me quiet when it suits me")
    assert "I do not understand when." in anna.sees
    await anna.calls("me quiet")
    await anna.fills({"Quiet from": "25:00", "Days on which I may write": []})
    assert anna.errors["start"] == "Write a time like 18:00."
    assert anna.errors["days"] == "Choose at least 1."
    await anna.fills({"Quiet from": "20:00", "Days on which I may write": ["Tuesday"]})
    assert "Quiet hours: 20:00–09:00. I may write on Tuesday." in anna.sees


async def test_a_role_in_own_words_and_away_again(house: House) -> None:
    anna = house.person("Anna", role="staff")
    await anna.calls("me role teacher of   *history* <!channel>")
    assert "Noted: teacher of *history* <!channel>." in anna.sees
    await anna.presses("My settings")
    await anna.presses("What you do")
    await anna.fills({"What you do": ""})
    assert "Nothing of it stands beside your name" in anna.sees
    await anna.calls("me")
    assert "What you do: you did not say" in anna.sees
    await anna.calls("me role " + "x" * 81)
    assert "at most 80 characters" in anna.sees


async def test_nothing_unasked_comes_during_a_pause(house: House) -> None:
    anna = house.person("Anna")
    await anna.calls("me pause")
    await anna.presses("A week")
    assert "Paused, until 2026-11-29 23:00 UTC." in anna.sees
    await anna.calls("diary remind the lesson")
    await house.passes(days=6)
    assert not anna.direct
    await house.passes(days=2)
    assert "the lesson" in anna.direct[-1].says


async def test_what_waited_for_the_morning_waits_for_the_end_of_a_pause(house: House) -> None:
    anna = house.person("Anna")
    house.now = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
    await anna.calls("diary remind the lesson")
    await anna.calls("me pause 3")
    await house.passes(days=2)
    assert not anna.direct
    await house.passes(days=1)
    assert [shown.at for shown in anna.direct] == [datetime(2026, 11, 26, 8, 0, tzinfo=UTC)]


async def test_the_budget_of_a_day_holds_after_a_pause_too(house: House) -> None:
    anna = house.person("Anna")
    house.now = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
    for number in range(5):
        await anna.calls(f"diary remind lesson {number}")
    await anna.calls("me pause 7")
    await house.passes(days=14)
    assert [shown.at.day for shown in anna.direct] == [30, 30, 30, 1, 1]
    assert all(f"lesson {number}" in shown.says for number, shown in enumerate(anna.direct))


async def test_resuming_brings_what_was_held_back_at_a_good_hour(house: House) -> None:
    anna = house.person("Anna")
    await anna.calls("me pause 5")
    await anna.calls("diary remind the lesson")
    await house.passes(hours=30)
    await anna.calls("me resume")
    assert "Good to have you back." in anna.sees
    await house.deliver()
    assert "the lesson" in anna.direct[-1].says


async def test_a_pause_without_an_end_piles_nothing_up(house: House) -> None:
    anna = house.person("Anna")
    await anna.calls("me pause")
    await anna.presses("Until I say")
    assert "until you press Resume" in anna.sees
    await anna.calls("diary remind the lesson")
    await house.passes(days=40)
    await anna.calls("me")
    assert "Pause: until you press Resume" in anna.sees
    await anna.presses("Resume")
    await house.passes(days=3)
    assert not anna.direct


@pytest.mark.parametrize("days", ["0", "400"])
async def test_a_pause_that_is_too_short_or_too_long(house: House, days: str) -> None:
    anna = house.person("Anna")
    await anna.calls(f"me pause {days}")
    assert "A pause takes 1 to 366 days." in anna.sees


async def test_today_ends_at_midnight_on_one_s_own_clock(house: House) -> None:
    anna = house.person("Anna", timezone="Asia/Tokyo")
    await anna.calls("me pause")
    await anna.presses("Today")
    end = at_local("Asia/Tokyo", local_day("Asia/Tokyo", datetime(2026, 11, 24, 9, tzinfo=UTC)), time(0))
    assert f"until {end:%Y-%m-%d %H:%M}" in anna.sees


async def test_every_unasked_message_says_why_and_can_be_stopped(house: House) -> None:
    anna = house.person("Anna")
    await anna.calls("diary remind the lesson")
    anna.place = anna.dm
    await anna.presses("Why am I getting this?")
    assert "You are new here, so I come by a few times" in anna.sees
    assert "/kring checkin stop" in anna.sees
    await anna.presses("Pause")
    assert "For how long?" in anna.sees


async def test_the_commands_work_in_the_direct_conversation(house: House) -> None:
    anna = house.person("Anna")
    await anna.writes("me language nl", anna.dm)
    assert "Vanaf nu" in anna.sees
