"""How fast Discord may be asked: never faster than it allows, and hardly slower."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.pace import (
    EDITING,
    IN_A_PLACE,
    IN_ALL,
    INVALID_WITHIN,
    MANY,
    MOST_INVALID,
    OPENING,
    OPENINGS,
    POSTING,
    READING,
    Pace,
)
from adapters.discord.places import Places
from bot.chat.actions import Action
from bot.chat.messages import Words, message
from bot.chat.names import Account, Channel, MessageRef, Space, Thread
from bot.chat.requests import Admit, Edit, FetchThread, OpenThread, Post, React, Request, Upload
from bot.chat.text import plain
from bot.ports import PATIENCE
from tests.adapters.paces import Watch, most_within, sent_at

SCHOOL, COLLEGE = Space("discord", "1"), Space("discord", "2")
GENERAL = Channel(SCHOOL, "10")
HELLO = message(Words(plain("hello")))
ABOUT = Action("round.header", "r1")


def post(channel: str, space: Space = SCHOOL) -> Post:
    return Post(Channel(space, channel), HELLO)


def letter(user: str, space: Space = SCHOOL) -> Post:
    return Post(Account(space, user), HELLO)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def places() -> Places:
    return Places()


@pytest.fixture
def pace(watch: Watch, places: Places) -> Pace:
    return Pace(watch.tick, places)


# -- places and servers


@pytest.mark.parametrize(
    "request_",
    [
        post("10"),
        Edit(GENERAL, ABOUT, HELLO),
        FetchThread(GENERAL, ABOUT, MessageRef(GENERAL, "5")),
        OpenThread(GENERAL, ABOUT, "The talk"),
        OpenThread(GENERAL, ABOUT, "Among us", ()),
        Admit(GENERAL, ABOUT, Account(GENERAL.space, "1")),
        Admit(GENERAL, ABOUT, Account(GENERAL.space, "1"), out=True),
    ],
    ids=["post", "edit", "fetch", "thread", "private thread", "let in", "take out"],
)
def test_one_call_of_each_window_is_left_over_and_a_long_run_is_little_slower(
    pace: Pace, watch: Watch, request_: Request
) -> None:
    moments = sent_at(pace, watch, [request_] * 60)
    assert most_within(moments, 5.0) == 4
    assert moments[-1] - moments[0] <= 60 * 5 / 3


def test_reactions_go_one_by_one(pace: Pace, watch: Watch) -> None:
    moments = sent_at(pace, watch, [React(GENERAL, MessageRef(GENERAL, "5"), "eyes")] * 9)
    assert most_within(moments, 0.25) == 1


def test_a_channel_does_not_hold_up_another_nor_a_server_another(pace: Pace) -> None:
    while pace.turn(post("10")) <= PATIENCE:
        pass
    assert pace.turn(post("11")) < 0.1
    assert pace.turn(post("12", COLLEGE)) < 0.1


@given(st.lists(st.tuples(st.integers(0, 80), st.sampled_from([SCHOOL, COLLEGE])), min_size=100, max_size=300))
def test_in_no_second_is_more_asked_than_leaves_room_for_answers(asked: list[tuple[int, Space]]) -> None:
    watch = Watch()
    moments = sent_at(Pace(watch.tick, Places()), watch, [post(str(n), space) for n, space in asked])
    assert most_within(moments, 1.0) <= IN_ALL.limit


def test_a_server_with_much_to_say_leaves_room_for_another(pace: Pace, watch: Watch) -> None:
    said: dict[str, list[float]] = {"1": [], "2": []}
    for step in range(3000):
        for space in (SCHOOL, COLLEGE):
            wait = pace.turn(post(f"{space.id}{step}", space))
            if wait <= PATIENCE:
                said[space.id].append(watch.at + wait)
        watch.at += 0.01
    both = sum(len(each) for each in said.values())
    assert len(said["2"]) >= 0.2 * both
    assert both >= 0.95 * 30 * IN_ALL.limit
    assert most_within(sorted(said["1"] + said["2"]), 1.0) <= IN_ALL.limit


def test_a_server_that_can_take_no_more_is_crowded_for_a_while(pace: Pace, watch: Watch) -> None:
    channels = (post(str(n)) for n in range(1000))
    while pace.turn(next(channels)) <= PATIENCE:
        pass
    assert list(pace.crowded()) == ["discord/1"]
    watch.at += 0.1
    assert pace.crowded() == {}


def test_a_reply_counts_for_its_thread_as_soon_as_that_is_known(pace: Pace, places: Places) -> None:
    thread = Thread(GENERAL, "77")
    under = Post(GENERAL, HELLO, under=ABOUT)
    places.found(under, "77")
    places.found(Edit(GENERAL, ABOUT, HELLO), "78")
    for _ in range(2):
        assert pace.turn(under) < 0.1
    assert pace.turn(Post(GENERAL, HELLO, thread=thread)) > 1
    assert pace.turn(post("10")) < 0.1
    pace.refused(EDITING, "78", 9.0, everything=False)
    assert pace.turn(Edit(GENERAL, ABOUT, HELLO)) == pytest.approx(9)


# -- direct conversations


def test_conversations_that_must_be_opened_first_are_few_in_a_minute(pace: Pace, watch: Watch) -> None:
    moments = sent_at(pace, watch, [letter(str(n)) for n in range(60)])
    assert most_within(moments, 60.0) <= OPENINGS.limit
    assert moments[-1] - moments[0] <= 60 * 60 / 5


def test_a_crowd_that_waits_does_not_come_back_all_at_once(pace: Pace, watch: Watch) -> None:
    crowd = [letter(str(n)) for n in range(300)]
    waits = [pace.turn(each) for each in crowd]
    late = sorted(each for each in waits if each > PATIENCE)
    assert len(late) == 300 - OPENINGS.at_once
    assert late[0] == pytest.approx(OPENINGS.gap)
    assert late[-1] == pytest.approx(OPENINGS.gap * 10)


def test_a_conversation_that_is_known_needs_no_opening_in_any_server(pace: Pace, watch: Watch, places: Places) -> None:
    for n in range(20):
        places.keep(Account(COLLEGE, str(n)), f"9{n}")
    for n in range(20):
        assert pace.turn(letter(str(n))) <= PATIENCE
        assert pace.turn(Upload(Account(SCHOOL, str(n)), "a.json", "{}", HELLO)) <= PATIENCE
        watch.at += 0.1


def test_when_discord_says_that_they_are_opened_too_fast_only_openings_wait(pace: Pace, places: Places) -> None:
    places.keep(Account(SCHOOL, "1"), "91")
    pace.hold(letter("2"), 300)
    pace.refused(OPENING, "", 20, everything=False)
    assert pace.turn(letter("3")) == pytest.approx(300)
    assert pace.turn(letter("1")) == 0
    assert pace.turn(post("10")) == 0


# -- what the answers tell


def test_when_discord_says_no_that_place_waits_as_long_as_it_says(pace: Pace) -> None:
    pace.hold(post("10"), 30)
    assert pace.turn(post("10")) == pytest.approx(30)
    assert pace.turn(Edit(GENERAL, ABOUT, HELLO)) == 0
    assert pace.turn(post("11")) == 0


@pytest.mark.parametrize(("left", "waits"), [(3, 0), (2, 0), (1, 4.2), (0, 4.2)])
def test_a_window_that_is_nearly_used_up_is_waited_for(pace: Pace, left: int, waits: float) -> None:
    pace.heard(POSTING, "10", left, 4.2)
    assert pace.turn(post("10")) == pytest.approx(waits)
    assert pace.turn(post("11")) == 0


def test_what_counts_for_everything_holds_everything(pace: Pace) -> None:
    pace.turn(post("11", COLLEGE))
    pace.refused(POSTING, "10", 5, everything=True)
    assert pace.turn(post("10")) == pytest.approx(5)
    assert pace.turn(Edit(GENERAL, ABOUT, HELLO)) == pytest.approx(5)
    assert pace.crowded()["discord/2"] == pytest.approx(5)


def test_too_many_mistakes_stop_everything_before_discord_does(pace: Pace, watch: Watch) -> None:
    for _ in range(MOST_INVALID):
        assert pace.turn(post("10", COLLEGE)) < 60
        pace.answered(403)
        pace.answered(200)
        watch.at += 0.05
    wait = pace.turn(post("11"))
    assert wait == pytest.approx(INVALID_WITHIN - MOST_INVALID * 0.05)
    watch.at += wait
    assert pace.turn(post("11")) == 0


def test_a_token_that_discord_does_not_know_stops_everything_for_a_while(pace: Pace) -> None:
    pace.answered(401)
    assert pace.turn(post("10")) == pytest.approx(60)


# -- beside the requests


def test_who_looks_goes_first_and_what_waits_goes_later(pace: Pace) -> None:
    for _ in range(2):
        pace.took(POSTING, "10")
    assert pace.turn(post("10")) == pytest.approx(IN_A_PLACE[POSTING].gap)
    for _ in range(60):
        pace.took()
    assert pace.turn(post("11")) > 1


async def test_what_belongs_to_a_request_under_way_waits_its_turn(watch: Watch, places: Places) -> None:
    pace = Pace(watch.tick, places, tempo=1000)
    for _ in range(4):
        await pace.wait(SCHOOL, READING, "10")
        watch.at += 0.002
    assert pace.turn(OpenThread(GENERAL, ABOUT, "The talk")) == 0


def test_places_that_are_long_free_are_forgotten(pace: Pace, watch: Watch) -> None:
    for n in range(MANY * 2):
        pace.turn(post(str(n)))
        watch.at += 0.1
    assert len(pace._lines) <= MANY
    assert pace.turn(post(str(MANY * 2 - 1))) == 0
