"""Pausing, linking, emoji, zones, and what is missing."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.hours import zone_names
from bot.chat.names import Account, Channel, Space
from bot.chat.people import Community, Person, Quiet
from bot.community import rules, zones
from bot.community.model import UNTIL_I_SAY, OwnCode, Preferences
from bot.errors import UserMistake

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SCHOOL = Space("playground", "school")
HOST = Person("p1", "c1", "Hessel", Account(SCHOOL, "h"), "school", "en", "Europe/Amsterdam", host=True)


@pytest.mark.parametrize(
    ("choice", "until"),
    [
        ("day", datetime(2026, 11, 23, 23, tzinfo=UTC)),
        ("1", datetime(2026, 11, 23, 23, tzinfo=UTC)),
        ("week", datetime(2026, 11, 29, 23, tzinfo=UTC)),
        ("366", datetime(2027, 11, 23, 23, tzinfo=UTC)),
        ("open", UNTIL_I_SAY),
    ],
)
def test_a_pause_ends_at_midnight_on_one_s_own_clock(choice: str, until: datetime) -> None:
    assert rules.pause_until(choice, NOW, "Europe/Amsterdam") == until


@pytest.mark.parametrize("choice", ["0", "367", "-1", "soon", "²", "9" * 40])
def test_a_pause_that_cannot_be(choice: str) -> None:
    with pytest.raises(UserMistake, match="A pause takes 1 to"):
        rules.pause_until(choice, NOW, "Europe/Amsterdam")


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(2026, 1, 1), max_value=datetime(2030, 1, 1)))  # noqa: DTZ001
def test_the_next_tidy_is_at_night_and_the_same_all_day(now: datetime) -> None:
    at = rules.next_tidy(now, "Europe/Amsterdam")
    assert now < at <= now + timedelta(hours=25)
    assert rules.next_tidy(at - timedelta(seconds=1), "Europe/Amsterdam") == at


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (":bookmark:", "bookmark"),
        ("Seedling", "seedling"),
        ("💡", "bulb"),
        ("+1", "+1"),
        ("⭐\ufe0f", "star"),
        ("🦊", "fox_face"),
    ],
)
def test_emoji_by_their_short_names(typed: str, name: str) -> None:
    assert rules.emoji_name(typed) == name


@pytest.mark.parametrize("typed", ["", "a b", "🦄🦄", "<!channel>", "x" * 61])
def test_what_is_no_emoji_s_name(typed: str) -> None:
    with pytest.raises(UserMistake):
        rules.emoji_name(typed)


def test_a_role_is_one_line() -> None:
    assert rules.with_role(Preferences(), " teacher\nof  history ").role == "teacher of history"


@given(st.text())
def test_a_code_survives_being_written_down(noise: str) -> None:
    code = rules.link_code("abcd2345efgh", HOST, NOW).code
    assert code == "ABCD2345"
    assert rules.read_code(f" {code[:4].lower()}-{code[4:]}.") == code
    assert rules.read_code(noise).isalnum() or not rules.read_code(noise)


def test_what_is_missing_the_weightiest_first() -> None:
    bare = Community("c1", "school")
    assert rules.missing(bare, ()) == ("set_up", "home", "contacts", "facilitator")
    full = Community("c1", "school", home=Channel(SCHOOL, "lobby"), contacts=("p1", "p2"), set_up=True)
    assert rules.missing(full, (HOST,)) == ()
    assert rules.changed(bare, full) == ("home", "contacts", "set_up")


def test_every_zone_is_found_by_its_name() -> None:
    lost = [name for name in zone_names() if (zones.find(name.lower(), zone_names()) or "").lower() != name.lower()]
    assert not lost


@pytest.mark.parametrize(
    ("typed", "near"),
    [("Amsterdan", "Europe/Amsterdam"), ("Eurpoe/Paris", "Europe/Paris"), ("york", "America/New_York")],
)
def test_the_nearest_zones(typed: str, near: str) -> None:
    assert near in zones.nearest(typed, zone_names())


def test_a_city_that_there_are_two_of_is_not_guessed() -> None:
    names = ("America/Knox", "America/Indiana/Knox", "Europe/Paris")
    assert zones.find("knox", names) is None
    assert zones.find("paris", names) == "Europe/Paris"
    assert zones.nearest("zzzz", names) == ()


LOBBY, HALL, ARRIVAL = Channel(SCHOOL, "lobby"), Channel(SCHOOL, "hall"), Channel(Space("discord", "1"), "arrival")


@pytest.mark.parametrize(
    ("homes", "channel", "after"),
    [
        ((), LOBBY, (LOBBY,)),
        ((LOBBY,), HALL, (HALL,)),
        ((LOBBY,), ARRIVAL, (LOBBY, ARRIVAL)),
        ((LOBBY, ARRIVAL), HALL, (HALL, ARRIVAL)),
        ((ARRIVAL, LOBBY), HALL, (ARRIVAL, HALL)),
    ],
)
def test_each_space_has_one_home_and_the_first_stays_first(
    homes: tuple[Channel, ...], channel: Channel, after: tuple[Channel, ...]
) -> None:
    first, *others = homes or (None,)
    community = rules.with_home(Community("c1", "school", home=first, homes_elsewhere=tuple(others)), channel)  # type: ignore[arg-type]
    assert community.homes == after
    assert community.home_in(channel.space) == channel


def test_of_two_who_are_one_what_was_chosen_wins_over_what_was_not() -> None:
    later, quiet = NOW + timedelta(days=1), Quiet(time(20), time(7), (0,))
    chosen = Preferences("nl", "Asia/Tokyo", "", quiet, NOW)
    other = Preferences("en", "Europe/Paris", "teacher", Quiet(time(22), time(8)), later)
    assert rules.united(chosen, other) == Preferences("nl", "Asia/Tokyo", "", quiet, later)
    assert rules.united(Preferences(), other) == other
    assert rules.united(chosen, Preferences()) == chosen


def test_a_code_of_one_s_own_is_eight_letters_and_lasts_a_quarter_of_an_hour() -> None:
    letters, code = rules.own_code(7, HOST, NOW)
    assert len(letters) == 8
    assert not set(letters) & set("BIOS018")
    assert code == OwnCode("c1", "p1", rules.digest(letters), NOW + timedelta(minutes=15))
    assert letters not in code.digest.upper()
    assert len({rules.own_code(seed, HOST, NOW)[0] for seed in range(1000)}) == 1000


@pytest.mark.parametrize(
    ("code", "taken", "said"),
    [
        (OwnCode("c2", "p2", "", NOW), (), "another community"),
        (OwnCode("c1", "p1", "", NOW), (SCHOOL,), "linked already"),
        (OwnCode("c1", "p2", "", NOW), (SCHOOL,), "an account in this space already"),
    ],
)
def test_who_may_not_link(code: OwnCode, taken: tuple[Space, ...], said: str) -> None:
    with pytest.raises(UserMistake, match=said):
        rules.may_link(HOST, code, taken, (SCHOOL,))
    rules.may_link(HOST, OwnCode("c1", "p2", "", NOW), (ARRIVAL.space,), (SCHOOL,))
