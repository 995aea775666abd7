from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.chance import portion
from bot.chat.hours import open_hours
from bot.chat.people import Quiet
from bot.rounds import rules
from bot.rounds.facts import FacilitatorMissed
from bot.rounds.now import Hours, Now
from bot.rounds.step_facts import NudgeDue, StepExtended, TurnGiven, WordOffered
from bot.rounds.timing import FAIR_HOURS, FAIR_LIMIT, FAIR_STEP, fair
from tests.bot.rounds.play import ALWAYS, HOLDER, MONDAY, OFFICE, Play, kinds, made_of, only, step
from tests.bot.rounds.scripts import hours

FORMAT = made_of(step("one", "collect"), step("two", "open"))
FOUR = ("ana", "bo", "cas", "dee")
FRIDAY = MONDAY + timedelta(days=4, hours=5)
LONGER = timedelta(hours=4) + timedelta(hours=1) * portion("r1")
"""What the round of these tests gets after downtime: four hours, and its own part of the fifth."""


def begun(*people: str, hours: dict[str, Hours] | None = None, at: datetime = MONDAY) -> Play:
    play = Play(FORMAT, hours=hours)
    play.at = at
    return play.begun(*(people or FOUR))


def test_without_anybodys_hours_a_day_is_a_day() -> None:
    assert begun().round.due == MONDAY + timedelta(hours=14, minutes=24)
    assert begun().step.due_at == MONDAY + timedelta(hours=24)


def test_a_step_of_friday_afternoon_lasts_until_everybody_had_six_hours_of_their_own_day() -> None:
    play = begun(hours=dict.fromkeys(FOUR, OFFICE), at=FRIDAY)

    due = play.step.due_at

    assert due is not None
    assert open_hours(OFFICE.quiet, OFFICE.timezone, FRIDAY, due) >= FAIR_HOURS
    assert (due - FRIDAY - timedelta(hours=24)) % FAIR_STEP == timedelta(0)
    assert due.weekday() == 0


