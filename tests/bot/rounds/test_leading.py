"""In what people can go on with what a vote came to, and the day when they look at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import UserMistake
from bot.rounds import rules
from bot.rounds.facts import RoundLapsed
from bot.rounds.leading import Lead, lead, looked_at, owners, taken_on
from bot.rounds.leading_facts import LookDayCame, LookDayChosen, WentOn
from bot.rounds.script import Role
from bot.rounds.step_rules import LeadsTo
from tests.bot.rounds.play import HOLDER, OFFICE, Play, kinds, made_of, only, step, votes_on

PEOPLE = ("ana", "bo", "cas", "dee")


def voted(kind: str = "dots", least: int = 2, **votes: tuple[str, ...]) -> Play:
    """Everybody brings an idea, and votes so; the next step asks something else."""
    lead = LeadsTo("experiment_design", least)
    after = step("after", "collect")
    play = Play(made_of(step("idea", "collect"), votes_on(kind, per_person=3, leads_to=lead), after)).begun(*PEOPLE)
    for who in PEOPLE:
        play.says(who)
    for who in PEOPLE:
        if who in votes:
            play.votes(who, *(f"{each}0" for each in votes[who]))
        else:
            play.passes(who)
    play.does(rules.skip, HOLDER)
    assert play.round.state == "wrapping"
    return play


@pytest.mark.parametrize(
    ("votes", "wanted"),
    [
        ({"ana": ("bo",), "cas": ("bo",)}, ("bo0", 2)),
        ({"ana": ("bo",), "cas": ("dee",)}, None),
        ({}, None),
        ({"ana": ("bo", "bo", "bo"), "cas": ("dee",), "bo": ("dee",)}, ("dee0", 2)),
        ({"ana": ("bo", "dee"), "cas": ("bo", "dee"), "bo": ("dee",)}, ("dee0", 3)),
    ],
    ids=["two behind one", "nobody together", "nobody", "people count and not their dots", "the most first"],
)
def test_enough_people_behind_something(votes: dict[str, tuple[str, ...]], wanted: tuple[str, int] | None) -> None:
    found = lead(voted(**votes).round)
    assert found == (None if wanted is None else Lead(1, "experiment_design", *wanted))


def test_it_goes_on_once() -> None:
    play = voted(ana=("bo",), cas=("bo",))
    assert only(play.take(rules.go_on_in(play.round, 9)), WentOn).into == 9
    assert play.round.went_on == 9
    with pytest.raises(UserMistake, match="just before you"):
        rules.go_on_in(play.round, 10)


@pytest.mark.parametrize("state", ["cancelled", "lapsed", "running"])
def test_only_what_came_to_its_end_goes_on(state: str) -> None:
    play = voted(ana=("bo",), cas=("bo",))
    with pytest.raises(UserMistake, match="nothing to go on with"):
        rules.must_lead(replace(play.round, state=state))  # type: ignore[arg-type]


# -- the day when people look at it


def claimed(*takers: str, days: int = 42, needed: int = 1, **given: object) -> Play:
    rule = LeadsTo("what_so_what_now_what", days=days)
    roles = (Role("owner", {"en": "owner", "nl": "eigenaar"}, count=needed, most=2, filled_by="claim"),
             Role("helper", {"en": "helper", "nl": "helper"}, count=0, most=9, filled_by="claim"))  # fmt: skip
    format_ = made_of(
        step("idea", "collect"),
        votes_on("dots", per_person=1),
        step("own", "vote", vote=votes_on("claim", seats=("owner", "helper"), leads_to=rule).vote),
        roles=roles,
    )
    play = Play(format_, **given).begun(*PEOPLE)  # type: ignore[arg-type]
    for who in PEOPLE:
        play.says(who)
    for who in PEOPLE:
        play.votes(who, "bo0")
    for who, role in zip(PEOPLE, takers, strict=False):
        play.votes(who, role)
    for who in PEOPLE[len(takers) :]:
        play.passes(who)
    assert play.round.state == "wrapping"
    return play


def test_who_took_it_on_looks_at_it_after_so_many_days() -> None:
    play = claimed("owner", "helper", "helper")
    assert play.round.look_at == play.at + timedelta(days=42)
    fact = only(play.facts, LookDayChosen)
    assert (fact.step, fact.at, fact.person) == (2, play.round.look_at, None)
    assert taken_on(play.round) == (("owner", ("ana",)), ("helper", ("bo", "cas")))
    assert owners(play.round) == ("ana", "bo", "cas")
    assert lead(play.round) == Lead(1, "what_so_what_now_what", "bo0", 3)


def test_it_falls_into_the_first_owners_own_day() -> None:
    play = claimed("owner", days=40, hours={"ana": OFFICE})  # a Saturday
    assert play.round.look_at is not None
    assert play.round.look_at - play.at > timedelta(days=41)
    assert play.round.look_at.weekday() == 0


@pytest.mark.parametrize("takers", [(), ("helper",)])
def test_without_an_owner_there_is_no_day(takers: tuple[str, ...]) -> None:
    play = claimed(*takers, needed=0)
    assert "LookDayChosen" not in kinds(tuple(play.facts))
    assert looked_at(play.round) is None
    assert lead(play.round) is None
    with pytest.raises(UserMistake, match="nothing to look at"):
        rules.choose_day(play.round, "ana", play.at + timedelta(days=7), play.now)


@pytest.mark.parametrize("who", ["ana", "bo", HOLDER])
def test_another_day(who: str) -> None:
    play = claimed("owner", "helper")
    at = play.at + timedelta(days=14)
    fact = only(play.does(rules.choose_day, who, at), LookDayChosen)
    assert (fact.at, fact.person, play.round.look_at) == (at, who, at)
    assert not play.does(rules.choose_day, who, at), "the same day again is no news"


def test_the_day_is_up_to_who_took_it_on() -> None:
    play = claimed("owner", "helper")
    with pytest.raises(UserMistake, match="up to who took this on"):
        play.does(rules.choose_day, "dee", play.at + timedelta(days=14))


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_a_day_that_is_none(days: int) -> None:
    play = claimed("owner", "helper")
    with pytest.raises(UserMistake, match="within the next year"):
        play.does(rules.choose_day, "ana", play.at + timedelta(days=days))


def test_where_the_owner_leaves_the_helper_looks_at_it() -> None:
    play = claimed("owner", "helper")
    play.does(rules.leave, "ana")
    assert owners(play.round) == ("bo",)
    assert lead(play.round) is not None
    play.does(rules.leave, "bo")
    assert lead(play.round) is None


def stopped(play: Play) -> None:
    play.does(rules.cancel, HOLDER)


def gone_quiet(play: Play) -> None:
    play.does(rules.pause, HOLDER)
    play.until(RoundLapsed)


@pytest.mark.parametrize("ends", [stopped, gone_quiet])
def test_of_a_round_that_is_stopped_nothing_is_looked_at(ends: Callable[[Play], None]) -> None:
    rule = LeadsTo("what_so_what_now_what", days=42)
    roles = (Role("owner", {"en": "owner", "nl": "eigenaar"}, filled_by="claim"),)
    own = step("own", "vote", vote=votes_on("claim", seats=("owner",), leads_to=rule).vote)
    play = Play(made_of(own, step("after", "collect"), roles=roles)).begun(*PEOPLE)
    play.votes("ana", "owner")
    for who in PEOPLE[1:]:
        play.passes(who)
    assert play.round.look_at is not None
    assert play.step.script.key == "after"
    ends(play)
    assert play.round.ended
    assert play.round.look_at is None
    assert taken_on(play.round) == ()


def test_on_the_day_those_who_took_it_on_are_asked() -> None:
    play = claimed("owner", "helper")
    assert play.round.look_at is not None
    before = play.round.look_at - timedelta(minutes=1)
    play.wait((before - play.at) / timedelta(hours=1))
    assert play.does(rules.look) == ()
    play.wait(1)
    assert only(play.does(rules.look), LookDayCame).people == ("ana", "bo")


def gone_on(play: Play) -> None:
    play.take(rules.go_on_in(play.round, 9))


def all_left(play: Play) -> None:
    for who in ("ana", "bo"):
        play.does(rules.forget, who, "keep")


@pytest.mark.parametrize("how", [gone_on, all_left])
def test_nobody_is_asked_when_there_is_nothing_to_ask(how: Callable[[Play], None]) -> None:
    play = claimed("owner", "helper")
    play.wait(24 * 5)
    assert play.round.state == "done"
    how(play)
    play.wait(24 * 60)
    assert play.does(rules.look) == ()
