"""What becomes of what somebody leaves behind, and how they are forgotten."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bot.errors import UserMistake
from bot.rounds import course, keeping, steps, task
from bot.rounds.facts import ContributionKept, KeepWithdrawn, LeftBehind
from bot.rounds.model import Changed, LeaveChoice, Round, then
from bot.rounds.now import Now
from bot.rounds.said import Contribution
from bot.rounds.seats import gone
from bot.rounds.step_facts import Fact, Removed


def leave_behind(round_: Round, person: str, choice: LeaveChoice, now: Now) -> Changed:
    """What becomes of what somebody who left wrote. Keeping it also gives unrevealed answers back to the reveal."""
    seat = round_.seat(person)
    if seat is None or seat.state != "left":
        raise UserMistake("You are in this round. Leave it first, then choose what becomes of what you wrote.")
    round_ = round_.with_seat(replace(seat, choose_until=None))
    return then(_behind(round_, person, choice), lambda it: steps.settle(it, now))


def let_words_go(round_: Round, now: Now) -> Changed:
    """Who left a role whose words go with it did not say otherwise in time. What they let be kept before stays."""
    facts: tuple[Fact, ...] = ()
    for seat in round_.seats:
        if seat.choose_until is not None and seat.choose_until <= now.at:
            round_ = round_.with_seat(replace(seat, choose_until=None))
            kept = [one for one in round_.contributions if one.kept]
            round_, more = _behind(round_, seat.person, "remove", but=kept)
            facts += more
    return then((round_, facts), lambda it: steps.settle(it, now))


def _behind(round_: Round, person: str, choice: LeaveChoice, but: Collection[Contribution] = ()) -> Changed:
    facts: tuple[Fact, ...] = ()
    all_ = [one for one in round_.contributions if one not in but]
    theirs = [one for one in all_ if one.person == person and not one.removed]
    shown = tuple(one.id for one in theirs if one.visible)
    for one in reversed(theirs):
        round_, more = _left(round_, one, choice)
        facts += more
    round_ = replace(round_, tasks=task.left_behind(round_.tasks, person, choice))
    return round_, (LeftBehind(round_.id, person, choice, shown), *facts)


def _left(round_: Round, one: Contribution, choice: LeaveChoice) -> Changed:
    if choice == "remove":
        return remove(round_, one)
    named = one.named and choice == "keep"
    waits = one.revealed_at is None and round_.steps[one.step].takes_answers
    back = one.withdrawn and waits and round_.answer_of(one.person, one.step) is None  # who came back answered anew
    unnamed_now = one.named and not named
    one = replace(one, named=named, withdrawn=one.withdrawn and not back)
    if unnamed_now and one.consent is not None and one.consent.answer == "yes":
        one = replace(one, consent=replace(one.consent, answer="unnamed"))
        kept: ContributionKept = keeping.kept_fact(round_, one)
        return round_.with_contribution(one), (KeepWithdrawn(round_.id, one.id), kept)
    return round_.with_contribution(one), ()


def remove(round_: Round, one: Contribution) -> Changed:
    """The text is gone; nothing may quote it any more. A turn was used all the same."""
    run = round_.steps[one.step]
    if run.script.mode == "turns" and not run.over:
        round_ = round_.with_step(one.step, replace(run, passed=(*run.passed, one.person)))
    gone_now = replace(one, body="", fields=(), removed=True)
    removed: Fact = Removed(round_.id, one.step, one.id, visible=one.visible)
    return then((round_.with_contribution(gone_now), (removed,)), lambda it: keeping.changed(it, gone_now))


def forget(round_: Round, person: str, choice: LeaveChoice, now: Now) -> Changed:
    """Takes every trace of the person out of the round; what they contributed stays, stays unnamed, or goes."""
    changed = (round_, ()) if round_.ended else gone(round_, person, now)
    changed = then(changed, lambda it: _remove_unseen(it, person))
    changed = then(changed, lambda it: _behind(it, person, choice))
    changed = then(changed, lambda it: steps.settle(it, now))
    return then(changed, lambda it: (_without(it, person), ()))


def _remove_unseen(round_: Round, person: str) -> Changed:
    facts: tuple[Fact, ...] = ()
    for one in round_.contributions:
        if one.person == person and not one.visible and not one.removed:
            round_, more = remove(round_, one)
            facts += more
    return round_, facts


def _without(round_: Round, person: str) -> Round:
    def others(people: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(one for one in people if one != person)

    return replace(
        round_,
        facilitator=None if round_.facilitator == person else round_.facilitator,
        offered_to=None if round_.offered_to == person else round_.offered_to,
        early_by=None if round_.early_by == person else round_.early_by,
        seats=tuple(seat for seat in round_.seats if seat.person != person),
        contributions=tuple(
            replace(one, person="", message=None) if one.person == person else one for one in round_.contributions
        ),
        votes=tuple(replace(vote, person="", named=False) if vote.person == person else vote for vote in round_.votes),
        tasks=task.forgotten(round_.tasks, person),
        steps=tuple(
            replace(
                run,
                passed=others(run.passed),
                done=others(run.done),
                more_time=others(run.more_time),
                later=others(run.later),
                hinted=others(run.hinted),
                held=others(run.held),
                lap=course.NOBODYS if run.lap == person else run.lap,
            )
            for run in round_.steps
        ),
        ring=others(round_.ring),
        groups=tuple(replace(group, members=others(group.members)) for group in round_.groups),
    )
