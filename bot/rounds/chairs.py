"""Chairs and roles that change while a round goes on: taken, given back, or given by the facilitator; and sides."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.chance import shuffled
from bot.errors import UserMistake
from bot.rounds import course, steps
from bot.rounds.casting import floor_of, given, holders, inside, must_be_free
from bot.rounds.counting import stand_in
from bot.rounds.facts import RoleGiven, RoleLeft, SideTaken
from bot.rounds.forming import cast
from bot.rounds.holding import must_hold
from bot.rounds.model import Changed, Round, then
from bot.rounds.now import Now
from bot.rounds.script import SIDES
from bot.rounds.speaking import on_floor, open_step
from bot.rounds.step_facts import Fact


def open_chair(round_: Round, step: int) -> str:
    """The role of which chairs stay open in this step: its floor's, where a claim kept some free; else empty."""
    role, others = floor_of(round_.steps[step].script)
    if not role or others:
        return ""
    for before in course.earlier(round_, step):
        rule = round_.steps[before].script.vote
        if rule is not None and rule.open_chair and rule.seats[:1] == (role,):
            return role
    return ""


def free_chairs(round_: Round, step: int) -> int:
    """How many people can still come in there."""
    role = round_.format.role(open_chair(round_, step))
    return 0 if role is None else max(0, role.room - len(holders(round_, step, role.key)))


ASKED_IN = 2
"""So many people are asked into an inner circle that is quiet."""


def could_come_in(round_: Round, step: int, now: Now) -> tuple[str, ...]:
    """Some of those who could take a free chair there, by chance: no more than there are chairs."""
    role, free = open_chair(round_, step), free_chairs(round_, step)
    outside = [person for person in inside(round_, step) if person not in holders(round_, step, role)]
    return shuffled(outside, now.seed)[: min(free, ASKED_IN)] if role else ()


def take_chair(round_: Round, person: str, step: int, now: Now) -> Changed:
    """Comes into the inner circle, while there is a free chair."""
    open_step(round_, step)
    if person not in round_.speakers:
        raise UserMistake("You are not in this round yet. Join it first, then add your voice.")
    role = open_chair(round_, step)
    if not role:
        raise UserMistake("There is no chair to take in this step.")
    if person in holders(round_, step, role):
        return round_, ()
    must_be_free(round_, person, role)
    if not free_chairs(round_, step):
        raise UserMistake("Somebody was just before you. Pick something that is still free.")
    return _given(round_, person, role, now)


def leave_chair(round_: Round, person: str, step: int, now: Now) -> Changed:
    """Makes room for somebody else."""
    on_floor(round_, person, step)
    role = open_chair(round_, step)
    if not role:
        raise UserMistake("There is no chair to take in this step.")
    if len(holders(round_, step, role)) == 1:
        raise UserMistake("You are the last one in there. Stay until somebody takes a chair beside you.")
    left: tuple[Fact, ...] = (RoleLeft(round_.id, role, person),)
    return then((cast(round_, person, ""), left), lambda it: steps.settle(it, now))


def give_role(round_: Round, person: str, role: str, to: str, now: Now) -> Changed:
    """The facilitator gives somebody a role, also one that somebody else had."""
    must_hold(round_, person)
    known = round_.format.role(role)
    if round_.state != "running" or known is None or known.rest or known.filled_by == "lap":
        raise UserMistake("This role cannot be given now.")
    if to not in round_.speakers:
        raise UserMistake("They do not speak in this round. Ask them to join it first.")
    seat = round_.seat(to)
    if seat is not None and seat.role == role:
        return round_, ()
    must_be_free(round_, to, role)
    having = [each.person for each in round_.seats if each.role == role and each.person in round_.speakers]
    for before in having[: max(0, len(having) + 1 - known.room)]:
        round_ = given(round_, before, "")
    return _given(round_, to, role, now)


def _given(round_: Round, person: str, role: str, now: Now) -> Changed:
    changed: Changed = cast(round_, person, role), (RoleGiven(round_.id, role, person),)
    changed = then(changed, lambda it: stand_in(it, role, now))
    return then(changed, lambda it: steps.settle(it, now))


def take_side(round_: Round, person: str, side: str, now: Now) -> Changed:
    """On which side somebody stands, in a format with sides; not where each space is a side of its own.

    Once the sides have begun to answer it is chosen by who had none, for they came late, and not changed.
    """
    seat = round_.seat(person)
    if not round_.format.sides or round_.several or side not in SIDES[: round_.format.sides]:
        raise UserMistake("In this round there are no sides to choose.")
    if seat is None or seat.state not in {"in", "waiting"}:
        raise UserMistake("You are not in this round yet. Join it first, then add your voice.")
    if round_.ended or round_.wrapping:
        raise UserMistake("This round is over.")
    if seat.side == side:
        return round_, ()
    if seat.side and any(run.script.by_side and run.opened_at is not None for run in round_.steps):
        raise UserMistake("The sides have begun to answer. You stay on yours.")
    taken: tuple[Fact, ...] = (SideTaken(round_.id, person, side),)
    return then((round_.with_seat(replace(seat, side=side)), taken), lambda it: steps.settle(it, now))
