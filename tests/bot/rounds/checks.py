"""What holds in every round at any moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.chat.hours import open_hours
from bot.rounds import objections
from bot.rounds.facts import ContributionKept
from bot.rounds.group_facts import NotesBrought
from bot.rounds.model import Round
from bot.rounds.now import Hours
from bot.rounds.said import Contribution
from bot.rounds.seen import Inside, seen_by
from bot.rounds.step_facts import Fact
from bot.rounds.timing import FAIR_HOURS


def fair_enough(hours: Hours, start: datetime, end: datetime, longest: datetime) -> bool:
    return open_hours(hours.quiet, hours.timezone, start, end) >= FAIR_HOURS or end >= longest


def check_told(facts: Iterable[Fact]) -> None:
    """No fact but a yes to keeping carries what somebody wrote."""
    for fact in facts:
        assert isinstance(fact, ContributionKept) or "secret" not in repr(fact)


def check_private(round_: Round, people: Iterable[str]) -> None:
    """No answer before its reveal but to its author, no ballot before the count, no name beside a nameless answer."""
    for step in round_.at_work:
        if round_.steps[step].script.mode == "collect":
            assert not [one for one in round_.contributions if one.step == step and one.visible]
    hidden = [one for one in round_.contributions if not one.visible and one.body]
    ballots = [vote for vote in round_.votes if vote.words and not round_.steps[vote.step].counted]
    nameless = {one.id for one in round_.contributions if not one.named}
    inside = any(one.inside for one in round_.contributions)
    for one in (one for one in round_.contributions if one.visible and round_.steps[one.step].script.for_oneself):
        check_brought(round_, one, people)
    for person in people if hidden or ballots or nameless or inside else ():
        seen = seen_by(round_, person)
        shown, own = repr(seen.steps), repr(seen.own)
        for one in hidden:
            assert f"'{one.body}'" not in shown
        for one in (one for one in round_.contributions if one.inside and one.body):
            assert person in round_.speakers or one.person == person or f"'{one.body}'" not in shown
            assert one.person == person or f"'{one.body}'" not in own
        for vote in ballots:
            assert f"'{vote.words}'" not in shown
        answers = [answer for step in seen.steps for answer in step.answers]
        assert not [answer for answer in answers if answer.author and answer.id in nameless]


def check_brought(round_: Round, one: Contribution, people: Iterable[str]) -> None:
    """What was for its author's own eyes is read by one group only, which was formed by a step that said so."""
    assert one.inside
    assert one.group is not None
    group = round_.groups[one.group]
    rule = round_.steps[group.formed].script.groups
    assert rule is not None
    assert rule.brings_notes
    for person in people:
        reads = any(answer.id == one.id for step in seen_by(round_, person).steps for answer in step.answers)
        assert reads <= (person == one.person or person in group.members)
    everybody = [answer.id for step in seen_by(round_, "").steps for answer in step.answers]
    others = (Inside(at) for at in (None, *range(len(round_.groups))) if at != one.group)
    elsewhere = [each.id for other in others for step in seen_by(round_, other).steps for each in step.answers]
    assert one.id not in (*everybody, *elsewhere)


def check_bringing(before: Round, after: Round, fact: NotesBrought) -> None:
    """Exactly what was promised: of people whose group had said nothing, who are still there, as they noted it last."""
    formed = after.groups[fact.group].formed
    rule = after.steps[formed].script.groups
    assert rule is not None
    assert rule.brings_notes
    for id_ in fact.contributions:
        was, one = before.contribution(id_), after.contribution(id_)
        assert one is not None
        assert not one.removed
        assert not one.withdrawn
        if was is not None:  # else it was noted just now, and was the last that its step waited for
            assert (was.body, was.removed, was.withdrawn, was.revealed_at) == (one.body, False, False, None)
        assert after.steps[one.step].script.for_oneself
        assert one.person in after.speakers
        assert one.person in after.groups[fact.group].members
        old = [at for at, group in enumerate(after.groups[: fact.group]) if one.person in group.members]
        spoke = [other for other in after.contributions if after.steps[other.step].group == old[-1] and other.counts]
        assert not spoke


