"""Two people in a round turn out to be one: one seat, one turn, one answer, one ballot, and nothing said is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.rounds import rules
from bot.rounds.facts import FacilitatorChanged, FacilitatorMissed, VoicesUnited
from bot.rounds.model import Seat
from bot.rounds.speaking import LONGEST
from bot.rounds.step_facts import StepClosed, StepSkipped, TurnGiven
from bot.rounds.step_run import StepRun
from bot.rounds.task import Task
from tests.bot.rounds.play import HOLDER, MONDAY, Play, kinds, made_of, message, only, step, votes_on
from tests.bot.rounds.test_groups import CHANGING, PAIRS, SIX
from tests.bot.rounds.test_laps import MIRRORED
from tests.bot.rounds.test_roles import CHOSEN, FIVE

WRITE = step("write", "collect", anonymous="optional")
FORMAT = made_of(WRITE, step("talk", "open"), size=(2, 6))
CIRCLE = made_of(step("round", "turns", order="fixed"), size=(2, 6))
FOUR = ("ana", "bo", "cas", "dee")


def seat(person: str, state: Any = "in", way: Any = "speak", role: str = "", joined: int | None = None) -> Seat:
    return Seat(person, state, way, role, joined)


@pytest.mark.parametrize(
    ("theirs", "own", "kept"),
    [
        (seat("bo"), None, seat("ana")),
        (None, seat("ana"), seat("ana")),
        (seat("bo"), seat("ana", way="listen"), seat("ana")),
        (seat("bo", way="listen"), seat("ana"), seat("ana")),
        (seat("bo", "waiting"), seat("ana", way="listen"), seat("ana", way="listen")),
        (seat("bo"), seat("ana", "left"), seat("ana")),
        (seat("bo", "declined"), seat("ana", "left"), seat("ana", "left")),
        (seat("bo", role="scribe"), seat("ana"), seat("ana", role="scribe")),
        (seat("bo", role="scribe"), seat("ana", role="observer"), seat("ana", role="observer")),
        (seat("bo", joined=2), seat("ana", joined=1), seat("ana", joined=1)),
        (seat("bo", joined=2), seat("ana"), seat("ana")),
    ],
)
def test_one_seat(theirs: Seat | None, own: Seat | None, kept: Seat) -> None:
    play = Play(FORMAT)
    seats = tuple(each for each in (theirs, seat("cas"), own) if each is not None)
    play.round = replace(play.round, state="paused", seats=seats)
    facts = play.does(rules.unite, "bo", "ana")
    assert [each for each in play.round.seats if each.person != "cas"] == [kept]
    assert ("VoicesUnited" in kinds(facts)) == (theirs is not None and own is not None)


def test_who_has_no_part_changes_nothing() -> None:
    play = Play(FORMAT).begun(*FOUR)
    before = play.round
    assert play.does(rules.unite, "eva", "ana") == ()
    assert play.round == before


def test_one_who_took_part_alone_takes_the_part_along() -> None:
    play = Play(FORMAT).begun(*FOUR)
    play.says("bo")
    assert play.does(rules.unite, "bo", "eva") == ()
    assert "'bo'" not in repr(play.round)
    assert [one.person for one in play.round.contributions] == ["eva"]
    assert play.round.speakers == ("ana", "eva", "cas", "dee")


def test_of_two_answers_that_nobody_has_seen_one_is_made() -> None:
    play = Play(FORMAT).begun(*FOUR)
    play.says("ana", "I wait.")
    play.says("bo", "I count to ten.")
    only(play.does(rules.unite, "bo", "ana"), VoicesUnited)
    (one,) = play.round.answers(0)
    assert (one.person, one.body) == ("ana", "I wait.\n\nI count to ten.")
    assert play.step.state == "open"


def test_with_fields_each_field_has_the_words_of_both() -> None:
    play = Play(FORMAT).begun(*FOUR)
    for who in ("ana", "bo"):
        play.says(who)
        one = play.round.contribution(f"{who}0")
        assert one is not None
        play.round = play.round.with_contribution(replace(one, fields=(("what", who), (who, "more"))))
    play.does(rules.unite, "bo", "ana")
    assert play.round.answers(0)[0].fields == (("what", "ana\nbo"), ("ana", "more"), ("bo", "more"))


def test_two_answers_too_long_for_one_are_kept_and_the_later_one_is_shown() -> None:
    play = Play(FORMAT).begun(*FOUR)
    for who in ("ana", "bo"):
        play.says(who, who[0] * (LONGEST - 1))
    play.does(rules.unite, "bo", "ana")
    assert [one.id for one in play.round.answers(0)] == ["bo0"]
    earlier = play.round.contribution("ana0")
    assert earlier is not None
    assert (earlier.withdrawn, earlier.body[:1]) == (True, "a")


def test_the_last_two_who_are_waited_for_are_one_and_the_step_closes() -> None:
    play = Play(FORMAT).begun(*FOUR)
    for who in ("ana", "cas", "dee"):
        play.says(who)
    assert only(play.does(rules.unite, "bo", "ana"), StepClosed).step == 0


def test_what_was_shown_stays_under_the_one_name() -> None:
    play = Play(FORMAT).begun(*FOUR)
    for who in FOUR:
        play.says(who)
    play.does(rules.unite, "bo", "ana")
    shown = {one.body: one.author for one in play.seen("cas").steps[0].answers}
    assert shown == {f"words of {who}": {"bo": "ana"}.get(who, who) for who in FOUR}
    assert {one.id for one in rules.to_respond_to(play.round, "ana", 1)} == {"cas0", "dee0"}


def test_few_who_were_two_are_asked_for_their_names() -> None:
    play = Play(FORMAT, anonymous=True).begun(*FOUR)
    for who in FOUR[:3]:
        play.says(who)
    play.does(rules.unite, "bo", "ana")
    play.says("dee")
    assert play.step.asked_names == ("ana", "cas", "dee"), "three are no crowd, four would have been"
    play.does(rules.unite, "cas", "ana")
    assert play.step.asked_names == ("ana", "dee")


def test_one_ballot_where_it_is_open_and_what_was_counted_stays() -> None:
    play = Play(made_of(votes_on("consent"), votes_on("consent"), size=(2, 6))).begun(*FOUR)
    for who in FOUR:
        play.votes(who, "objection" if who == "bo" else "fine", words="not yet", named=who == "bo")
    play.does(rules.let_stand, HOLDER, 0)
    play.votes("ana", "fine")
    play.votes("bo", "concern")
    before = rules.tally(play.round, 0)
    play.does(rules.unite, "bo", "ana")
    assert rules.tally(play.round, 0) == before
    assert [vote.picks for vote in play.round.votes if vote.step == 1] == [("fine",)]
    assert "'bo'" not in repr(play.round)


def test_who_holds_the_word_for_somebody_who_has_spoken_gives_it_on() -> None:
    play = Play(CIRCLE).begun(*FOUR)
    play.says("ana")
    assert play.step.holder == "bo"
    assert only(play.does(rules.unite, "bo", "ana"), TurnGiven).person == "cas"


def test_who_holds_the_word_does_not_wait_for_it_too() -> None:
    play = Play(CIRCLE).begun(*FOUR)
    play.does(rules.unite, "cas", "ana")
    assert (play.step.holder, play.step.queue) == ("ana", ("bo", "dee"))
    play.does(rules.unite, "ana", "dee")
    assert (play.step.holder, play.step.queue) == ("dee", ("bo",))


def test_a_seat_that_becomes_free_is_for_who_waits() -> None:
    play = Play(made_of(WRITE, size=(2, 4)))
    play.does(rules.invite)
    for who in (*FOUR, "eva"):
        play.does(rules.join, who, "speak")
    play.does(rules.unite, "bo", "ana")
    assert play.round.speakers == ("ana", "cas", "dee", "eva")


def test_the_facilitator_is_who_they_are_now() -> None:
    play = Play(FORMAT).begun(*FOUR)
    play.take(rules.give(play.round, HOLDER, "ana"))
    play.does(rules.unite, HOLDER, "ana")
    assert (play.round.facilitator, play.round.offered_to) == ("ana", None)


def test_a_round_that_is_over_keeps_all_that_was_said() -> None:
    play = Play(FORMAT).begun(*FOUR)
    for who in FOUR:
        play.says(who)
    play.does(rules.hear, "bo", "said", "aloud", message("m1"))
    play.does(rules.cancel, HOLDER)
    bodies = {one.body for one in play.round.contributions}
    play.does(rules.unite, "bo", "ana")
    assert {one.body for one in play.round.contributions} == bodies
    assert "'bo'" not in repr(play.round)


# -- where things go round, and in groups


def lap_of(play: Play, person: str) -> None:
    """Everything of their lap."""
    while play.step.lap == person and play.step.script.repeat:
        if play.step.script.mode == "vote":
            play.votes(person, "yes")
        else:
            play.says(str(play.step.holder))


def test_two_who_both_go_round_have_one_lap() -> None:
    play = Play(MIRRORED).begun(*FOUR)
    first, second, third, _ = play.round.ring
    lap_of(play, first)
    play.says(second)

    facts = play.does(rules.unite, second, first)

    assert (play.step.script.key, play.step.lap) == ("say", third), "their lap was the first one"
    assert [fact.key for fact in facts if isinstance(fact, StepSkipped)] == ["mirror"]
    while play.step.script.repeat:
        lap_of(play, play.step.lap)
    assert play.step.script.key == "after"
    laps = [run.lap for run in play.round.steps if run.script.key == "say"]
    assert [lap for lap in laps if lap in play.round.ring] == list(play.round.ring)


def test_two_laps_that_were_both_played_are_one_persons_and_nobodys() -> None:
    play = Play(MIRRORED).begun(*FOUR)
    first, second, third, last = play.round.ring
    for person in (first, second):
        lap_of(play, person)

    play.does(rules.unite, first, second)

    assert (play.step.script.key, play.step.lap) == ("say", third)
    assert f"'{first}'" not in repr(play.round)
    lap_of(play, third)
    lap_of(play, last)
    assert play.step.script.key == "after"


def test_the_ring_has_them_once_where_the_first_of_them_stood() -> None:
    play = Play(MIRRORED).begun(*FOUR)
    first, second, third, last = play.round.ring

    play.does(rules.unite, last, second)

    assert play.round.ring == (first, second, third)
    lap_of(play, first)
    assert play.step.lap == second


def in_groups() -> tuple[Play, tuple[str, ...], tuple[str, ...]]:
    """Two groups of three, in each of which somebody has the word in their own lap."""
    play = Play(CHANGING).begun(*SIX)
    for person in SIX:
        play.does(rules.say_done, person, rules.own_step(play.round, person))
    for number in (0, 1):
        asker = play.round.groups[number].members[0]
        play.does(rules.say_done, asker, rules.own_step(play.round, asker))
    return play, play.round.groups[0].members, play.round.groups[1].members


def in_group(play: Play, number: int) -> StepRun:
    return next(run for run in map(play.round.steps.__getitem__, play.round.at_work) if run.group == number)


def test_of_two_in_two_groups_the_first_group_keeps_them() -> None:
    play, ours, theirs = in_groups()
    assert in_group(play, 1).holder == theirs[0]

    play.does(rules.unite, theirs[0], ours[1])

    assert play.round.groups[0].members == ours
    assert play.round.groups[1].members == theirs[1:]
    there = in_group(play, 1)
    assert there.lap in theirs[1:], "the lap of somebody who is not there any more is over"
    assert ours[1] not in (there.holder, *there.queue)
    assert play.wait(24 * 40)
    assert play.round.ended


def test_who_stays_alone_in_a_group_goes_to_the_others() -> None:
    play = Play(PAIRS).begun(*FOUR)
    (one, two), (three, four) = (group.members for group in play.round.groups)

    play.does(rules.unite, three, one)

    there = [group.members for group in play.round.groups if not group.over]
    assert there == [(one, two, four)]
    for person in there[0]:
        play.does(rules.say_done, person, rules.own_step(play.round, person))
    assert play.step.script.key == "four"


def test_two_in_one_group_that_was_of_two_are_not_left_alone() -> None:
    play = Play(PAIRS).begun(*FOUR)
    (one, two), others = (group.members for group in play.round.groups)

    play.does(rules.unite, two, one)

    there = [group.members for group in play.round.groups if not group.over]
    assert there == [(*others, one)]


def test_paused_too_they_wait_in_one_group_alone() -> None:
    play, ours, theirs = in_groups()
    play.does(rules.pause, HOLDER)

    play.does(rules.unite, theirs[0], ours[1])

    assert ours[1] not in (in_group(play, 1).holder, *in_group(play, 1).queue)
    play.does(rules.resume, HOLDER)
    assert in_group(play, 1).lap in theirs[1:]


def test_of_two_light_tasks_of_a_kind_one_is_kept_with_the_words_of_both() -> None:
    play = Play(FORMAT).begun(*FOUR)
    mine = Task("t1", "ana", "words", "The first bell.", named=True, given_at=MONDAY)
    theirs = Task("t2", "bo", "words", "Pickup.", given_at=MONDAY)
    step_of_theirs = Task("t3", "bo", "step", "Wait.", given_at=MONDAY, remind_at=MONDAY)
    play.round = replace(play.round, tasks=(mine, theirs, step_of_theirs))

    play.does(rules.unite, "bo", "ana")

    assert play.round.tasks == (
        replace(mine, words="The first bell.\n\nPickup.", named=False),
        replace(step_of_theirs, person="ana"),
    )


def case(play: Play) -> Play:
    """Everybody brings something in, and bo's is chosen."""
    for who in FIVE:
        play.says(who)
    chosen = "bo0"
    for who in FIVE:
        play.votes(who, chosen if who != "bo" else "ana0")
    return play


def test_whoever_brought_it_in_does_so_as_the_other_too_whatever_role_that_one_had() -> None:
    play = case(Play(CHOSEN).begun(*FIVE))
    other = play.round.seat("ana")
    assert other is not None
    play.round = play.round.with_seat(replace(other, role="scribe"))

    play.does(rules.unite, "bo", "ana")

    assert play.round.state == "running"
    assert [seat.role for seat in play.round.seats if seat.person == "ana"] == ["bringer"]


def test_whoever_brought_it_in_and_holds_the_round_as_the_other_needs_a_stand_in() -> None:
    play = case(Play(CHOSEN).begun(*FIVE))

    facts = play.does(rules.unite, "bo", HOLDER)

    assert only(facts, FacilitatorMissed).person is None
    assert only(play.does(rules.accept, "cas"), FacilitatorChanged).person == "cas"
    assert "FacilitatorMissed" not in kinds(play.does(rules.unite, "ana", "eli")), "once"