def test_three_continents_get_a_fair_step() -> None:
    zones = ("Europe/Amsterdam", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Auckland")
    people = {who: Hours(Quiet(), zone) for who, zone in zip(FOUR, zones, strict=True)}
    play = begun(hours=people)

    assert play.step.due_at is not None
    for one in people.values():
        assert open_hours(one.quiet, one.timezone, MONDAY, play.step.due_at) >= FAIR_HOURS


def test_it_waits_at_most_three_days_longer_and_not_at_all_for_somebody_without_working_days() -> None:
    fridays = Hours(Quiet(time(18), time(9), (4,)), "UTC")
    never = Hours(Quiet(days=()), "UTC")

    saturday = FRIDAY + timedelta(days=1)
    assert begun(hours={"ana": fridays}, at=saturday).step.due_at == saturday + timedelta(hours=24) + FAIR_LIMIT
    assert begun(hours={"ana": never}).step.due_at == MONDAY + timedelta(hours=24)


def test_live_a_step_is_as_long_as_it_says() -> None:
    play = Play(FORMAT, preset="live", hours=dict.fromkeys(FOUR, OFFICE))
    play.at = FRIDAY
    play.begun(*FOUR)

    assert play.step.due_at == FRIDAY + timedelta(minutes=10)


def test_a_turn_is_fair_to_its_holder() -> None:
    play = Play(made_of(step("circle", "turns", order="fixed", async_h=72)), hours={"ana": OFFICE, "bo": ALWAYS})
    play.at = FRIDAY
    play.begun("ana", "bo")

    given_ = only(play.facts, TurnGiven)
    assert given_.due_at.weekday() == 0
    assert only(play.says("ana"), TurnGiven).due_at == FRIDAY + timedelta(hours=8)


@settings(max_examples=60, deadline=None)
@given(
    people=st.lists(hours, min_size=1, max_size=5),
    hour=st.integers(0, 24 * 365),
    minutes=st.integers(1, 60 * 72),
)
def test_the_fair_window_is_fair_or_at_its_limit(people: list[Hours], hour: int, minutes: int) -> None:
    named = {str(number): one for number, one in enumerate(people)}
    start = MONDAY + timedelta(hours=hour)
    usual = start + timedelta(minutes=minutes)

    due = fair(usual, named, Now(start, 1, named), "async")

    assert usual <= due <= usual + FAIR_LIMIT
    for one in people:
        had = open_hours(one.quiet, one.timezone, start, due)
        assert had >= FAIR_HOURS or due == usual + FAIR_LIMIT or not one.quiet.days


def test_knocking_early_or_twice_changes_nothing() -> None:
    play = begun()
    before = play.round
    play.at += timedelta(hours=1)
    assert play.does(rules.move_on) == ()
    assert play.round == before

    play.wait(23)
    after = play.round
    assert play.does(rules.move_on) == ()
    assert play.round == after


def test_a_nudge_that_is_stale_is_dropped() -> None:
    fresh, stale = begun(), begun()

    assert only(fresh.sleep(14.4 + 1.9), NudgeDue).people == FOUR
    assert stale.sleep(14.4 + 2.1) == ()
    assert stale.step.nudge_at is None


def test_after_downtime_a_step_has_four_more_hours() -> None:
    play = begun()
    play.says("ana")

    facts = play.sleep(30)

    assert only(facts, StepExtended) == StepExtended("r1", 0, play.at + LONGER, "downtime")
    for who in ("bo", "cas"):
        play.says(who)
    assert play.wait(4) == ()
    assert kinds(play.wait(1)) == ["GraceBegan"]


def test_rounds_that_were_overdue_together_do_not_come_due_together_again() -> None:
    play = begun()
    play.at += timedelta(hours=30)
    rounds = [replace(play.round, id=f"round{number}") for number in range(120)]
    dues = [rules.move_on(one, play.now)[0].due for one in rounds]
    assert dues == [rules.move_on(one, play.now)[0].due for one in rounds], "each has a moment of its own"

    after = [due - play.at - timedelta(hours=4) for due in dues if due is not None]
    quarters = Counter(due // timedelta(minutes=15) for due in after)

    assert set(quarters) == {0, 1, 2, 3}, "in the fifth hour, all over it"
    assert max(quarters.values()) < 60
    assert len(set(after)) == 120


def test_live_five_more_minutes() -> None:
    play = Play(FORMAT, preset="live").begun(*FOUR)

    assert only(play.sleep(1), StepExtended).due_at == play.at + LONGER / 60 + timedelta(minutes=1)


def test_after_downtime_a_turn_has_four_more_hours() -> None:
    play = Play(made_of(step("circle", "turns", order="fixed", async_h=72))).begun(*FOUR)

    facts = play.sleep(9)
    assert only(facts, TurnGiven) == TurnGiven("r1", 0, "ana", play.at + LONGER)
    assert play.step.held == ("ana",)

    play.until(WordOffered)
    assert only(play.sleep(9), WordOffered).due_at == play.at + LONGER


def test_after_downtime_decisions_and_consent_have_four_more_hours() -> None:
    play = begun()
    play.does(rules.leave, HOLDER)
    play.sleep(48)
    assert play.round.asked is not None
    assert play.round.asked.until == play.at + LONGER

    play = begun()
    play.does(rules.close, HOLDER)
    assert play.sleep(24 * 9) == ()
    assert play.round.keep_until == play.at + LONGER
    assert kinds(play.next()) == ["RoundFinished"]


def test_an_overdue_reveal_waits_for_the_facilitators_waking_hours() -> None:
    play = begun(hours={HOLDER: OFFICE})
    for who in ("ana", "bo", "cas"):
        play.says(who)
    play.wait(24.5)
    assert play.step.state == "grace"

    assert play.sleep(12) == ()  # half past nine in the evening
    assert play.round.due == MONDAY + timedelta(hours=47)
    assert "Revealed" in kinds(play.next())


def test_an_overdue_reveal_by_day_is_done_at_once() -> None:
    play = begun(hours={HOLDER: OFFICE})
    for who in ("ana", "bo", "cas"):
        play.says(who)
    play.wait(24.5)

    assert "Revealed" in kinds(play.sleep(4))


def test_after_a_month_of_downtime_everything_is_handled_in_order() -> None:
    play = begun()
    play.says("ana")
    play.says("bo")
    play.sleep(24 * 30)

    seen: list[str] = []
    while play.round.due is not None:
        assert play.round.due > play.at
        seen += kinds(play.next())
    assert seen[-1] == "Purged"
    assert play.round.ended


@pytest.mark.parametrize("gap", [0.0, 0.2])
def test_a_little_late_is_not_downtime(gap: float) -> None:
    play = begun()
    for who in ("ana", "bo", "cas"):
        play.says(who)

    assert kinds(play.sleep(24 + gap))[-1] == "GraceBegan"


def test_a_pause_gives_everybody_their_hours_again() -> None:
    play = begun(hours=dict.fromkeys(FOUR, OFFICE))
    play.wait(20)
    play.does(rules.pause, HOLDER)
    play.at = FRIDAY

    play.does(rules.resume, HOLDER)

    assert play.step.due_at is not None
    assert open_hours(OFFICE.quiet, OFFICE.timezone, FRIDAY, play.step.due_at) >= FAIR_HOURS


def test_nobody_takes_over_at_the_wrong_moment() -> None:
    play = begun()

    assert not [fact for fact in play.wait(24) if isinstance(fact, FacilitatorMissed)]