def check_timers(round_: Round) -> None:
    """Every step has exactly one due moment or is closed; what has ended waits for nothing but its purge."""
    kinds = {timer.kind for timer in round_.timers} - {"words"}
    assert all(seat.state == "left" for seat in round_.seats if seat.choose_until is not None)
    run = round_.step
    for step, one in enumerate(round_.steps):
        ends = [timer for timer in one.timers(0) if timer.kind in {"step", "grace", "reveal"}]
        assert len(ends) <= 1
        assert one.at_work or not list(one.timers(0))
        assert ends or not one.at_work or (round_.asked is not None and round_.at_work == (step,))
    assert not round_.at_work or not round_.ended
    check_objections(round_)
    match round_.state:
        case "draft":
            assert kinds == {"purge"}
        case "inviting":
            assert kinds - {"facilitator"} == {"start"}
        case "paused":
            asked = round_.asked.about if round_.asked is not None else None
            assert kinds == {"pause"} | ({"facilitator"} if round_.seeking and asked == "too_few" else set())
        case "wrapping":
            assert run is None
            assert kinds == {"keep"}
        case "running":
            asked = round_.asked.about if round_.asked is not None else None
            if run is None:
                assert not round_.at_work
                assert asked == "too_few"
                assert kinds == {"facilitator"}
            elif run.state == "split":
                assert asked in {None, "facilitator"}
                assert round_.at_work
            elif run.due_at is None:
                assert asked == ("objection" if run.state == "objected" else "quiet")
                assert kinds == {"facilitator"}
            else:
                assert asked in {None, "facilitator"}
                assert len(kinds & {"step", "grace", "reveal"}) >= 1
        case _:
            assert kinds <= {"purge"}


def check_objections(round_: Round) -> None:
    """A round waits for an objection only while there is one that nobody took up, and shows nobody whose it is."""
    step = objections.waiting(round_)
    if step is not None and round_.state == "running":
        assert objections.open_ones(round_, step)
        assert objections.may_vote_again(round_, step) == (round_.steps[step].attempt == 0)
    for one in objections.at_the_end(round_):
        assert one.task is None or one.task.person in (*round_.speakers, *round_.listeners)
        vote = [vote for vote in round_.votes if vote.step == one.step][one.number]
        assert one.author is None or vote.named
    used = {vote.taken_up for vote in round_.votes}
    assert all(task.id in used and task.person for task in round_.tasks if task.kind == "objection")


def check_sides(round_: Round) -> None:
    """Nothing goes on one-sided in a format that waits for a second voice."""
    waits = round_.format.size.below_side == "pause" and round_.format.sides
    if waits and round_.state == "running" and round_.at_work:
        standing = [round_.side_of(person) for person in round_.speakers]
        large = [side for side in set(standing) - {""} if standing.count(side) >= round_.format.size.per_side_min]
        assert len(large) >= round_.format.sides


def check_reporters(round_: Round) -> None:
    """A group that has a reporter has one; while groups work, each has."""
    roles = {seat.person: seat.role for seat in round_.seats if seat.state == "in"}
    at_work = round_.step is not None and round_.step.state == "split"
    for group in (group for group in round_.groups if not group.over):
        rule = round_.steps[group.formed].script.groups
        found = [person for person in group.members if roles.get(person) == "reporter"]
        assert len(found) <= 1
        if rule is not None and rule.reporter and at_work and len(group.members) > 1:
            assert len(found) == 1


def check_kept(round_: Round, agreed: set[str]) -> None:
    """Exactly what its author said yes to is kept, and nobody is asked any more once the round has ended."""
    kept = {one.id for one in round_.contributions if one.consent and one.consent.answer in {"yes", "unnamed"}}
    assert kept == agreed
    assert all(round_.contribution(id_) and not round_.contribution(id_).removed for id_ in kept)  # type: ignore[union-attr]
    if round_.ended:
        assert not [one for one in round_.contributions if one.consent and one.consent.answer == "asked"]
