"""A round in several spaces: where it stands, where people belong, and a place that is lost."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.names import Channel, Space
from bot.rounds import rules
from bot.rounds.facts import HomeLost, RoundPaused
from bot.rounds.model import Home
from tests.bot.rounds.play import HOLDER, Play, made_of, only, step

FORMAT = made_of(step("one", "collect"), step("two", "open"), size=(2, 4))
FOUR = ("ana", "bo", "cas", "dee")
SCHOOL, COLLEGE, LIBRARY = (Channel(Space("playground", name), "lobby") for name in ("school", "college", "library"))


def in_several(*channels: Channel) -> Play:
    play = Play(FORMAT).begun(*FOUR)
    play.round = replace(play.round, channel=SCHOOL, homes=tuple(Home(each, each.space.id) for each in channels))
    return play


def test_one_place_of_several_is_lost_once_and_the_round_goes_on() -> None:
    play = in_several(SCHOOL, COLLEGE, LIBRARY)
    lost = only(play.does(rules.lose_place, "gone", channel=COLLEGE), HomeLost)
    assert (lost.home, lost.refused) == (1, "gone")
    assert play.round.channels == (SCHOOL, LIBRARY)
    assert play.round.state == "running"
    assert play.does(rules.lose_place, "gone", channel=COLLEGE) == ()
    assert play.does(rules.lose_place, "gone", channel=Channel(COLLEGE.space, "another")) == ()


def test_with_the_last_place_the_round_waits_and_all_are_tried_again() -> None:
    play = in_several(SCHOOL, COLLEGE)
    play.does(rules.lose_place, "gone", channel=SCHOOL)
    assert only(play.does(rules.lose_place, "forbidden", channel=COLLEGE), RoundPaused).why == "place"
    assert play.round.channels == ()
    play.does(rules.resume, HOLDER)
    assert play.round.channels == (SCHOOL, COLLEGE)
    assert [home.state for home in play.round.homes] == ["back", "back"]


def test_a_place_that_is_lost_while_the_round_waits_is_tried_again_too() -> None:
    play = in_several(SCHOOL, COLLEGE)
    play.does(rules.pause, HOLDER)
    only(play.does(rules.lose_place, "gone", channel=COLLEGE), HomeLost)
    assert play.does(rules.lose_place, "gone", channel=SCHOOL) == ()
    assert play.round.state == "paused"
    play.does(rules.resume, HOLDER)
    assert play.round.channels == (SCHOOL, COLLEGE)


def test_a_round_that_is_over_loses_nothing() -> None:
    play = in_several(SCHOOL, COLLEGE)
    play.does(rules.cancel, HOLDER)
    before = play.round
    assert play.does(rules.lose_place, "gone", channel=COLLEGE) == ()
    assert play.round == before


def test_the_channel_near_a_reader() -> None:
    round_ = in_several(SCHOOL, COLLEGE).round
    assert round_.near(COLLEGE.space).channel == COLLEGE
    assert round_.near(SCHOOL.space) is round_
    assert round_.near(LIBRARY.space) is round_
    assert round_.near(None) is round_


def test_a_person_belongs_where_they_joined_last() -> None:
    play = Play(FORMAT)
    play.does(rules.invite)
    for who, space in zip((*FOUR, "eva"), (SCHOOL, COLLEGE, SCHOOL, SCHOOL, COLLEGE), strict=True):
        play.does(rules.join, who, "speak", space=space.space)
    play.does(rules.join, "ana", "listen", space=COLLEGE.space)
    spaces = {seat.person: (seat.state, seat.space and seat.space.id) for seat in play.round.seats}
    assert spaces == {
        "ana": ("in", "college"), "bo": ("in", "college"), "cas": ("in", "school"), "dee": ("in", "school"),
        "eva": ("in", "college"),
    }  # fmt: skip
